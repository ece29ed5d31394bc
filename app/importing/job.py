"""What the import's process asks of a file, and what it tells while it works. All of it crosses between processes."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from db.importing.staged import Refusal, Staged


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
