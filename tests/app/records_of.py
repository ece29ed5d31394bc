"""Small records for one situation: who is in them with which numbers, written in the way an import would read them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import Connection, insert, select, update

from app.number_key import read_key
from db.customers import digits_rev
from db.kinds import NoteKind
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
from db.notes import NoteText, save_note

NOW = datetime(2026, 11, 21, 5, 12, tzinfo=UTC)
Step = Callable[["Records"], None]


@dataclass
class Records:
    """Rows of one transaction; `keys` knows everybody by name."""

    connection: Connection
    keys: dict[str, int] = field(default_factory=dict)

    def add(self, table: Any, **values: Any) -> int:
        """One row; its key where it has one."""
        key = next(iter(table.primary_key))
        return int(self.connection.execute(insert(table).values(values).returning(key)).scalar_one())


@dataclass(frozen=True)
class Phone:
    """A number as it stands in a file; days count backwards from the call."""

    raw: str
    shared: bool = False
    confidence: str = "known"
    ended: int | None = None
    used: int | None = None
    since: int | None = None
    label: str = "home"


def who(name: str, *phones: str | Phone, contact: int | None = 10, created: int = 400, **more: Any) -> Step:
    """A customer, a person unless told otherwise."""

    def write(records: Records) -> None:
        row = {
            "customer_no": f"C-{len(records.keys) + 1}",
            "kind": "person",
            "lifecycle_stage": "active",
            "name": name,
        }
        told = row | {"created_at": _ago(created), "last_contact_at": _ago(contact)} | more
        records.keys[name] = records.add(customer, **told)
        for one in phones:
            _answers(records, records.keys[name], one if isinstance(one, Phone) else Phone(one))

    return write


def company(name: str, *phones: str | Phone, **more: Any) -> Step:
    """A customer that is a company."""
    return who(name, *phones, kind="company", **more)


def home(name: str, *members: str) -> Step:
    """People who live together."""

    def write(records: Records) -> None:
        key = records.add(household, name=name)
        for one in members:
            row = {"household_id": key, "customer_id": records.keys[one], "role": "other"}
            records.connection.execute(insert(household_member).values(row))

    return write


def works(name: str, *people: str) -> Step:
    """People of a company."""

    def write(records: Records) -> None:
        for one in people:
            row = {"company_id": records.keys[name], "person_id": records.keys[one]}
            records.connection.execute(insert(company_link).values(row))

    return write


def owns_range(name: str, first: str, last: str) -> Step:
    """A company's own exchange."""
    ends = {"first_e164": read_key(first).e164, "last_e164": read_key(last).e164}
    return lambda records: _nothing(records.add(number_range, customer_id=records.keys[name], **ends))


def chosen(name: str, number: str, days_ago: int = 5) -> Step:
    """Whom an operator chose when the number rang last."""
    key = read_key(number)

    def write(records: Records) -> None:
        row = {"e164": key.e164, "extension": key.extension, "customer_id": records.keys[name]}
        records.connection.execute(insert(number_choice).values(row | {"chosen_at": _ago(days_ago)}))

    return write


def merged(name: str, into: str) -> Step:
    """Two records made one; the numbers go with it."""

    def write(records: Records) -> None:
        old, new = records.keys[name], records.keys[into]
        gone = customer.c.id == old
        records.connection.execute(update(customer).where(gone).values(merged_into_id=new))
        for table in (customer_phone, number_choice):
            theirs = update(table).where(table.c.customer_id == old)
            changes = {"is_primary": False} if table is customer_phone else {}
            records.connection.execute(theirs.values(customer_id=new, **changes))

    return write


def left_merged(name: str, into: str) -> Step:
    """The same, but the numbers stay with the old record."""

    def write(records: Records) -> None:
        told = {"merged_into_id": records.keys[into]}
        records.connection.execute(update(customer).where(customer.c.id == records.keys[name]).values(told))

    return write


def erased(name: str) -> Step:
    """Somebody who must not be shown any more."""

    def write(records: Records) -> None:
        mine = customer.c.id == records.keys[name]
        records.connection.execute(update(customer).where(mine).values(erased_at=_ago(1)))

    return write


def noted(name: str, text: str, days_ago: int = 20) -> Step:
    """A note about a customer."""

    def write(records: Records) -> None:
        at = NOW - timedelta(days=days_ago)
        key = uuid5(NAMESPACE_OID, f"{name} {text}")
        save_note(records.connection, NoteText(key, None, records.keys[name], NoteKind.BODY, text, "sato", at))

    return write


def _answers(records: Records, key: int, phone: Phone) -> None:
    number = read_key(phone.raw)
    has_any = records.connection.execute(select(customer_phone.c.id).where(customer_phone.c.customer_id == key)).first()
    row = {"customer_id": key, "phone_number_id": _number(records, phone), "extension": number.extension}
    row |= {"label": phone.label, "confidence": phone.confidence, "is_primary": has_any is None}
    times = {"valid_to": phone.ended, "last_used_at": phone.used, "valid_from": phone.since}
    records.add(customer_phone, **row, **{name: _ago(days) for name, days in times.items()})


def _number(records: Records, phone: Phone) -> int:
    number = read_key(phone.raw)
    same = phone_number.c.e164 == number.e164
    found = records.connection.execute(select(phone_number.c.id).where(same)).scalar() if number.e164 else None
    digits = str(number.e164) if number.e164 else "".join(char for char in phone.raw if char in "0123456789")
    row = {"e164": number.e164, "raw": phone.raw, "kind": number.kind, "is_shared": phone.shared}
    told = row | {"digits_rev": digits_rev(digits) if digits and not number.extension else None}
    return int(found) if found else records.add(phone_number, **told)


def _ago(days: int | None) -> datetime | None:
    return None if days is None else NOW - timedelta(days=days)


def _nothing(_key: int) -> None:
    pass
