"""Who has refused to be called: asked before a number is dialled."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, or_, select

from db.kinds import Channel, ConsentStatus
from db.living import living_id
from db.models import consent, customer, customer_phone, phone_number


class PhoneRefusal(NamedTuple):
    """A customer's last word about being called was no; `contact_point` "": on whatever number."""

    customer_id: int
    name: str
    contact_point: str
    purpose: str
    status: ConsentStatus
    at: datetime


def phone_refusals(
    connection: Connection, e164: int | None, customer_id: int | None, at: datetime
) -> tuple[PhoneRefusal, ...]:
    """What this customer has refused; where no customer is known, all those whose number it is at that time.

    Newest first; the caller knows which contact point he is about to use.
    """
    if customer_id is not None:
        rows: Any = connection.execute(_OF_CUSTOMER, {"customer": living_id(connection, customer_id)})
    elif e164 is not None:
        rows = connection.execute(_OF_NUMBER, {"e164": e164, "at": at})
    else:
        rows = ()
    return tuple([PhoneRefusal(*row) for row in rows])


_owners = (
    select(customer_phone.c.customer_id)
    .join(phone_number, phone_number.c.id == customer_phone.c.phone_number_id)
    .where(
        phone_number.c.e164 == bindparam("e164"),
        or_(customer_phone.c.valid_to.is_(None), customer_phone.c.valid_to > bindparam("at")),
    )
)


def _refusals(whose: ColumnElement[bool]) -> Select[Any]:
    told = consent.c
    about = told.customer_id, told.contact_point, told.purpose
    newest = told.at.desc(), told.id.desc()
    age = func.row_number().over(partition_by=about, order_by=newest).label("age")
    last = select(*about, told.status, told.at, age).where(told.channel == Channel.PHONE, whose).subquery().c
    return (
        select(
            last.customer_id, customer.c.name, func.coalesce(last.contact_point, ""), last.purpose, last.status, last.at
        )
        .join(customer, customer.c.id == last.customer_id)
        .where(last.age == 1, last.status != ConsentStatus.GRANTED)
        .where(customer.c.merged_into_id.is_(None), customer.c.erased_at.is_(None))
        .order_by(last.at.desc(), last.customer_id)
    )


_OF_CUSTOMER = _refusals(consent.c.customer_id == bindparam("customer"))
_OF_NUMBER = _refusals(consent.c.customer_id.in_(_owners))
