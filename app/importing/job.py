"""What the import's process asks of a file, and what it tells while it works. All of it crosses between processes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from db.importing.staged import ImportPlan, Refusal, Staged


class Chunk(NamedTuple):
    """A piece of the file as a worker is to get it (for CSV: bytes that begin and end with whole records).

    `share` is how much of the file has been read with it, 0 to 1.
    """

    content: Any
    share: float


class Checked(NamedTuple):
    """What became of a chunk's rows."""

    rows: list[Staged]
    refusals: list[Refusal]
    odd: list[Refusal] = []  # noqa: RUF012 -- never changed


class FileToImport(Protocol):
    """A file with its format and mapping. It is pickled, so it opens the file only when asked."""

    def chunks(self) -> Iterator[Chunk]:
        """In the order of the file, a few thousand rows each. Raises UserError if the file can't be read."""

    def check(self, content: Any) -> Checked:
        """Make rows of a chunk's content, in a worker. Raises UserError if the whole file is no good."""


class Stage(StrEnum):
    """What an import is doing: only MERGING changes the records, all at once."""

    READING = "reading"
    COMPARING = "comparing"
    MERGING = "merging"


@dataclass(frozen=True, slots=True)
class Progress:
    """`rows` read so far, refused ones among them; `share` of the file, 0 to 1."""

    stage: Stage
    rows: int
    share: float


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """An import before this one was killed: what it had staged has been removed; the records never knew of it."""


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """Rows that were not taken, a batch at a time, in the order of the file."""

    rows: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class OddRows:
    """Rows that were taken and deserve a look, likewise."""

    rows: tuple[Refusal, ...]


Told = Progress | LeftBehind | RefusedRows | OddRows
Tell = Callable[[Told], object]


class Aim(StrEnum):
    """Whether an import is to change the records or only to say what it would do."""

    MERGE = "merge"
    DRY_RUN = "dry_run"


@dataclass(frozen=True, slots=True)
class ImportJob:
    """All that the import's process needs to know. `at` is in the zone whose day the batch is to be named after."""

    file: FileToImport
    plan: ImportPlan
    records: "RecordsAddress"
    at: datetime
    aim: Aim = Aim.MERGE


@dataclass(frozen=True, slots=True)
class RecordsAddress:
    """Where the records are: the settings' url, the profile's folder, and a server's password."""

    url: str
    folder: Path
    password: str | None = field(default=None, repr=False)
