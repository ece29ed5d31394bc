"""Opens a file to import by what is in it, not by its name. Whatever is no such file ends in one line.

The readers of workbooks and address books are loaded when one is met: the program with the window never meets any.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.errors import UserError
from app.file_errors import file_words
from app.importing.because import broken_file
from app.importing.csv_file import open_csv
from app.importing.job import Checked, Chunk
from app.importing.rules import Rules
from app.words import _
from db.kinds import ImportKind

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CARD = b"BEGIN:VCARD"
_HEAD = 4096
_MOST_COLUMNS = 1_000


class SourceFile(Protocol):
    """A file with its headings, whose chunks become rows in the workers."""

    @property
    def path(self) -> Path: ...

    @property
    def headings(self) -> tuple[str, ...]: ...

    def chunks(self) -> Iterator[Chunk]: ...

    def rows(self, content: Any, /) -> list[tuple[int, list[str]]]: ...


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file with its mapping, as the import's process takes it (job.FileToImport).

    A process that runs `check` alone should switch Python's collector off: it doubles the time.
    """

    source: SourceFile
    rules: Rules

    def chunks(self) -> Iterator[Chunk]:
        """In the order of the file. Raises UserError."""
        return self.source.chunks()

    def check(self, content: Any) -> Checked:
        """Raises UserError if the whole file is no good."""
        found = self.rules.checked(self.source.rows(content))
        if (error := broken_file(found.refusals)) is not None:
            raise error
        return found


def open_file(path: Path, kind: ImportKind, encoding: str = "", sheet: str = "") -> SourceFile:
    """Read as far as the headings. Raises UserError."""
    file = _opened(path, kind, encoding, sheet)
    if len(file.headings) > _MOST_COLUMNS:
        raise UserError(
            _("{file} has more than {count} columns.").format(file=path.name, count=f"{_MOST_COLUMNS:,}"),
            _("Leave out what is not needed. Nothing was imported."),
        )
    return file


def _opened(path: Path, kind: ImportKind, encoding: str, sheet: str) -> SourceFile:
    from app.importing.vcard_file import open_vcard  # noqa: PLC0415 -- see above
    from app.importing.xlsx_file import open_xlsx  # noqa: PLC0415 -- see above

    head = _head(path)
    if head.startswith(_OLE):
        raise _old_or_locked(path)
    if head.startswith(_ZIP):
        return open_xlsx(path, sheet)
    if _is_card(head):
        _require_customers(path, kind)
        return open_vcard(path, encoding)
    return open_csv(path, encoding)


def system_of(source: SourceFile) -> str:
    """Whose keys the file's are; "" for our customer numbers."""
    from app.importing.vcard_file import SYSTEM, VcardFile  # noqa: PLC0415 -- see above

    return SYSTEM if isinstance(source, VcardFile) else ""


def described(source: SourceFile) -> str:
    """What sort of file it is, in a few words."""
    from app.importing.vcard_file import VcardFile  # noqa: PLC0415 -- see above
    from app.importing.xlsx_file import XlsxFile  # noqa: PLC0415 -- see above

    if isinstance(source, XlsxFile):
        return _('Excel, sheet "{sheet}"').format(sheet=source.sheet.name)
    encoding = getattr(source, "encoding", "").upper()
    return f"vCard, {encoding}" if isinstance(source, VcardFile) else f"CSV, {encoding}"


def _head(path: Path) -> bytes:
    if path.exists() and not path.is_file():  # a folder, a pipe, a device without end
        raise UserError(_("{path} is no file.").format(path=path), _("Name a file."))
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except FileNotFoundError as error:
        raise UserError(_("{path} does not exist.").format(path=path), _("Check the name.")) from error
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {error}.").format(path=path, error=file_words(error)),
            _("Check who may read it, and close it in other programs."),
        ) from error


def _is_card(head: bytes) -> bool:
    for codec in ("utf-8-sig", "utf-16"):
        text = head.decode(codec, "replace").lstrip("\ufeff \r\n\t").upper()
        if text.startswith(_CARD.decode()):
            return True
    return False


def _require_customers(path: Path, kind: ImportKind) -> None:
    if kind is not ImportKind.CUSTOMERS:
        raise UserError(
            _("{file} is an address book.").format(file=path.name),
            _("Import it as customers."),
            "omote import customers",
        )


def _old_or_locked(path: Path) -> UserError:
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return UserError(
            _("{file} is protected by a password.").format(file=path.name),
            _("Save it in Excel without one and import that. Nothing was imported."),
        )
    return UserError(
        _("{file} is of an old kind of Excel's.").format(file=path.name),
        _("Save it in Excel as .xlsx and import that. Nothing was imported."),
    )
