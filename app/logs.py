"""The log file: one line per fact, telephone numbers masked, control characters escaped."""

import logging
import re
import sys
import threading
from pathlib import Path
from types import TracebackType

from app.errors import UserError
from app.file_errors import file_words
from app.tracebacks import error_of, without_values
from app.words import _

# six digits or more, with the separators people and PBXs put between them
_NUMBER = re.compile(r"\+?[0-9](?:[-() ]?[0-9]){5,18}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def masked(number: str) -> str:
    """`0312345678` → `03******78`: enough to recognise, too little to call."""
    digits = [i for i, char in enumerate(number) if char.isdigit()]
    hidden = set(digits[2:-2]) if len(digits) > 5 else set()
    return "".join("*" if i in hidden else char for i, char in enumerate(number))


def masked_within(text: str) -> str:
    """The text with every telephone number in it masked; addresses and ports stay as they are."""
    return _NUMBER.sub(lambda found: masked(found.group()), text)


class _OneLine(logging.Formatter):
    """One line per fact; only a bug's traceback has more, its lines cleaned alike."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record)} {record.levelname:<7} {record.name}: "
        error = record.exc_info[1] if record.exc_info else None
        traceback = without_values(error).split("\n") if error is not None else []
        return "\n".join([head + _clean(record.getMessage()), *map(_clean, traceback)])


def _clean(line: str) -> str:
    return _CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", masked_within(line))


def _log_bug(kind: type[BaseException], bug: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    error = error_of(kind, bug, trace)
    logging.getLogger("omote").critical("a bug", exc_info=(kind, error, trace))
    if sys.stderr is not None:
        print(without_values(error), file=sys.stderr, flush=True)  # noqa: T201 -- a session keeps it as a log


def start_log(path: Path, level: int = logging.INFO) -> None:
    """Write the log of this run to `path` (5 files of 2 MB). Raises UserError when the folder can't be written."""
    from app.log_file import LogFile  # noqa: PLC0415 -- the first window waits for what is imported above

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = LogFile(path, maxBytes=2_000_000, backupCount=4, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UserError(
            _("The log {path} cannot be written: {error}.").format(path=path, error=file_words(error)),
            _("Make the folder writable, or choose another with --profile DIR."),
        ) from error
    handler.setFormatter(_OneLine())
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells every plug-in that it loads
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)


def log_uncaught() -> None:
    """What nobody catches, in any thread, goes to the log too: a program started from a menu has no terminal.

    What a command without a log has to warn of is cleaned like a line of it.
    """
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(_OneLine())
    sys.excepthook = _log_bug
    threading.excepthook = lambda told: _log_bug(told.exc_type, told.exc_value, told.exc_traceback)
    sys.unraisablehook = lambda told: _log_bug(told.exc_type, told.exc_value, told.exc_traceback)
