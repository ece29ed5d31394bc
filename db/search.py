"""Finding a customer by hand: name, reading, customer number or part of a telephone number."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, exists, func, or_, select

from db.kinds import CustomerKind
from db.models import customer, customer_phone, phone_number

MOST_FOUND = 20
_SIGNS = re.compile(r"[-()‐-―−ー・.]")  # what people write between digits
_DIGITS = re.compile(r"[0-9]+")
_FEWEST_DIGITS = 3  # fewer are in every number
_TRUNK_PREFIX = "0"  # what is dialled at home in place of _HOME
_HOME = "81"


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """A customer that the search found; `group` is the company the person works for, or ""."""

    customer_id: int
    customer_no: str
    kind: CustomerKind
    name: str
    reading: str
    group: str


def search_customers(connection: Connection, text: str) -> tuple[CustomerHit, ...]:
    """The first MOST_FOUND customers that match every word of `text`, by reading; nothing for an empty text."""
    words = unicodedata.normalize("NFKC", text).split()
    if not words:
        return ()
    found: Any = connection.execute(
        select(
            customer.c.id,
            customer.c.customer_no,
            customer.c.kind,
            customer.c.name,
            func.coalesce(customer.c.reading, ""),
            func.coalesce(customer.c.company, ""),
        )
        .where(customer.c.merged_into_id.is_(None), customer.c.erased_at.is_(None), *map(_matches, words))
        .order_by(func.coalesce(customer.c.reading, customer.c.name), customer.c.id)
        .limit(MOST_FOUND)
    ).all()
    return tuple([CustomerHit(*row) for row in found])


def _matches(word: str) -> ColumnElement[bool]:
    columns = customer.c.name, customer.c.reading, customer.c.company, customer.c.customer_no
    spellings = {word, _to_katakana(word)}
    conditions = [column.icontains(spelling, autoescape=True) for column in columns for spelling in spellings]
    digits = _SIGNS.sub("", word).removeprefix("+")
    if _DIGITS.fullmatch(digits) and len(digits) >= _FEWEST_DIGITS:
        conditions.append(_has_number(digits))
    return or_(*conditions)


def _has_number(digits: str) -> ColumnElement[bool]:
    """Part of a number as it was recorded or of its key; Japanese keys have lost the 0 that is dialled at home."""
    as_recorded = func.replace(func.replace(phone_number.c.raw, "-", ""), " ", "")
    key = cast(phone_number.c.e164, Text)
    ways = [as_recorded.contains(digits, autoescape=True), key.contains(digits, autoescape=True)]
    if digits.startswith(_TRUNK_PREFIX):
        ways.append(key.startswith(_HOME + digits.removeprefix(_TRUNK_PREFIX), autoescape=True))
    theirs = customer_phone.c.customer_id == customer.c.id, customer_phone.c.phone_number_id == phone_number.c.id
    return exists().where(*theirs, or_(*ways)).correlate(customer)


def _to_katakana(word: str) -> str:
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in word)
