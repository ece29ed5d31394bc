"""The first calls of some kinds, in any order: from each kind as many as a page has, along the kind's own index.

A million calls are of a few hundred kinds (who, which line, how it went): what is rare, or was long ago, or never
happened is found as fast as what everybody does. No walk past calls that are not wanted.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, tuple_

from db.call_log.filters import LogFilter, kind_conditions
from db.call_log.lines import Narrow
from db.call_log.order import NARROW, Behind, Sorted, is_behind, keys_of, place_of, put_in_order
from db.models import call_kind, logged_call

_AT_ONCE = 500  # calls: of many kinds a part of a page is asked for first
_PART = 8

_Found = tuple[int, Narrow]  # with the key of its kind


def kinds_of(connection: Connection, wanted: LogFilter) -> list[int]:
    """Those that the filter means; all where it says nothing of them."""
    return list(connection.execute(select(call_kind.c.id).where(*kind_conditions(wanted))).scalars())


def first_of_kinds(
    connection: Connection,
    kinds: Sequence[int],
    within: Sequence[ColumnElement[bool]],
    asked: tuple[Sorted, Behind | None, int],
) -> list[Narrow]:
    """At most so many calls behind that one; `within` must hold as well."""
    order, behind, most = asked
    conditions = [*within, *([is_behind(order, behind)] if behind is not None else [])]
    if len(kinds) > most:
        kinds = _leading(connection, kinds, conditions, order, most)
    some = most if len(kinds) * most <= _AT_ONCE else max(2, most // _PART)
    found = _first(connection, kinds, conditions, order, some)
    short = _too_short(found, order, most, some) if some < most else []
    if short:
        found = [one for one in found if one[0] not in short] + _first(connection, short, conditions, order, most)
    return [row for _kind, row in _ranked(found, order)[:most]]


def _too_short(found: Sequence[_Found], order: Sorted, most: int, some: int) -> list[int]:
    """Kinds of which all the `some` that were asked for stand on the page: more of them may belong there."""
    page = Counter(kind for kind, _row in _ranked(found, order)[:most])
    return [kind for kind, n in page.items() if n == some]


def _ranked(found: Sequence[_Found], order: Sorted) -> list[_Found]:
    return sorted(found, key=lambda one: place_of(one[1], order), reverse=not order.is_rising)


def _leading(
    connection: Connection, kinds: Sequence[int], conditions: Sequence[ColumnElement[bool]], order: Sorted, most: int
) -> list[int]:
    """A page of so many has calls of no other kinds than the so many whose first call comes first."""
    first = _one_of_each(conditions, order)
    keys = [first.with_only_columns(key).scalar_subquery().label(key.name) for key in keys_of(order)]
    heads = select(call_kind.c.id, *keys).where(call_kind.c.id.in_(kinds)).subquery()
    ranked = select(heads.c.id).where(heads.c.at.is_not(None)).order_by(*put_in_order(order, heads.c)).limit(most)
    return list(connection.execute(ranked).scalars())


def _one_of_each(conditions: Sequence[ColumnElement[bool]], order: Sorted) -> Select[Any]:
    mine = logged_call.c.kind_id == call_kind.c.id
    one = select(logged_call.c.at).where(mine, *conditions).order_by(*put_in_order(order)).limit(1)
    return one.correlate(call_kind)


def _first(
    connection: Connection, kinds: Sequence[int], conditions: Sequence[ColumnElement[bool]], order: Sorted, most: int
) -> list[_Found]:
    """So many of each. SQLite knows no LATERAL; PostgreSQL would ask a correlated IN for every call that there is."""
    mine = _one_of_each(conditions, order).limit(most)
    these = call_kind.c.id.in_(kinds)
    if connection.dialect.name == "postgresql":
        each = mine.with_only_columns(*NARROW).lateral()
        asked = select(call_kind.c.id, each).select_from(call_kind).join(each, these)
    else:
        rows = logged_call.alias()
        of_kind = tuple_(rows.c.at, rows.c.call_id).in_(mine.with_only_columns(logged_call.c.at, logged_call.c.call_id))
        columns = (rows.c[name] for name in Narrow._fields)
        asked = select(call_kind.c.id, *columns).join_from(call_kind, rows, of_kind).where(these)
    return [(kind, Narrow(*row)) for kind, *row in connection.execute(asked)]
