"""A CSV file cut into pieces of whole records that can be read independently, in other processes too.

A quotation mark opens a cell only at its beginning, as in Python's csv; line ends inside quotation marks end no record.
Memory is bounded: one block and one record of at most a megabyte.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from app.errors import UserError
from app.importing.cell_text import cleaned
from app.importing.encodings import decoded, encoding_of, has_ascii_inside, text_blocks
from app.importing.job import Chunk
from app.words import _

LONGEST_RECORD = 1 << 20
_SEPARATOR_HINT = re.compile(rb'"?sep=(.)"?(?:\r\n|\n|\r)', re.IGNORECASE)  # Excel's own, above the headings
_QUOTED = re.compile(rb'"[^"]*+(?:""[^"]*+)*+"?')
_DELIMITERS = b"\t;,"
Row = tuple[int, list[str]]


class Records(NamedTuple):
    """Whole records; `first_row` is the first one's line as a spreadsheet counts them (the heading is line 1)."""

    first_row: int
    data: bytes


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A text file whose encoding, delimiter and headings are known; `head` is how many bytes of text they take."""

    path: Path
    encoding: str
    mark: int
    delimiter: str
    headings: tuple[str, ...]
    head: int
    first_row: int

    def chunks(self) -> Iterator[Chunk]:
        """All rows below the headings, about a megabyte each. Raises UserError."""
        blocks = _without(text_blocks(self.path, self.encoding, self.mark), self.head)
        size, done = max(1, self.path.stat().st_size), self.head
        for records in split(blocks, self.delimiter.encode(), self.first_row):
            done += len(records.data)
            yield Chunk(records, min(1.0, done / size))

    def rows(self, content: Records) -> list[Row]:
        """The records with their lines; blank lines are left out. Raises UserError."""
        text = cleaned(decoded(content.data, _codec(self.encoding), content.first_row))
        return rows_of(text, self.delimiter, content.first_row)


def open_csv(path: Path, asked_encoding: str = "") -> CsvFile:
    """Read as far as the headings. Raises UserError."""
    encoding, mark = encoding_of(path, asked_encoding)
    head = _head(text_blocks(path, encoding, mark))
    at, row, delimiter = 0, 1, _delimiter(head)
    if (hint := _SEPARATOR_HINT.match(head)) is not None:
        at, row, delimiter = hint.end(), 2, hint[1]
    for record in _whole_records(head, delimiter, at):
        at, row = at + len(record), row + 1
        text = cleaned(decoded(record, _codec(encoding), row - 1))
        cells = [cell.strip() for cell in next(iter(rows_of(text, delimiter.decode(), 1)), (1, []))[1]]
        if any(cells):
            return CsvFile(path, encoding, mark, delimiter.decode(), _trimmed(cells), at, row)
    if len(head) >= LONGEST_RECORD:
        raise _endless(row)
    raise UserError(
        _("{file} names no columns.").format(file=path.name),
        _("Its first line must hold the names of the columns. Nothing was imported."),
    )


def split(blocks: Iterable[bytes], delimiter: bytes, first_row: int) -> Iterator[Records]:
    """Pieces of about a block; each begins with a record and ends with one. Raises UserError."""
    row, rest = first_row, b""
    for block in _with_whole_line_ends(blocks):
        _refuse_nul(block, row, rest)
        data = rest + block
        end, count = _end_of_records(data, delimiter)
        if end:
            yield Records(row, data[:end])
        row, rest = row + count, data[end:]
        if len(rest) > LONGEST_RECORD:
            raise _endless(row)
    if rest:
        yield Records(row, rest)


def rows_of(text: str, delimiter: str, first_row: int) -> list[Row]:
    """The records of a text with their lines, blank ones left out."""
    if '"' not in text:  # Python's own split takes half the time of csv
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return [(row, line.split(delimiter)) for row, line in enumerate(lines, first_row) if line]
    csv.field_size_limit(2 * LONGEST_RECORD)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [(row, cells) for row, cells in enumerate(records, first_row) if cells]


def _codec(encoding: str) -> str:
    return encoding if has_ascii_inside(encoding) else "utf-8"


def _without(blocks: Iterator[bytes], head: int) -> Iterator[bytes]:
    for block in blocks:
        if head < len(block):
            yield block[head:]
        head = max(0, head - len(block))


def _with_whole_line_ends(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """No block ends between CR and LF."""
    held = b""
    for block in blocks:
        data = held + block
        held = b"\r" if data.endswith(b"\r") else b""
        yield data[: len(data) - len(held)]
    if held:
        yield held


def _end_of_records(data: bytes, delimiter: bytes) -> tuple[int, int]:
    """Where the last whole record ends, and how many there are."""
    if b'"' in data:
        end = count = 0
        for record in _whole_records(data, delimiter, 0):
            end, count = end + len(record), count + 1
        return end, count
    end = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
    return end, data.count(b"\n", 0, end) + data.count(b"\r", 0, end) - data.count(b"\r\n", 0, end)


def _whole_records(data: bytes, delimiter: bytes, start: int) -> Iterator[bytes]:
    record = _record(delimiter)
    while (found := record.match(data, start)) is not None:
        yield found[0]
        start = found.end()


@cache
def _record(delimiter: bytes) -> re.Pattern[bytes]:
    """One record with its line end. Nothing is ever tried twice, so a hostile file takes no longer than a good one."""
    mark = re.escape(delimiter)
    plain = rb"[^" + mark + rb"\r\n]*+"
    cell = rb'(?:"[^"]*+(?:""[^"]*+)*+"' + plain + rb'|(?!")' + plain + rb")"
    return re.compile(rb"(?:" + cell + mark + rb")*+" + cell + rb"(?:\r\n|\n|\r)")


def _head(blocks: Iterator[bytes]) -> bytes:
    """The first megabyte: the headings are in it."""
    head = b""
    for block in _with_whole_line_ends(blocks):
        _refuse_nul(block, 1, head)
        head += block
        if len(head) >= LONGEST_RECORD:
            return head
    return head + b"\n"  # a file may end without a line end


def _delimiter(head: bytes) -> bytes:
    """The most frequent one of the first line with text, quoted cells apart."""
    lines = _QUOTED.sub(b"", head.lstrip()).splitlines()
    return max((bytes((one,)) for one in _DELIMITERS), key=(lines[0] if lines else b"").count)


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    while not cells[-1]:
        cells = cells[:-1]
    return tuple(cells)


def _refuse_nul(block: bytes, row: int, rest: bytes) -> None:
    at = block.find(b"\0")
    if at >= 0:
        raise UserError(
            _("Line {line} holds a NUL byte: this is no text file.").format(
                line=row + rest.count(b"\n") + block.count(b"\n", 0, at)
            ),
            _("Export it again as CSV UTF-8 or .xlsx. Nothing was imported."),
        )


def _endless(row: int) -> UserError:
    return UserError(
        _("The record that begins in line {line} is longer than 1 MB.").format(line=row),
        _("A quotation mark without its second one may stand there. Correct the file. Nothing was imported."),
    )
