"""Customers from a chunk's columns: one name, one address, all numbers, whatever the file spreads them over."""

import re
from collections.abc import Iterable

from app.importing.because import Because
from app.importing.cell_words import KINDS, known_words
from app.importing.columns import Columns, Surroundings, Texts
from app.importing.dates import birth_date
from app.importing.fields import ADDRESS_PARTS, PHONE_FIELDS
from app.importing.phone_cells import NO_PHONES, phones_in
from db.importing.staged import StagedCustomer, StagedPhone
from db.kinds import CustomerKind, NumberLabel

_LONGEST_NAME = 200
_LONGEST_ADDRESS = 500
_LONGEST_MEMO = 20_000
_KINDS = known_words(KINDS)
_EMAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,189}")
_NAMED_EMAIL = re.compile(r"[^<>]*<([^<>]+)>")
_WITH_HYPHEN = re.compile(r"[0-9]{3}-[0-9]{4}")
_POSTAL_CODE = re.compile(r"〒?\s*([0-9]{3})[-‐−ー]?([0-9]{4})")
_WIDE = str.maketrans("０１２３４５６７８９－", "0123456789-")
_OF_ALL_KINDS = "any"
_NO_BIRTH: tuple[str | None, str | None] = (None, None)
Phoned = tuple[StagedPhone, ...] | None


def customers(columns: Columns, around: Surroundings) -> Iterable[StagedCustomer]:
    """One per line, refused ones among them."""
    names, kinds, companies = _named(columns)
    phones, number_columns = _phones(columns, around)
    births = columns.read("birth_date", lambda text: birth_date(text, around.today), Because.NO_DATE, _NO_BIRTH)
    return map(
        StagedCustomer,
        columns.lines,
        [text or "" for text in columns.texts("customer_no", 64)],
        kinds,
        names,
        _full_names(columns, "reading", "family_reading", "given_reading"),
        companies,
        columns.texts("household", _LONGEST_NAME),
        phones,
        columns.read("email", _email, Because.NO_EMAIL, None),
        map(_postal_code, columns.texts("postal_code", 16)),
        _addresses(columns),
        [iso for iso, _precision in births],
        [precision for _iso, precision in births],
        columns.texts("rank", 20),
        columns.long_texts("memo", _LONGEST_MEMO, "\n"),
        number_columns,
    )


def _named(columns: Columns) -> tuple[Texts, Texts, Texts]:
    """Names, kinds and companies. Where only a company is named, it is the customer; where nobody is: refused."""
    names = list(_full_names(columns, "name", "family_name", "given_name"))
    kinds, companies = columns.words("kind", _KINDS, None), columns.texts("company", _LONGEST_NAME)
    for at in [at for at, name in enumerate(names) if name is None] if None in names else ():
        names[at], companies[at] = companies[at], None
        kinds[at] = kinds[at] or CustomerKind.COMPANY.value
    return columns.present("name" if columns.has("name") else "family_name", names), kinds, companies


def _full_names(columns: Columns, whole: str, family: str, given: str) -> Texts:
    names = columns.texts(whole, _LONGEST_NAME)
    if not columns.has(family) and not columns.has(given):
        return names
    parts = zip(columns.texts(family, 100), columns.texts(given, 100), strict=True)
    return [name or _full_name(*part) for name, part in zip(names, parts, strict=True)]


def _full_name(family: str | None, given: str | None) -> str | None:
    """山田 太郎, but Emily Carter."""
    if not family or not given:
        return family or given
    return f"{given} {family}" if family.isascii() and given.isascii() else f"{family} {given}"


def _phones(columns: Columns, around: Surroundings) -> tuple[list[Phoned], Texts]:
    """In the order of the file, faxes last: the first number is the primary one. And which columns told some."""
    fields = [(field, label) for field, label in PHONE_FIELDS.items() if columns.has(field)]
    found = [found for field, label in fields for found in _columns_of_phones(columns, field, label, around)]
    in_order = [(label, phones) for label, _place, phones in sorted(found, key=_faxes_last)]
    if not in_order:
        return [None] * len(columns.lines), [None] * len(columns.lines)
    if len(in_order) == 1:
        label, phones = in_order[0]
        return phones, [f",{label}," if cell else None for cell in phones]
    rows = list(zip(*[phones for _label, phones in in_order], strict=True))
    labels = [label for label, _phones in in_order]
    return [_unique(cells) for cells in rows], [_told(labels, cells) for cells in rows]


def _faxes_last(column: tuple[str, int, list[Phoned]]) -> tuple[bool, int]:
    return column[0] == NumberLabel.FAX, column[1]


def _told(labels: Iterable[str], cells: Iterable[Phoned]) -> str | None:
    told = {label for label, cell in zip(labels, cells, strict=True) if cell}
    return f",{','.join(sorted(told))}," if told else None


def _columns_of_phones(
    columns: Columns, field: str, label: str, around: Surroundings
) -> Iterable[tuple[str, int, list[Phoned]]]:
    """What each says, with its label and place."""
    for place, texts in columns.places_and_texts(field, 1000):
        cells = [phones_in(text, label, around.region, around.outside_prefix) if text else NO_PHONES for text in texts]
        for at, cell in enumerate(cells):
            for odd, raw in cell.odd:
                columns.mark_odd(at, field, odd, raw)
        yield label or _OF_ALL_KINDS, place, [cell.phones or None for cell in cells]


def _unique(cells: Iterable[Phoned]) -> Phoned:
    """A number that stands in two columns is one; what the first column says about it counts."""
    known: dict[tuple[object, str], StagedPhone] = {}
    for one in (one for cell in cells for one in cell or ()):
        known.setdefault((one.e164 or one.raw, one.extension), one)
    return tuple(known.values()) or None


def _email(text: str) -> str | None:
    if _EMAIL.fullmatch(text):
        return text
    named = _NAMED_EMAIL.fullmatch(text)
    plain = (named[1] if named else text).replace("＠", "@").strip()
    if not _EMAIL.fullmatch(plain):
        raise ValueError(text)
    return plain


def _postal_code(text: str | None) -> str | None:
    """123-4567 for Japan's, others as they are; Excel takes the 0 of 060-0001 away."""
    if text is None or _WITH_HYPHEN.fullmatch(text):
        return text
    plain = text.translate(_WIDE)
    if len(plain) == 6 and plain.isdecimal():
        plain = "0" + plain
    found = _POSTAL_CODE.fullmatch(plain)
    return f"{found[1]}-{found[2]}" if found else text


def _addresses(columns: Columns) -> Texts:
    whole = columns.long_texts("address", _LONGEST_ADDRESS, " ")
    parts = [columns.long_texts(part, _LONGEST_ADDRESS, " ") for part in ADDRESS_PARTS if columns.has(part)]
    if parts:
        whole = [one or _put_together(rest) for one, *rest in zip(whole, *parts, strict=True)]
    return [" ".join(text.split("\n")) if text and "\n" in text else text for text in whole]


def _put_together(parts: Iterable[str | None]) -> str | None:
    """Japanese parts follow each other without a blank, save where two figures or Latin words would meet."""
    address = ""
    for part in filter(None, parts):
        meets = address[-1:].isascii() and part[0].isascii()
        address += f" {part}" if address and meets else part
    return address or None
