"""How long after its last call a number calls again, and which calls were the first and the last about a matter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Subquery, and_, case, func, or_, select

from db.models import call
from db.reports.instants import MillisecondsBetween
from db.reports.picked import IS_ANSWERED, Picked, comes_in, how_many, rows_of

DAY_MS = 86_400_000
LONGEST_DAYS = 30  # a call after more than these is no repeat in any row of the report


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
    each = _gaps(picked)
    shortest = select(func.min(each.c.days).label("days")).group_by(each.c.e164).subquery()
    unnumbered = select(func.count()).where(*comes_in(picked), call.c.e164.is_(None))
    return Repeats(
        _counted(connection, each), _counted(connection, shortest), connection.execute(unnumbered).scalar_one()
    )


def first_contacts(connection: Connection, picked: Picked, days: int, known_until: datetime) -> Sequence[FirstContacts]:
    """Answered calls of numbers that nobody had spoken with for `days`; what came after `known_until` is not known."""
    while_, told = timedelta(days=days), _before_and_after(picked, days)
    before, after = (
        MillisecondsBetween(told.c.before_at, told.c.offered_at),
        MillisecondsBetween(told.c.offered_at, told.c.after_at),
    )
    is_first = or_(told.c.before_at.is_(None), before > days * DAY_MS)
    is_judged = told.c.offered_at <= known_until - while_
    line = func.coalesce(told.c.line, "").label("named")
    asked = (
        select(
            line,
            how_many(is_judged),
            how_many(and_(is_judged, told.c.after_at.is_not(None), after <= days * DAY_MS)),
            how_many(~is_judged),
        )
        .where(told.c.is_answered == 1, is_first, told.c.offered_at >= picked.start, told.c.offered_at < picked.end)
        .where(*([] if picked.operator_id is None else [told.c.operator_id == picked.operator_id]))
        .group_by(line)
    )
    return [FirstContacts(*one) for one in rows_of(connection, asked)]


def _gaps(picked: Picked) -> Subquery:
    """Each call of the period with the whole days since its number's call before."""
    wider = replace(picked, start=picked.start - timedelta(days=LONGEST_DAYS + 1))
    same: dict[str, Any] = {"partition_by": call.c.e164, "order_by": (call.c.offered_at, call.c.id)}
    before = func.lag(call.c.offered_at).over(**same).label("before_at")
    numbered = select(call.c.e164, call.c.offered_at, before).where(*comes_in(wider), call.c.e164.is_not(None))
    each = numbered.subquery()
    days = (MillisecondsBetween(each.c.before_at, each.c.offered_at) // DAY_MS).label("days")
    rows = select(each.c.e164, days).where(each.c.offered_at >= picked.start)
    return rows.subquery()


def _counted(connection: Connection, each: Subquery) -> Sequence[Again]:
    days = case((each.c.days < LONGEST_DAYS, each.c.days)).label("counted_days")
    return [Again(*one) for one in rows_of(connection, select(days, func.count()).group_by(days))]


def _before_and_after(picked: Picked, days: int) -> Subquery:
    """Every call of a number with when it was last answered before, and when it called next."""
    while_ = timedelta(days=days, seconds=1)
    wider = replace(picked, start=picked.start - while_, end=picked.end + while_, operator_id=None)
    same: dict[str, Any] = {"partition_by": call.c.e164, "order_by": (call.c.offered_at, call.c.id)}
    answered_at = case((IS_ANSWERED, call.c.offered_at))
    return (
        select(
            call.c.offered_at,
            call.c.line,
            call.c.operator_id,
            case((IS_ANSWERED, 1), else_=0).label("is_answered"),
            func.max(answered_at).over(**same, rows=(None, -1)).label("before_at"),
            func.lead(call.c.offered_at).over(**same).label("after_at"),
        )
        .where(*comes_in(wider), call.c.e164.is_not(None))
        .subquery()
    )
