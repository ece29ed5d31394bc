"""Records for merging: Alice and Bob with a row in every table that refers to a customer, Carol with next to none."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from db.keys import count_on
from db.models import (
    address,
    call,
    call_candidate,
    caution,
    company_link,
    complaint,
    consent,
    customer,
    customer_attribute,
    customer_attribute_def,
    customer_handler,
    customer_phone,
    external_ref,
    follow_up,
    household,
    household_member,
    interaction,
    legal_hold,
    note,
    note_revision,
    number_choice,
    number_range,
    operator,
    phone_number,
    purchase,
)

ALICE, BOB, CAROL, COMPANY, OLD = 1, 2, 3, 4, 5
NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)
EARLIER = datetime(2025, 1, 2, tzinfo=UTC)


def person(key: int, name: str, **known: Any) -> dict[str, Any]:
    """A customer's row with all its columns."""
    row = dict.fromkeys(column.name for column in customer.columns)
    row |= {"id": key, "customer_no": f"C-{key}", "kind": "person", "name": name, "lifecycle_stage": "active"}
    return row | {"created_at": EARLIER, "language": "ja", "version_id": 1} | known


def phone(key: int, who: int, number: int, **known: Any) -> dict[str, Any]:
    """A number of somebody's."""
    row = {"id": key, "customer_id": who, "phone_number_id": number, "extension": "", "label": "home"}
    row |= {"is_primary": False, "confidence": "known", "valid_to": None, "last_used_at": None, "valid_from": None}
    return row | {"source": None} | known


def fill(connection: Connection) -> None:
    """Write them all."""
    _people(connection)
    _numbers(connection)
    for who in (ALICE, BOB):
        _history(connection, who)
        _obligations(connection, who)
    for table in (customer, phone_number, customer_phone, operator, purchase, household, complaint, address, caution):
        count_on(connection, table)
    for table in (number_range, customer_attribute, customer_attribute_def, legal_hold):
        count_on(connection, table)


def _people(connection: Connection) -> None:
    alice: dict[str, Any] = {"email": "alice@example.jp", "memo": "話は短く"}
    alice |= {"birth_date": date(1980, 1, 1), "birth_precision": "year"}
    bob: dict[str, Any] = {
        "email": "bob@example.jp",
        "memo": "折り返しは夕方",
        "birth_date": date(1980, 2, 3),
        "birth_precision": "day",
    }
    home = {"postal_code": "180-0004", "address": "東京都武蔵野市吉祥寺本町1-2-3"}
    rows = [
        person(ALICE, "高橋 アリス", **alice, address="東京都千代田区1-1", last_contact_at=EARLIER),
        person(BOB, "髙橋 有栖", **bob, **home, reading="タカハシ アリス", rank="GOLD", last_contact_at=NOW),
        person(CAROL, "佐藤 花"),
        person(COMPANY, "青空商事", kind="company"),
        person(OLD, "高橋 有", merged_into_id=BOB),
        person(6, "高橋", merged_into_id=ALICE),
    ]
    connection.execute(customer.insert(), rows)
    logins = [{"id": 1, "login": "sato", "name": "sato"}, {"id": 2, "login": "suzuki", "name": "鈴木"}]
    connection.execute(operator.insert(), logins)
    connection.execute(household.insert().values(id=1, name="高橋家"))
    homes = [{"household_id": 1, "customer_id": who, "role": role} for who, role in ((ALICE, "head"), (BOB, "other"))]
    connection.execute(household_member.insert(), homes)
    links = [(COMPANY, ALICE, "部長"), (CAROL, BOB, None), (ALICE, CAROL, None), (BOB, COMPANY, None)]
    rows = [{"company_id": company, "person_id": who, "role": role} for company, who, role in links]
    connection.execute(company_link.insert(), rows)
    refs = [{"system": "shop", "external_id": f"SHOP-77{who}", "customer_id": who} for who in (ALICE, BOB)]
    connection.execute(external_ref.insert(), refs)
    defs = {"id": 1, "code": "job", "label_ja": "職業", "label_en": "Job", "value_type": "text", "position": 1}
    connection.execute(customer_attribute_def.insert().values(**defs, sensitivity="plain"))


