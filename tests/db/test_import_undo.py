"""An import taken back: what nobody has used goes, what was changed by it comes back, all else stays and is told."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from db.engine import reading, writing
from db.importing.undo import AlreadyUndone, NoSuchBatch, Undone, batches, undo
from db.merging.merge import MergeOrder, merge_customers
from db.merging.undo import undo_merge
from db.search import search_customers
from tests.db.importing import AT, ask, bring_in, person, phone

MOBILE, HOME, WORK = 819011112222, 81312345678, 81398765432
TABLES = ("customer", "phone_number", "customer_phone", "household", "household_member", "company_link", "external_ref")


def taken_back(engine: Engine, batch_no: str) -> Undone:
    return undo(engine, batch_no, "sato", AT)


def change(engine: Engine, statement: str, **values: Any) -> None:
    with writing(engine) as connection:
        connection.execute(text(statement), values)


def counts(engine: Engine) -> dict[str, int]:
    return {table: ask(engine, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


def test_what_an_import_made_goes_with_all_that_belongs_to_it(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "K0", "森商店", phone(WORK), kind="company")])
    before = counts(engine)
    rows = [
        person(2, "K1", "田中 太郎", phone(MOBILE), phone(WORK), household="田中家", company="森商店"),
        person(3, "K2", "田中 花子", phone(HOME, "03-1234-5678"), household="田中家"),
    ]
    merged, _ = bring_in(engine, tmp_path, rows, system="crm")
    undone = taken_back(engine, merged.batch_no)
    assert undone == Undone(merged.batch_no, 2, 0, 0, 0, ())
    assert counts(engine) == before
    assert ask(engine, "SELECT customer_no FROM customer") == [("K0",)]
    assert ask(engine, "SELECT count(*) FROM import_range WHERE batch_id > 1") == [(0,)]


def test_values_that_an_import_replaced_come_back(engine: Engine, tmp_path: Path) -> None:
    first = [person(2, "K1", "田中", phone(MOBILE), rank="A", birth_date="1980-02-29"), person(3, "K2", "森")]
    bring_in(engine, tmp_path, first)
    before = counts(engine)
    told = [
        person(
            2, "K1", "田中 太郎", phone(HOME, "03-1234-5678"), rank="B", birth_date="1981-01-01", household="田中家"
        ),
        person(3, "K2", "森", memo="左利き"),
    ]
    merged, _ = bring_in(engine, tmp_path, told)
    assert taken_back(engine, merged.batch_no) == Undone(merged.batch_no, 0, 2, 0, 0, ())
    found = ask(engine, "SELECT name, rank, CAST(birth_date AS TEXT), memo FROM customer ORDER BY id")
    assert found == [("田中", "A", "1980-02-29", None), ("森", None, None, None)]
    assert counts(engine) == before


def test_who_was_merged_since_stays_with_his_numbers(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "田中 太郎", phone(MOBILE))])
    imported, _ = bring_in(
        engine, tmp_path, [person(2, "K2", "田中", phone(HOME, "03-1234-5678")), person(3, "K3", "森")]
    )
    kept, merged = (ask(engine, f"SELECT id FROM customer WHERE customer_no = '{no}'")[0][0] for no in ("K1", "K2"))
    with writing(engine) as connection:
        number = merge_customers(connection, MergeOrder(kept, merged, 1, 1, "sato", AT, {}))
    undone = taken_back(engine, imported.batch_no)
    assert (undone.removed, undone.in_use) == (1, 1)
    assert ask(engine, "SELECT count(*) FROM customer_phone WHERE customer_id = :id", id=kept) == [(2,)]
    with writing(engine) as connection:
        undo_merge(connection, number, "sato", AT)
    assert ask(engine, "SELECT count(*) FROM customer_phone WHERE customer_id = :id", id=merged) == [(1,)]


def test_a_value_that_was_changed_since_stays_and_is_counted(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "田中", rank="A", memo="静か")])
    merged, _ = bring_in(engine, tmp_path, [person(2, "K1", "田中", rank="B", memo="元気")])
    change(engine, "UPDATE customer SET rank = 'S', version_id = version_id + 1")
    assert taken_back(engine, merged.batch_no) == Undone(merged.batch_no, 0, 1, 0, 1, ())
    assert ask(engine, "SELECT rank, memo FROM customer") == [("S", "静か")]


WHO = "FROM customer WHERE customer_no = 'K1'"
USES = {
    "a note": f"INSERT INTO note (id, customer_id, kind, created_at) SELECT :id, id, 'body', :at {WHO}",
    "a caution": f"INSERT INTO caution (customer_id, reason, created_at) SELECT id, '', :at {WHO}",
    "a change": "UPDATE customer SET version_id = version_id + 1 WHERE customer_no = 'K1'",
    "a call": f"UPDATE customer_phone SET last_used_at = :at WHERE customer_id IN (SELECT id {WHO})",
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_a_customer_who_is_in_use_stays_with_his_numbers(engine: Engine, tmp_path: Path, use: str) -> None:
    rows = [person(2, "K1", "田中", phone(MOBILE)), person(3, "K2", "森", phone(MOBILE), phone(WORK))]
    merged, _ = bring_in(engine, tmp_path, rows)
    change(engine, use, **{name: one for name, one in {"id": f"{1:032}", "at": str(AT)}.items() if f":{name}" in use})
    assert taken_back(engine, merged.batch_no) == Undone(merged.batch_no, 1, 0, 1, 0, ())
    assert ask(engine, "SELECT customer_no FROM customer") == [("K1",)]
    assert ask(engine, "SELECT e164 FROM phone_number") == [(MOBILE,)]


def test_undoing_twice_or_an_unknown_batch_says_so(engine: Engine, tmp_path: Path) -> None:
    merged, _ = bring_in(engine, tmp_path, [person(2, "K1", "田中")])
    taken_back(engine, merged.batch_no)
    with pytest.raises(AlreadyUndone) as told:
        taken_back(engine, merged.batch_no)
    assert told.value.at == AT
    with pytest.raises(NoSuchBatch):
        taken_back(engine, "B-19990101-1")


def test_a_later_import_of_the_same_customers_is_named(engine: Engine, tmp_path: Path) -> None:
    first, _ = bring_in(engine, tmp_path, [person(2, "K1", "田中"), person(3, "K2", "森")])
    second, _ = bring_in(engine, tmp_path, [person(2, "K1", "田中", rank="A")])
    bring_in(engine, tmp_path, [person(2, "K9", "林")])
    assert taken_back(engine, first.batch_no) == Undone(first.batch_no, 1, 0, 1, 0, (second.batch_no,))
    assert ask(engine, "SELECT customer_no, rank FROM customer ORDER BY id") == [("K1", "A"), ("K9", None)]


def test_who_was_taken_back_can_be_imported_again(engine: Engine, tmp_path: Path) -> None:
    rows = [person(2, "K1", "田中", phone(MOBILE))]
    for _ in range(2):
        merged, _refused = bring_in(engine, tmp_path, rows)
        assert merged.created == 1
        taken_back(engine, merged.batch_no)
    assert [one.undone_at for one in batches(engine)] == [AT, AT]
    assert [one.batch_no for one in batches(engine)] == ["B-20261122-2", "B-20261122-1"]


def test_the_search_finds_what_was_imported_and_forgets_what_was_taken_back(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "髙橋 一郎", phone(MOBILE))])
    rows = [person(2, "K1", "高橋 次郎", phone(HOME)), person(3, "", "林", phone(WORK))]
    merged, _ = bring_in(engine, tmp_path, rows)
    asked = ("高橋次郎", "0312345678", "林", "C-000001", "7654")

    def found() -> list[list[str]]:
        with reading(engine) as connection:
            return [[one.customer_no for one in search_customers(connection, text)] for text in asked]

    assert found() == [["K1"], ["K1"], ["C-000001"], ["C-000001"], ["C-000001"]]
    taken_back(engine, merged.batch_no)
    assert found() == [[], [], [], [], []]
    with reading(engine) as connection:
        assert [one.customer_no for one in search_customers(connection, "高橋一郎 2222")] == ["K1"]
