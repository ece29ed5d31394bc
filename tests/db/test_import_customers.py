"""Customers of a file in the records: once, whole, and never mixed up, on both databases."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from db.customers import owners_of_suffix
from db.engine import reading, writing
from db.importing.staged import DuplicateRule
from db.importing.who_is_who import suppression_hash
from tests.db.importing import AT, ask, bring_in, person, phone

MOBILE, HOME, WORK = 819011112222, 81312345678, 81398765432
NUMBERS = """
SELECT c.customer_no, n.e164, n.raw, p.extension, p.is_primary, p.source FROM customer_phone p
JOIN customer c ON c.id = p.customer_id JOIN phone_number n ON n.id = p.phone_number_id ORDER BY p.id
"""


def counted(merged: object) -> tuple[int, ...]:
    return tuple(getattr(merged, name) for name in ("created", "updated", "unchanged", "skipped", "refused"))


def test_new_customers_come_with_their_numbers_in_the_order_of_the_file(engine: Engine, tmp_path: Path) -> None:
    rows = [
        person(2, "K1", "田中 太郎", phone(MOBILE), phone(HOME, "03-1234-5678"), rank="A", birth_date="1980-02-29"),
        person(3, "K2", "佐藤 花子", phone(HOME, "03-1234-5678", "12"), email="h@example.com"),
    ]
    merged, refused = bring_in(engine, tmp_path, rows)
    assert counted(merged) == (2, 0, 0, 0, 0)
    assert merged.batch_no == "B-20261122-1"
    assert not refused
    assert [row[0] for row in ask(engine, "SELECT customer_no FROM customer ORDER BY id")] == ["K1", "K2"]
    assert ask(engine, NUMBERS) == [
        ("K1", MOBILE, "09011112222", "", True, "import"),
        ("K1", HOME, "03-1234-5678", "", False, "import"),
        ("K2", HOME, "03-1234-5678", "12", True, "import"),
    ]
    told = ask(
        engine, "SELECT rank, CAST(birth_date AS TEXT), email, digits_rev FROM customer, phone_number ORDER BY 1, 3"
    )
    assert ("A", "1980-02-29", None, 222211110918000) in told


@pytest.mark.parametrize(
    ("raw", "rung", "found"),
    [
        ("6346-9911", "81363469911", ("K1",)),
        ("６３４６−９９１１", "81663469911", ("K1",)),
        ("6346-9911", "81363469912", ()),
        ("346-9911", "81363469911", ()),
        ("201", "81300000201", ()),
        ("0", "00000000", ()),
        ("03-1234-5678, 6346-9911", "81363469911", ()),
    ],
)
def test_a_number_without_its_area_code_is_found_by_its_ending(
    engine: Engine, tmp_path: Path, raw: str, rung: str, found: tuple[str, ...]
) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "田中", phone(None, raw))])
    with reading(engine) as connection:
        assert tuple(one.customer_no for one in owners_of_suffix(connection, rung)) == found


def test_importing_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    rows = [person(2, "K1", "田中", phone(MOBILE), household="田中家"), person(3, "K2", "佐藤", phone(None, "201"))]
    bring_in(engine, tmp_path, rows)
    merged, _ = bring_in(engine, tmp_path, rows)
    assert counted(merged) == (0, 0, 2, 0, 0)
    assert merged.batch_no == ""
    assert ask(engine, "SELECT count(*), max(version_id) FROM customer") == [(2, 1)]
    assert ask(engine, "SELECT count(*) FROM customer_phone") == [(2,)]
    assert ask(engine, "SELECT count(*) FROM household_member") == [(1,)]


def test_importing_again_changes_only_what_the_file_tells(engine: Engine, tmp_path: Path) -> None:
    bring_in(
        engine, tmp_path, [person(2, "K1", "田中", phone(MOBILE), rank="A", memo="静かに"), person(3, "K2", "佐藤")]
    )
    changed = [person(2, "K1", "田中", phone(HOME, "03-1234-5678"), rank="B"), person(3, "K2", "佐藤")]
    merged, _ = bring_in(engine, tmp_path, changed)
    assert counted(merged) == (0, 1, 1, 0, 0)
    found = ask(engine, "SELECT rank, memo, version_id FROM customer ORDER BY customer_no")
    assert found == [("B", "静かに", 2), (None, None, 1)]
    live = "SELECT CAST(n.e164 AS BIGINT) FROM customer_phone p JOIN phone_number n ON n.id = p.phone_number_id"
    assert ask(engine, f"{live} WHERE p.valid_to IS NULL") == [(HOME,)]
    told = ask(engine, "SELECT before, after FROM import_row WHERE table_name = 'customer'")
    assert told == [('{"rank": "A"}', '{"rank": "B"}')]


def test_a_key_that_stands_twice_in_the_file_counts_once(engine: Engine, tmp_path: Path) -> None:
    merged, refused = bring_in(
        engine, tmp_path, [person(2, "K1", "田中"), person(3, "K2", "林"), person(4, "K1", "別人")]
    )
    assert counted(merged) == (2, 0, 0, 0, 1)
    assert refused == [(4, "customer_no", "twice", "K1")]
    assert ask(engine, "SELECT name FROM customer ORDER BY id") == [("田中",), ("林",)]


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        (DuplicateRule.UPDATE, (0, 1, 0, 0, 0)),
        (DuplicateRule.SKIP, (0, 0, 0, 1, 0)),
        (DuplicateRule.CREATE, (1, 0, 0, 0, 0)),
    ],
)
def test_a_row_without_a_known_key_is_judged_by_number_and_name(
    engine: Engine, tmp_path: Path, rule: DuplicateRule, counts: tuple[int, ...]
) -> None:
    bring_in(
        engine, tmp_path, [person(2, "K1", "髙橋 一郎", phone(MOBILE)), person(3, "K2", "高橋 花子", phone(MOBILE))]
    )
    merged, _ = bring_in(engine, tmp_path, [person(2, "", "高橋一郎", phone(MOBILE), rank="A")], rule)
    assert counted(merged) == counts
    assert ask(engine, "SELECT rank FROM customer WHERE customer_no = 'K1'") == [
        ("A" if rule is DuplicateRule.UPDATE else None,)
    ]


def test_the_same_number_with_another_name_is_another_customer(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "高橋 一郎", phone(MOBILE))])
    assert counted(bring_in(engine, tmp_path, [person(2, "", "鈴木 一郎", phone(MOBILE))])[0]) == (1, 0, 0, 0, 0)


def test_who_has_no_customer_number_gets_the_next_free_one(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "C-000041", "田中"), person(3, "X-9", "林")])
    bring_in(engine, tmp_path, [person(2, "", "佐藤"), person(3, "C-000050", "森"), person(4, "", "原")])
    found = [row[0] for row in ask(engine, "SELECT customer_no FROM customer ORDER BY name")]
    assert sorted(found) == ["C-000041", "C-000050", "C-000051", "C-000052", "X-9"]


def test_keys_of_another_system_are_remembered_beside_our_numbers(engine: Engine, tmp_path: Path) -> None:
    rows = [person(2, "0001", "田中", phone(MOBILE)), person(3, "0002", "佐藤")]
    bring_in(engine, tmp_path, rows, system="crm")
    assert ask(engine, "SELECT customer_no FROM customer ORDER BY id") == [("C-000001",), ("C-000002",)]
    renamed = [person(2, "0001", "田中 太郎"), person(3, "0003", "森")]
    assert counted(bring_in(engine, tmp_path, renamed, system="crm")[0]) == (1, 1, 0, 0, 0)
    assert counted(bring_in(engine, tmp_path, rows, system="shop")[0]) == (2, 0, 0, 0, 0)


def test_a_key_that_was_matched_by_name_is_known_from_then_on(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "田中", phone(MOBILE))])
    bring_in(engine, tmp_path, [person(2, "alt-1", "田中", phone(MOBILE), rank="A")])
    merged, _ = bring_in(engine, tmp_path, [person(2, "alt-1", "田中 太郎", rank="B")])
    assert counted(merged) == (0, 1, 0, 0, 0)
    assert ask(engine, "SELECT customer_no, rank FROM customer") == [("K1", "B")]


def test_a_row_of_a_merged_customer_goes_to_whom_he_became(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "田中"), person(3, "K2", "田中 太郎")])
    with writing(engine) as connection:
        target = "SELECT id FROM customer WHERE customer_no = 'K2'"
        connection.execute(text(f"UPDATE customer SET merged_into_id = ({target}) WHERE customer_no = 'K1'"))
    bring_in(engine, tmp_path, [person(2, "K1", "田中 太郎", rank="A")])
    assert ask(engine, "SELECT customer_no, rank FROM customer ORDER BY id") == [("K1", None), ("K2", "A")]


def test_an_erased_customer_is_not_brought_back(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "田中", phone(MOBILE))])
    with writing(engine) as connection:
        connection.execute(text("UPDATE customer SET erased_at = :at, name = ''"), {"at": str(AT)})
        columns = "(id, customer_no, suppression_hash, requested_at) VALUES (:id, 'K7', :hash, :at)"
        request = {"id": UUID(int=1).hex, "hash": suppression_hash("佐藤", HOME), "at": str(AT)}
        connection.execute(text(f"INSERT INTO erasure_request {columns}"), request)
    rows = [person(2, "K1", "田中"), person(3, "new", "佐藤"), person(4, "K8", "佐 藤", phone(HOME, "03-1234-5678"))]
    merged, refused = bring_in(engine, tmp_path, rows)
    assert counted(merged) == (1, 0, 0, 0, 2)
    assert [(one.row, one.because) for one in refused] == [(2, "erased"), (4, "erased")]


def test_households_are_told_apart_by_their_place(engine: Engine, tmp_path: Path) -> None:
    rows = [
        person(2, "K1", "田中 太郎", household="田中家", postal_code="100-0001"),
        person(3, "K2", "田中 花子", household="田中家", postal_code="100-0001"),
        person(4, "K3", "田中 次郎", household="田中家", postal_code="530-0001"),
    ]
    bring_in(engine, tmp_path, rows)
    bring_in(engine, tmp_path, [person(2, "K4", "田中 三郎", household="田中家", postal_code="530-0001")])
    homes = ask(engine, "SELECT household_id, count(*) FROM household_member GROUP BY 1 ORDER BY 1")
    assert [row[1] for row in homes] == [2, 2]


def test_a_person_is_linked_to_the_one_company_of_that_name(engine: Engine, tmp_path: Path) -> None:
    rows = [
        person(2, "K1", "山本商店", kind="company"),
        person(3, "K2", "田中", company="山本商店"),
        person(4, "K3", "支店", kind="company"),
        person(5, "K4", "支店", kind="company"),
        person(6, "K5", "林", company="支店"),
    ]
    bring_in(engine, tmp_path, rows)
    bring_in(engine, tmp_path, [person(2, "K6", "森", company="山本商店")])
    people = "JOIN customer w ON w.id = l.company_id JOIN customer p ON p.id = l.person_id"
    links = f"SELECT w.customer_no, p.customer_no FROM company_link l {people} ORDER BY 2"
    assert ask(engine, links) == [("K1", "K2"), ("K1", "K6")]
    assert ask(engine, "SELECT company FROM customer WHERE customer_no = 'K5'") == [("支店",)]


def test_batches_of_a_day_are_counted(engine: Engine, tmp_path: Path) -> None:
    numbers = [bring_in(engine, tmp_path, [person(2, f"K{one}", "田中")])[0].batch_no for one in range(3)]
    assert numbers == ["B-20261122-1", "B-20261122-2", "B-20261122-3"]
    told = ask(engine, "SELECT file_name, created, login FROM import_batch b JOIN operator o ON o.id = b.operator_id")
    assert told == [("kunden.csv", 1, "sato")] * 3
