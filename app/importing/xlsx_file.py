"""An .xlsx file as rows of text: what the cells show, with the figures that Excel swallows put back where it says so.

A formula is handed on as one (its row is refused): its last value may be anybody's.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from app.errors import UserError
from app.importing.cell_text import cleaned, neutralised
from app.importing.job import Chunk
from app.importing.xlsx_parts import Sheet, Strings, Styles, Workbook, damaged, local_name, text_of, too_large
from app.words import _

Row = tuple[int, list[str]]
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_ROWS_OF_A_CHUNK = 5_000
_COLUMN = re.compile(r"[A-Z]{1,3}")
_ZEROS = re.compile(r"0[0-]*")  # 000-0000: a number that keeps its zeros


@dataclass(frozen=True, slots=True)
class XlsxFile:
    """A workbook whose sheet and headings are known."""

    path: Path
    sheet: Sheet
    headings: tuple[str, ...]
    heading_line: int

    def chunks(self) -> Iterator[Chunk]:
        """All rows below the headings. Raises UserError."""
        with closing(Workbook(self.path)) as workbook:
            below = (row for row in _rows(workbook, self.sheet, self.path) if row[0] > self.heading_line)
            while rows := list(islice(below, _ROWS_OF_A_CHUNK)):
                yield Chunk(rows, workbook.share)

    def rows(self, content: list[Row]) -> list[Row]:
        """Each as wide as the headings, unless there is more in it."""
        width = len(self.headings)
        return [(line, cells + [""] * (width - len(cells))) for line, cells in content]


def open_xlsx(path: Path, sheet_name: str = "") -> XlsxFile:
    """Read as far as the headings. Raises UserError."""
    with closing(Workbook(path)) as workbook:
        sheet = _sheet(workbook.sheets(), sheet_name, path)
        for line, cells in _rows(workbook, sheet, path):
            headings = [cell.strip() for cell in cells]
            while headings and not headings[-1]:
                headings.pop()
            if headings:
                return XlsxFile(path, sheet, tuple(headings), line)
    raise UserError(
        _('The sheet "{sheet}" of {file} is empty.').format(sheet=sheet.name, file=path.name),
        _("Its first line must hold the names of the columns. Nothing was imported."),
    )


def sheet_names(path: Path) -> tuple[str, ...]:
    """Those that a person sees in Excel. Raises UserError."""
    with closing(Workbook(path)) as workbook:
        return tuple([one.name for one in workbook.sheets() if not one.is_hidden])


def _sheet(sheets: list[Sheet], name: str, path: Path) -> Sheet:
    wanted = [one for one in sheets if one.name == name] if name else [one for one in sheets if not one.is_hidden]
    if wanted:
        return wanted[0]
    if not sheets:
        raise damaged(path)
    raise UserError(
        _('{file} has no sheet "{sheet}".').format(file=path.name, sheet=name),
        _("Sheets: {names}. Choose one.").format(names=", ".join(one.name for one in sheets)),
        "--sheet",
    )


def _rows(workbook: Workbook, sheet: Sheet, path: Path) -> Iterator[Row]:
    show = _Cells(workbook)
    line = 0
    for element in workbook.elements(sheet.part, "row"):
        told = element.get("r") or ""
        line = int(told) if told.isdecimal() and len(told) <= 7 else line + 1
        if line > MOST_ROWS or len(element) > MOST_COLUMNS:
            raise too_large(path)
        try:
            yield line, show.texts(element)
        except (ValueError, IndexError, OverflowError) as error:
            raise damaged(path) from error


class _Cells:
    """What cells show."""

    def __init__(self, workbook: Workbook) -> None:
        self._strings: Strings = workbook.strings()
        self._styles: Styles = workbook.styles()
        self._epoch = MAC_EPOCH if workbook.counts_from_1904() else WINDOWS_EPOCH

    def texts(self, row: Element) -> list[str]:
        cells: list[str] = []
        for cell in row:
            place = _place(cell.get("r"), len(cells))
            text = self._text(cell)
            if text and place < MOST_COLUMNS:
                cells.extend([""] * (place + 1 - len(cells)))
                cells[place] = text
        return cells

    def _text(self, cell: Element) -> str:
        parts = {local_name(child): child for child in cell}
        if "f" in parts:
            return f"=({parts['f'].text or ''})"
        kind, value = cell.get("t", "n"), (parts["v"].text or "") if "v" in parts else ""
        if kind == "inlineStr":
            return _as_text(text_of(parts["is"])) if "is" in parts else ""
        if not value:
            return ""
        if kind == "s":
            return _as_text(self._strings[int(value)])
        if kind == "n":
            return self._number(value, int(cell.get("s") or 0))
        return {"b": {"0": "FALSE", "1": "TRUE"}.get(value, value)}.get(kind, _as_text(value))

    def _number(self, value: str, style: int) -> str:
        number = float(value)
        if style < len(self._styles.is_date) and self._styles.is_date[style]:
            return _date(from_excel(number, self._epoch))
        if not number.is_integer() or abs(number) >= 1e15:
            return f"{number:.15g}"  # as many figures as Excel has
        digits = str(int(number))
        shown = (
            self._styles.formats[style].replace("\\", "").replace('"', "") if style < len(self._styles.formats) else ""
        )
        return _with_zeros(digits, shown) if _ZEROS.fullmatch(shown) and digits.isdecimal() else digits


def _place(reference: str | None, next_one: int) -> int:
    found = _COLUMN.match(reference or "")
    return column_index_from_string(found[0]) - 1 if found else next_one


def _as_text(text: str) -> str:
    """Text that looks like a formula is none here: it gets the apostrophe that is taken off again."""
    return neutralised(cleaned(text.replace("_x000D_", "")))


def _date(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return str(value) if isinstance(value, time | timedelta) else ""


def _with_zeros(digits: str, shown: str) -> str:
    """09012345678 for 9012345678 under 000-0000-0000, hyphens and all."""
    digits = digits.zfill(shown.count("0"))
    if len(digits) > shown.count("0"):
        return digits
    left = iter(digits)
    return "".join(next(left) if mark == "0" else mark for mark in shown)
