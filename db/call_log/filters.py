"""Which calls of the log are wanted, as values and as conditions on kinds of calls and on the narrow rows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement

from db.kinds import Direction, Outcome, Withheld
from db.models import call_kind, logged_call

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


def conditions(wanted: LogFilter, row: Any = None) -> list[ColumnElement[bool]]:
    """On the narrow rows, or on others with the same columns."""
    row = logged_call.c if row is None else row
    made = [one_of(row[name], values) for name, values in _sets(wanted).items() if values]
    if wanted.customer_id is not None:
        made.append(row.customer_id == wanted.customer_id)
    return [*made, *within(wanted, row)]


def kind_conditions(wanted: LogFilter) -> list[ColumnElement[bool]]:
    """What holds for the kinds of calls that are wanted."""
    return [one_of(call_kind.c[name], values) for name, values in _sets(wanted).items() if values]


def within(wanted: LogFilter, row: Any = None) -> list[ColumnElement[bool]]:
    """Period and length: what differs among calls of one kind."""
    row = logged_call.c if row is None else row
    made: list[ColumnElement[bool]] = []
    if wanted.start is not None:
        made.append(row.at >= milliseconds(wanted.start))
    if wanted.end is not None:
        made.append(row.at < milliseconds(wanted.end))
    if wanted.talk_from is not None:
        made.append(row.talk_s >= wanted.talk_from)
    if wanted.talk_to is not None:
        made.append(row.talk_s <= wanted.talk_to)
    return made


def _sets(wanted: LogFilter) -> dict[str, tuple[Any, ...]]:
    return {
        "direction": wanted.directions,
        "outcome": wanted.outcomes,
        "withheld": wanted.withheld,
        "line": wanted.lines,
        "queue": wanted.queues,
        "operator_id": wanted.operators,
        "disposition_id": wanted.dispositions,
    }


def one_of(column: Any, values: tuple[Any, ...]) -> ColumnElement[bool]:
    """A single value as an equality: an index gives its rows in order."""
    plain = [str(value) if isinstance(value, str) else value for value in values]
    found: ColumnElement[bool] = column == plain[0] if len(plain) == 1 else column.in_(plain)
    return found
