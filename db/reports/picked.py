"""Which calls a report is about, and what their columns mean to all reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Executable, case, func, literal_column

from db.call_log.filters import milliseconds
from db.kinds import Direction, Outcome
from db.models import call, interaction, logged_call

TENTH_MS = 100
QUARTER_MS, HOUR_MS, DAY_MS = 900_000, 3_600_000, 86_400_000


@dataclass(frozen=True, slots=True)
class Picked:
    """Incoming calls from `start` until before `end`; `line` and `operator_id` narrow them, None: all.

    `slot_ms`: an hour where a wall clock's hours are those of UTC, which gives a quarter of the rows; or a day that
    begins so many `shift_ms` before one of UTC.
    """

    start: datetime
    end: datetime
    line: str | None = None
    operator_id: int | None = None
    slot_ms: int = QUARTER_MS
    shift_ms: int = 0


ROW = logged_call.c
IS_ANSWERED = ROW.outcome.in_((Outcome.ANSWERED.value, Outcome.ELSEWHERE.value))
IS_ABANDONED = ROW.outcome == Outcome.MISSED.value


def comes_in(picked: Picked, at: ColumnElement[int] = ROW.at) -> list[ColumnElement[Any]]:
    """What holds for all of its calls, by their narrow rows. `at` can be one that leads the database to no index."""
    told = [ROW.direction == Direction.IN.value, at >= milliseconds(picked.start), at < milliseconds(picked.end)]
    if picked.line is not None:
        told.append(ROW.line == picked.line)
    if picked.operator_id is not None:
        told.append(ROW.operator_id == picked.operator_id)
    return told


def quarter_of(picked: Picked) -> ColumnElement[int]:
    """Since 1970 (UTC), in which a call lies, or its slot begins: every zone's hours begin with one."""

    def written(n: int) -> ColumnElement[int]:
        return literal_column(str(n), BigInteger)  # not bound: GROUP BY must know it again

    slot = (ROW.at + written(picked.shift_ms)) // written(picked.slot_ms)
    quarters, shift = picked.slot_ms // QUARTER_MS, picked.shift_ms // QUARTER_MS
    return (slot * written(quarters) - written(shift)).label("quarter")


def contacts_in(picked: Picked) -> list[ColumnElement[Any]]:
    """The contacts of the same time; a line is known of those that were calls."""
    told = [interaction.c.started_at >= picked.start, interaction.c.started_at < picked.end]
    if picked.operator_id is not None:
        told.append(interaction.c.handler_id == picked.operator_id)
    if picked.line is not None:
        told.append(interaction.c.call_id == call.c.id)
        told.append(func.coalesce(call.c.line, call.c.dialled) == picked.line)
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
