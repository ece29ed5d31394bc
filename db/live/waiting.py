"""Callers whom nobody has answered yet, as the desks where they ring have written them down."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from db.kinds import Direction, Outcome
from db.live.presence import Waits
from db.models import call

LONGEST_RING = timedelta(minutes=10)
"""A call that a killed desk has left ringing waits no longer than this."""
MOST_RINGING = 1_000


def ringing(connection: Connection, now: datetime) -> Sequence[Waits]:
    """Each where he waits: in a queue, or on a line where no queue is told."""
    rows: Any = connection.execute(_RINGING, {"oldest": now - LONGEST_RING})
    return [Waits(*row) for row in rows]


_RINGING = (
    select(
        func.coalesce(call.c.linked_id, ""),
        func.coalesce(call.c.queue, call.c.line, call.c.dialled, ""),
        func.coalesce(call.c.waiting_since, call.c.offered_at, type_=call.c.offered_at.type),
    )
    .where(
        call.c.offered_at >= bindparam("oldest", type_=call.c.offered_at.type),
        call.c.direction == Direction.IN,
        call.c.outcome == Outcome.OFFERED,
        call.c.answered_at.is_(None),
        call.c.ended_at.is_(None),
    )
    .limit(MOST_RINGING)
)
