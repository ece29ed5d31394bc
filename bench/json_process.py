"""A process of ours that is told things line by line and answers in lines of JSON; it ends when its stdin does."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

_ENDS_WITHIN = 20.0  # seconds


class JsonProcess:
    """`python -m module arguments`; `before` is put before the command, to run it elsewhere."""

    def __init__(self, *words: str, env: Mapping[str, str] | None = None, before: Sequence[str] = ()) -> None:
        self._name = words[0]
        command = [*before, sys.executable, "-m", *words]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)

    @property
    def pid(self) -> int:
        """Of the Python itself: what stands before it must replace itself by it."""
        return self._process.pid

    def hear(self) -> dict[str, Any]:
        """The next answer. RuntimeError when the process ended instead."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._name} ended early")
        heard: dict[str, Any] = json.loads(line)
        return heard

    def ask(self, told: object) -> dict[str, Any]:
        """Tell it something, a text as it is, all else as JSON; wait for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write((told if isinstance(told, str) else json.dumps(told)) + "\n")
        self._process.stdin.flush()
        return self.hear()

    def __enter__(self) -> "JsonProcess":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._process.communicate(timeout=_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
