"""What the calls of the log are put in order by, and where a page begins."""

from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, literal, tuple_

from db.call_log.lines import Narrow
from db.models import logged_call


class Order(StrEnum):
    """What the calls are put in order by."""

    TIME = "time"
    TALK = "talk"
    WAIT = "wait"


class Sorted(NamedTuple):
    """The highest first, or the lowest."""

    by: Order = Order.TIME
    is_rising: bool = False


class Behind(NamedTuple):
    """Where the next page begins: the last call that was shown; `value` is what it is sorted by."""

    value: int
    at: int
    call_id: UUID


NARROW = tuple(logged_call.c[name] for name in Narrow._fields)
_WHOLE = "at", "call_id"
_KEYS = {Order.TIME: _WHOLE, Order.TALK: ("talk_s", *_WHOLE), Order.WAIT: ("wait_s", *_WHOLE)}


def keys_of(order: Sorted, row: Any = None) -> list[Any]:
    """The key ends with what tells any two calls apart; of the narrow rows, or of others with the same columns."""
    columns = logged_call.c if row is None else row
    return [columns[name] for name in _KEYS[order.by]]


def put_in_order(order: Sorted, row: Any = None, *, is_back: bool = False) -> list[Any]:
    """For ORDER BY; `is_back`: the last first."""
    is_rising = order.is_rising is not is_back
    return [one.asc() if is_rising else one.desc() for one in keys_of(order, row)]


def is_behind(order: Sorted, behind: Behind, row: Any = None) -> ColumnElement[bool]:
    """By row values along the key."""
    keys = keys_of(order, row)
    values = list(behind)[-len(keys) :]
    last = tuple_(*(literal(value, key.type) for key, value in zip(keys, values, strict=True)))
    here = tuple_(*keys)
    found: ColumnElement[bool] = here > last if order.is_rising else here < last
    return found


def place_of(row: Narrow, order: Sorted) -> Behind:
    """Where the page behind this row begins."""
    value = {Order.TIME: row.at, Order.TALK: row.talk_s, Order.WAIT: row.wait_s}[order.by]
    return Behind(value, row.at, row.call_id)
