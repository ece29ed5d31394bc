"""What a desk was late to send about somebody who has been erased: it is counted, and says nothing of him."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from db.living import DESKS
from db.models import call, complaint, customer, external_ref
from db.person.erase import empty
from db.person.whole import among, person_of


def empty_what_came_late(
    connection: Connection, customers: Collection[int], calls: Collection[UUID] = (), complaints: Collection[str] = ()
) -> int:
    """In the transaction in which it was written; how many of those that it is about were erased."""
    erased = _erased(connection, customers, calls, complaints)
    for row in erased:
        person = person_of(connection, row.customer_no)
        if person is not None and person.merged_into:  # all that is hung on him hangs on the other
            person = person_of(connection, person.merged_into)
        if person is not None and person.erased_at is not None:
            empty(connection, person, person.erased_at)
    return len(erased)


def _erased(
    connection: Connection, customers: Collection[int], calls: Collection[UUID], complaints: Collection[str]
) -> list[Any]:
    """By their keys, those that desks made too; by a call's customer; by a complaint's."""
    made = [str(key) for key in customers if key < 0]
    entered = select(external_ref.c.customer_id).where(
        external_ref.c.system == DESKS, among(external_ref.c.external_id, made)
    )
    of_calls = select(call.c.customer_id).where(among(call.c.id, list(calls)))
    of_complaints = select(complaint.c.customer_id).where(among(complaint.c.complaint_no, list(complaints)))
    ways = (
        (among(customer.c.id, [key for key in customers if key > 0]), customers),
        (customer.c.id.in_(entered), made), (customer.c.id.in_(of_calls), calls),
        (customer.c.id.in_(of_complaints), complaints),
    )  # fmt: skip
    found: dict[int, Any] = {}
    for way, asked in ways:
        if asked:
            rows = select(customer.c.id, customer.c.customer_no).where(way, customer.c.erased_at.is_not(None))
            found |= {row.id: row for row in connection.execute(rows)}
    return list(found.values())
