"""Who a customer is now: one that was merged into another is that one, also where a desk still shows the old card."""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from db.models import customer

_LONGEST_WAY = 20  # a merge leaves one step; more come only from records that others made


def living_id(connection: Connection, customer_id: int) -> int:
    """The customer that this one was merged into, else itself."""
    return _follow(connection, customer_id, _INTO)


def living_id_to_write(connection: Connection, customer_id: int) -> int:
    """The same for who is about to hang something on the customer: nobody merges it away until that is written."""
    return _follow(connection, customer_id, _INTO_AND_HOLD)


def _follow(connection: Connection, customer_id: int, asked: Any) -> int:
    now = customer_id
    for _ in range(_LONGEST_WAY):
        into: int | None = connection.execute(asked, {"customer": now}).scalar_one_or_none()
        if into is None:
            break
        now = into
    return now


_INTO = select(customer.c.merged_into_id).where(customer.c.id == bindparam("customer"))
_INTO_AND_HOLD = _INTO.with_for_update(read=True, key_share=True)  # what a foreign key would take a moment later
