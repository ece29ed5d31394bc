"""What lies in an .xlsx file, read with bounds: first its directory is looked at, then the XML is counted while read.

Not openpyxl's own reader, which builds a whole row and all shared strings in memory before anybody can count.
"""

import posixpath
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from app.errors import UserError
from app.words import _

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_MOST_ENTRIES = 2_000
_LARGEST = 2 << 30  # a sheet as full as Excel allows has less
_LARGEST_WITHOUT_A_LOOK = 32 << 20
_HIGHEST_RATIO = 150  # real sheets: 5 to 30
_LONGEST_ROW = 8 << 20  # bytes of XML; Excel's widest row has 2 MB
_MOST_STRINGS = 512 << 20


class Sheet(NamedTuple):
    """A sheet of the workbook and where it lies in the archive."""

    name: str
    part: str
    is_hidden: bool


class Styles(NamedTuple):
    """Per style of a cell: whether it shows a date, and its number format."""

    is_date: tuple[bool, ...]
    formats: tuple[str, ...]


class Workbook:
    """An open file; close it. Raises UserError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise damaged(path) from error
        self._counted: _Counted | None = None
        self._look_at_the_directory()

    @property
    def share(self) -> float:
        """How much of the part that was opened last has been read."""
        return self._counted.share if self._counted else 0.0

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def sheets(self) -> list[Sheet]:
        """In their order."""
        targets = self._targets()
        found = []
        for element in self.elements("xl/workbook.xml", "sheet"):
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION) or "", "")
            found.append(Sheet(element.get("name") or "", target, element.get("state", "visible") != "visible"))
        return [one for one in found if "worksheets/" in one.part]

    def counts_from_1904(self) -> bool:
        """Whether its days are counted as old Macs did."""
        return any(one.get("date1904") in ("1", "true") for one in self.elements("xl/workbook.xml", "workbookPr"))

    def styles(self) -> Styles:
        """How its cells are shown."""
        if "xl/styles.xml" not in self._archive.namelist():
            return Styles((), ())
        formats = dict(BUILTIN_FORMATS)
        own = {one.get("numFmtId"): one.get("formatCode") or "" for one in self.elements("xl/styles.xml", "numFmt")}
        formats.update({int(number): code for number, code in own.items() if number and number.isdecimal()})
        used = [int(xf.get("numFmtId") or 0) for cells in self.elements("xl/styles.xml", "cellXfs") for xf in cells]
        codes = tuple(formats.get(number, "General") for number in used)
        return Styles(tuple(is_date_format(code) for code in codes), codes)

    def strings(self) -> "Strings":
        """The texts that cells refer to by number."""
        strings = Strings()
        if "xl/sharedStrings.xml" in self._archive.namelist():
            for element in self.elements("xl/sharedStrings.xml", "si"):
                if not strings.add(text_of(element)):
                    raise too_large(self._path)
        return strings

    def elements(self, part: str, name: str) -> Iterator[Element]:
        """Each element of this name once it is complete; what lies before it is forgotten."""
        try:
            with self._archive.open(part) as stream:
                self._counted = _Counted(stream, self._path, self._archive.getinfo(part).file_size)
                yield from _complete(self._counted, name)
        except (ParseError, DefusedXmlException, KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise damaged(self._path) from error
        except (RuntimeError, NotImplementedError) as error:  # zipfile's words for an encrypted entry
            raise damaged(self._path) from error

    def _targets(self) -> dict[str, str]:
        """Relation -> part of the archive."""
        found = {}
        for element in self.elements("xl/_rels/workbook.xml.rels", "Relationship"):
            target = element.get("Target") or ""
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            found[element.get("Id") or ""] = part
        return found

    def _look_at_the_directory(self) -> None:
        entries = self._archive.infolist()
        names = {one.filename.lower() for one in entries}
        if "xl/workbook.xml" not in names:
            raise _no_workbook(self._path, names)
        if any(name.endswith("vbaproject.bin") for name in names):
            raise UserError(
                _("{file} holds macros.").format(file=self._path.name),
                _('Save it in Excel as "Excel Workbook (.xlsx)" and import that. Nothing was imported.'),
            )
        size, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
        if len(entries) > _MOST_ENTRIES or size > _LARGEST:
            raise too_large(self._path)
        if size > _LARGEST_WITHOUT_A_LOOK and size > _HIGHEST_RATIO * max(packed, 1):
            raise too_large(self._path)


class Strings:
    """Millions of texts in the space that they take as bytes."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def add(self, text: str) -> bool:
        """Whether there was room."""
        self._bytes += text.encode("utf-8", "replace")
        self._ends.append(len(self._bytes))
        return len(self._bytes) <= _MOST_STRINGS

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise IndexError(number)
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode()


def text_of(element: Element) -> str:
    """A text with all its runs, without the readings that Excel lays above it."""
    return "".join(
        run.text or ""
        for child in element
        for run in ([child] if local_name(child) == "t" else child if local_name(child) == "r" else [])
        if local_name(run) == "t"
    )


def local_name(element: Element) -> str:
    """The name without its namespace: Excel writes two kinds."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def too_large(path: Path) -> UserError:
    """Nobody's customer list is like this."""
    return UserError(
        _("{file} unpacks to more than any workbook of Excel's holds.").format(file=path.name),
        _("It may have been made to do harm. Export it again as CSV UTF-8. Nothing was imported."),
    )


def damaged(path: Path) -> UserError:
    """The archive or its XML is broken."""
    return UserError(
        _("{file} is damaged, or is no .xlsx file.").format(file=path.name),
        _("Open it in Excel and save it again as .xlsx. Nothing was imported."),
    )


class _Stream(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Counted:
    """Ends the reading when too much was read without any element getting complete."""

    def __init__(self, stream: _Stream, path: Path, size: int) -> None:
        self._stream, self._path = stream, path
        self._size, self._done = max(size, 1), 0
        self.since_last = 0

    @property
    def share(self) -> float:
        """As the archive's directory has it, which may be wrong."""
        return min(1.0, self._done / self._size)

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size, 65536) if size >= 0 else 65536)
        self.since_last += len(data)
        self._done += len(data)
        if self.since_last > _LONGEST_ROW:
            raise too_large(self._path)
        return data


def _complete(stream: _Counted, name: str) -> Iterator[Element]:
    events: Any = iterparse(stream, events=("start", "end"), forbid_dtd=True)
    open_elements: list[Element] = []
    for event, element in events:
        if event == "start":
            open_elements.append(element)
            continue
        open_elements.pop()
        if local_name(element) == name:
            yield element
        if name in map(local_name, open_elements):
            continue  # it belongs to one that is not complete yet
        stream.since_last = 0
        element.clear()
        if open_elements:
            open_elements[-1].remove(element)


def _no_workbook(path: Path, names: set[str]) -> UserError:
    if "xl/workbook.bin" in names or "mimetype" in names or any(name.endswith(".iwa") for name in names):
        return UserError(
            _("{file} is a spreadsheet of another kind.").format(file=path.name),
            _("Save it as .xlsx or as CSV UTF-8 and import that. Nothing was imported."),
        )
    return damaged(path)
