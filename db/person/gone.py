"""Who was erased, for desks that may still have something of them in files of their own."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.models import call, customer


@dataclass(frozen=True, slots=True)
class Gone:
    """Keys of customers and of their calls, and telephone numbers where they are still known."""

    customers: frozenset[int]
    calls: frozenset[str]
    numbers: frozenset[str] = frozenset()


def everybody_gone(connection: Connection) -> Gone:
    """All who were ever erased; their numbers nobody knows any more."""
    erased = select(customer.c.id).where(customer.c.erased_at.is_not(None))
    calls = select(call.c.id).where(call.c.customer_id.in_(erased))
    return Gone(
        frozenset(connection.execute(erased).scalars()),
        frozenset(str(key) for key in connection.execute(calls).scalars()),
    )
