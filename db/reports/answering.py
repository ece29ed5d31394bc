"""How incoming calls were answered: counts by quarter of an hour, and how long callers waited."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, Subquery, and_, case, cast, func, select

from db.models import call
from db.reports.instants import QuarterOf
from db.reports.picked import (
    FENCE,
    IS_ABANDONED,
    IS_ANSWERED,
    TENTH_MS,
    WAITED_MS,
    Picked,
    comes_in,
    how_many,
    rows_of,
    total,
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is answered in time, and up to where a caller who hung up is a short one."""

    in_time_ms: int
    short_ms: int


class QuarterAnswers(NamedTuple):
    """`timed`: answered, and known when; `abandoned` leaves the short ones out; `waited_ms`: of the timed, together."""

    quarter: int
    answered: int
    timed: int
    in_time: int
    abandoned: int
    short: int
    abandoned_in_time: int
    waited_ms: int


class Waited(NamedTuple):
    """So many answered calls waited so many tenths of a second."""

    tenths: int
    calls: int


def answers_by_quarter(connection: Connection, picked: Picked, bounds: Bounds) -> Sequence[QuarterAnswers]:
    """Quarters without a call are left out."""
    told = _told(picked)
    ms, is_timed = told.c.waited_ms, and_(told.c.is_answered == 1, told.c.waited_ms.is_not(None))
    is_short = and_(told.c.is_answered == 0, func.coalesce(ms, bounds.short_ms) < bounds.short_ms)
    gave_up = and_(told.c.is_answered == 0, func.coalesce(ms, bounds.short_ms) >= bounds.short_ms)
    asked = select(
        told.c.quarter,
        how_many(told.c.is_answered == 1),
        how_many(is_timed),
        how_many(and_(is_timed, ms <= bounds.in_time_ms)),
        how_many(gave_up),
        how_many(is_short),
        how_many(and_(gave_up, ms <= bounds.in_time_ms)),
        cast(total(case((is_timed, ms))), BigInteger),  # PostgreSQL would give a Decimal
    ).group_by(told.c.quarter)
    return [QuarterAnswers._make(one) for one in rows_of(connection, asked)]


def waits(connection: Connection, picked: Picked) -> Sequence[Waited]:
    """Of the calls whose moment of answering is known."""
    tenths = (WAITED_MS // TENTH_MS).label("tenths")
    asked = select(tenths, func.count()).where(*comes_in(picked), IS_ANSWERED, call.c.answered_at.is_not(None))
    return [Waited(*one) for one in rows_of(connection, asked.group_by(tenths))]


def _told(picked: Picked) -> Subquery:
    """Each call's wait is computed once, then counted in several ways."""
    is_known = case((IS_ANSWERED, call.c.answered_at), else_=call.c.ended_at).is_not(None)
    return (
        select(
            QuarterOf(call.c.offered_at).label("quarter"),
            case((IS_ANSWERED, 1), else_=0).label("is_answered"),
            case((is_known, WAITED_MS)).label("waited_ms"),
        )
        .where(*comes_in(picked), IS_ANSWERED | IS_ABANDONED)
        .offset(FENCE)
        .subquery()
    )
