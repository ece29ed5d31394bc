"""Callers whom nobody has answered yet, as the desks where they ring have written them down."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from db.kinds import Direction, Outcome
from db.models import call

LONGEST_RING = timedelta(minutes=10)
"""A call that a killed desk has left ringing waits no longer than this."""


class Waiting(NamedTuple):
    """Callers of one queue, or of one line where no queue is told; `since` is when the first of them came."""

    where: str
    calls: int
    since: datetime


def waiting(connection: Connection, now: datetime) -> Sequence[Waiting]:
    """Whoever has waited longest stands first."""
    rows: Any = connection.execute(_WAITING, {"oldest": now - LONGEST_RING})
    return [Waiting(*row) for row in rows]


_since = func.min(func.coalesce(call.c.waiting_since, call.c.offered_at), type_=call.c.offered_at.type)
_where = func.coalesce(call.c.queue, call.c.line, call.c.dialled, "")
_WAITING = (
    select(_where, func.count(), _since)
    .where(
        call.c.offered_at >= bindparam("oldest", type_=call.c.offered_at.type),
        call.c.direction == Direction.IN,
        call.c.outcome == Outcome.OFFERED,
        call.c.answered_at.is_(None),
        call.c.ended_at.is_(None),
    )
    .group_by(_where)
    .order_by(_since)
)
