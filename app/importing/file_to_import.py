"""A file with its format and its mapping, ready for the import's process (job.FileToImport)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.importing.csv_file import Chunk as CsvChunk
from app.importing.csv_file import CsvFile
from app.importing.job import Checked, Chunk
from app.importing.rules import Rules


@dataclass(frozen=True, slots=True)
class CsvImport:
    """A CSV file: read as bytes in the order of the file, decoded and parsed in the workers."""

    file: CsvFile
    rules: Rules

    def chunks(self) -> Iterator[Chunk]:
        """About a megabyte each."""
        size, done = self.file.path.stat().st_size, 0
        for chunk in self.file.chunks():
            done += len(chunk.data)
            yield Chunk(chunk, min(1.0, done / size))

    def check(self, content: Any) -> Checked:
        """Raises UserError naming line and byte if it is no text."""
        chunk: CsvChunk = content
        return self.rules.checked(self.file.rows(chunk))
