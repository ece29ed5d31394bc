"""Whose number it is from now on: chosen, attached, or of a new customer; past calls that belong to nobody follow.

Nothing here ever takes a row from another customer.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, delete, exists, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from db.columns import UtcDateTime
from db.customers import digits_rev
from db.handlers import count_again
from db.kinds import Confidence, CustomerKind, LifecycleStage, NumberKind, NumberLabel, NumberSource
from db.living import entered_as, living_id_to_write, remember_entered
from db.models import call, customer, customer_phone, follow_up, interaction, note, number_choice, phone_number
from db.operators import operator_id
from db.search_index import refresh_tokens
from db.upsert import add_once

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom an operator (a login) chose for a number that rang at this time; `e164` as in `phone_number`."""

    e164: int
    extension: str
    customer_id: int
    operator: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewNumber:
    """A number to record. `e164` None: it has no key, and is known by its `raw` text alone."""

    raw: str
    e164: int | None
    kind: NumberKind
    extension: str = ""
    label: NumberLabel = NumberLabel.OTHER


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """Who is to be entered into the records; the customer number is given by them."""

    name: str
    reading: str = ""
    company: str = ""
    kind: CustomerKind = CustomerKind.PERSON


@dataclass(frozen=True, slots=True)
class Entered:
    """A new customer as a desk entered him at a call of this time; `key` is the desk's own (db/living.py)."""

    key: int
    new: NewCustomer
    number: NewNumber | None
    operator: str
    at: datetime


def remember(connection: Connection, choice: Choice) -> int:
    """Let this customer be the first whom the number suggests, unless a later call has chosen another.

    Returns the key of who the customer is now, after merges.
    """
    mine = number_choice.c.e164 == choice.e164, number_choice.c.extension == choice.extension
    chosen = living_id_to_write(connection, choice.customer_id)
    row = {"e164": choice.e164, "extension": choice.extension, "customer_id": chosen}
    row |= {"operator_id": operator_id(connection, choice.operator), "chosen_at": choice.at}
    if not add_once(connection, number_choice, row):
        not_later = number_choice.c.chosen_at <= choice.at
        connection.execute(update(number_choice).where(*mine, not_later).values(row))
    return chosen


def forget(connection: Connection, e164: int, extension: str, at: datetime) -> None:
    """The operator takes back what was chosen for the call of this time."""
    mine = number_choice.c.e164 == e164, number_choice.c.extension == extension, number_choice.c.chosen_at == at
    connection.execute(delete(number_choice).where(*mine))


def choose(connection: Connection, choice: Choice) -> int:
    """Remember the choice, and let past calls of the number follow; how many did. A switchboard's stay nobody's."""
    chosen = remember(connection, choice)
    serves_many = exists().where(phone_number.c.e164 == choice.e164, phone_number.c.is_shared)
    if connection.execute(select(serves_many)).scalar_one():
        return 0
    return _let_follow(connection, choice.e164, choice.extension, chosen)


def attach_number(connection: Connection, customer_id: int, number: NewNumber, operator: str, at: datetime) -> int:
    """Record that the customer answers at this number, for sure and now; how many past calls followed."""
    customer_id, number_id = living_id_to_write(connection, customer_id), _number_id(connection, number)
    mine = and_(
        customer_phone.c.customer_id == customer_id,
        customer_phone.c.phone_number_id == number_id,
        customer_phone.c.extension == number.extension,
    )
    has_primary = exists().where(
        customer_phone.c.customer_id == customer_id, customer_phone.c.is_primary, customer_phone.c.valid_to.is_(None)
    )
    is_first = not connection.execute(select(has_primary)).scalar_one()
    row = {"customer_id": customer_id, "phone_number_id": number_id, "extension": number.extension}
    row |= {"label": number.label, "is_primary": is_first, "confidence": Confidence.KNOWN, "valid_from": at}
    row |= {"last_used_at": at, "source": NumberSource.OPERATOR}
    if not add_once(connection, customer_phone, row) and not _revive(connection, mine, at):
        add_once(connection, customer_phone, row | {"is_primary": False})  # another desk has just told the primary one
    refresh_tokens(connection, [customer_id])
    if number.e164 is None:
        return 0
    return choose(connection, Choice(number.e164, number.extension, customer_id, operator, at))


def create_customer(
    connection: Connection, new: NewCustomer, number: NewNumber | None, operator: str, at: datetime
) -> int:
    """Enter a customer with the number that rang; the key. Past calls of the number follow."""
    key = _entered(connection, new, at)
    if number is not None:
        attach_number(connection, key, number, operator, at)
    else:
        refresh_tokens(connection, [key])
    return key


