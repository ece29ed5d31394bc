"""Calls of customers who are called so, and of numbers that hold these digits, newest first or in another order.

A name that few have leads to those customers' calls; one that very many have is met again and again on a walk through
the calls themselves, which is stopped after so many that one would notice: whoever asks can walk on.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text

from db.call_log.filters import LogFilter
from db.call_log.lines import Narrow
from db.call_log.order import Behind, Sorted, place_of, put_in_order
from db.call_log.pages import page_statement
from db.models import caller_number, customer_fts, customer_search, logged_call
from db.search_slices import holding
from db.search_tokens import FEWEST_DIGITS, asked_tokens

MOST_KNOWN = 6_000
LOOKED_AT = 12_000
_NEAR = 2_000
_SHORT = 3  # digits that very many numbers have somewhere


class Found(NamedTuple):
    """Calls, where the next ones begin (None: there are no more), and whether it was a walk that stopped half-way."""

    rows: list[Narrow]
    behind: Behind | int | None
    is_unfinished: bool = False


def calls_of_people(
    connection: Connection, words: Sequence[str], asked: tuple[LogFilter, Sorted, Behind | None], most: int
) -> Found:
    """The calls that match all the (folded) words."""
    customers = _customers(connection, words)
    numbers = _numbers(connection, words) if customers is not None else None
    if customers is None or numbers is None:
        few = _walked(connection, words, asked, (_NEAR, most))
        return few if not few.is_unfinished else _walked(connection, words, asked, (LOOKED_AT, most))
    if not customers and not numbers:
        return Found([], None)
    wanted, order, behind = asked
    named = (logged_call.c.customer_id, customers), (logged_call.c.e164, numbers)
    theirs = or_(*(column.in_(keys) for column, keys in named if keys))  # beside an empty list no index would be used
    statement = page_statement(wanted, order, behind, most).where(theirs)
    rows = [Narrow(*row) for row in connection.execute(statement)]
    return Found(rows, place_of(rows[-1], order) if len(rows) == most else None)


def _customers(connection: Connection, words: Sequence[str]) -> list[int] | None:
    """Who is meant; None where they are too many to name, or no index has such a word."""
    tokens = asked_tokens(words)
    if not tokens:
        return [] if all(word.isdigit() for word in words) and len(words) == 1 else None
    keys = customer_search.c
    if connection.dialect.name == "postgresql":
        having = text(holding(customer_search)).bindparams(tokens=tokens)
        some = select(keys.customer_id, _lines().label("lines")).where(having).limit(MOST_KNOWN + 1).subquery()
    else:
        match = " AND ".join(f'"{token}"' for token in tokens)
        holders = select(customer_fts.c.rowid).where(customer_fts.c.customer_fts.op("MATCH")(match))
        held = holders.limit(MOST_KNOWN + 1).subquery()
        some = (
            select(keys.customer_id, _lines().label("lines"))
            .join_from(held, customer_search, keys.customer_id == held.c.rowid)
            .subquery()
        )
    rows: Any = connection.execute(select(some)).all()
    if len(rows) > MOST_KNOWN:
        return None
    return [key for key, lines in rows if all(word in lines for word in words)]


def _numbers(connection: Connection, words: Sequence[str]) -> list[int] | None:
    """Whoever ever rang from a number with these digits, customer or not; None where they are too many to name."""
    if not _is_number(words):
        return []
    if len(words[0]) <= _SHORT:
        return None
    asked = select(caller_number.c.e164).where(_place_of(connection)(caller_number.c.digits, words[0]) > 0)
    found = list(connection.execute(asked.limit(MOST_KNOWN + 1)).scalars())
    return None if len(found) > MOST_KNOWN else found


def _walked(
    connection: Connection, words: Sequence[str], asked: tuple[LogFilter, Sorted, Behind | None], many: tuple[int, int]
) -> Found:
    """Looks at the first so many calls, and gives the second so many of those that match."""
    (wanted, order, behind), (looked_at, most) = asked, many
    statement = page_statement(wanted, order, behind, looked_at)
    looked = statement.add_columns(logged_call.c.customer_id, logged_call.c.e164).subquery()
    joined = looked.outerjoin(customer_search, customer_search.c.customer_id == looked.c.customer_id).outerjoin(
        caller_number, caller_number.c.e164 == looked.c.e164
    )
    matching = (
        select(*(looked.c[name] for name in Narrow._fields))
        .select_from(joined)
        .where(_matches(connection, words))
        .order_by(*put_in_order(order, looked.c))
        .limit(most)
    )
    rows = [Narrow(*row) for row in connection.execute(matching)]
    if len(rows) == most:
        return Found(rows, place_of(rows[-1], order))
    last = (
        select(*(looked.c[name] for name in Narrow._fields))
        .order_by(*put_in_order(order, looked.c, is_back=True))
        .limit(1)
    )
    end: Any = connection.execute(last).first()
    is_all = end is None or connection.execute(select(func.count()).select_from(looked)).scalar_one() < looked_at
    return Found(rows, None if is_all else place_of(Narrow(*end), order), not is_all)


def _matches(connection: Connection, words: Sequence[str]) -> ColumnElement[bool]:
    place_of_word = _place_of(connection)
    named: ColumnElement[bool] = and_(*(place_of_word(_lines(), word) > 0 for word in words))
    return or_(named, place_of_word(caller_number.c.digits, words[0]) > 0) if _is_number(words) else named


def _is_number(words: Sequence[str]) -> bool:
    return len(words) == 1 and words[0].isascii() and words[0].isdigit() and len(words[0]) >= FEWEST_DIGITS


def _lines() -> Any:
    keys = customer_search.c
    return keys.name_key + "\n" + keys.reading_key + "\n" + keys.marks


def _place_of(connection: Connection) -> Any:
    return func.strpos if connection.dialect.name == "postgresql" else func.instr
