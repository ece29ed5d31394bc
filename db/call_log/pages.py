"""A page of the log: the calls that a filter lets through, in an order, behind the last one that was shown.

By row values along the key of the order, so that the thousandth page costs what the first does.
"""

from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, literal, select, tuple_

from db.call_log.filters import LogFilter, conditions, conditions_in_passing
from db.call_log.lines import Narrow
from db.models import logged_call

PAGE = 100
_FEW = 3_000


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


_COLUMNS: dict[Order, Any] = {
    Order.TIME: logged_call.c.at,
    Order.TALK: logged_call.c.talk_s,
    Order.WAIT: logged_call.c.wait_s,
}
NARROW = tuple(logged_call.c[name] for name in Narrow._fields)


def page(
    connection: Connection, wanted: LogFilter, order: Sorted, behind: Behind | None, most: int = PAGE
) -> list[Narrow]:
    """At most so many calls.

    In the order of time they are read along the table's key. By length there is no index to walk along, which a filter
    would make walk far: few calls are sorted here, many in one pass over the narrow rows.
    """
    if order.by is not Order.TIME:
        few = _rows(connection, page_statement(wanted, Sorted(), None, _FEW + 1))
        if len(few) <= _FEW:
            return _sorted(few, order, behind)[:most]
    return _rows(connection, page_statement(wanted, order, behind, most))


def page_statement(wanted: LogFilter, order: Sorted, behind: Behind | None, most: int) -> Select[Any]:
    """The statement of a page, for whoever wants to look at how it is answered."""
    let_through = conditions if order.by is Order.TIME else conditions_in_passing
    asked = select(*NARROW).where(*let_through(wanted)).limit(most)
    if behind is not None:
        asked = asked.where(_is_behind(order, behind))
    return asked.order_by(*(one.asc() if order.is_rising else one.desc() for one in keys_of(order)))


def _rows(connection: Connection, statement: Select[Any]) -> list[Narrow]:
    return [Narrow(*row) for row in connection.execute(statement)]


def _sorted(rows: list[Narrow], order: Sorted, behind: Behind | None) -> list[Narrow]:
    ranked = sorted(rows, key=lambda row: place_of(row, order), reverse=not order.is_rising)
    if behind is None:
        return ranked
    return [
        row for row in ranked if (place_of(row, order) > behind) is order.is_rising and place_of(row, order) != behind
    ]


def place_of(row: Narrow, order: Sorted) -> Behind:
    """Where the page behind this row begins."""
    value = {Order.TIME: row.at, Order.TALK: row.talk_s, Order.WAIT: row.wait_s}[order.by]
    return Behind(value, row.at, row.call_id)


def keys_of(order: Sorted) -> list[Any]:
    """The key ends with what tells any two calls apart."""
    whole = [logged_call.c.at, logged_call.c.call_id]
    return whole if order.by is Order.TIME else [_COLUMNS[order.by], *whole]


def _is_behind(order: Sorted, behind: Behind) -> ColumnElement[bool]:
    keys = keys_of(order)
    values = [behind.at, behind.call_id] if order.by is Order.TIME else list(behind)
    last = tuple_(*(literal(value, key.type) for key, value in zip(keys, values, strict=True)))
    here = tuple_(*keys)
    found: ColumnElement[bool] = here > last if order.is_rising else here < last
    return found
