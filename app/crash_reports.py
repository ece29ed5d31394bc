"""What is left behind when something goes wrong that nobody foresaw: small files that can be handed on as they are.

Whatever ends a thread or is caught at its root leaves one, and what kills the program at once (a fault in a library, Qt
giving up) does too: `faulthandler` writes that one. None holds values, names or numbers of anybody (`tracebacks`).
"""

import atexit
import faulthandler
import logging
import os
import platform
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from app import __version__
from app.errors import UserError
from app.logs import log_uncaught, masked_within
from app.tracebacks import near, without_values
from db.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

MOST_FILES, MOST_OF_ONE_RUN, MOST_BYTES = 10, 5, 32_000
_OF_THE_WORLD = (DatabaseUnavailable, UserError, OSError)  # who logs one of these has foreseen it
_PRIVATE = 0o600
_MARK = re.compile("Fatal Python error|Windows fatal exception")


@dataclass(frozen=True, slots=True)
class Report:
    """One of the files, and when it was written."""

    path: Path
    at: datetime


class CrashFolder:
    """Where they lie, the oldest going first."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.folder, self._now = folder, now

    def reports(self) -> list[Report]:
        """The newest first, also what a program that was killed has left and the next start has not found yet."""
        found = [*self.folder.glob("crash-*.txt"), *filter(_tells_of_a_fault, self.folder.glob("fault-*.txt"))]
        made = [Report(one, datetime.fromtimestamp(when, UTC)) for one in found if (when := _changed_at(one))]
        return sorted(made, key=lambda one: (one.at, one.path.name), reverse=True)

    def write(self, text: str) -> Path:
        """One more. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / f"crash-{self._now():%Y%m%dT%H%M%S%f}-{os.getpid()}.txt"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as file:
            file.write(_cut(text.encode("utf-8", "backslashreplace")))
        for one in self.reports()[MOST_FILES:]:
            one.path.unlink(missing_ok=True)
        return path

    def head(self, thread: str) -> str:
        """Which program this was, and where it ran."""
        qt = getattr(sys.modules.get("PySide6"), "__version__", "-")
        frozen = " frozen" if getattr(sys, "frozen", False) else ""
        return (
            f"Omote {__version__}{frozen}\nat: {self._now():%Y-%m-%dT%H:%M:%SZ}\npython: {platform.python_version()}\n"
            f"qt: {qt}\nsystem: {platform.platform()}\nthread: {thread}\n\n"
        )

    def stand_by(self) -> Callable[[], None]:
        """From now on a fault that kills the program at once is written down too; ends with what is returned."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / f"fault-{os.getpid()}.txt"
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE), "w", encoding="utf-8")
        file.write(self.head("all"))
        file.flush()
        faulthandler.enable(file)
        return lambda: _stand_down(file, path)

    def settle(self) -> None:
        """Make reports of what runs before this one left behind when they were killed by a fault."""
        for one in self.folder.glob("fault-*.txt"):
            if _lives(one):
                continue
            with suppress(OSError):
                if _tells_of_a_fault(one):
                    path = self.write(text_of(one))
                    os.utime(path, (one.stat().st_mtime,) * 2)
                one.unlink()

    def new(self) -> list[Report]:
        """Those that nobody has been told of; asking tells."""
        marker, found = self.folder / "told", self.reports()
        told = marker.stat().st_mtime if marker.exists() else 0.0
        fresh = [one for one in found if one.at.timestamp() > told]
        if fresh:
            log.info("an earlier run met a fault of its own, hand it on: omote diagnose --bundle FILE")
            with suppress(OSError):
                marker.touch(_PRIVATE)
                os.utime(marker, (fresh[0].at.timestamp(),) * 2)
        return fresh


class CrashReports(logging.Handler):
    """Writes one for every bug that is logged with its traceback, and none for the same bug twice."""

    def __init__(self, folder: CrashFolder) -> None:
        super().__init__(logging.ERROR)
        self._folder = folder
        self._written: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is None or (record.levelno < logging.CRITICAL and isinstance(error, _OF_THE_WORLD)):
            return
        text = without_values(error)
        if text in self._written or len(self._written) >= MOST_OF_ONE_RUN:
            return
        self._written.add(text)
        with suppress(OSError):  # a full disk has its own words elsewhere
            self._folder.write(self._folder.head(record.threadName or "-") + masked_within(text) + "\n")


def report_crashes(folder: Path) -> CrashFolder:
    """Begin, for as long as this program runs. A folder that can't be written costs the reports, not the start."""
    log_uncaught()
    crashes = CrashFolder(folder)
    logging.getLogger().addHandler(CrashReports(crashes))
    with suppress(OSError):
        crashes.settle()
        atexit.register(crashes.stand_by())
    return crashes


def _stand_down(file: TextIOWrapper, path: Path) -> None:
    faulthandler.disable()
    file.close()
    with suppress(OSError):
        path.unlink()


def _lives(fault: Path) -> bool:
    """Whether the program that may still write there runs; Windows refuses to remove what is open."""
    number = fault.stem.rpartition("-")[2]
    if sys.platform == "win32" or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except OSError:
        return False
    return int(number) != os.getpid()


def text_of(path: Path) -> str:
    """As it may be handed on: without whose home the program lies in. Raises OSError."""
    return "\n".join(map(near, path.read_text("utf-8", "replace").splitlines())) + "\n"


def _tells_of_a_fault(path: Path) -> bool:
    with suppress(OSError):
        return _MARK.search(path.read_text("utf-8", "replace")) is not None
    return False


def _changed_at(path: Path) -> float:
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0  # gone in between


def _cut(text: bytes) -> bytes:
    """The head, and what is nearest to the fault."""
    return text if len(text) <= MOST_BYTES else text[:2_000] + b"\n...\n" + text[-(MOST_BYTES - 2_010) :]
