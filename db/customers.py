"""Whose number is this? All who may stand behind it, never "the first match"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, bindparam, func, literal, null, or_, select, union_all

from db.columns import words
from db.kinds import Confidence, CustomerKind, NumberLabel
from db.models import company_link, customer, customer_phone, household, household_member, phone_number
from db.prepared import ask

MOST_OWNERS = 60
"""A switchboard may have thousands behind it: nobody chooses from more than fits the screen."""


class Relation(StrEnum):
    """How a customer comes to stand behind a number."""

    NUMBER = "number"  # the number itself is recorded for this customer
    HOUSEHOLD = "household"  # lives with one whose number it is
    COMPANY = "company"  # works for the company whose number it is


@dataclass(frozen=True, slots=True)
class NumberOwner:
    """A customer who may be the caller. `extension` is "" unless recorded behind this number.

    `group` is the household's or company's name (for Relation.NUMBER the company that the person works for, or "");
    `is_shared` says that the number serves many (a switchboard); `is_stale` that it may have changed hands.
    """

    customer_id: int
    customer_no: str
    name: str
    reading: str
    kind: CustomerKind
    relation: Relation
    extension: str
    is_shared: bool
    is_stale: bool
    label: NumberLabel | None
    group: str
    last_used_at: datetime | None


def owners_of(connection: Connection, e164: int) -> tuple[NumberOwner, ...]:
    """Everybody behind the number (the key's digits as an integer), those who own it first; at most MOST_OWNERS."""
    found: dict[tuple[int, str], NumberOwner] = {}
    owning: set[int] = set()
    for row in ask(connection, _OWNERS, {"e164": e164}):
        owner = NumberOwner(*row)
        if owner.relation is Relation.NUMBER:
            owning.add(owner.customer_id)
        elif owner.customer_id in owning:
            continue
        found.setdefault((owner.customer_id, owner.extension), owner)
    return tuple(found.values())


def customers_among(connection: Connection, numbers: Iterable[int]) -> set[int]:
    """Those of the numbers (the key's digits as integers) behind which somebody stands."""
    return {one for one in numbers if ask(connection, _OWNERS, {"e164": one})}


_relation = words(Relation, "relation")
_owner = customer.alias("owner")
_member = household_member.alias("member")
_person = customer.c.id, customer.c.customer_no, customer.c.name, func.coalesce(customer.c.reading, ""), customer.c.kind
_is_stale = or_(customer_phone.c.confidence == Confidence.STALE, customer_phone.c.valid_to.is_not(None))
_phones = phone_number.join(customer_phone, customer_phone.c.phone_number_id == phone_number.c.id)
_asked = phone_number.c.e164 == bindparam("e164"), customer.c.merged_into_id.is_(None), customer.c.erased_at.is_(None)

_own = (
    select(
        *_person,
        literal(Relation.NUMBER, _relation),
        customer_phone.c.extension,
        phone_number.c.is_shared,
        _is_stale,
        customer_phone.c.label,
        func.coalesce(customer.c.company, ""),
        customer_phone.c.last_used_at,
    )
    .select_from(_phones.join(customer, customer.c.id == customer_phone.c.customer_id))
    .where(*_asked)
)
_housemates = (
    select(
        *_person,
        literal(Relation.HOUSEHOLD, _relation),
        literal(""),
        phone_number.c.is_shared,
        _is_stale,
        null(),
        household.c.name,
        null(),
    )
    .select_from(
        _phones.join(household_member, household_member.c.customer_id == customer_phone.c.customer_id)
        .join(household, household.c.id == household_member.c.household_id)
        .join(_member, _member.c.household_id == household.c.id)
        .join(customer, customer.c.id == _member.c.customer_id)
    )
    .where(*_asked, phone_number.c.is_shared.is_(False))  # who shares a switchboard does not bring the family
)
_staff = (
    select(
        *_person,
        literal(Relation.COMPANY, _relation),
        literal(""),
        phone_number.c.is_shared,
        _is_stale,
        null(),
        _owner.c.name,
        null(),
    )
    .select_from(
        _phones.join(_owner, _owner.c.id == customer_phone.c.customer_id)
        .join(company_link, company_link.c.company_id == _owner.c.id)
        .join(customer, customer.c.id == company_link.c.person_id)
    )
    .where(*_asked)
)
_OWNERS = union_all(_own, _housemates, _staff).limit(MOST_OWNERS)
