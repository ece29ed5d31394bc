"""Imports as the page sees them: nothing here waits. Answers come back in the desk's thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from app.audit.signature import Signature
from app.clock import Clock
from app.db_worker import Post, Worker
from app.error_words import error_words
from app.errors import UserError
from app.importing.columns import Surroundings
from app.importing.encodings import ENCODING_OPTION
from app.importing.job import Aim, ImportJob, OddRows, Progress, RecordsAddress, RefusedRows, Stage, Told
from app.importing.mapping import Mapping as FileMapping
from app.importing.mapping import RememberedMappings, read_mapping, recognised, require_headings, write_mapping
from app.importing.opened import Opened
from app.importing.preview import Preview
from app.importing.process import ImportRun
from app.importing.reader import Look, Question, Reader
from app.importing.undo import Batch, Undone, past_imports, take_back
from app.seat import Seat
from db.importing.merge import Merged
from db.importing.staged import DuplicateRule, ImportPlan, Refusal
from db.kinds import ImportKind

__all__ = [
    "ENCODING_OPTION", "Aim", "Batch", "DuplicateRule", "FileMapping", "ImportDesk", "ImportKind", "ImportListener",
    "ImportPlace", "Look", "Merged", "OddRows", "Opened", "Preview", "Progress", "Question", "Refusal",
    "RefusedRows", "Stage", "Told", "Undone",
]  # fmt: skip
Failed = Callable[[Exception], object]


@dataclass(frozen=True, slots=True)
class ImportPlace:
    """Who imports, into which records (asked when an import begins), and where numbers without a country are."""

    seat: Seat
    records: Callable[[], RecordsAddress]
    mappings_file: Path
    region: str = "JP"


class ImportListener(Protocol):
    """Hears, in the desk's thread, how an import goes and once how it ended."""

    def import_tells(self, told: Told) -> None: ...
    def import_ended(self, end: Merged | UserError) -> None: ...


class ImportDesk:
    """Looks into files, imports one at a time, takes imports back. `engine` is one that may take its time."""

    def __init__(self, engine: Any, post: Post, place: ImportPlace, clock: Clock | None = None) -> None:
        self._engine, self._post, self._place = engine, post, place
        self._clock = clock or Clock()
        self._reader = Reader(place.mappings_file)
        self._remembered = RememberedMappings(place.mappings_file)
        self._files, self._records = Worker("import files", post), Worker("import records", post)
        self._run: ImportRun | None = None
        self._is_wanted = False
        self._looks = 0

    @property
    def is_busy(self) -> bool:
        """Whether an import is under way."""
        return self._is_wanted or self._run is not None

    def look(self, question: Question, then: Callable[[Look], object], failed: Failed) -> None:
        """Open a file and see what its first rows would become."""
        around = self._around()
        if self._looks:
            self._reader.stop()  # nobody waits for that answer any more
        self._looks += 1

        def looked(answer: Look | Exception) -> None:
            self._looks -= 1
            failed(answer) if isinstance(answer, Exception) else then(answer)

        self._files.ask(lambda: self._reader.look(question, around), looked, looked)

    def look_again(self, file: Opened, then: Callable[[Preview], object], failed: Failed) -> None:
        """The same file with other columns."""
        around = self._around()
        self._files.ask(lambda: self._reader.look_again(file, around), then, failed)

    def load_columns(self, file: Opened, path: Path, then: Callable[[FileMapping], object], failed: Failed) -> None:
        """The columns as a mapping file says."""
        self._files.ask(lambda: _as_told(file.mapping, path), then, failed)

    def save_columns(self, file: Opened, path: Path, then: Callable[[None], object], failed: Failed) -> None:
        """A mapping file for the command line, or for another PC."""
        self._files.ask(lambda: write_mapping(file.mapping, path), then, failed)

    def save_refused(
        self, file: Opened, rows: Mapping[int, Refusal], path: Path, then: Callable[[None], object], failed: Failed
    ) -> None:
        """The rows that were not taken, to be put right and imported."""
        self._files.ask(lambda: self._reader.write_refused(file, rows, path), then, failed)

    def begin(self, look: Look, rule: DuplicateRule, aim: Aim, listener: ImportListener) -> None:
        """Import in a process of its own; how its columns are set is remembered once they are of use."""
        self._is_wanted = True

        def ended(end: Merged | UserError) -> None:
            self._run = None
            self._is_wanted = False
            if isinstance(end, Merged) and aim is Aim.MERGE:
                self._files.ask(lambda: self._remembered.remember(look.file.mapping), _nothing, _nothing)
            listener.import_ended(end)

        def failed(error: Exception) -> None:
            ended(error if isinstance(error, UserError) else UserError(error_words(error), ""))

        self._files.ask(
            lambda: ImportRun(self._job(look, rule, aim), self._post, listener.import_tells, ended),
            self._started,
            failed,
        )

    def cancel(self) -> None:
        """Nothing of it stays, unless it was in the records already: its listener hears which."""
        self._is_wanted = False
        if self._run is not None:
            self._run.cancel()

    def past(self, then: Callable[[tuple[Batch, ...]], object], failed: Failed) -> None:
        """The imports that were made, newest first."""
        self._records.ask(lambda: past_imports(self._engine), then, failed)

    def undo(self, batch_no: str, then: Callable[[Undone], object], failed: Failed) -> None:
        """Take an import back."""
        by = Signature.of(self._place.seat, self._clock)
        self._records.ask(lambda: take_back(self._engine, batch_no, by), then, failed)

    def stop(self) -> None:
        """What is not in the records by now does not come into them."""
        if (run := self._run) is not None:
            run.cancel()
            run.wait()
        self._reader.stop()
        self._files.stop()
        self._records.stop()
        self._engine.dispose()

    def _started(self, run: ImportRun) -> None:
        self._run = run
        if not self._is_wanted:
            run.cancel()

    def _job(self, look: Look, rule: DuplicateRule, aim: Aim) -> ImportJob:
        file, place = look.file, self._place
        plan = ImportPlan(file.mapping.kind, file.source.path.name, place.seat.login, rule, look.system)
        at = self._clock.now().astimezone()
        return ImportJob(file.to_import(self._around()), plan, place.records(), at, aim)

    def _around(self) -> Surroundings:
        return Surroundings(self._clock.now().astimezone().date(), self._place.region)


def _as_told(mapping: FileMapping, path: Path) -> FileMapping:
    told = read_mapping(path, mapping.kind)
    require_headings(told, mapping.headings, path)
    return recognised(mapping.kind, mapping.headings, told)


def with_columns(look: Look, fields: tuple[str, ...]) -> Look:
    """The same file with these fields for its columns."""
    mapping = replace(look.file.mapping, fields=fields)
    return replace(look, file=replace(look.file, mapping=mapping), as_last_time=False)


def _nothing(_told: object) -> None:
    """What is remembered is a comfort: the file itself says nothing when it can't be written."""
