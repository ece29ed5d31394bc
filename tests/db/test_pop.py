"""The facts of the card: bounded, newest first, counted whole."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, insert

from db.engine import reading, writing
from db.facts import CustomerFacts, ItemFact, Money, NumberBlock
from db.kinds import BlockState, Channel, ComplaintState, ConsentStatus, PurchaseState
from db.models import (
    caution,
    complaint,
    consent,
    customer,
    customer_handler,
    customer_phone,
    follow_up,
    interaction,
    operator,
    phone_number,
    purchase,
    purchase_item,
)
from db.pop import MOST_ROWS, customer_facts
from db.ring import RungNumber, known_about
from tests.db.conftest import ONLY_SQLITE

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _one_customer(engine: Engine) -> None:
    with writing(engine) as connection:
        row = {"id": 1, "customer_no": "C-1", "kind": "person", "name": "髙橋", "lifecycle_stage": "active"}
        connection.execute(customer.insert().values(row | {"created_at": NOW}))
        logins = [{"id": 1, "login": "sato", "name": "佐藤 美咲"}, {"id": 2, "login": "suzuki", "name": "鈴木 健"}]
        connection.execute(operator.insert(), logins)


def _facts(engine: Engine) -> CustomerFacts:
    with reading(engine) as connection:
        facts = customer_facts(connection, 1)
    assert facts is not None
    return facts


def _order(key: int, days_ago: float, amount: int, **changes: Any) -> dict[str, Any]:
    row = {"id": key, "customer_id": 1, "order_no": f"A-{key}", "ordered_at": NOW - timedelta(days=days_ago)}
    return row | {"state": PurchaseState.COMPLETED, "amount": amount, "currency": "JPY"} | changes


def _complaint(key: int, days_ago: float, state: ComplaintState, handler: int | None = 1) -> dict[str, Any]:
    row = {"id": key, "complaint_no": str(key), "customer_id": 1, "category": "配送遅延", "severity": 3, "state": state}
    return row | {"handler_id": handler, "received_at": NOW - timedelta(days=days_ago)}


def _write(engine: Engine, table: Any, *rows: dict[str, Any]) -> None:
    with writing(engine) as connection:
        connection.execute(insert(table), list(rows))


def test_a_customer_with_nothing_has_empty_facts(engine: Engine) -> None:
    facts = _facts(engine)
    assert (facts.customer.name, facts.customer.reading, facts.customer.memo) == ("髙橋", "", "")
    assert (facts.purchases, facts.purchase_count, facts.spent, facts.handlers) == ((), 0, (), ())


def test_nobody_has_no_facts(engine: Engine) -> None:
    with reading(engine) as connection:
        assert customer_facts(connection, 999) is None


@pytest.mark.parametrize("change", [{"erased_at": NOW}, {"merged_into_id": 1}])
def test_the_erased_and_the_merged_have_no_facts(engine: Engine, change: dict[str, Any]) -> None:
    with writing(engine) as connection:
        connection.execute(customer.update().values(change))
    with reading(engine) as connection:
        assert customer_facts(connection, 1) is None


def test_orders_come_newest_first_with_their_items_in_order(engine: Engine) -> None:
    _write(engine, purchase, _order(1, 100, 9240), _order(2, 3, 48000), _order(3, 50, 0))
    items = [(1, 2, "洗濯ネット", 1, 1300), (1, 1, "枕カバー", 2, 7940), (2, 1, "羽毛布団", 2, 48000)]
    names = ("purchase_id", "position", "name", "quantity", "amount")
    _write(engine, purchase_item, *(dict(zip(names, item, strict=True)) for item in items))
    orders = _facts(engine).purchases
    assert [(one.order_no, one.money) for one in orders] == [
        ("A-2", Money(48000, "JPY")), ("A-3", Money(0, "JPY")), ("A-1", Money(9240, "JPY")),
    ]  # fmt: skip
    assert orders[2].items == (ItemFact("枕カバー", 2, 7940), ItemFact("洗濯ネット", 1, 1300))
    assert orders[1].items == ()


def test_orders_of_the_same_instant_keep_one_order(engine: Engine) -> None:
    _write(engine, purchase, *(_order(key, 1, key) for key in (2, 3, 1)))
    assert [one.order_no for one in _facts(engine).purchases] == ["A-3", "A-2", "A-1"]


def test_totals_are_of_all_orders_per_currency_without_the_cancelled(engine: Engine) -> None:
    orders = [_order(key, key, 1000) for key in range(1, 31)]
    returned = _order(31, 1, -400, state=PurchaseState.RETURNED)
    cancelled = _order(32, 1, 9999, state=PurchaseState.CANCELLED)
    _write(engine, purchase, *orders, returned, cancelled, _order(33, 2, 1250, currency="USD"))
    facts = _facts(engine)
    assert (len(facts.purchases), facts.purchase_count) == (MOST_ROWS, 33)
    assert facts.spent == (Money(29600, "JPY"), Money(1250, "USD"))


def test_open_complaints_stand_first_then_the_newest(engine: Engine) -> None:
    states = (
        (1, 300, ComplaintState.INVESTIGATING), (2, 1, ComplaintState.CLOSED), (3, 2, ComplaintState.RESOLVED),
        (4, 100, ComplaintState.RECEIVED),
    )  # fmt: skip
    _write(engine, complaint, *(_complaint(*one) for one in states))
    facts = _facts(engine)
    assert [(one.complaint_no, one.is_open) for one in facts.complaints] == [
        ("4", True), ("1", True), ("2", False), ("3", False),
    ]  # fmt: skip
    assert (facts.complaint_count, facts.open_complaint_count) == (4, 2)


@pytest.mark.parametrize("state", list(ComplaintState))
def test_a_complaint_is_open_until_it_is_resolved(engine: Engine, state: ComplaintState) -> None:
    _write(engine, complaint, _complaint(1, 1, state))
    assert _facts(engine).complaints[0].is_open == (list(ComplaintState).index(state) < 4)


def test_a_handler_is_told_with_the_open_complaints_that_are_his(engine: Engine) -> None:
    pairs = ((1, NOW, 8, "配送状況"), (2, NOW + timedelta(1), 3, None))
    names = ("operator_id", "last_at", "count", "last_subject")
    _write(engine, customer_handler, *({"customer_id": 1} | dict(zip(names, pair, strict=True)) for pair in pairs))
    states = ((1, 1, ComplaintState.RECEIVED, 1), (2, 2, ComplaintState.CLOSED, 2), (3, 3, ComplaintState.RECEIVED, 1))
    _write(engine, complaint, *(_complaint(*one) for one in states))
    assert [(one.name, one.count, one.last_subject, one.complaints) for one in _facts(engine).handlers] == [
        ("鈴木 健", 3, "", ()), ("佐藤 美咲", 8, "配送状況", ("1", "3")),
    ]  # fmt: skip


def test_contacts_are_bounded_and_counted_whole(engine: Engine) -> None:
    rows = [
        {"id": UUID(int=key), "customer_id": 1, "channel": "phone", "direction": "in", "kind": "inquiry"}
        | {"started_at": NOW - timedelta(hours=key), "handler_id": None, "subject": str(key)}
        for key in range(1, 42)
    ]
    _write(engine, interaction, *rows)
    facts = _facts(engine)
    assert [one.subject for one in facts.interactions] == [str(key) for key in range(1, MOST_ROWS + 1)]
    assert facts.interaction_count == 41


def test_only_open_follow_ups_are_told_the_soonest_first(engine: Engine) -> None:
    due = ((1, 5, None), (2, 1, None), (3, 2, NOW))
    rows = [
        {"id": UUID(int=key), "customer_id": 1, "kind": "callback", "due_at": NOW + timedelta(hours=hours)}
        | {"created_at": NOW, "done_at": done, "assignee_id": 2}
        for key, hours, done in due
    ]
    _write(engine, follow_up, *rows)
    assert [(one.follow_up_id.int, one.assignee) for one in _facts(engine).follow_ups] == [
        (2, "鈴木 健"), (1, "鈴木 健"),
    ]  # fmt: skip


def test_the_primary_number_stands_first(engine: Engine) -> None:
    numbers = [{"id": key, "e164": key, "raw": str(key), "kind": "mobile"} for key in (1, 2)]
    _write(engine, phone_number, *numbers)
    phones = [
        {"customer_id": 1, "phone_number_id": key, "label": "mobile", "is_primary": key == 2, "confidence": "known"}
        for key in (1, 2)
    ]
    _write(engine, customer_phone, *phones)
    assert [(one.raw, one.is_primary) for one in _facts(engine).numbers] == [("2", True), ("1", False)]


def _said(key: int, days_ago: float, status: ConsentStatus, **changes: Any) -> dict[str, Any]:
    row = {"id": UUID(int=key), "customer_id": 1, "contact_point": None, "channel": Channel.MAIL, "purpose": "お知らせ"}
    return row | {"status": status, "at": NOW - timedelta(days=days_ago)} | changes


def test_the_last_word_about_a_contact_counts_for_each_point_channel_and_purpose(engine: Engine) -> None:
    said = (
        _said(1, 9, ConsentStatus.REFUSED),  # granted since
        _said(2, 8, ConsentStatus.GRANTED),
        _said(3, 7, ConsentStatus.GRANTED, channel=Channel.PHONE),  # withdrawn since
        _said(4, 6, ConsentStatus.WITHDRAWN, channel=Channel.PHONE),
        _said(5, 5, ConsentStatus.REFUSED, channel=Channel.PHONE, contact_point="0335814111"),
        _said(6, 4, ConsentStatus.GRANTED, channel=Channel.PHONE, contact_point="09012340021"),
        _said(7, 3, ConsentStatus.REFUSED, purpose="アンケート"),
    )
    _write(engine, consent, *said)
    assert [(one.channel, one.contact_point, one.purpose, one.status) for one in _facts(engine).refusals] == [
        (Channel.MAIL, "", "アンケート", ConsentStatus.REFUSED),
        (Channel.PHONE, "0335814111", "お知らせ", ConsentStatus.REFUSED),
        (Channel.PHONE, "", "お知らせ", ConsentStatus.WITHDRAWN),
    ]


def test_cautions_that_last_stand_before_those_that_expire_and_all_are_bounded(engine: Engine) -> None:
    expired = [{"id": key, "expires_at": NOW - timedelta(days=key), "created_by_id": 1} for key in range(1, 31)]
    lasting = {"id": 31, "expires_at": None, "created_by_id": None}
    later = {"id": 32, "expires_at": NOW + timedelta(days=1), "created_by_id": 2}
    rows = [{"customer_id": 1, "reason": "大声", "created_at": NOW} | one for one in (*expired, lasting, later)]
    _write(engine, caution, *rows)
    cautions = _facts(engine).cautions
    assert [(one.caution_id, one.by) for one in cautions[:3]] == [(31, ""), (32, "鈴木 健"), (1, "佐藤 美咲")]
    assert len(cautions) == MOST_ROWS


def test_a_number_tells_that_one_is_warned_of_it(engine: Engine) -> None:
    row = {"id": 1, "e164": 1, "raw": "1", "kind": "mobile", "block_state": "warned", "block_reason": "無言"}
    _write(engine, phone_number, row | {"blocked_until": NOW})
    phone = {"customer_id": 1, "phone_number_id": 1, "label": "mobile", "is_primary": True, "confidence": "known"}
    _write(engine, customer_phone, phone)
    (number,) = _facts(engine).numbers
    assert number.block == NumberBlock(BlockState.WARNED, "無言", NOW)


def test_a_strangers_number_tells_that_it_is_blocked(engine: Engine) -> None:
    rows = [{"id": key, "e164": key, "raw": str(key), "kind": "mobile"} for key in (1, 2)]
    _write(engine, phone_number, rows[0] | {"block_state": "blocked"}, rows[1] | {"block_state": None})
    with reading(engine) as connection:
        blocks = [known_about(connection, RungNumber(key, "", str(key))).block() for key in (1, 2, 3)]
    assert blocks == [NumberBlock(BlockState.BLOCKED, "", None), None, None]


@ONLY_SQLITE
def test_a_card_costs_eleven_statements_that_walk_no_table(
    engine: Engine, asked: Callable[..., dict[str, list[str]]]
) -> None:
    """So a customer among ten million, or with a long history, costs the same."""
    _write(engine, purchase, *(_order(key, key, 1000) for key in range(1, 31)))
    plans = asked(lambda connection: customer_facts(connection, 1))
    assert len(plans) == 11
    steps = [step for plan in plans.values() for step in plan]
    assert [step for step in steps if "ix_purchase_newest" in step]
    assert [step for step in steps if "ix_consent_customer_id_at" in step]
    rows_of_one = "SCAN anon_1", "SCAN (subquery"  # the twenty orders themselves; the consents of one customer
    assert not [step for step in steps if step.startswith("SCAN") and not step.startswith(rows_of_one)]
