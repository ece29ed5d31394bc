"""Looks into files in a process of its own: whatever a file holds, the screen neither waits for it nor dies of it."""

import multiprocessing
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TypeVar

from app.errors import UserError
from app.importing.columns import Surroundings
from app.importing.fields import FIELDS
from app.importing.files import open_file, system_of
from app.importing.mapping import RememberedMappings, missing_fields, recognised
from app.importing.opened import Opened, Wanted, opened
from app.importing.preview import Preview, preview
from app.importing.refused_rows import write_refused
from app.words import _, language, use_language
from db.importing.staged import Refusal
from db.kinds import ImportKind

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Question:
    """A file to look into; `kind` None: find out by its headings what it holds; `encoding` "": by its bytes."""

    path: Path
    kind: ImportKind | None = None
    sheet: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found.

    `system` is whose keys the file's are, `sheets` those of an Excel file and `sheet` the one that was read.
    `as_last_time`: the columns are set as somebody did before. `is_text`: it has an encoding, `encoding` is what was
    asked for.
    """

    file: Opened
    preview: Preview
    system: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    as_last_time: bool = False
    is_text: bool = False
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class _No:
    """The parts of a UserError, which itself does not cross between processes."""

    parts: tuple[str, str, str]


class Reader:
    """The process is started when it is first needed. Every call waits: not for the desk's thread."""

    def __init__(self, mappings_file: Path) -> None:
        self._mappings_file = mappings_file
        self._process: SpawnProcess | None = None

    def look(self, question: Question, around: Surroundings) -> Look:
        """Open the file and see what its first rows would become. Raises UserError."""
        return self._ask(_look, question, self._mappings_file, around)

    def look_again(self, file: Opened, around: Surroundings) -> Preview:
        """The same file with other columns. Raises UserError."""
        return self._ask(preview, file, around)

    def write_refused(self, file: Opened, refused: Mapping[int, Refusal], path: Path) -> None:
        """The rows that were not taken, with their reasons. Raises UserError."""
        self._ask(write_refused, file.source, refused, path)

    def stop(self) -> None:
        """End the process, also in the midst of a file."""
        if self._process is not None:
            self._process.kill()

    def _ask(self, job: Callable[..., Told], *about: object) -> Told:
        if self._process is None or not self._process.is_alive():
            self._begin()
        try:
            self._pipe.send((language(), job, about))
            answer: Told | _No = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise UserError(
                _("The file could not be read to its end, perhaps for want of memory."), _("Nothing was imported.")
            ) from error
        if isinstance(answer, _No):
            raise UserError(*answer.parts)
        return answer

    def _begin(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs,), name="import reader", daemon=True)
        self._process.start()
        theirs.close()


def _serve(pipe: Connection) -> None:
    """The reader's process: it lives as long as the pipe to its program."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            spoken, job, about = pipe.recv()
            use_language(spoken)
            pipe.send(_answer(job, about))


def _answer(job: Callable[..., Told], about: tuple[object, ...]) -> Told | _No:
    try:
        return job(*about)
    except UserError as error:
        return _No(error.parts)


def _look(question: Question, mappings_file: Path, around: Surroundings) -> Look:
    from app.importing.xlsx_file import XlsxFile, sheet_names  # noqa: PLC0415 -- in the reader's process alone

    source = open_file(question.path, question.kind or ImportKind.CUSTOMERS, question.encoding, question.sheet)
    kind = question.kind or likely_kind(source.headings)
    file = opened(
        Wanted(question.path, kind, None, question.encoding, question.sheet), RememberedMappings(mappings_file)
    )
    as_last_time = file.mapping != recognised(kind, file.mapping.headings)
    look = Look(file, preview(file, around), system_of(source), as_last_time=as_last_time)
    if isinstance(source, XlsxFile):
        return replace(look, sheets=sheet_names(source.path), sheet=source.sheet.name)
    return replace(look, is_text=True, encoding=question.encoding)


def likely_kind(headings: tuple[str, ...]) -> ImportKind:
    """What a file with these headings holds: that for which nothing is missing and most columns are known."""
    found = {kind: recognised(kind, headings) for kind in FIELDS}
    whole = {kind: sum(map(bool, one.fields)) for kind, one in found.items() if not missing_fields(one)}
    return max(whole, key=whole.__getitem__) if whole else ImportKind.CUSTOMERS
