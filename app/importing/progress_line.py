"""How far an import is: one line that changes where a terminal is there, else a line per stage in the output."""

from collections.abc import Callable
from typing import TextIO

from app.importing.job import Progress, Stage
from app.words import _


class ProgressLine:
    """Changes a line of `terminal`, or says stages plainly. Call `end` before anything else is written there."""

    def __init__(self, terminal: TextIO, say: Callable[[str], object]) -> None:
        self._stream = terminal
        self._say = say
        self._changes = terminal.isatty()
        self._last = ""
        self._stage: Stage | None = None

    def show(self, progress: Progress) -> None:
        """Say it if it is news."""
        text = _told(progress)
        if self._changes:
            if text != self._last:
                self._write(f"\r{text}".ljust(len(self._last) + 1))
                self._last = text
        elif progress.stage is not self._stage:
            self._say(_STAGES[progress.stage]())
        self._stage = progress.stage

    def end(self) -> None:
        """Leave the line."""
        if self._last:
            self._write("\r" + " " * (2 * len(self._last)) + "\r")
            self._last = ""

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _told(progress: Progress) -> str:
    stage = _STAGES[progress.stage]()
    if progress.stage is not Stage.READING:
        return stage
    return _("{stage} {percent} %, {rows} rows").format(
        stage=stage, percent=int(progress.share * 100), rows=f"{progress.rows:,}"
    )


_STAGES = {
    Stage.READING: lambda: _("Reading"),
    Stage.COMPARING: lambda: _("Comparing with the records"),
    Stage.MERGING: lambda: _("Writing to the records"),
}
