"""The trace's file, written and read on a thread of its own: what it has been given is in it before it reads."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from app.db_worker import Worker
from app.trace import appending_to, lines_about
from app.trace_forgetting import forgetting_in
from app.why import story

log = logging.getLogger(__name__)


class TraceFile:
    """`files` is that thread."""

    def __init__(self, path: Path, files: Worker) -> None:
        self._path, self._files = path, files
        self._append, self._forget = appending_to(path), forgetting_in(path)

    def write_line(self, line: str) -> None:
        """Soon."""
        self._do(partial(self._append, line))

    def forget_caller(self, call_id: str) -> None:
        """Take the caller of this call out of its lines, soon."""
        self._do(partial(self._forget, call_id))

    def tell_why(self, call_id: UUID, then: Callable[[Sequence[str]], object]) -> None:
        """What became of this call and why, in words; nothing where the file cannot be read."""

        def failed(error: Exception) -> None:
            log.error("the trace cannot be read: %s", error)
            then(())

        self._files.ask(lambda: lines_about(self._path, str(call_id)), lambda lines: then(story(lines)), failed)

    def _do(self, job: Callable[[], None]) -> None:
        def failed(error: Exception) -> None:
            log.error("the trace cannot be written: %s", error)

        self._files.ask(job, lambda _none: None, failed)
