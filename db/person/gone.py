"""Who was erased, for desks that may still have something of them in files of their own."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, or_, select

from db.models import call, customer, erasure_request
from db.person.whole import AT_ONCE


@dataclass(frozen=True, slots=True)
class Gone:
    """Keys of customers and of their calls; telephone numbers where they are still known.

    `untold` are calls of which the records tell no caller, `unknown` those that they do not have.
    """

    customers: frozenset[int]
    calls: frozenset[str]
    numbers: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()


def gone_so_far(connection: Connection) -> str:
    """Another one as soon as anybody was erased, wherever that was: erasures are only ever added."""
    asked = select(func.count(), func.max(erasure_request.c.done_at)).select_from(erasure_request)
    count, last = connection.execute(asked).one()
    return f"{count} {last.isoformat()}" if count else ""


def gone_among(connection: Connection, customers: Collection[int], calls: Collection[str]) -> Gone:
    """Who of these is gone by now, of what a desk has kept."""
    erased = select(customer.c.id).where(customer.c.erased_at.is_not(None))
    gone = [row.id for part in _parts(customers) for row in connection.execute(erased.where(customer.c.id.in_(part)))]
    known: dict[str, Any] = {}
    for part in _parts([key for text in calls if (key := _key(text)) is not None]):
        asked = select(call.c.id, call.c.customer_id, _TELLS).where(call.c.id.in_(part))
        known |= {str(row.id): row for row in connection.execute(asked)}
    theirs = {row.customer_id for row in known.values()} - {None, *customers}
    gone += [row.id for part in _parts(theirs) for row in connection.execute(erased.where(customer.c.id.in_(part)))]
    of_gone = frozenset(key for key, row in known.items() if row.customer_id in gone)
    untold = frozenset(key for key, row in known.items() if not row.tells)
    is_shared = connection.dialect.name != "sqlite"  # else it was erased here, where the numbers were known
    unknown = frozenset(calls) - set(known) if is_shared else frozenset()
    return Gone(frozenset(gone), of_gone, frozenset(), untold, unknown)


def _parts(keys: Collection[Any]) -> Iterable[Sequence[Any]]:
    each = list(keys)
    return (each[start : start + AT_ONCE] for start in range(0, len(each), AT_ONCE))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


_TELLS = or_(call.c.number.is_not(None), call.c.e164.is_not(None), call.c.name.is_not(None)).label("tells")
