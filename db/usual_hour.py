"""How many calls an operator's desk has seen in the same time of the weeks before."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select

from db.kinds import Direction
from db.models import call, call_leg

WEEKS = 8


def calls_in_weeks_before(connection: Connection, who: str, since: datetime, until: datetime) -> tuple[int, ...]:
    """Of each of the WEEKS before, the newest first, between the same times of the clock on the same days."""
    counts = []
    for week in range(1, WEEKS + 1):
        span = {"since": _weeks_before(since, week), "until": _weeks_before(until, week), "who": who}
        counts.append(int(connection.execute(_COUNTED, span).scalar_one()))
    return tuple(counts)


def _weeks_before(at: datetime, weeks: int) -> datetime:
    """By the clock on the wall: an hour may have been put in or left out since."""
    local = at.astimezone().replace(tzinfo=None) - timedelta(weeks=weeks)
    return local.astimezone(UTC)


_COUNTED: Any = (
    select(func.count())
    .select_from(call)
    .where(
        call.c.offered_at >= bindparam("since"),
        call.c.offered_at < bindparam("until"),
        call.c.direction == Direction.IN,
        exists().where(call_leg.c.call_id == call.c.id, call_leg.c.who == bindparam("who")),
    )
)
