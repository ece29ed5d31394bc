"""Which calls of the log are wanted, as values and as conditions on the narrow rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func

from db.kinds import Direction, Outcome, Withheld
from db.models import logged_call

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class LogFilter:
    """All of it must hold; an empty part holds for every call. `end` is exclusive; talked for seconds, both included.

    `operators`, `dispositions`, `customer_id` are the records' keys. `lines` are names, or numbers that were dialled.
    """

    start: datetime | None = None
    end: datetime | None = None
    directions: tuple[Direction, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    lines: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    operators: tuple[int, ...] = ()
    dispositions: tuple[int, ...] = ()
    customer_id: int | None = None
    talk_from: int | None = None
    talk_to: int | None = None


def milliseconds(at: datetime) -> int:
    """As the narrow rows have a time."""
    return (at - _BEGINNING) // _MILLISECOND


def moment(at: int) -> datetime:
    """The time that so many milliseconds mean."""
    return _BEGINNING + at * _MILLISECOND


def conditions(wanted: LogFilter) -> list[ColumnElement[bool]]:
    """On `logged_call`; its indexes lead to what few calls have."""
    return _conditions(wanted, lambda column: column)


def conditions_in_passing(wanted: LogFilter) -> list[ColumnElement[bool]]:
    """The same for one pass over the rows as they lie: quicker than an index where very many are let through."""
    return _conditions(wanted, lambda column: func.coalesce(column, None))


def _conditions(wanted: LogFilter, read: Callable[[Any], Any]) -> list[ColumnElement[bool]]:
    row = logged_call.c
    sets: tuple[tuple[Any, tuple[Any, ...]], ...] = (
        (row.direction, wanted.directions),
        (row.outcome, wanted.outcomes),
        (row.withheld, wanted.withheld),
        (row.line, wanted.lines),
        (row.queue, wanted.queues),
        (row.operator_id, wanted.operators),
        (row.disposition_id, wanted.dispositions),
    )
    made: list[ColumnElement[bool]] = [one_of(read(column), values) for column, values in sets if values]
    if wanted.customer_id is not None:
        made.append(read(row.customer_id) == wanted.customer_id)
    if wanted.start is not None:
        made.append(row.at >= milliseconds(wanted.start))
    if wanted.end is not None:
        made.append(row.at < milliseconds(wanted.end))
    if wanted.talk_from is not None:
        made.append(row.talk_s >= wanted.talk_from)
    if wanted.talk_to is not None:
        made.append(row.talk_s <= wanted.talk_to)
    return made


def one_of(column: Any, values: tuple[Any, ...]) -> ColumnElement[bool]:
    """A single value as an equality: an index gives its rows in order."""
    plain = [str(value) if isinstance(value, str) else value for value in values]
    found: ColumnElement[bool] = column == plain[0] if len(plain) == 1 else column.in_(plain)
    return found
