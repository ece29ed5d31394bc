"""How long after its last call a number calls again, and which calls were the first and the last about a matter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from db.call_log.filters import milliseconds
from db.reports.limits import LONGEST_DAYS
from db.reports.picked import IS_ANSWERED, ROW, Picked, comes_in, how_many, rows_of

DAY_MS = 86_400_000
_CALLS, _CALLERS = range(2)


class Again(NamedTuple):
    """So many calls came so many whole days after the last one of the same number; None: after none, or long after."""

    days: int | None
    calls: int


@dataclass(frozen=True, slots=True)
class Repeats:
    """`by_caller`: each number once, with its shortest while between two calls; `unnumbered`: calls without one."""

    calls: Sequence[Again]
    by_caller: Sequence[Again]
    unnumbered: int


class FirstContacts(NamedTuple):
    """Of a line's first contacts: those that can be judged, those of them that called again, those too new to tell."""

    line: str
    judged: int
    again: int
    too_new: int


def repeats(connection: Connection, picked: Picked) -> Repeats:
    """The calls before the period count as the ones before."""
    each = _gaps(connection, picked).cte()  # used twice, so made once
    shortest = select(func.min(each.c.days).label("days")).group_by(each.c.e164).subquery()
    rows = rows_of(connection, union_all(_counted(each, _CALLS), _counted(shortest, _CALLERS)))
    calls, callers = ([Again(days, n) for kind, days, n in rows if kind == one] for one in (_CALLS, _CALLERS))
    unnumbered = select(func.count()).where(*comes_in(picked), ROW.e164.is_(None))
    return Repeats(calls, callers, connection.execute(unnumbered).scalar_one())


def first_contacts(connection: Connection, picked: Picked, days: int, known_until: datetime) -> Sequence[FirstContacts]:
    """Answered calls of numbers that nobody had spoken with for `days`; what came after `known_until` is not known."""
    told = _before_and_after(connection, picked, days)
    is_first = or_(told.c.before_at.is_(None), told.c.at - told.c.before_at >= days * DAY_MS)
    is_judged = told.c.at <= milliseconds(known_until) - days * DAY_MS
    line = func.coalesce(told.c.line, "").label("named")
    asked = (
        select(
            line,
            how_many(is_judged),
            how_many(and_(is_judged, told.c.after_at - told.c.at < days * DAY_MS)),
            how_many(~is_judged),
        )
        .where(
            told.c.is_answered == 1,
            is_first,
            told.c.at >= milliseconds(picked.start),
            told.c.at < milliseconds(picked.end),
        )
        .where(*([] if picked.operator_id is None else [told.c.operator_id == picked.operator_id]))
        .group_by(line)
    )
    return [FirstContacts(*one) for one in rows_of(connection, asked)]


def _gaps(connection: Connection, picked: Picked) -> Select[Any]:
    """Each call of the period with the whole days since its number's call before."""
    wider = replace(picked, start=picked.start - timedelta(days=LONGEST_DAYS + 1))
    each = select(ROW.e164, ROW.at).where(*comes_in(wider, _at(connection)), ROW.e164.is_not(None)).subquery()
    before = func.lag(each.c.at).over(partition_by=each.c.e164, order_by=each.c.at)
    gaps = select(each.c.e164, each.c.at, (each.c.at - before).label("gap")).subquery()
    return select(gaps.c.e164, (gaps.c.gap // DAY_MS).label("days")).where(gaps.c.at >= milliseconds(picked.start))


def _counted(each: Subquery | CTE, kind: int) -> Select[Any]:
    days = case((each.c.days < LONGEST_DAYS, each.c.days)).label("counted_days")
    return select(literal(kind), days, func.count()).group_by(days)


def _before_and_after(connection: Connection, picked: Picked, days: int) -> Subquery:
    """Every call of a number with when it was last answered before, and when it called next."""
    while_ = timedelta(days=days, seconds=1)
    wider = replace(picked, start=picked.start - while_, end=picked.end + while_, operator_id=None)
    is_answered = case((IS_ANSWERED, 1), else_=0).label("is_answered")
    columns = ROW.e164, ROW.line, ROW.operator_id, is_answered, ROW.at
    each = select(*columns).where(*comes_in(wider, _at(connection)), ROW.e164.is_not(None)).subquery()
    same: dict[str, Any] = {"partition_by": each.c.e164, "order_by": each.c.at}
    answered_at = case((each.c.is_answered == 1, each.c.at))
    return select(
        each.c.at,
        each.c.line,
        each.c.operator_id,
        each.c.is_answered,
        func.max(answered_at).over(**same, rows=(None, -1)).label("before_at"),
        func.lead(each.c.at).over(**same).label("after_at"),
    ).subquery()


def _at(connection: Connection) -> ColumnElement[int]:
    """SQLite is led along the index of numbers, in whose order the calls are wanted: by time it would sort them."""
    return func.coalesce(ROW.at, None) if connection.dialect.name == "sqlite" else ROW.at
