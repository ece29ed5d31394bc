"""What others do to the records between an import's comparing and its merging: nothing of theirs is ever lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from db.engine import writing
from db.errors import DatabaseUnavailable, Trouble
from db.importing.merge import Merge, Merged
from db.importing.parts import StagingPlace
from db.importing.staged import Staged, StagedComplaint
from tests.db.importing import AT, ask, bring_in, person, phone, plan_for, stage

MOBILE = 819011112222
Meanwhile = Callable[[str], None]


@pytest.fixture
def meanwhile(engine: Engine) -> Meanwhile:
    def change(statement: str) -> None:
        with writing(engine) as connection:
            connection.execute(text(statement), {"at": str(AT)} if ":at" in statement else {})

    return change


@pytest.fixture
def place(tmp_path: Path) -> Iterator[StagingPlace]:
    made = StagingPlace(tmp_path)
    yield made
    made.leave()


def merged_after(engine: Engine, place: StagingPlace, rows: list[Staged], others: Callable[[], None]) -> Merged:
    """The rows merged, when `others` have written something after the comparison."""
    plan = plan_for(rows)
    stage(place, plan.kind, rows)
    with Merge(engine, place, plan) as merge:
        found = merge.compare()
        others()
        return merge.write(found, AT)


ADD_CUSTOMER = """
INSERT INTO customer (customer_no, kind, name, lifecycle_stage, language, created_at, version_id)
VALUES ('K1', 'person', '田中', 'active', 'ja', :at, 1)
"""


def test_a_customer_who_was_entered_by_hand_meanwhile_is_updated(
    engine: Engine, place: StagingPlace, meanwhile: Meanwhile
) -> None:
    rows: list[Staged] = [person(2, "K1", "田中 太郎", phone(MOBILE)), person(3, "K2", "森")]
    merged = merged_after(engine, place, rows, lambda: meanwhile(ADD_CUSTOMER))
    assert (merged.created, merged.updated) == (1, 1)
    assert ask(engine, "SELECT customer_no, name FROM customer ORDER BY customer_no") == [
        ("K1", "田中 太郎"),
        ("K2", "森"),
    ]


def test_a_number_that_was_recorded_meanwhile_is_used(
    engine: Engine, place: StagingPlace, meanwhile: Meanwhile
) -> None:
    add = f"INSERT INTO phone_number (e164, raw, kind, is_shared) VALUES ({MOBILE}, 'by hand', 'mobile', false)"
    merged_after(engine, place, [person(2, "K1", "田中", phone(MOBILE))], lambda: meanwhile(add))
    joined = "phone_number n JOIN customer_phone p ON p.phone_number_id = n.id"
    assert ask(engine, f"SELECT n.raw FROM {joined}") == [("by hand",)]
    assert ask(engine, "SELECT count(*) FROM phone_number") == [(1,)]


def test_what_was_changed_meanwhile_is_compared_again(engine: Engine, tmp_path: Path, meanwhile: Meanwhile) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "田中", rank="A", memo="静か")])
    change = "UPDATE customer SET memo = '左利き', version_id = version_id + 1"
    place = StagingPlace(tmp_path)
    merged_after(engine, place, [person(2, "K1", "田中", rank="B")], lambda: meanwhile(change))
    place.leave()
    assert ask(engine, "SELECT rank, memo, version_id FROM customer") == [("B", "左利き", 3)]
    assert ask(engine, "SELECT before FROM import_row") == [('{"rank": "A"}',)]


def test_customers_that_are_changed_all_the_time_end_the_import_with_nothing_written(
    engine: Engine, tmp_path: Path, meanwhile: Meanwhile, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "田中", rank="A")])
    compare = Merge.compare

    def compare_and_change(merge: Merge) -> Merged:
        found = compare(merge)
        meanwhile("UPDATE customer SET version_id = version_id + 1")
        return found

    monkeypatch.setattr(Merge, "compare", compare_and_change)
    with pytest.raises(DatabaseUnavailable) as told:
        bring_in(engine, tmp_path, [person(2, "K1", "田中", rank="B"), person(3, "K2", "森")])
    assert told.value.reason is Trouble.LOCKED
    assert ask(engine, "SELECT customer_no, rank FROM customer") == [("K1", "A")]


def test_a_complaint_that_was_changed_meanwhile_is_compared_again(
    engine: Engine, tmp_path: Path, meanwhile: Meanwhile
) -> None:
    def told(state: str, severity: int) -> StagedComplaint:
        times = "2026-10-01T10:00:00+09:00", None
        return StagedComplaint(2, "K1", "Q-1", times[0], "配送遅延", severity, None, state, None, None, None, times[1])

    bring_in(engine, tmp_path, [person(2, "K1", "田中")])
    bring_in(engine, tmp_path, [told("received", 2)])
    change = "UPDATE complaint SET text = '電話で', version_id = version_id + 1"
    place = StagingPlace(tmp_path)
    merged_after(engine, place, [told("resolved", 3)], lambda: meanwhile(change))
    place.leave()
    assert ask(engine, "SELECT state, severity, text, version_id FROM complaint") == [("resolved", 3, "電話で", 3)]
    assert ask(engine, "SELECT count(*) FROM complaint_event") == [(2,)]
