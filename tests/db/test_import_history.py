"""Purchases, complaints and interactions of a file: with their customers, once, and taken back as a whole."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from db.engine import reading, writing
from db.importing.staged import StagedComplaint, StagedInteraction, StagedPurchase
from db.importing.undo import undo
from db.models import customer
from db.pop import customer_facts
from tests.db.importing import AT, ask, bring_in, person

DAY = "2026-10-{:02}T10:00:00+09:00"


@pytest.fixture(autouse=True)
def _customers(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "田中"), person(3, "K2", "森")])


def item(
    row: int, order_no: str, product: str, *, who: str = "K1", code: str | None = None, **more: Any
) -> StagedPurchase:
    told = {
        "quantity": 2,
        "unit_price": 500,
        "currency": "JPY",
        "tax_rate": 1000,
        "state": "completed",
        "channel": "web",
    }
    return StagedPurchase(row, who, order_no, DAY.format(1), code, product, **told | more)


def complaint(row: int, number: str, *, who: str = "K1", **more: Any) -> StagedComplaint:
    told: dict[str, Any] = dict.fromkeys(StagedComplaint._fields)
    told |= {"received_at": DAY.format(2), "category": "配送遅延", "severity": 2, "state": "received"}
    return StagedComplaint(**told | {"row": row, "customer_no": who, "complaint_no": number} | more)


def contact(row: int, day: int, subject: str, *, who: str = "K1", handler: str | None = "佐藤") -> StagedInteraction:
    return StagedInteraction(row, who, DAY.format(day), "phone", "in", "inquiry", subject, handler, "inquiry", "本文")


def counted(merged: object) -> tuple[int, ...]:
    return tuple(getattr(merged, name) for name in ("created", "updated", "unchanged", "skipped", "refused"))


def orders(engine: Engine) -> list[tuple[Any, ...]]:
    return ask(engine, "SELECT order_no, state, amount FROM purchase ORDER BY id")


def lines(engine: Engine) -> list[tuple[Any, ...]]:
    joined = "purchase_item i JOIN purchase p ON p.id = i.purchase_id LEFT JOIN product d ON d.id = i.product_id"
    return ask(engine, f"SELECT order_no, position, i.name, code, i.amount FROM {joined} ORDER BY p.id, position")


def last_contacts(engine: Engine) -> dict[str, datetime | None]:
    with reading(engine) as connection:
        found = connection.execute(select(customer.c.customer_no, customer.c.last_contact_at)).all()
    return {str(no): at for no, at in found}


def test_rows_of_one_order_are_one_purchase_with_its_items_in_order(engine: Engine, tmp_path: Path) -> None:
    rows = [
        item(2, "O-1", "茶", code="T"),
        item(3, "O-2", "傘"),
        item(4, "O-1", "菓子", unit_price=300, state="shipping"),
    ]
    merged, _ = bring_in(engine, tmp_path, rows)
    assert counted(merged) == (2, 0, 0, 0, 0)
    assert orders(engine) == [("O-1", "shipping", 1600), ("O-2", "completed", 1000)]
    assert lines(engine) == [("O-1", 1, "茶", "T", 1000), ("O-1", 2, "菓子", None, 600), ("O-2", 1, "傘", None, 1000)]


def test_an_order_told_again_is_updated_and_can_be_put_back(engine: Engine, tmp_path: Path) -> None:
    first = [item(2, "O-1", "茶", code="T"), item(3, "O-1", "菓子"), item(4, "O-2", "傘")]
    bring_in(engine, tmp_path, first)
    assert counted(bring_in(engine, tmp_path, first)[0]) == (0, 0, 2, 0, 0)
    before = orders(engine), lines(engine)
    told = [
        item(2, "O-1", "茶", code="T", quantity=1, state="returned"),
        item(3, "O-2", "傘"),
        item(4, "O-3", "靴", code="S"),
    ]
    merged, _ = bring_in(engine, tmp_path, told)
    assert counted(merged) == (1, 1, 1, 0, 0)
    assert orders(engine)[0] == ("O-1", "returned", -500)
    undone = undo(engine, merged.batch_no, "sato", AT)
    assert (undone.removed, undone.restored, undone.in_use, undone.changed_since) == (1, 1, 0, 0)
    assert (orders(engine), lines(engine)) == before
    assert ask(engine, "SELECT code FROM product") == [("T",)]


def test_rows_of_nobody_or_of_somebody_elses_order_are_refused(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [item(2, "O-1", "茶")])
    rows = [
        item(2, "O-9", "茶", who="K9"),
        item(3, "O-1", "茶", who="K2"),
        item(4, "O-2", "茶"),
        item(5, "O-2", "茶", who="K2"),
    ]
    merged, refused = bring_in(engine, tmp_path, rows)
    assert counted(merged) == (1, 0, 0, 0, 3)
    assert [tuple(one) for one in refused] == [
        (2, "customer_no", "no_customer", "K9"),
        (3, "order_no", "other_customer", "O-1"),
        (5, "order_no", "other_customer", "O-2"),
    ]


def test_history_of_a_merged_customer_goes_to_whom_he_became(engine: Engine, tmp_path: Path) -> None:
    with writing(engine) as connection:
        target = "SELECT id FROM customer WHERE customer_no = 'K2'"
        connection.execute(text(f"UPDATE customer SET merged_into_id = ({target}) WHERE customer_no = 'K1'"))
    bring_in(engine, tmp_path, [item(2, "O-1", "茶")])
    assert ask(engine, "SELECT customer_no FROM purchase p JOIN customer c ON c.id = p.customer_id") == [("K2",)]


def test_a_complaint_moves_only_with_an_event_and_back_with_another(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [complaint(2, "Q-1", handler="佐藤"), complaint(3, "Q-2", state="closed")])
    events = (
        "SELECT complaint_no, from_state, to_state FROM complaint_event e JOIN complaint c ON c.id = e.complaint_id"
    )
    assert sorted(ask(engine, events), key=str) == sorted(
        [("Q-1", None, "received"), ("Q-2", None, "received"), ("Q-2", "received", "closed")], key=str
    )
    told = [
        complaint(2, "Q-1", state="resolved", resolution="交換", resolved_at=DAY.format(9)),
        complaint(3, "Q-2", state="closed"),
    ]
    merged, _ = bring_in(engine, tmp_path, told)
    assert counted(merged) == (0, 1, 1, 0, 0)
    assert ("Q-1", "received", "resolved") in ask(engine, events)
    undone = undo(engine, merged.batch_no, "sato", AT)
    assert (undone.removed, undone.restored) == (0, 1)
    assert ("Q-1", "resolved", "received") in ask(engine, events)
    kept = "SELECT state, resolution, o.name FROM complaint c JOIN operator o ON o.id = c.handler_id"
    assert ask(engine, kept) == [("received", None, "佐藤")]


def test_complaints_that_an_import_made_go_with_their_events(engine: Engine, tmp_path: Path) -> None:
    merged, _ = bring_in(engine, tmp_path, [complaint(2, "Q-1", handler="佐藤"), complaint(3, "Q-1")])
    assert counted(merged) == (1, 0, 0, 0, 1)
    assert undo(engine, merged.batch_no, "mori", AT).removed == 1
    for table in ("complaint", "complaint_event"):
        assert ask(engine, f"SELECT count(*) FROM {table}") == [(0,)]
    assert ask(engine, "SELECT login FROM operator ORDER BY login") == [("mori",), ("sato",)]


def test_interactions_are_known_again_without_a_key(engine: Engine, tmp_path: Path) -> None:
    rows = [
        contact(2, 1, "納期"),
        contact(3, 5, "返品"),
        contact(4, 5, "返品"),
        contact(5, 3, "質問", who="K2", handler=None),
    ]
    assert counted(bring_in(engine, tmp_path, rows)[0]) == (3, 0, 1, 0, 0)
    merged, _ = bring_in(engine, tmp_path, [*rows, contact(6, 7, "督促")])
    assert counted(merged) == (1, 0, 4, 0, 0)
    with reading(engine) as connection:
        facts = customer_facts(connection, ask(engine, "SELECT id FROM customer WHERE customer_no = 'K1'")[0][0])
    assert facts is not None
    assert [one.subject for one in facts.interactions] == ["督促", "返品", "納期"]
    assert [(one.name, one.count, one.last_subject) for one in facts.handlers] == [("佐藤", 3, "督促")]
    assert facts.customer.last_contact_at == facts.interactions[0].at


@pytest.mark.parametrize("row", [item(2, "O-1", "茶"), complaint(2, "C-1")], ids=["order", "complaint"])
def test_an_order_or_a_complaint_is_a_contact_until_it_is_taken_back(
    engine: Engine, tmp_path: Path, row: StagedPurchase | StagedComplaint
) -> None:
    """Somebody who only ordered something years ago may have given up the number that he had then."""
    bring_in(engine, tmp_path, [contact(2, 1, "前")])
    before = last_contacts(engine)
    older, newer = (row._replace(**{row._fields[3]: f"{year}-10-20T10:00:00+09:00", "row": 2}) for year in (2019, 2026))
    merged, _ = bring_in(engine, tmp_path, [older])
    assert last_contacts(engine) == before
    undo(engine, merged.batch_no, "sato", AT)
    merged, _ = bring_in(engine, tmp_path, [newer])
    assert last_contacts(engine)["K1"] == datetime(2026, 10, 20, 1, tzinfo=UTC)
    undo(engine, merged.batch_no, "sato", AT)
    assert last_contacts(engine) == before


def test_an_order_is_the_only_contact_of_who_never_called(engine: Engine, tmp_path: Path) -> None:
    old = item(2, "O-1", "茶")._replace(ordered_at="2020-03-03T00:00:00+09:00")
    merged, _ = bring_in(engine, tmp_path, [old, item(3, "O-2", "傘", who="K2")])
    assert last_contacts(engine) == {
        "K1": datetime(2020, 3, 2, 15, tzinfo=UTC), "K2": datetime(2026, 10, 1, 1, tzinfo=UTC)
    }  # fmt: skip
    undo(engine, merged.batch_no, "sato", AT)
    assert last_contacts(engine) == {"K1": None, "K2": None}


def test_interactions_taken_back_leave_the_summaries_right(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [contact(2, 1, "納期")])
    merged, _ = bring_in(engine, tmp_path, [contact(2, 5, "返品"), contact(3, 6, "督促", handler="鈴木")])
    assert undo(engine, merged.batch_no, "sato", AT).removed == 2
    with reading(engine) as connection:
        facts = customer_facts(connection, ask(engine, "SELECT id FROM customer WHERE customer_no = 'K1'")[0][0])
    assert facts is not None
    assert [one.subject for one in facts.interactions] == ["納期"]
    assert [(one.name, one.count, one.last_subject) for one in facts.handlers] == [("佐藤", 1, "納期")]
    assert facts.customer.last_contact_at == facts.interactions[0].at
