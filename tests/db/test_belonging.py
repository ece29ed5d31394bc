"""Chosen, attached, created: past calls of the number follow, and nothing is ever taken from another customer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select, update

from db.belonging import Choice, NewCustomer, NewNumber, attach_number, choose, create_customer, forget, remember
from db.calls import CallRow, save_call
from db.customers import Relation, owners_of, owners_of_suffix
from db.engine import reading, writing
from db.keys import count_on
from db.kinds import Confidence, CustomerKind, Direction, NumberKind, NumberLabel, Outcome
from db.models import call, customer, customer_phone, follow_up, interaction, note, number_choice, phone_number
from db.pop import customer_facts
from db.uuid7 import uuid7
from db.wrap_up import WrapUp, finish_call

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
E164 = 819098761234
NUMBER = NewNumber("090-9876-1234", E164, NumberKind.MOBILE, label=NumberLabel.MOBILE)
ICHIRO, MAKOTO = 1, 2


@pytest.fixture(autouse=True)
def _two_customers(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = [{"id": ICHIRO, "name": "髙橋 一郎"}, {"id": MAKOTO, "name": "田中 誠"}]
        more = {"kind": "person", "lifecycle_stage": "active", "created_at": NOON}
        told = [row | more | {"customer_no": f"C-00000{row['id']}"} for row in rows]
        connection.execute(customer.insert(), told)
        count_on(connection, customer)


def _past_call(engine: Engine, days_ago: int, customer_id: int | None = None, **changes: Any) -> CallRow:
    """A finished call with a note, a contact and, for an unknown caller, a promise."""
    at = NOON - timedelta(days=days_ago)
    row = CallRow(
        uuid7(at, lambda bits: days_ago), "desk phone", f"id {days_ago}", Direction.IN, at, Outcome.ANSWERED,
        "09098761234", E164, answered_at=at, customer_id=customer_id,
    )  # fmt: skip
    row = replace(row, **changes)
    with writing(engine) as connection:
        save_call(connection, row)
        finish_call(connection, WrapUp(row.id, row.customer_id, "sato", at, f"note {days_ago}"))
        promise = {"id": uuid7(at, lambda bits: 99), "kind": "callback", "due_at": at, "created_at": at}
        connection.execute(insert(follow_up).values(promise | {"call_id": row.id, "customer_id": row.customer_id}))
    return row


def _whose(engine: Engine, row: CallRow) -> set[int | None]:
    """Whose the call is, with all that belongs to it."""
    with reading(engine) as connection:
        found = {connection.execute(select(call.c.customer_id).where(call.c.id == row.id)).scalar_one()}
        for table in (note, interaction, follow_up):
            found |= set(connection.execute(select(table.c.customer_id).where(table.c.call_id == row.id)).scalars())
    return found


def _choice(who: int = ICHIRO, extension: str = "", at: datetime = NOON) -> Choice:
    return Choice(E164, extension, who, "sato", at)


def test_chosen_customer_stands_first_next_time(engine: Engine) -> None:
    with writing(engine) as connection:
        assert choose(connection, _choice()) == 0
    with reading(engine) as connection:
        (owner,) = owners_of(connection, E164)
    assert (owner.customer_id, owner.relation) == (ICHIRO, Relation.CHOSEN)


def test_the_later_call_decides_whoever_is_written_first(engine: Engine) -> None:
    for at, who in ((NOON, ICHIRO), (NOON + timedelta(1), MAKOTO), (NOON - timedelta(1), ICHIRO)):
        with writing(engine) as connection:
            remember(connection, _choice(who, at=at))
    with reading(engine) as connection:
        assert [one.customer_id for one in owners_of(connection, E164)] == [MAKOTO]


def test_a_choice_that_is_taken_back_is_forgotten_and_another_calls_stays(engine: Engine) -> None:
    with writing(engine) as connection:
        remember(connection, _choice())
        forget(connection, E164, "", NOON - timedelta(1))
        assert connection.execute(select(func.count()).select_from(number_choice)).scalar_one() == 1
        forget(connection, E164, "", NOON)
        assert connection.execute(select(func.count()).select_from(number_choice)).scalar_one() == 0


def test_past_calls_of_nobody_follow_with_notes_contacts_and_promises(engine: Engine) -> None:
    unknown = [_past_call(engine, days_ago) for days_ago in (1, 2, 9)]
    with writing(engine) as connection:
        assert choose(connection, _choice()) == 3
    assert [_whose(engine, row) for row in unknown] == [{ICHIRO}] * 3
    with reading(engine) as connection:
        facts = customer_facts(connection, ICHIRO)
    assert facts is not None
    assert (facts.interaction_count, [one.count for one in facts.handlers], len(facts.follow_ups)) == (3, [3], 3)
    assert facts.customer.last_contact_at == NOON - timedelta(days=1)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"customer_id": MAKOTO}, id="of another customer"),
        pytest.param({"e164": E164 + 1}, id="of another number"),
        pytest.param({"extension": "12"}, id="of another extension"),
    ],
)
def test_calls_of_others_stay_where_they_are(engine: Engine, other: dict[str, Any]) -> None:
    row = _past_call(engine, 3, **other)
    with writing(engine) as connection:
        assert choose(connection, _choice()) == 0
    assert _whose(engine, row) == {other.get("customer_id")}


def test_a_note_of_another_about_nobodys_call_stays_his(engine: Engine) -> None:
    row = _past_call(engine, 3)
    with writing(engine) as connection:
        connection.execute(update(note).where(note.c.call_id == row.id).values(customer_id=MAKOTO))
        choose(connection, _choice())
    assert _whose(engine, row) == {ICHIRO, MAKOTO}


def test_a_second_time_moves_nothing(engine: Engine) -> None:
    _past_call(engine, 3)
    with writing(engine) as connection:
        assert [choose(connection, _choice()), choose(connection, _choice(MAKOTO))] == [1, 0]


def test_past_calls_of_a_switchboard_stay_nobodys(engine: Engine) -> None:
    row = _past_call(engine, 3)
    with writing(engine) as connection:
        attach_number(connection, MAKOTO, replace(NUMBER, extension="7"), "sato", NOON)
        connection.execute(update(phone_number).values(is_shared=True))
        assert choose(connection, _choice()) == 0
    assert _whose(engine, row) == {None}


def _numbers(engine: Engine, who: int) -> list[Any]:
    with reading(engine) as connection:
        found = select(customer_phone).where(customer_phone.c.customer_id == who).order_by(customer_phone.c.id)
        return list(connection.execute(found).all())


def test_an_attached_number_is_known_used_and_found_by_its_ending(engine: Engine) -> None:
    row = _past_call(engine, 3)
    with writing(engine) as connection:
        assert attach_number(connection, ICHIRO, NUMBER, "sato", NOON) == 1
    (one,) = _numbers(engine, ICHIRO)
    assert (one.label, one.is_primary, one.confidence) == (NumberLabel.MOBILE, True, Confidence.KNOWN)
    assert (one.valid_from, one.last_used_at, one.valid_to) == (NOON, NOON, None)
    assert _whose(engine, row) == {ICHIRO}
    with reading(engine) as connection:
        relations = [one.relation for one in owners_of(connection, E164)]
        assert relations == [Relation.CHOSEN, Relation.NUMBER]
        assert [one.customer_id for one in owners_of_suffix(connection, "98761234")] == [ICHIRO]


def test_a_number_attached_twice_is_one_row_and_the_first_stays_primary(engine: Engine) -> None:
    with writing(engine) as connection:
        for number in (NUMBER, NUMBER, replace(NUMBER, raw="0422-51-1234", e164=81422511234)):
            attach_number(connection, ICHIRO, number, "sato", NOON)
    assert [one.is_primary for one in _numbers(engine, ICHIRO)] == [True, False]


def test_one_number_of_two_customers_is_recorded_once(engine: Engine) -> None:
    with writing(engine) as connection:
        for who in (ICHIRO, MAKOTO):
            attach_number(connection, who, NUMBER, "sato", NOON)
        assert connection.execute(select(func.count()).select_from(phone_number)).scalar_one() == 1
    with reading(engine) as connection:
        assert {one.customer_id for one in owners_of(connection, E164)} == {ICHIRO, MAKOTO}


def test_a_number_that_was_given_up_is_theirs_again_beside_another_primary(engine: Engine) -> None:
    long_ago = NOON - timedelta(days=2000)
    with writing(engine) as connection:
        attach_number(connection, ICHIRO, NUMBER, "sato", long_ago)
        connection.execute(update(customer_phone).values(valid_to=long_ago, confidence=Confidence.STALE))
        attach_number(connection, ICHIRO, replace(NUMBER, raw="0422-51-1234", e164=81422511234), "sato", NOON)
        attach_number(connection, ICHIRO, NUMBER, "sato", NOON)
    again, other = _numbers(engine, ICHIRO)
    assert (again.valid_to, again.confidence, again.valid_from) == (None, Confidence.KNOWN, NOON)
    assert (again.is_primary, other.is_primary) == (False, True)


@pytest.mark.parametrize(("raw", "found"), [("5678-1234", True), ("別館", False)])
def test_a_number_without_a_key_is_recorded_as_it_is(engine: Engine, raw: str, found: bool) -> None:
    with writing(engine) as connection:
        for who in (ICHIRO, MAKOTO):
            attach_number(connection, who, NewNumber(raw, None, NumberKind.UNKNOWN), "sato", NOON)
        assert connection.execute(select(phone_number.c.raw)).scalars().all() == [raw]
    with reading(engine) as connection:
        assert bool(owners_of_suffix(connection, "56781234")) == found


def test_a_new_customer_gets_number_and_past_calls(engine: Engine) -> None:
    row = _past_call(engine, 3)
    new = NewCustomer("山﨑 健太", "ヤマザキ ケンタ", "青空商事", CustomerKind.PERSON)
    with writing(engine) as connection:
        key = create_customer(connection, new, NUMBER, "sato", NOON)
    with reading(engine) as connection:
        facts = customer_facts(connection, key)
    assert facts is not None
    about = facts.customer
    assert (about.customer_no, about.name, about.reading, about.company) == (
        "C-000003", "山﨑 健太", "ヤマザキ ケンタ", "青空商事",
    )  # fmt: skip
    assert [(one.raw, one.is_primary) for one in facts.numbers] == [("090-9876-1234", True)]
    assert _whose(engine, row) == {key}


def test_a_new_customer_without_a_number_has_none(engine: Engine) -> None:
    with writing(engine) as connection:
        key = create_customer(connection, NewCustomer("匿名"), None, "sato", NOON)
    assert _numbers(engine, key) == []


def test_a_customer_number_that_is_taken_is_skipped(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(update(customer).where(customer.c.id == MAKOTO).values(customer_no="C-000003"))
        keys = [create_customer(connection, NewCustomer(name), None, "sato", NOON) for name in ("甲", "乙", "丙")]
        told = select(customer.c.customer_no).where(customer.c.id.in_(keys)).order_by(customer.c.id)
        assert connection.execute(told).scalars().all() == ["C-000004", "C-000005", "C-000006"]


def test_a_finished_call_is_a_sign_that_the_number_is_still_theirs(engine: Engine) -> None:
    with writing(engine) as connection:
        attach_number(connection, ICHIRO, NUMBER, "sato", NOON - timedelta(days=900))
    _past_call(engine, 1, ICHIRO)
    (one,) = _numbers(engine, ICHIRO)
    assert one.last_used_at == NOON - timedelta(days=1)
    _past_call(engine, 300, ICHIRO)
    assert _numbers(engine, ICHIRO)[0].last_used_at == NOON - timedelta(days=1)
