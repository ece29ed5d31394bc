"""Which calls a report is about, and what their columns mean to all reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, case, func

from db.kinds import Direction, Outcome
from db.models import call, interaction
from db.reports.instants import MillisecondsBetween

TENTH_MS = 100
FENCE = 0
"""The offset of a subquery whose columns are used several times: without one both databases compute each anew."""


@dataclass(frozen=True, slots=True)
class Picked:
    """Incoming calls from `start` until before `end`; `line` and `operator_id` narrow them, None: all."""

    start: datetime
    end: datetime
    line: str | None = None
    operator_id: int | None = None


WAITING_FROM = func.coalesce(call.c.waiting_since, call.c.offered_at)
IS_ANSWERED = call.c.outcome.in_((Outcome.ANSWERED, Outcome.ELSEWHERE))
IS_ABANDONED = call.c.outcome == Outcome.MISSED
WAITED_MS = MillisecondsBetween(WAITING_FROM, func.coalesce(call.c.answered_at, call.c.ended_at))


def comes_in(picked: Picked) -> list[ColumnElement[Any]]:
    """What holds for all of its calls."""
    return [
        call.c.direction == Direction.IN,
        call.c.offered_at >= picked.start,
        call.c.offered_at < picked.end,
        *belongs(picked),
    ]


def belongs(picked: Picked) -> list[ColumnElement[Any]]:
    """Line and operator alone, where the time is another question."""
    narrowed: list[ColumnElement[Any]] = []
    if picked.line is not None:
        narrowed.append(call.c.line == picked.line)
    if picked.operator_id is not None:
        narrowed.append(call.c.operator_id == picked.operator_id)
    return narrowed


def contacts_in(picked: Picked) -> list[ColumnElement[Any]]:
    """The contacts of the same time; a line is known of those that were calls."""
    told = [interaction.c.started_at >= picked.start, interaction.c.started_at < picked.end]
    if picked.operator_id is not None:
        told.append(interaction.c.handler_id == picked.operator_id)
    if picked.line is not None:
        told.append(interaction.c.call_id == call.c.id)
        told.append(call.c.line == picked.line)
    return told


def how_many(is_meant: ColumnElement[Any]) -> ColumnElement[int]:
    """Of the rows of a group."""
    return func.coalesce(func.sum(case((is_meant, 1), else_=0)), 0)


def total(value: ColumnElement[Any]) -> ColumnElement[int]:
    """Of the rows that have it; PostgreSQL would give a Decimal."""
    return func.coalesce(func.sum(value), 0)


def rows_of(connection: Connection, asked: Executable) -> Sequence[tuple[Any, ...]]:
    """All rows as bare tuples."""
    return [tuple(row) for row in connection.execute(asked)]