def _numbers(connection: Connection) -> None:
    raw = {1: "0422-51-1234", 2: "090-1234-5678", 3: "03-3581-4111"}
    keys = {1: 81422511234, 2: 819012345678, 3: 81335814111}
    rows = [{"id": key, "e164": keys[key], "raw": text, "kind": "fixed"} for key, text in raw.items()]
    connection.execute(phone_number.insert(), rows)
    rows = [
        phone(1, ALICE, 1, is_primary=True),
        phone(2, ALICE, 2, label="other", confidence="maybe"),
        phone(3, BOB, 2, label="mobile", last_used_at=NOW),
        phone(4, BOB, 3, is_primary=True, label="work"),
    ]
    connection.execute(customer_phone.insert(), rows)
    choices = [{"e164": 81000000000 + who, "customer_id": who, "operator_id": 1, "chosen_at": NOW} for who in (1, 2)]
    connection.execute(number_choice.insert(), choices)
    ranges = [{"id": who, "first_e164": who, "last_e164": who + 9, "customer_id": who} for who in (ALICE, BOB)]
    connection.execute(number_range.insert(), ranges)


def _history(connection: Connection, who: int) -> None:
    key, at = UUID(int=who), NOW if who == BOB else EARLIER
    rang = {"source": "desk", "source_id": f"s{who}", "direction": "in", "offered_at": at, "outcome": "answered"}
    connection.execute(call.insert().values(id=key, customer_id=who, **rang))
    connection.execute(call_candidate.insert().values(call_id=key, rank=1, customer_id=who, reason="exact"))
    told = {"channel": "phone", "direction": "in", "kind": "inquiry", "started_at": at, "handler_id": 1}
    connection.execute(interaction.insert().values(id=key, customer_id=who, call_id=key, subject=f"件{who}", **told))
    summary = {"operator_id": 1, "last_at": at, "count": 1, "last_subject": f"件{who}"}
    connection.execute(customer_handler.insert().values(customer_id=who, **summary))
    connection.execute(note.insert().values(id=key, customer_id=who, kind="body", created_at=at, operator_id=1))
    written = {"number": 1, "text": "覚え書き", "operator_id": 1, "at": at}
    connection.execute(note_revision.insert().values(id=key, note_id=key, **written))
    order = {"order_no": f"O-{who}", "ordered_at": at, "state": "completed", "amount": 1200, "currency": "JPY"}
    connection.execute(purchase.insert().values(id=who, customer_id=who, **order))


def _obligations(connection: Connection, who: int) -> None:
    key = UUID(int=who)
    said = {"category": "品質", "severity": 3, "state": "received", "received_at": NOW}
    connection.execute(complaint.insert().values(id=who, complaint_no=f"Q-{who}", customer_id=who, **said))
    due = {"kind": "callback", "due_at": NOW, "created_at": NOW}
    connection.execute(follow_up.insert().values(id=key, customer_id=who, **due))
    refusal = {"channel": "phone", "purpose": "sales", "status": "refused", "at": NOW}
    connection.execute(consent.insert().values(id=key, customer_id=who, **refusal))
    connection.execute(caution.insert().values(id=who, customer_id=who, reason="大声", created_at=NOW))
    held = {"reason": "係争中", "operator": "sato", "at": NOW}
    connection.execute(legal_hold.insert().values(id=who, customer_id=who, **held))
    connection.execute(address.insert().values(id=who, customer_id=who, label="delivery", text=f"届け先{who}"))
    job = {"def_id": 1, "value": "教員", "observed_at": NOW}
    connection.execute(customer_attribute.insert().values(id=who, customer_id=who, **job))
