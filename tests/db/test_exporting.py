"""Rows to hand out, on both databases: each once, page by page, in one order."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select, update

from db import exporting
from db.calls import CallRow, save_call
from db.engine import reading, writing
from db.exporting import NoteOut, PhoneOut, Span
from db.kinds import Direction, NoteKind, Outcome
from db.models import call, complaint, customer, customer_phone, interaction, purchase, purchase_item
from db.wrap_up import WrapUp, finish_call

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
Reader = Callable[[Engine, Span], Iterator[tuple[list[Any], Any]]]
READERS: dict[str, Reader] = {
    "customers": exporting.customers,
    "purchases": exporting.purchases,
    "complaints": exporting.complaints,
    "interactions": exporting.interactions,
}


def rows(reader: Reader, engine: Engine, span: Span = Span()) -> list[Any]:  # noqa: B008 -- it is frozen
    return [tuple(row) for page, _more in reader(engine, span) for row in page]


def count(engine: Engine, table: Any) -> int:
    with reading(engine) as connection:
        found: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return found


@pytest.mark.parametrize("name", READERS)
def test_small_pages_give_the_same_rows_as_large_ones(demo: Engine, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = rows(READERS[name], demo)
    monkeypatch.setattr(exporting, "PAGE", 7)
    assert rows(READERS[name], demo) == at_once
    assert len(at_once) == len(set(at_once)) > 7


def test_all_rows_are_handed_out(demo: Engine) -> None:
    tables = (customer, purchase_item, complaint, interaction)
    counts = [count(demo, table) for table in tables]
    with reading(demo) as connection:
        nobody = select(func.count()).where(interaction.c.customer_id.is_(None))
        counts[3] -= connection.execute(nobody).scalar_one()
    assert [len(rows(reader, demo)) for reader in READERS.values()] == counts


def test_customers_come_with_the_numbers_that_are_theirs(demo: Engine) -> None:
    phones = [phone for _page, some in exporting.customers(demo, Span()) for phone in some]
    live = select(func.count()).where(customer_phone.c.valid_to.is_(None))
    with reading(demo) as connection:
        assert len(phones) == connection.execute(live).scalar_one()
    assert phones[0] == PhoneOut(1, 81335814111, "03-3581-4111", "", "fixed", "home")


def test_merged_and_erased_customers_stay_inside(demo: Engine) -> None:
    with writing(demo) as connection:
        connection.execute(update(customer).where(customer.c.id == 3).values(merged_into_id=1))
        connection.execute(update(customer).where(customer.c.id == 4).values(erased_at=NOW))
    assert {3, 4} & {row[0] for row in rows(exporting.customers, demo)} == set()


def test_a_span_of_time_has_its_first_instant_and_not_its_end(demo: Engine) -> None:
    with reading(demo) as connection:
        first, last = connection.execute(select(func.min(purchase.c.ordered_at), func.max(purchase.c.ordered_at))).one()
    assert len(rows(exporting.purchases, demo, Span(first, last + timedelta(seconds=1)))) == count(demo, purchase_item)
    within = [page.ordered_at for some, _none in exporting.purchases(demo, Span(first, last)) for page in some]
    assert min(within) == first
    assert max(within) < last


@pytest.mark.parametrize("name", READERS)
def test_one_customers_rows_are_his_alone(demo: Engine, name: str) -> None:
    found = [row for page, _more in READERS[name](demo, Span(customer_no="C-000001")) for row in page]
    assert found
    assert {row.customer_no for row in found} == {"C-000001"}


def test_calls_come_with_their_newest_notes(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    ids = [uuid4() for _ in range(5)]
    with writing(engine) as connection:
        for number, one in enumerate(ids):
            at = NOW + timedelta(minutes=number // 2)  # two at one instant
            save_call(connection, CallRow(one, "s", str(one), Direction.IN, at, Outcome.ANSWERED))
        for text in ("first", "second"):
            finish_call(connection, WrapUp(ids[0], None, "sato", NOW, text, "to the next"))
    pages = list(exporting.calls(engine, Span()))
    assert sorted(row.id for page, _notes in pages for row in page) == sorted(ids)
    notes = {note for _page, some in pages for note in some}
    assert notes == {NoteOut(ids[0], NoteKind.BODY, "second"), NoteOut(ids[0], NoteKind.HANDOVER, "to the next")}


def test_nothing_is_no_page(engine: Engine) -> None:
    assert count(engine, call) == 0
    assert list(exporting.calls(engine, Span())) == []
