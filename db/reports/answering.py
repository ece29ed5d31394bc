"""How incoming calls were answered: counts by quarter of an hour, and how long callers waited."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, and_, case, cast, func, select

from db.reports.picked import (
    IS_ABANDONED,
    IS_ANSWERED,
    ROW,
    TENTH_MS,
    Picked,
    comes_in,
    how_many,
    quarter_of,
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
    quarter = quarter_of(picked)
    ms, is_timed = ROW.waited_ms, and_(IS_ANSWERED, ROW.waited_ms.is_not(None))
    is_short = and_(IS_ABANDONED, func.coalesce(ms, bounds.short_ms) < bounds.short_ms)
    gave_up = and_(IS_ABANDONED, func.coalesce(ms, bounds.short_ms) >= bounds.short_ms)
    asked = select(
        quarter,
        how_many(IS_ANSWERED),
        how_many(is_timed),
        how_many(and_(is_timed, ms <= bounds.in_time_ms)),
        how_many(gave_up),
        how_many(is_short),
        how_many(and_(gave_up, ms <= bounds.in_time_ms)),
        cast(total(case((is_timed, ms))), BigInteger),  # PostgreSQL would give a Decimal
    ).where(*comes_in(picked), IS_ANSWERED | IS_ABANDONED)
    return [QuarterAnswers._make(one) for one in rows_of(connection, asked.group_by(quarter))]


def waits(connection: Connection, picked: Picked) -> Sequence[Waited]:
    """Of the calls whose moment of answering is known."""
    tenths = (ROW.waited_ms // TENTH_MS).label("tenths")
    asked = select(tenths, func.count()).where(*comes_in(picked), IS_ANSWERED, ROW.waited_ms.is_not(None))
    return [Waited(*one) for one in rows_of(connection, asked.group_by(tenths))]
