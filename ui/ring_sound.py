"""A line's ring sound, by the system's own player: Qt's multimedia module would double the size of the program.

Looked up at start and only when a line has a sound; a player is started after the caller's name has been painted.
"""

import logging
import shutil
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from PySide6.QtCore import QObject, QProcess

log = logging.getLogger(__name__)

_PLAYERS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
_FILE_AGAIN_AND_AGAIN = 0x20000 | 0x8 | 0x1 | 0x2
"""winsound's SND_FILENAME, SND_LOOP, SND_ASYNC, and SND_NODEFAULT: no other sound in place of a missing file."""


class RingSound(Protocol):
    """Plays one file again and again until it is told to stop."""

    @property
    def file(self) -> str:
        """What sounds now; "" in silence."""

    def play(self, file: str) -> None:
        """This sound, unless one sounds already: two at once are noise."""

    def stop(self) -> None:
        """Nothing rings any more."""


def ring_sound() -> RingSound:
    """This system's."""
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415 -- there is none elsewhere

        return SoundInProgram(winsound.PlaySound)
    return SoundByPlayer(system_player())


def system_player(which: Callable[[str], str | None] = shutil.which) -> Sequence[str]:
    """The command to which a file's name is added; empty if there is none here."""
    return next((words for words in _PLAYERS if which(words[0])), ())


class SoundByPlayer(QObject):
    """A player is started for each time; without one there is silence."""

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


class SoundInProgram:
    """Windows repeats it by itself. A thread of its own asks for it: a file may lie where opening takes long.

    No program is started: a frozen one has no Python to start, and a console would flash up.
    """

    def __init__(self, play_sound: Callable[[str | None, int], None]) -> None:
        self._play_sound, self._file = play_sound, ""
        self._thread = ThreadPoolExecutor(1, "ring-sound")

    @property
    def file(self) -> str:
        """What sounds now; "" in silence."""
        return self._file

    def play(self, file: str) -> None:
        """This sound, unless one sounds already: two at once are noise."""
        if file and not self._file:
            self._file = file
            self._thread.submit(self._ask, file)

    def stop(self) -> None:
        """Nothing rings any more."""
        if self._file:
            self._file = ""
            self._thread.submit(self._ask, None)

    def _ask(self, file: str | None) -> None:
        try:
            self._play_sound(file, 0 if file is None else _FILE_AGAIN_AND_AGAIN)
        except (OSError, RuntimeError) as error:
            log.info("the ring sound %s cannot be played: %s", file, error)
