"""Finding a customer by hand: name, reading, customer number or part of a telephone number."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from db.kinds import CustomerKind
from db.models import customer, customer_phone, phone_number

MOST_FOUND = 20
_SIGNS = re.compile(r"[-()‐-―−ー・.]")  # what people write between digits
_DIGITS = re.compile(r"[0-9]+")
_FEWEST_DIGITS = 3  # fewer are in every number


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
    digits = _SIGNS.sub("", word)
    if _DIGITS.fullmatch(digits) and len(digits) >= _FEWEST_DIGITS:
        conditions.append(_has_number(digits))
    return or_(*conditions)


def _has_number(digits: str) -> ColumnElement[bool]:
    """Part of a number as it is dialled at home: the records keep it without the leading 0."""
    plain = func.replace(func.replace(phone_number.c.raw, "-", ""), " ", "")
    theirs = customer_phone.c.customer_id == customer.c.id, customer_phone.c.phone_number_id == phone_number.c.id
    return exists().where(*theirs, plain.contains(digits, autoescape=True)).correlate(customer)


def _to_katakana(word: str) -> str:
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in word)
