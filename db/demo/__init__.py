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
from db.demo.history import History, add_history
from db.dispositions import add_starters
from db.models import customer

__all__ = [
    "COMPANY_NUMBER",
    "CUSTOMER_NUMBER",
    "ENGLISH_NUMBER",
    "HOUSEHOLD_NUMBER",
    "UNKNOWN_NUMBER",
    "History",
    "fill_demo",
]

_CROWD = 280


def fill_demo(connection: Connection, now: datetime, history: History | None = None, seed: int = 20261121) -> None:
    """Fill an empty database, without any past calls if no `history` is wished.

    `now` is aware, in the zone whose afternoon the callback is promised for.
    """
    add_starters(connection)
    book = Book(now, Random(seed), outcome_keys(connection))  # noqa: S311 -- the same people every time
    add_cast(book)
    cast = len(book.rows[customer])
    add_crowd(book, _CROWD)
    if history is not None:
        add_history(book, cast, history)
    book.write(connection)
