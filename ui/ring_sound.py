"""A line's ring sound, by the system's own player: Qt's multimedia module would double the size of the program.

Looked up at start and only when a line has a sound; a player is started after the caller's name has been painted.
"""

import logging
import shutil
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QProcess

log = logging.getLogger(__name__)

_PLAYERS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
_WINDOWS_PLAYER = (
    sys.executable, "-c",
    "import sys, winsound; winsound.PlaySound(sys.argv[1], winsound.SND_FILENAME)",
)  # fmt: skip


def system_player(which: Callable[[str], str | None] = shutil.which) -> Sequence[str]:
    """The command to which a file's name is added; empty if there is none here."""
    if sys.platform == "win32":
        return _WINDOWS_PLAYER
    return next((words for words in _PLAYERS if which(words[0])), ())


class RingSound(QObject):
    """Plays one file again and again until it is told to stop."""

    def __init__(self, player: Sequence[str]) -> None:
        super().__init__()
        self._player, self._file = player, ""
        self._process = QProcess(self)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(self._again)

    @property
    def file(self) -> str:
        """What sounds now; "" in silence."""
        return self._file

    def play(self, file: str) -> None:
        """This sound, unless one sounds already: two at once are noise."""
        if file and not self._file and self._player:
            self._file = file
            self._start()

    def stop(self) -> None:
        """Nothing rings any more."""
        self._file = ""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()

    def _start(self) -> None:
        program, *words = self._player
        self._process.start(program, [*words, self._file])

    def _again(self, status: int, how: QProcess.ExitStatus) -> None:
        """A file that cannot be played is not tried for ever."""
        if self._file and (status or how is QProcess.ExitStatus.CrashExit):
            log.info("the ring sound %s cannot be played: %s ended with %s", self._file, self._player[0], status)
            self._file = ""
        elif self._file:
            self._start()
