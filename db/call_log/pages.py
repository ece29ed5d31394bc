"""A page of the log: the calls that a filter lets through, in an order, behind the last one that was shown.

By row values along the key of the order, so that the thousandth page costs what the first does. What most calls are is
met at once on a walk from the newest call back; for anything else the kinds of calls are asked (db/call_log/by_kinds).
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, func, select

from db.call_log.by_kinds import first_of_kinds, kinds_of
from db.call_log.filters import LogFilter, conditions, kind_conditions, milliseconds, within
from db.call_log.lines import Narrow
from db.call_log.order import NARROW, Behind, Order, Sorted, is_behind, place_of, put_in_order
from db.models import logged_call

__all__ = ["PAGE", "Behind", "Order", "Sorted", "few_calls", "page", "page_statement", "place_of"]

PAGE = 100
_FEW = 1_500
_NEAR = 3_000
_SHORT = 0.25  # of all the time that the log goes back


def page(
    connection: Connection, wanted: LogFilter, order: Sorted, behind: Behind | None, most: int = PAGE
) -> list[Narrow]:
    """At most so many calls."""
    if wanted.customer_id is not None:
        return _of_customer(connection, wanted, (order, behind, most))
    if order.by is Order.TIME:
        if not kind_conditions(wanted) and not _has_length(wanted):
            return _rows(connection, page_statement(wanted, order, behind, most))
        near = _rows(connection, _near(wanted, order, behind, most))
        if len(near) == most:
            return near
    return _by_kinds(connection, wanted, (order, behind, most))


def few_calls(connection: Connection, wanted: LogFilter, most: int) -> list[UUID] | None:
    """All that are let through, in no order; None where they are more."""
    if wanted.customer_id is None:
        kinds = kinds_of(connection, wanted)
        if not kinds:
            return []
        these = [logged_call.c.kind_id.in_(kinds), *within(wanted)]
    else:
        these = conditions(wanted)
    found = list(connection.execute(select(logged_call.c.call_id).where(*these).limit(most + 1)).scalars())
    return found if len(found) <= most else None


def page_statement(wanted: LogFilter, order: Sorted, behind: Behind | None, most: int) -> Select[Any]:
    """A walk along the order past every call, also those that are not let through."""
    asked = select(*NARROW).where(*conditions(wanted)).limit(most)
    if behind is not None:
        asked = asked.where(is_behind(order, behind))
    return asked.order_by(*put_in_order(order))


def _near(wanted: LogFilter, order: Sorted, behind: Behind | None, most: int) -> Select[Any]:
    """The calls that are let through of those that come next."""
    looked = page_statement(LogFilter(wanted.start, wanted.end), order, behind, _NEAR)
    walked = looked.with_only_columns(*logged_call.c).subquery()
    asked = select(*(walked.c[name] for name in Narrow._fields)).where(*conditions(wanted, walked.c)).limit(most)
    return asked.order_by(*put_in_order(order, walked.c))


def _of_customer(connection: Connection, wanted: LogFilter, asked: tuple[Sorted, Behind | None, int]) -> list[Narrow]:
    order, behind, most = asked
    if order.by is not Order.TIME:
        few = _rows(connection, page_statement(wanted, Sorted(), None, _FEW + 1))
        if len(few) <= _FEW:
            return _sorted(few, order, behind)[:most]
    return _rows(connection, page_statement(wanted, order, behind, most))


def _by_kinds(connection: Connection, wanted: LogFilter, asked: tuple[Sorted, Behind | None, int]) -> list[Narrow]:
    """An index leads along time or length, not both: few calls are sorted here, a short period by the database."""
    kinds = kinds_of(connection, wanted)
    if not kinds:
        return []
    order, behind, most = asked
    is_by_length = order.by is not Order.TIME
    if (_has_length(wanted) and order.by is not Order.TALK) or (_has_period(wanted) and is_by_length):
        these = logged_call.c.kind_id.in_(kinds), *within(wanted)
        if _are_few(connection, these):
            return _sorted(_rows(connection, select(*NARROW).where(*these)), order, behind)[:most]
        if not is_by_length or _is_short(connection, wanted):
            return _rows(connection, page_statement(wanted, order, behind, most))
    return first_of_kinds(connection, kinds, within(wanted), asked)


def _are_few(connection: Connection, these: Sequence[ColumnElement[bool]]) -> bool:
    """Told by an index alone."""
    some = select(logged_call.c.at).where(*these).limit(_FEW + 1).subquery()
    return bool(connection.execute(select(func.count()).select_from(some)).scalar_one() <= _FEW)


def _has_length(wanted: LogFilter) -> bool:
    return wanted.talk_from is not None or wanted.talk_to is not None


def _has_period(wanted: LogFilter) -> bool:
    return wanted.start is not None or wanted.end is not None


def _is_short(connection: Connection, wanted: LogFilter) -> bool:
    """So that putting all its calls in order costs less than looking for some in every kind."""
    first, last = connection.execute(_WHOLE_TIME).one()
    start = max(first, milliseconds(wanted.start)) if wanted.start is not None else first
    end = min(last, milliseconds(wanted.end)) if wanted.end is not None else last
    return bool(end - start < _SHORT * (last - first))


def _rows(connection: Connection, statement: Select[Any]) -> list[Narrow]:
    return [Narrow(*row) for row in connection.execute(statement)]


def _sorted(rows: list[Narrow], order: Sorted, behind: Behind | None) -> list[Narrow]:
    ranked = sorted(rows, key=lambda row: place_of(row, order), reverse=not order.is_rising)
    if behind is None:
        return ranked
    return [
        row for row in ranked if (place_of(row, order) > behind) is order.is_rising and place_of(row, order) != behind
    ]


_WHOLE_TIME = select(
    select(func.min(logged_call.c.at)).scalar_subquery(), select(func.max(logged_call.c.at)).scalar_subquery()
)
