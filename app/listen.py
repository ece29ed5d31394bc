"""`omote listen`: no window, one JSON line per trace record. The same desk, with nobody looking."""

import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from app.call import Call
from app.not_shown import NotShown
from app.records import Failed, Records
from app.screen import Status


class PlainLoop:
    """The desk's thread where there is no Qt: runs what is posted, until `stop`."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()

    def post(self, fn: Callable[..., object], *args: Any) -> None:
        """Run `fn(*args)` in the loop's thread."""
        self._jobs.put(lambda: fn(*args))

    def later(self, milliseconds: int, fn: Callable[[], object]) -> None:
        """Run `fn` in the loop's thread after a while."""
        timer = threading.Timer(milliseconds / 1000, self.post, [fn])
        timer.daemon = True
        timer.start()

    def stop(self) -> None:
        """Let `run` return; may be called from any thread or signal handler."""
        self._jobs.put(None)

    def run(self) -> None:
        """Run jobs until `stop`."""
        while (job := self._jobs.get()) is not None:
            job()


class NoScreen:
    """A screen that nobody looks at; `on_status` hears what the states are."""

    def __init__(self, on_status: Callable[[Status], object] = lambda _status: None) -> None:
        self._on_status = on_status

    def show_strip(self, calls: Sequence[Call], selected: UUID | None) -> None:
        """Nothing to draw."""

    def show_card(self, call: Call | None) -> None:
        """Nothing to draw."""

    def ring(self, call: Call) -> None:
        """Nobody to tell."""

    def watch_paint(self, call: Call) -> None:
        """Nothing to paint."""

    def be_seen(self) -> None:
        """Nothing to show."""

    def commit_typing(self) -> None:
        """Nobody types."""

    def quiet(self) -> None:
        """Nothing rang aloud."""

    def show_saved(self, call: Call) -> None:
        """Nobody writes here."""

    def show_status(self, status: Status) -> None:
        self._on_status(status)

    def show_not_shown(self, entries: Sequence[NotShown]) -> None:
        """The trace tells it."""

    def records_changed(self) -> None:
        """Nothing to draw."""


class ReadOnlyRecords(Records):
    """Looks up, never writes: listening must leave no trace in the log of calls."""

    def save_call(self, call: Call, operator: str, then: Callable[[object], object], failed: Failed) -> None:
        """Not kept."""
