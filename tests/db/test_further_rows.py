"""What a card's lists hold behind their first rows: every row once, in order, however many share an instant."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine

from db.engine import reading, writing
from db.facts import CustomerFacts
from db.further_rows import PAGE, complaints_after, handlers_after, interactions_after, purchases_after
from db.kinds import ComplaintState
from db.models import complaint, customer, customer_handler, interaction, operator, purchase, purchase_item
from db.pop import MOST_ROWS, customer_facts
from tests.db.conftest import ONLY_SQLITE

NOW = datetime(2026, 11, 21, tzinfo=UTC)
MANY = 137
After = Callable[[Connection, int, Any], Sequence[Any]]


@pytest.fixture(autouse=True)
def _one_customer(engine: Engine) -> None:
    with writing(engine) as connection:
        row = {"id": 1, "customer_no": "C-1", "kind": "person", "name": "髙橋", "lifecycle_stage": "active"}
        connection.execute(customer.insert().values(row | {"created_at": NOW}))
        names = [{"id": key, "login": f"o{key}", "name": f"担当 {key}"} for key in range(1, MANY + 1)]
        connection.execute(operator.insert(), names)


def everything(engine: Engine, first: Callable[[CustomerFacts], Sequence[Any]], after: After) -> list[Any]:
    """The card's own rows and all pages behind them, as they were read."""
    with reading(engine) as connection:
        facts = customer_facts(connection, 1)
        assert facts is not None
        rows = list(first(facts))
        assert len(rows) == MOST_ROWS
        while len(page := after(connection, 1, rows[-1])) == PAGE:
            rows += page
    return rows + list(page)


def at(key: int) -> datetime:
    """Seven rows each at the same instant."""
    return NOW - timedelta(hours=key // 7)


def test_contacts(engine: Engine) -> None:
    row = {"customer_id": 1, "channel": "phone", "direction": "in", "kind": "inquiry", "handler_id": 1}
    rows = [row | {"id": UUID(int=key), "started_at": at(key), "subject": str(key)} for key in range(1, MANY + 1)]
    with writing(engine) as connection:
        connection.execute(interaction.insert(), rows)
    read = everything(engine, lambda facts: facts.interactions, interactions_after)
    ordered = sorted(rows, key=lambda one: (one["started_at"], one["id"]), reverse=True)
    assert [one.subject for one in read] == [one["subject"] for one in ordered]
    assert {UUID(one.key) for one in read} == {one["id"] for one in rows}


def test_orders_with_their_items(engine: Engine) -> None:
    row = {"customer_id": 1, "state": "completed", "amount": 100, "currency": "JPY"}
    rows = [row | {"id": key, "order_no": str(key), "ordered_at": at(key)} for key in range(1, MANY + 1)]
    items = [
        {"purchase_id": key, "position": 1, "name": f"品 {key}", "quantity": 1, "amount": 1} for key in range(1, MANY)
    ]
    with writing(engine) as connection:
        connection.execute(purchase.insert(), rows)
        connection.execute(purchase_item.insert(), items)
    read = everything(engine, lambda facts: facts.purchases, purchases_after)
    ordered = sorted(rows, key=lambda one: (one["ordered_at"], one["id"]), reverse=True)
    assert [one.purchase_id for one in read] == [one["id"] for one in ordered]
    assert all([item.name for item in one.items] == [f"品 {one.purchase_id}"] for one in read if one.purchase_id < MANY)


def test_complaints_that_are_open_first(engine: Engine) -> None:
    row = {"customer_id": 1, "category": "配送", "severity": 1}
    states = [ComplaintState.RECEIVED if key % 2 else ComplaintState.CLOSED for key in range(1, MANY + 1)]
    rows = [
        row | {"id": key, "complaint_no": str(key), "received_at": at(key), "state": state}
        for key, state in enumerate(states, start=1)
    ]
    with writing(engine) as connection:
        connection.execute(complaint.insert(), rows)
    read = everything(engine, lambda facts: facts.complaints, complaints_after)
    ordered = sorted(rows, key=lambda one: (one["id"] % 2, one["received_at"], one["id"]), reverse=True)
    assert [one.complaint_id for one in read] == [one["id"] for one in ordered]


def test_handlers_with_the_open_complaints_that_are_theirs(engine: Engine) -> None:
    rows = [{"customer_id": 1, "operator_id": key, "last_at": at(key), "count": key} for key in range(1, MANY + 1)]
    last = {"id": 1, "complaint_no": "9", "customer_id": 1, "category": "配送", "severity": 1, "state": "received"}
    with writing(engine) as connection:
        connection.execute(customer_handler.insert(), rows)
        connection.execute(complaint.insert().values(last | {"handler_id": MANY, "received_at": NOW}))
    read = everything(engine, lambda facts: facts.handlers, handlers_after)
    ordered = sorted(rows, key=lambda one: (-one["last_at"].timestamp(), one["operator_id"]))
    assert [one.operator_id for one in read] == [one["operator_id"] for one in ordered]
    assert [one.operator_id for one in read if one.complaints == ("9",)] == [MANY]


@ONLY_SQLITE
def test_a_page_of_a_long_history_is_read_from_the_index_alone_in_its_order(
    engine: Engine, asked: Callable[..., dict[str, list[str]]]
) -> None:
    row = {"customer_id": 1, "channel": "phone", "direction": "in", "kind": "inquiry"}
    with writing(engine) as connection:
        rows = [row | {"id": UUID(int=key), "started_at": at(key)} for key in range(1, MANY + 1)]
        connection.execute(interaction.insert(), rows)
    with reading(engine) as connection:
        facts = customer_facts(connection, 1)
    assert facts is not None
    plans = asked(lambda connection: interactions_after(connection, 1, facts.interactions[-1]))
    (plan,) = plans.values()
    assert any("ix_interaction_newest (customer_id=? AND (started_at,id)<(?,?))" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
