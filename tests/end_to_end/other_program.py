"""Somebody else's program on the virtual screen: what the operator is typing into when the phone rings."""

import subprocess
import sys
from pathlib import Path

from tests.end_to_end.screen import Screen


class OtherProgram:
    """A window with a text field; it has the keyboard when this returns. `words` are further arguments of its start."""

    def __init__(self, screen: Screen, file: Path, *words: str) -> None:
        self._file, self._screen = file, screen
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("other_window.py")), str(file), *words],
            env=screen.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        self.window = screen.window("Other program")
        self.activate()

    def activate(self) -> None:
        """The operator goes on working here."""
        self._screen.xdotool("windowactivate", "--sync", self.window)
        self._screen.xdotool("windowfocus", "--sync", self.window)

    @property
    def typed(self) -> str:
        return self._file.read_text("utf-8") if self._file.exists() else ""

    def take_picture(self, path: Path) -> None:
        """Of the whole screen."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline().strip() == str(path)

    def close(self) -> None:
        self._process.communicate(timeout=20)