def enter(connection: Connection, entered: Entered) -> int:
    """Create a customer whom a desk has entered, the same again adds nothing; the records' key."""
    known = entered_as(connection, entered.key)
    if known is None:
        known = create_customer(connection, entered.new, entered.number, entered.operator, entered.at)
        remember_entered(connection, entered.key, known)
    return known


def touch_number(connection: Connection, e164: int, customer_id: int, at: datetime) -> None:
    """The number was used by this customer of the records."""
    numbers = select(phone_number.c.id).where(phone_number.c.e164 == e164)
    theirs = customer_phone.c.customer_id == customer_id, customer_phone.c.phone_number_id.in_(numbers)
    is_older = customer_phone.c.last_used_at.is_(None) | (customer_phone.c.last_used_at < at)
    connection.execute(update(customer_phone).where(*theirs, is_older).values(last_used_at=at))


def met(connection: Connection, customer_id: int, at: datetime) -> None:
    """There was a contact with the customer; the last one never goes back in time."""
    is_older = customer.c.last_contact_at.is_(None) | (customer.c.last_contact_at < at)
    connection.execute(update(customer).where(customer.c.id == customer_id, is_older).values(last_contact_at=at))


def _revive(connection: Connection, mine: ColumnElement[bool], at: datetime) -> bool:
    """A number that was given up is theirs again; another may have become the primary one meanwhile."""
    was_given_up = customer_phone.c.valid_to.is_not(None)
    told = {
        "confidence": Confidence.KNOWN, "valid_to": None, "last_used_at": at, "source": NumberSource.OPERATOR,
        "is_primary": case((was_given_up, False), else_=customer_phone.c.is_primary),
        "valid_from": case((was_given_up, literal(at, UtcDateTime)), else_=customer_phone.c.valid_from),
    }  # fmt: skip
    return bool(connection.execute(update(customer_phone).where(mine).values(told)).rowcount)


def _number_id(connection: Connection, number: NewNumber) -> int:
    """The number's own row, made if there is none."""
    same = (
        phone_number.c.e164 == number.e164
        if number.e164 is not None
        else and_(phone_number.c.e164.is_(None), phone_number.c.raw == number.raw)
    )
    found = select(phone_number.c.id).where(same).order_by(phone_number.c.id).limit(1)
    digits = str(number.e164) if number.e164 is not None else "".join(filter(str.isdecimal, number.raw))
    row = {"e164": number.e164, "raw": number.raw, "kind": number.kind}
    row |= {"digits_rev": digits_rev(digits) if digits.isascii() and digits else None}
    known: int | None = connection.execute(found).scalar_one_or_none()
    if known is None:
        add_once(connection, phone_number, row)  # another desk may have been quicker
        known = connection.execute(found).scalar_one()
    return known


def _entered(connection: Connection, new: NewCustomer, at: datetime) -> int:
    """Numbers go on from the newest key; one that is taken is skipped."""
    highest = connection.execute(select(func.max(customer.c.id))).scalar_one() or 0
    row: dict[str, Any] = {
        "kind": new.kind,
        "name": new.name,
        "reading": new.reading or None,
        "company": new.company or None,
    }
    row |= {"lifecycle_stage": LifecycleStage.PROSPECT, "created_at": at}
    for attempt in range(_TRIES):
        customer_no = f"C-{highest + 2**attempt:06}"
        if connection.execute(select(customer.c.id).where(customer.c.customer_no == customer_no)).first():
            continue
        try:
            with connection.begin_nested():
                told = row | {"customer_no": customer_no}
                key: int = connection.execute(insert(customer).values(told).returning(customer.c.id)).scalar_one()
        except IntegrityError:  # another desk was quicker
            continue
        return key
    raise RuntimeError("no customer number is free")


def _let_follow(connection: Connection, e164: int, extension: str, customer_id: int) -> int:
    """Calls of this number that are nobody's, with those notes, contacts and promises that are nobody's either."""
    mine = and_(call.c.e164 == e164, func.coalesce(call.c.extension, "") == extension, call.c.customer_id.is_(None))
    calls = select(call.c.id).where(mine)
    handlers: Any = connection.execute(
        select(interaction.c.handler_id)
        .where(interaction.c.call_id.in_(calls), interaction.c.customer_id.is_(None))
        .distinct()
    ).scalars()
    known = [one for one in handlers if one is not None]
    last = connection.execute(select(func.max(call.c.answered_at)).where(mine)).scalar_one()
    for table in (note, interaction, follow_up):
        nobodys = table.c.call_id.in_(calls), table.c.customer_id.is_(None)
        connection.execute(update(table).where(*nobodys).values(customer_id=customer_id))
    count = connection.execute(update(call).where(mine).values(customer_id=customer_id)).rowcount
    for handler in known:
        count_again(connection, customer_id, handler)
    if last is not None:
        met(connection, customer_id, last)
    return count
