"""Sample records for `omote demo`: believable Japanese customers, the same ones every time, dated around today.

Nothing marks them as samples: a demo database is a whole profile of its own.
"""

from datetime import datetime
from random import Random

from sqlalchemy import Connection

from db.demo.book import Book, outcome_keys
from db.demo.cast import (
    COMPANY_NUMBER,
    CUSTOMER_NUMBER,
    ENGLISH_NUMBER,
    HOUSEHOLD_NUMBER,
    UNKNOWN_NUMBER,
    add_cast,
)
from db.demo.crowd import add_crowd
from db.dispositions import add_starters

__all__ = [
    "COMPANY_NUMBER",
    "CUSTOMER_NUMBER",
    "ENGLISH_NUMBER",
    "HOUSEHOLD_NUMBER",
    "UNKNOWN_NUMBER",
    "fill_demo",
]

_CROWD = 280


def fill_demo(connection: Connection, now: datetime, seed: int = 20261121) -> None:
    """Fill an empty database. `now` is aware, in the zone whose afternoon the callback is promised for."""
    add_starters(connection)
    book = Book(now, Random(seed), outcome_keys(connection))  # noqa: S311 -- the same people every time
    add_cast(book)
    add_crowd(book, _CROWD)
    book.write(connection)
