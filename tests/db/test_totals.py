"""What a card counts is kept by the database itself, whoever writes and however."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update

from db.engine import reading, writing
from db.health import Look, look_at
from db.kinds import ComplaintState, PurchaseState
from db.models import complaint, customer, customer_total, interaction, purchase, purchase_total
from db.totals import wrong_totals
from tests.complaint_state import put_in_state
from tests.db.conftest import NOW, ONLY_SQLITE

PEOPLE = (1, 2, 3)


@pytest.fixture(autouse=True)
def _three_customers(engine: Engine) -> None:
    with writing(engine) as connection:
        people = [
            {"id": key, "customer_no": str(key), "kind": "person", "name": "髙橋", "lifecycle_stage": "active"}
            | {"created_at": NOW}
            for key in PEOPLE
        ]
        connection.execute(customer.insert(), people)


def _contact(key: int, whose: int | None) -> dict[str, Any]:
    row = {"id": UUID(int=key), "customer_id": whose, "channel": "phone", "direction": "in", "kind": "inquiry"}
    return row | {"started_at": NOW - timedelta(hours=key)}


def _order(key: int, whose: int, amount: int, state: PurchaseState, currency: str = "JPY") -> dict[str, Any]:
    row = {"id": key, "customer_id": whose, "order_no": str(key), "ordered_at": NOW, "state": state}
    return row | {"amount": amount, "currency": currency}


def _complaint(key: int, whose: int, state: ComplaintState) -> dict[str, Any]:
    row = {"id": key, "complaint_no": str(key), "customer_id": whose, "category": "品質", "severity": 1}
    return row | {"state": state, "received_at": NOW}


def _total(connection: Connection, whose: int) -> tuple[int, int, int]:
    kept = customer_total.c
    row = connection.execute(
        select(kept.contacts, kept.complaints, kept.open_complaints).where(kept.customer_id == whose)
    ).one()
    return row.contacts, row.complaints, row.open_complaints


def test_many_at_once_and_one_by_one_are_counted_alike(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(interaction), [_contact(key, key % 2 + 1) for key in range(1, 31)])
        connection.execute(insert(interaction).values(_contact(31, 1)))
        connection.execute(insert(interaction).values(_contact(32, None)))
        assert _total(connection, 1) == (16, 0, 0)
        assert _total(connection, 2) == (15, 0, 0)


def test_what_changes_hands_or_goes_is_counted_where_it_is(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(interaction), [_contact(key, 1) for key in range(1, 11)])
        connection.execute(update(interaction).where(interaction.c.id == UUID(int=1)).values(customer_id=2))
        connection.execute(update(interaction).where(interaction.c.id == UUID(int=2)).values(customer_id=None))
        connection.execute(delete(interaction).where(interaction.c.id == UUID(int=3)))
        connection.execute(update(interaction).values(subject="配送"))
        assert _total(connection, 1) == (7, 0, 0)
        assert _total(connection, 2) == (1, 0, 0)
        assert wrong_totals(connection, 20) == ()


def test_a_complaint_that_is_resolved_is_open_no_more(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(complaint), [_complaint(key, 1, ComplaintState.RECEIVED) for key in (1, 2)])
        put_in_state(connection, complaint.c.id == 1, ComplaintState.RESOLVED, NOW)
        assert _total(connection, 1) == (0, 2, 1)


def test_a_customer_goes_with_his_totals(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(interaction), [_contact(1, 1)])
        connection.execute(insert(purchase), [_order(1, 1, 100, PurchaseState.COMPLETED)])
        for table in (interaction, purchase):
            connection.execute(delete(table))
        connection.execute(delete(customer).where(customer.c.id == 1))
        assert connection.execute(select(func.count()).select_from(customer_total)).scalar_one() == 0
        assert connection.execute(select(func.count()).select_from(purchase_total)).scalar_one() == 0


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_written_the_totals_are_what_the_rows_add_up_to(engine: Engine, seed: int) -> None:
    chance = Random(seed)
    for step in range(25):
        with writing(engine) as connection:
            _anything(connection, chance, step)
    with reading(engine) as connection:
        assert wrong_totals(connection, 20) == ()
        assert connection.execute(select(func.sum(customer_total.c.complaints))).scalar_one() == len(
            connection.execute(select(complaint.c.id)).all()
        )


def _anything(connection: Connection, chance: Random, step: int) -> None:
    """One of the things that writers do, to many rows or to one."""
    whose, other, key = chance.choice(PEOPLE), chance.choice(PEOPLE), step * 10
    table = chance.choice((interaction, complaint, purchase))
    state, amount = chance.choice(list(PurchaseState)), chance.randrange(-500, 5000)
    what = chance.randrange(5)
    if what == 0:
        connection.execute(delete(table).where(table.c.customer_id == whose))
    elif what == 1:
        connection.execute(update(table).where(table.c.customer_id == whose).values(customer_id=other))
    elif what == 2:
        changed = {"state": state, "amount": amount, "currency": chance.choice(("JPY", "USD"))}
        connection.execute(update(purchase).where(purchase.c.customer_id == whose).values(changed))
    else:
        places = range(key, key + 5)
        complaints = [_complaint(one, whose, chance.choice(list(ComplaintState))) for one in places]
        connection.execute(insert(complaint), complaints)
        connection.execute(insert(interaction), [_contact(one, chance.choice((None, whose))) for one in places])
        connection.execute(insert(purchase), [_order(one, other, amount, state) for one in places])


@ONLY_SQLITE
def test_a_row_that_was_there_already_is_counted_once(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(purchase), [_order(1, 1, 100, PurchaseState.COMPLETED)])
        columns = "id, customer_id, order_no, ordered_at, state, amount, currency"
        for _again in range(2):
            connection.execute(text(f"INSERT OR IGNORE INTO purchase ({columns}) SELECT {columns} FROM purchase"))
        assert connection.execute(select(purchase_total.c.purchases)).scalar_one() == 1


def test_a_total_that_was_written_by_hand_is_found_by_the_check(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(interaction), [_contact(1, 1)])
        connection.execute(insert(purchase), [_order(1, 2, 100, PurchaseState.COMPLETED)])
        connection.execute(update(customer_total).values(contacts=7))
        connection.execute(update(purchase_total).values(amount=99))
        connection.execute(insert(customer_total).values(customer_id=3, complaints=1))
    (totals,) = [found.wrong for found in look_at(engine) if found.look is Look.TOTALS]
    assert totals == ("customer 1", "customer 2", "customer 3")
