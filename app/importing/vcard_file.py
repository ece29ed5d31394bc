"""An address book of vCards (2.1, 3.0, 4.0) as rows: one per card, with the columns of a customers' file.

Old Japanese telephones write 2.1 in quoted-printable Shift_JIS, readings in SOUND;X-IRMC-N; Apple in X-PHONETIC-….
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import vobject
from vobject.base import ContentLine, ParseError

from app.errors import UserError
from app.importing.cell_text import cleaned
from app.importing.encodings import encoding_of, has_ascii_inside, text_blocks
from app.importing.job import Chunk
from app.words import _
from db.kinds import NumberLabel

SYSTEM = "vcard"
"""Whose keys the UIDs are."""
HEADINGS = (
    "customer_no", "kind", "name", "family_name", "given_name", "reading", "family_reading", "given_reading", "company",
    "phones", "email", "postal_code", "address_prefecture", "address_city", "address_street", "address_building",
    "birth_date", "memo",
)  # fmt: skip
Row = tuple[int, list[str]]
_LARGEST_CARD = 8 << 20  # photographs lie in them
_CARDS_OF_A_CHUNK = 500
_LONGEST_KEY = 64
_SJIS = re.compile(r"CHARSET=\"?(?:SHIFT[-_]?JIS|X-SJIS|SJIS|MS_KANJI|WINDOWS-31J)\"?", re.IGNORECASE)
_GROUP = re.compile(r"^(?:X-ADDRESSBOOKSERVER-)?KIND:group\s*$", re.IGNORECASE | re.MULTILINE)
_PART = re.compile(r"(?<!\\);")
_ESCAPED = re.compile(r"\\([nN,;:\\])")
_LABELS = {
    "FAX": NumberLabel.FAX,
    "CELL": NumberLabel.MOBILE,
    "IPHONE": NumberLabel.MOBILE,
    "MAIN": NumberLabel.MAIN,
    "WORK": NumberLabel.WORK,
    "HOME": NumberLabel.HOME,
}
Card = tuple[int, str]


@dataclass(frozen=True, slots=True)
class VcardFile:
    """A file whose encoding is known."""

    path: Path
    encoding: str
    mark: int
    headings: tuple[str, ...] = HEADINGS

    def chunks(self) -> Iterator[Chunk]:
        """Whole cards. Raises UserError."""
        cards: list[Card] = []
        for card in _cards(self.path, self.encoding, self.mark):
            cards.append(card)
            if len(cards) == _CARDS_OF_A_CHUNK:
                yield Chunk(cards, 0.0)
                cards = []
        if cards:
            yield Chunk(cards, 0.0)

    def rows(self, content: list[Card]) -> list[Row]:
        """One per card; without cells where it can't be read. Groups of cards are no customers."""
        return [(line, _row(text)) for line, text in content if not _GROUP.search(text)]


def open_vcard(path: Path, asked_encoding: str = "") -> VcardFile:
    """Raises UserError."""
    return VcardFile(path, *encoding_of(path, asked_encoding))


def _cards(path: Path, encoding: str, mark: int) -> Iterator[Card]:
    lines: list[str] = []
    begins = size = 0
    for number, line in enumerate(_lines(path, encoding, mark), 1):
        word = line.strip().upper()
        if word == "BEGIN:VCARD" and not begins:
            lines, begins, size = [], number, 0
        if begins:
            lines.append(line)
            size += len(line)
        if size > _LARGEST_CARD:
            raise _endless(begins)
        if word == "END:VCARD" and begins:
            yield begins, "".join(lines)
            begins = 0
    if begins:
        raise _endless(begins)


def _lines(path: Path, encoding: str, mark: int) -> Iterator[str]:
    """With their line ends."""
    codec = encoding if has_ascii_inside(encoding) else "utf-8"
    rest, number = b"", 1
    for block in text_blocks(path, encoding, mark):
        *whole, rest = (rest + block).split(b"\n")
        if len(rest) > _LARGEST_CARD:
            raise _endless(number)
        yield from (f"{cleaned(line.decode(codec, 'replace')).rstrip()}\n" for line in whole)
        number += len(whole)
    if rest:
        yield cleaned(rest.decode(codec, "replace")) + "\n"


