"""Whose number is this? All who may stand behind it, never "the first match"."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from itertools import starmap
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    String,
    bindparam,
    case,
    false,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from db.columns import UtcDateTime, words
from db.kinds import Confidence, CustomerKind, NumberLabel
from db.models import (
    company_link,
    customer,
    customer_phone,
    household,
    household_member,
    number_choice,
    number_range,
    phone_number,
)
from db.prepared import Direct, Row, ask

MOST_OWNERS = 60
"""A switchboard may have thousands behind it: nobody chooses from more than fits the screen."""
MOST_GUESSES = 10
_MOST_RANGES = 50  # that begin below a number: beyond them none reaches so far


class Relation(StrEnum):
    """How a customer comes to stand behind a number."""

    CHOSEN = "chosen"  # an operator chose this customer when the number rang last
    NUMBER = "number"  # the number itself is recorded for this customer
    HOUSEHOLD = "household"  # lives with one whose number it is
    COMPANY = "company"  # works for the company whose number it is
    RANGE = "range"  # the number is one of the company's own exchange
    SUFFIX = "suffix"  # another number of this customer ends with the same eight digits
    MENTION = "mention"  # a note about this customer says the number
    NAME = "name"  # is called like the caller


class NumberOwner(NamedTuple):
    """A customer who may be the caller. `extension` is "" unless recorded behind this number.

    `group` is the household's or company's name (for Relation.NUMBER the company that the person works for, or "");
    `is_shared` says that the number serves many (a switchboard). Whether the number may have changed hands follows
    from the rest: how sure it is, when it was given up, when it was last used, recorded (told only where it was never
    used), and when the customer was last in contact and entered the records.
    """

    customer_id: int
    customer_no: str
    name: str
    reading: str
    kind: CustomerKind
    relation: Relation
    extension: str
    is_shared: bool
    confidence: Confidence
    valid_to: datetime | None
    label: NumberLabel | None
    group: str
    last_used_at: datetime | None
    valid_from: datetime | None
    last_contact_at: datetime | None
    created_at: datetime
    sentence: str = ""  # of the note that mentions the number


def owners_of(connection: Connection | Direct, e164: int, extension: str = "") -> tuple[NumberOwner, ...]:
    """Everybody behind the number (the key's digits as an integer), those who own it first; at most MOST_OWNERS.

    Whoever was chosen for this number with this extension stands there once more.
    """
    return owners_from(ask(connection, OWNERS, {"e164": e164, "extension": extension}))


def owners_from(rows: Iterable[Row]) -> tuple[NumberOwner, ...]:
    """Each once, from the rows of OWNERS."""
    found: dict[tuple[int, str, bool], NumberOwner] = {}
    owning: set[int] = set()
    for owner in starmap(NumberOwner, rows):
        if owner.relation is Relation.NUMBER:
            owning.add(owner.customer_id)
        elif owner.relation is not Relation.CHOSEN and owner.customer_id in owning:
            continue
        found.setdefault((owner.customer_id, owner.extension, owner.relation is Relation.CHOSEN), owner)
    return tuple(found.values())


def owners_of_range(connection: Connection | Direct, e164: int) -> tuple[NumberOwner, ...]:
    """The companies to whose exchange the number belongs, the smallest range first."""
    return tuple(starmap(NumberOwner, ask(connection, RANGES, {"e164": e164})))


def owners_of_suffix(connection: Connection | Direct, digits: str) -> tuple[NumberOwner, ...]:
    """Whose numbers end with the last eight of these digits; nobody if there are fewer."""
    if len(digits) < SUFFIX:
        return ()
    return tuple(starmap(NumberOwner, ask(connection, SUFFIXES, ending(digits))))


def ending(digits: str) -> dict[str, int]:
    """What SUFFIXES is asked with; nothing lies between the two if there are fewer digits than it takes."""
    if len(digits) < SUFFIX:
        return {"low": 0, "high": -1}
    low = digits_rev(digits[-SUFFIX:])
    return {"low": low, "high": low + 10 ** (_WIDTH - SUFFIX) - 1}


def digits_rev(digits: str) -> int:
    """The digits backwards, padded to 15: all numbers with one ending lie in one range."""
    return int(digits[-_WIDTH:][::-1].ljust(_WIDTH, "0"))


def customers_among(connection: Connection | Direct, numbers: Iterable[int]) -> set[int]:
    """Those of the numbers (the key's digits as integers) behind which somebody stands."""
    return {one for one in numbers if ask(connection, OWNERS, {"e164": one, "extension": ""})}


SUFFIX = 8
_WIDTH = 15
_relation = words(Relation, "relation")
_e164: BindParameter[int] = bindparam("e164", type_=BigInteger)
_extension: BindParameter[str] = bindparam("extension", type_=String)
_owner = customer.alias("owner")
_member = household_member.alias("member")
_person = customer.c.id, customer.c.customer_no, customer.c.name, func.coalesce(customer.c.reading, ""), customer.c.kind
_never = type_coerce(null(), UtcDateTime)
_alive = customer.c.merged_into_id.is_(None), customer.c.erased_at.is_(None)
_seen = customer.c.last_contact_at, customer.c.created_at
_unused_since = case(
    (customer_phone.c.last_used_at.is_(None), customer_phone.c.valid_from)
)  # rarely read: not in the index
_phones = phone_number.join(customer_phone, customer_phone.c.phone_number_id == phone_number.c.id)
_asked = phone_number.c.e164 == _e164, *_alive


def _told(*columns: ColumnElement[Any]) -> Select[Any]:
    """Named as the owner's fields (the sentence is added later): what stands around the statement finds them."""
    return select(*(column.label(name) for name, column in zip(NumberOwner._fields, columns, strict=False)))


def _owning(*conditions: ColumnElement[bool], relation: Relation) -> Select[Any]:
    """Those for whom the number itself is recorded."""
    return (
        _told(
            *_person,
            literal(relation, _relation),
            customer_phone.c.extension,
            phone_number.c.is_shared,
            customer_phone.c.confidence,
            customer_phone.c.valid_to,
            customer_phone.c.label,
            func.coalesce(customer.c.company, ""),
            customer_phone.c.last_used_at,
            _unused_since,
            *_seen,
        )
        .select_from(_phones.join(customer, customer.c.id == customer_phone.c.customer_id))
        .where(*conditions, *_alive)
    )


def _related(relation: Relation, group: ColumnElement[str]) -> Select[Any]:
    """Those who are near to an owner."""
    number = phone_number.c.is_shared, customer_phone.c.confidence, customer_phone.c.valid_to
    used = customer_phone.c.last_used_at, _unused_since
    no_label = type_coerce(null(), customer_phone.c.label.type)
    return _told(*_person, literal(relation, _relation), literal(""), *number, no_label, group, *used, *_seen)


_own = _owning(phone_number.c.e164 == _e164, relation=Relation.NUMBER)
_housemates = (
    _related(Relation.HOUSEHOLD, household.c.name)
    .select_from(
        _phones.join(household_member, household_member.c.customer_id == customer_phone.c.customer_id)
        .join(household, household.c.id == household_member.c.household_id)
        .join(_member, _member.c.household_id == household.c.id)
        .join(customer, customer.c.id == _member.c.customer_id)
    )
    .where(*_asked, phone_number.c.is_shared.is_(False))  # who shares a switchboard does not bring the family
)
_staff = (
    _related(Relation.COMPANY, _owner.c.name)
    .select_from(
        _phones.join(_owner, _owner.c.id == customer_phone.c.customer_id)
        .join(company_link, company_link.c.company_id == _owner.c.id)
        .join(customer, customer.c.id == company_link.c.person_id)
    )
    .where(*_asked, _owner.c.merged_into_id.is_(None), _owner.c.erased_at.is_(None))
)


def _without_phone(relation: Relation, extension: ColumnElement[str], group: ColumnElement[str]) -> Select[Any]:
    """Those of whom no number has to be recorded."""
    sure = false(), literal(Confidence.KNOWN, customer_phone.c.confidence.type)
    nothing = _never, type_coerce(null(), customer_phone.c.label.type), group, _never, _never
    return _told(*_person, literal(relation, _relation), extension, *sure, *nothing, *_seen)


def told_of_customer(relation: Relation) -> Select[Any]:
    """Everybody, to be narrowed down to those whom something else than a number points to."""
    group = func.coalesce(customer.c.company, "")
    return _without_phone(relation, literal(""), group).select_from(customer).where(*_alive)


_chosen = (
    _without_phone(Relation.CHOSEN, number_choice.c.extension, func.coalesce(customer.c.company, ""))
    .select_from(number_choice.join(customer, customer.c.id == number_choice.c.customer_id))
    .where(number_choice.c.e164 == _e164, number_choice.c.extension == _extension, *_alive)
)
OWNERS = union_all(_chosen, _own, _housemates, _staff).limit(MOST_OWNERS)

_below = (
    select(number_range)
    .where(number_range.c.first_e164 <= _e164)
    .order_by(number_range.c.first_e164.desc())
    .limit(_MOST_RANGES)
    .subquery()
)
RANGES = (
    _without_phone(Relation.RANGE, literal(""), customer.c.name)
    .select_from(_below.join(customer, customer.c.id == _below.c.customer_id))
    .where(_below.c.last_e164 >= _e164, *_alive)
    .order_by(_below.c.last_e164 - _below.c.first_e164, customer.c.id)
    .limit(MOST_GUESSES)
)
_end = bindparam("low", type_=BigInteger), bindparam("high", type_=BigInteger)
SUFFIXES = _owning(phone_number.c.digits_rev.between(*_end), relation=Relation.SUFFIX).limit(MOST_GUESSES)
