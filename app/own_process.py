"""Work in a process of its own, so that a busy Python never delays the screen: how it goes, and how it ended.

The process ends with its program, however that ends; whatever ends the process, the program hears one word of it.
"""

import logging
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any, Generic, TypeVar

from app.db_worker import Post
from app.errors import UserError
from app.trouble_words import user_error
from app.words import _, language, use_language
from db.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

Told = TypeVar("Told")
End = TypeVar("End")


class Line:
    """From the work to its program."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def tell(self, told: object) -> None:
        """How it goes."""
        self._pipe.send(told)

    def is_enough(self) -> bool:
        """Whether nobody wants more than it has."""
        return self._pipe.poll()


Work = Callable[[Line, Any], End]


@dataclass(frozen=True, slots=True)
class Killed:
    """It was killed before it could say how it ended."""


@dataclass(frozen=True, slots=True)
class _End:
    value: Any


@dataclass(frozen=True, slots=True)
class _No:
    """The parts of a UserError, which itself does not cross between processes."""

    parts: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Bug:
    """What nobody expected, for the log."""

    trace: str


@dataclass(frozen=True, slots=True)
class Hearing(Generic[Told, End]):
    """Who hears of it. `post` runs a callable in the desk's thread; `ended` is called once, in a thread of its own."""

    post: Post
    tell: Callable[[Told], object]
    ended: Callable[[End | UserError | Killed], object]


class OwnProcess(Generic[Told, End]):
    """Runs `work(line, about)`, which must be a module's function; `about` and all that it tells are pickled."""

    def __init__(self, name: str, work: Work[End], about: object, hearing: Hearing[Told, End]) -> None:
        self._hearing = hearing
        spawn = multiprocessing.get_context("spawn")
        self._ours, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_run, args=(theirs, work, about, language()), name=name)
        self._process.start()
        theirs.close()
        self._thread = Thread(target=self._listen, name=name, daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """The process that works."""
        return self._process.pid or 0

    def enough(self) -> None:
        """Let it end with what it has."""
        with suppress(OSError):  # it has ended meanwhile
            self._ours.send(None)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def wait(self) -> None:
        """Until it has ended and has said so."""
        self._thread.join()

    def _listen(self) -> None:
        end = self._last_word()
        self._process.join()
        self._ours.close()
        self._hearing.ended(end)

    def _last_word(self) -> End | UserError | Killed:
        with suppress(EOFError, ConnectionResetError):
            while True:
                told = self._ours.recv()
                if isinstance(told, _End):
                    value: End = told.value
                    return value
                if isinstance(told, _No):
                    return UserError(*told.parts)
                if isinstance(told, _Bug):
                    log.error("a process of its own has failed:\n%s", told.trace)
                    return UserError(_("Something unexpected happened. The log tells IT more."), "")
                self._hearing.post(self._hearing.tell, told)
        return Killed()


def _run(pipe: Connection, work: Work[Any], about: object, spoken: str) -> None:
    """The process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program
    Thread(target=_die_with_program, name="program", daemon=True).start()
    use_language(spoken)
    with suppress(BrokenPipeError, ConnectionResetError):
        pipe.send(_end_of(work, Line(pipe), about))


def _end_of(work: Work[Any], line: Line, about: object) -> _End | _No | _Bug:
    try:
        return _End(work(line, about))
    except UserError as error:
        return _No(error.parts)
    except DatabaseUnavailable as error:
        return _No(user_error(error).parts)
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception:  # noqa: BLE001 -- the root of this process: its program has the log
        return _Bug(traceback.format_exc())


def _die_with_program() -> None:
    """As if killed: nobody waits for the end any more, and a long question to the records can't be asked to stop."""
    if (program := multiprocessing.parent_process()) is not None:
        wait([program.sentinel])
        os._exit(1)
