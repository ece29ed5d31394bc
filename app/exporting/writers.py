"""Writes tables to CSV or .xlsx: no cell is ever computed by the spreadsheet that opens it.

A file appears whole or not at all: it is written beside its place and moved there at the end.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from app.errors import UserError
from app.exporting.tables import Cell, Row
from app.file_errors import file_words
from app.importing.cell_text import cleaned, neutralised
from app.words import _

MOST_ROWS = 1_048_576
REPLACE_OPTION = "--replace"
_LONGEST_CELL = 32_767
_IN_ITS_PLACE = "〓"  # what Japanese typesetting puts where a character is missing
_SAME_SIGNS = str.maketrans("〜−‖—¢£¬\u00a0", "～－∥―￠￡￢ ")  # other systems' code points for CP932's signs
_QUOTE = '"'
_WIDTH = 19  # a narrower column shows #### in place of a time
_FIRST_YEAR = 1900  # of Excel's calendar
_TEXT = "@"  # the number format that keeps text as text, also when somebody edits the cell


class Table(NamedTuple):
    """`name` is the sheet's."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


class Written(NamedTuple):
    """How many rows, which characters had no place in the encoding, and how many cells were too long for a sheet."""

    rows: int
    lost: dict[str, int]
    cut: int


class _Out(Protocol):
    lost: Counter[str]
    cut: int

    def begin(self, table: Table) -> None: ...

    def row(self, row: Row) -> None: ...

    def finish(self) -> None: ...


class CsvOut:
    """One table. In CP932 what can't be written is counted and 〓 stands in its place."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._is_cp932 = encoding == "cp932"
        self._file = path.open("w", encoding="cp932" if self._is_cp932 else "utf-8-sig", newline="")
        self.lost: Counter[str] = Counter()
        self.cut = 0

    def begin(self, table: Table) -> None:
        """Write the headings."""
        self.row(list(table.columns))

    def row(self, row: Row) -> None:
        """Write a row; texts that a spreadsheet would compute get an apostrophe.

        Texts stand in quotes and nothing else does: a spreadsheet can be told to leave those texts, 0312345678 too.
        """
        self._file.write(",".join(map(self._cell, row)) + "\r\n")

    def finish(self) -> None:
        """Close the file."""
        self._file.close()

    def _cell(self, cell: Cell) -> str:
        if isinstance(cell, str):
            return f'"{self._text(cell).replace(_QUOTE, _QUOTE * 2)}"' if cell else ""
        return _as_text(cell) if isinstance(cell, date) else str(cell)

    def _text(self, cell: str) -> str:
        text = neutralised(cell)
        if not self._is_cp932:
            return text
        try:
            text.encode("cp932")
        except UnicodeEncodeError:
            return "".join(map(self._sign, text.translate(_SAME_SIGNS)))
        return text.translate(_SAME_SIGNS)

    def _sign(self, sign: str) -> str:
        try:
            sign.encode("cp932")
        except UnicodeEncodeError:
            self.lost[sign] += 1
            return _IN_ITS_PLACE
        return sign


class XlsxOut:
    """One sheet per table, further ones where a table is longer than a sheet."""

    def __init__(self, path: Path) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 -- in the export's process alone

        self._path = path
        self._workbook = Workbook(write_only=True)
        self._sheet: Any = None
        self._table: Table | None = None
        self._left = 0
        self.lost: Counter[str] = Counter()
        self.cut = 0

    def begin(self, table: Table) -> None:
        """Make a sheet with the headings."""
        self._table = table
        number = sum(one.title.startswith(table.name) for one in self._workbook.worksheets) + 1
        self._sheet = self._workbook.create_sheet(table.name if number == 1 else f"{table.name} {number}")
        self._sheet.sheet_format.defaultColWidth = _WIDTH
        self._sheet.append(list(table.columns))
        self._left = MOST_ROWS - 1

    def row(self, row: Row) -> None:
        """Write a row; every text is typed as text."""
        if not self._left and self._table is not None:
            self.begin(self._table)
        self._sheet.append([self._typed(cell) for cell in row])
        self._left -= 1

    def finish(self) -> None:
        """Write the file."""
        self._workbook.save(self._path)

    def _typed(self, cell: Cell) -> Any:
        if isinstance(cell, date):
            return cell if cell.year >= _FIRST_YEAR else _as_text(cell)
        if not isinstance(cell, str):
            return cell
        text = cleaned(cell)
        if len(text) > _LONGEST_CELL:
            text, self.cut = text[: _LONGEST_CELL - 1] + "…", self.cut + 1
        if neutralised(text) == text:
            return text or None
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- as above

        typed = WriteOnlyCell(self._sheet, text)
        typed.data_type, typed.number_format = "s", _TEXT
        return typed


def _as_text(at: date) -> str:
    return at.isoformat(" ", "seconds") if isinstance(at, datetime) else at.isoformat()


class Lacking(StrEnum):
    """What becomes of a character that the encoding lacks."""

    REFUSED = "refused"
    REPLACED = "replaced"


def write(tables: Iterable[Table], path: Path, encoding: str, lacking: Lacking) -> Written:
    """Write .xlsx or CSV, as the name ends. Raises UserError; then the file is as it was."""
    with _moved_there(path) as beside:
        out: _Out = XlsxOut(beside) if path.suffix.lower() == ".xlsx" else CsvOut(beside, encoding)
        rows = 0
        try:
            for table in tables:
                out.begin(table)
                for row in table.rows:
                    out.row(row)
                    rows += 1
        finally:
            out.finish()
        if out.lost and lacking is Lacking.REFUSED:
            raise _lost(out.lost)
    return Written(rows, dict(out.lost), out.cut)


def part_of(path: Path) -> Path:
    """What is written before it is whole."""
    return path.with_name(f"{path.name}.part")


def forget_part(path: Path) -> None:
    """What is not whole goes; where even that can't be, its place has been told to be no good."""
    with suppress(OSError):
        part_of(path).unlink(missing_ok=True)


@contextmanager
def _moved_there(path: Path) -> Iterator[Path]:
    beside = part_of(path)
    try:
        beside.touch()  # whether we may is said before a million rows are read
        yield beside
        beside.replace(path)
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {error}.").format(path=path, error=file_words(error)),
            _("Close it in other programs, or name another file."),
        ) from error
    finally:
        forget_part(path)


def told_lost(lost: dict[str, int]) -> str:
    """The characters with how often they stand there, most frequent first."""
    most = sorted(lost.items(), key=lambda one: -one[1])[:20]
    return " ".join(f"{sign} ({count})" for sign, count in most) + (" …" if len(lost) > len(most) else "")


def _lost(lost: dict[str, int]) -> UserError:
    return UserError(
        _("CP932 lacks these characters: {signs}.").format(signs=told_lost(lost)),
        _("Export in UTF-8, or have 〓 in their places. Nothing was written."),
        REPLACE_OPTION,
    )