def _row(text: str) -> list[str]:
    try:
        card = vobject.readOne(_SJIS.sub("CHARSET=CP932", text), transform=False, allowQP=True)
        lines = [line for line in card.getChildren() if isinstance(line, ContentLine)]
    except (ParseError, ValueError, LookupError, TypeError, AttributeError, StopIteration):
        return []  # vobject lets all of these out of a card that is no card
    return _Card(lines).cells()


class _Card:
    """The lines of one card by their names."""

    def __init__(self, lines: Iterable[ContentLine]) -> None:
        self._lines = list(lines)

    def cells(self) -> list[str]:
        """In the order of HEADINGS."""
        family, given = self._parts("N", 2)
        postal, prefecture, city, street, building = self._address()
        return [
            _key(self._text("UID")), self._kind(), "" if family or given else self._text("FN"), family, given,
            *self._readings(), " ".join(filter(None, self._all_parts("ORG"))), self._phones(), self._best("EMAIL"),
            postal, prefecture, city, street, building, self._text("BDAY").partition("T")[0], self._text("NOTE"),
        ]  # fmt: skip

    def _kind(self) -> str:
        if "COMPANY" in self._text("X-ABSHOWAS").upper() or self._text("KIND").lower() == "org":
            return "company"
        return ""

    def _readings(self) -> list[str]:
        family, given = self._text("X-PHONETIC-LAST-NAME"), self._text("X-PHONETIC-FIRST-NAME")
        if not family and not given:
            family, given = self._parts("SOUND", 2)
        return [self._text("SORT-STRING") if not family and not given else "", family, given]

    def _address(self) -> list[str]:
        best = max(self._named("ADR"), key=lambda line: ("PREF" in _types(line), "HOME" in _types(line)), default=None)
        if best is None:
            return [""] * 5
        _box, extended, street, city, prefecture, postal = (*_split(best.value), *[""] * 6)[:6]
        return [postal, prefecture, city, street, extended]

    def _phones(self) -> str:
        found = sorted(self._named("TEL"), key=lambda line: ("FAX" in _types(line), "PREF" not in _types(line)))
        return ";".join(_phone(line) for line in found if str(line.value).strip())

    def _best(self, name: str) -> str:
        line = max(self._named(name), key=lambda one: "PREF" in _types(one), default=None)
        return _plain(line.value) if line is not None else ""

    def _text(self, name: str) -> str:
        return next((_plain(line.value) for line in self._named(name)), "")

    def _all_parts(self, name: str) -> list[str]:
        return next((_split(line.value) for line in self._named(name)), [])

    def _parts(self, name: str, count: int) -> tuple[str, str]:
        first, second = (*self._all_parts(name), *[""] * count)[:2]
        return first, second

    def _named(self, name: str) -> list[ContentLine]:
        return [line for line in self._lines if line.name.upper() == name]


def _phone(line: ContentLine) -> str:
    number = _plain(line.value)
    if number.lower().startswith("tel:"):
        number = unquote(number[4:]).replace(";ext=", " x").partition(";")[0]
    types = _types(line)
    label = next((label for word, label in _LABELS.items() if word in types), None)
    return f"{label}:{number.replace(';', ' ')}" if label else number.replace(";", " ")


def _types(line: ContentLine) -> set[str]:
    told = [*line.singletonparams, *(one for value in line.params.get("TYPE", []) for one in value.split(","))]
    return {one.strip('" ').upper() for one in told} | ({"PREF"} if line.params.get("PREF") else set())


def _split(value: object) -> list[str]:
    return [_plain(part) for part in _PART.split(str(value))]


def _plain(value: object) -> str:
    return cleaned(_ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], str(value))).strip()


def _key(uid: str) -> str:
    """A UID that is longer than a key may be stands by its digest."""
    return uid if len(uid) <= _LONGEST_KEY else hashlib.sha256(uid.encode()).hexdigest()


def _endless(line: int) -> UserError:
    return UserError(
        _("The card that begins in line {line} does not end.").format(line=line),
        _("Export the address book again. Nothing was imported."),
    )
