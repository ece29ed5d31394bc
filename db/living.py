"""Who a customer is now: one that was merged into another is that one, also where a desk still shows the old card.

A desk enters customers without waiting for the records' key: it makes one of its own, below zero, which is led here to
the records' own for good. Whoever writes for a customer asks here first, so no other statement knows of such keys.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select

from db.models import customer, external_ref

_LONGEST_WAY = 20  # a merge leaves one step; more come only from records that others made

DESKS = "omote desk"
"""The `system` of `external_ref` whose ids are keys that desks made: nothing that anybody would search by."""


def desk_key(origin: UUID) -> int:
    """The desk's own key of a customer, from random bits of a UUID."""
    return -1 - (origin.int & (1 << 62) - 1)


def entered_as(connection: Connection, desks_key: int) -> int | None:
    """The records' key of the customer whom a desk entered under its own; None: not entered yet."""
    found: int | None = connection.execute(_ENTERED, {"key": str(desks_key)}).scalar_one_or_none()
    return found


def remember_entered(connection: Connection, desks_key: int, customer_id: int) -> None:
    """From now on the desk's key leads to this customer."""
    row = {"system": DESKS, "external_id": str(desks_key), "customer_id": customer_id}
    connection.execute(insert(external_ref).values(row))


def living_id(connection: Connection, customer_id: int) -> int:
    """The customer that this one was merged into, or was entered as, else itself."""
    known = entered_as(connection, customer_id) if customer_id < 0 else customer_id
    return customer_id if known is None else _follow(connection, known, _INTO)


def living_id_to_write(connection: Connection, customer_id: int) -> int:
    """The same for who is about to hang something on the customer: nobody merges it away until that is written.

    Raises LookupError for a desk's own key of a customer who has not been entered.
    """
    known = entered_as(connection, customer_id) if customer_id < 0 else customer_id
    if known is None:
        raise LookupError("a customer who has not been entered")
    return _follow(connection, known, _INTO_AND_HOLD)


def _follow(connection: Connection, customer_id: int, asked: Any) -> int:
    now = customer_id
    for _ in range(_LONGEST_WAY):
        into: int | None = connection.execute(asked, {"customer": now}).scalar_one_or_none()
        if into is None:
            break
        now = into
    return now


_ENTERED = select(external_ref.c.customer_id).where(
    external_ref.c.system == DESKS, external_ref.c.external_id == bindparam("key")
)
_INTO = select(customer.c.merged_into_id).where(customer.c.id == bindparam("customer"))
_INTO_AND_HOLD = _INTO.with_for_update(read=True, key_share=True)  # what a foreign key would take a moment later
