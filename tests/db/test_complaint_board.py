"""The board of complaints on both databases: the most pressing first, page by page, counted, and what is filtered."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update

from db.complaint_board import PAGE, BoardRow, Tab, Wanted, board_choices, board_page, board_row, tally
from db.engine import reading, writing
from db.kinds import OPEN_STATES, ComplaintState
from db.models import complaint, customer, operator, product
from tests.db.conftest import NOW

S = ComplaintState


def fill(engine: Engine, count: int) -> None:
    """In every state, some late, some without a due time, of three handlers and two products."""
    with writing(engine) as connection:
        connection.execute(customer.insert().values(
            id=1, customer_no="C-1", kind="person", name="髙橋 一郎", lifecycle_stage="active", created_at=NOW
        ))  # fmt: skip
        for key, login in enumerate(("sato", "suzuki", "tanaka"), start=1):
            connection.execute(operator.insert().values(id=key, login=login, name=login.title()))
        for key, name in enumerate(("枕", "毛布"), start=1):
            connection.execute(product.insert().values(id=key, code=f"P-{key}", name=name))
        for n in range(count):
            due = None if n % 5 == 0 else NOW + timedelta(hours=(n * 37) % 200 - 100)
            connection.execute(complaint.insert().values(
                complaint_no=f"{n}", customer_id=1, category=("配送遅延", "品質")[n % 2], severity=1 + n % 5,
                state=tuple(S)[n % 7], handler_id=(None, 1, 2, 3)[n % 4], product_id=(None, 1, 2)[n % 3],
                cause=(None, "梱包")[n % 2], received_at=NOW - timedelta(minutes=n // 2), due_at=due,
            ))  # fmt: skip


def all_pages(engine: Engine, wanted: Wanted) -> list[BoardRow]:
    rows: list[BoardRow] = []
    with reading(engine) as connection:
        while True:
            page = board_page(connection, wanted, rows[-1] if rows else None)
            rows += page
            if len(page) < PAGE:
                return rows


def test_pages_give_each_once_the_overdue_first_then_what_is_due_then_the_newest(engine: Engine) -> None:
    fill(engine, 700)
    rows = [one.fact for one in all_pages(engine, Wanted(NOW))]
    opened = [n for n in range(700) if tuple(S)[n % 7] in OPEN_STATES]
    assert sorted(int(one.complaint_no) for one in rows) == opened
    due = [one.due_at for one in rows if one.due_at is not None]
    assert [one.due_at for one in rows[: len(due)]] == sorted(due)
    received = [one.received_at for one in rows[len(due) :]]
    assert received == sorted(received, reverse=True)
    assert len(received) == sum(n % 5 == 0 for n in opened)


@pytest.mark.parametrize("which", [Tab.OVERDUE, S.INVESTIGATING, S.RESOLVED, S.CLOSED])
def test_a_tab_counts_what_its_pages_give(engine: Engine, which: Tab | ComplaintState) -> None:
    fill(engine, 900)
    rows = all_pages(engine, Wanted(NOW, which))
    with reading(engine) as connection:
        counted = tally(connection, Wanted(NOW, which))
    if which is Tab.OVERDUE:
        assert counted.overdue == len(rows) == len({one.fact.complaint_no for one in rows})
        assert all(one.fact.is_open and one.fact.due_at and one.fact.due_at < NOW for one in rows)
    else:
        assert counted.states[S(which)] == len(rows) == len({one.fact.complaint_no for one in rows})
        assert {one.fact.state for one in rows} == {which}


@pytest.mark.parametrize(
    ("more", "is_meant"),
    [
        ({"severity": 4}, lambda n: n % 5 == 3),
        ({"handler": "suzuki"}, lambda n: n % 4 == 2),
        ({"handler": ""}, lambda n: n % 4 == 0),
        ({"product": "枕"}, lambda n: n % 3 == 1),
        ({"product": ""}, lambda n: n % 3 == 0),
        ({"category": "品質"}, lambda n: n % 2 == 1),
        ({"cause": "梱包"}, lambda n: n % 2 == 1),
        ({"cause": "", "severity": 1}, lambda n: n % 2 == 0 and n % 5 == 0),
    ],
)
def test_filters_leave_what_is_meant_and_the_tabs_count_it(engine: Engine, more: dict, is_meant) -> None:  # type: ignore[no-untyped-def, type-arg]  # a table's row
    fill(engine, 420)
    wanted = replace(Wanted(NOW), **more)
    meant = [n for n in range(420) if is_meant(n)]
    opened = sorted(n for n in meant if tuple(S)[n % 7] in OPEN_STATES)
    assert sorted(int(one.fact.complaint_no) for one in all_pages(engine, wanted)) == opened
    with reading(engine) as connection:
        counted = tally(connection, wanted)
    assert Counter(tuple(S)[n % 7] for n in meant) == dict(counted.states)
    assert counted.opened == len(opened)


def test_what_can_be_asked_for_says_how_many_are_open(engine: Engine) -> None:
    fill(engine, 84)
    with reading(engine) as connection:
        found = board_choices(connection)
    opened = [n for n in range(84) if tuple(S)[n % 7] in OPEN_STATES]
    assert {one.value: one.opened for one in found.handlers} == {
        login: sum(n % 4 == place for n in opened) for place, login in enumerate(("", "sato", "suzuki", "tanaka"))
    }
    assert {(one.value, one.name) for one in found.products} == {("", ""), ("枕", "枕"), ("毛布", "毛布")}
    assert sum(one.opened for one in found.causes) == len(opened)
    assert [one.opened for one in found.categories] == sorted((one.opened for one in found.categories), reverse=True)


def test_what_an_erased_customer_complained_of_still_counts_without_a_name(engine: Engine) -> None:
    fill(engine, 14)
    with writing(engine) as connection:
        connection.execute(update(customer).values(erased_at=NOW, name=""))
    assert {one.customer for one in all_pages(engine, Wanted(NOW))} == {""}
    with reading(engine) as connection:
        assert sum(tally(connection, Wanted(NOW)).states.values()) == 14


def test_one_is_read_as_it_stands(engine: Engine) -> None:
    fill(engine, 3)
    with reading(engine) as connection:
        one = board_row(connection, "1")
        assert board_row(connection, "nobody's") is None
        assert connection.execute(select(complaint.c.id).where(complaint.c.complaint_no == "1")).scalar_one() > 0
    assert one is not None
    assert (one.customer_no, one.product, one.cause, one.fact.handler) == ("C-1", "枕", "梱包", "Sato")
