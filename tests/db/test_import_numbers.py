"""A file that says another number than before: the old one is given up, what operators attached stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from db.belonging import NewNumber, attach_number
from db.engine import writing
from db.importing.merge import Merged
from db.importing.undo import Undone, undo
from db.kinds import NumberKind
from db.merging.merge import MergeOrder, merge_customers
from tests.db.importing import AT, ask, bring_in, person, phone

MOBILE, OTHER, HOME, WORK = 819011112222, 819033334444, 81312345678, 81398765432
NUMBERS = """
SELECT n.e164, p.valid_to IS NULL, p.is_primary FROM customer_phone p
JOIN customer c ON c.id = p.customer_id JOIN phone_number n ON n.id = p.phone_number_id
WHERE c.customer_no = :no ORDER BY p.id
"""


def numbers(engine: Engine, no: str = "K1") -> list[tuple[int, bool, bool]]:
    """Each with whether it is live, and whether it is the primary one."""
    return [(e164, bool(live), bool(primary)) for e164, live, primary in ask(engine, NUMBERS, no=no)]


def say(engine: Engine, folder: Path, *e164s: int, label: str = "mobile", system: str = "", **more: str) -> Merged:
    """A file with one row, a minute after the one before."""
    row = person(2, "K1", "田中", *[phone(one, label=label) for one in e164s], **more)
    [(before,)] = ask(engine, "SELECT count(*) FROM import_batch")
    return bring_in(engine, folder, [row], system=system, at=AT + timedelta(minutes=before))[0]


def change(engine: Engine, statement: str) -> None:
    with writing(engine) as connection:
        connection.execute(text(statement))


def test_the_number_that_the_file_says_no_more_is_given_up(engine: Engine, tmp_path: Path) -> None:
    say(engine, tmp_path, MOBILE)
    merged = say(engine, tmp_path, OTHER)
    assert (merged.created, merged.updated) == (0, 1)
    assert numbers(engine) == [(MOBILE, False, True), (OTHER, True, True)]


def test_a_number_that_is_said_again_is_live_again(engine: Engine, tmp_path: Path) -> None:
    for one in (MOBILE, OTHER, MOBILE):
        say(engine, tmp_path, one)
    assert numbers(engine) == [(MOBILE, True, True), (OTHER, False, True)]
    assert say(engine, tmp_path, MOBILE).batch_no == ""


def test_one_of_two_numbers_goes_and_the_other_becomes_the_primary_one(engine: Engine, tmp_path: Path) -> None:
    say(engine, tmp_path, MOBILE, OTHER)
    second = say(engine, tmp_path, OTHER)
    assert second.updated == 1
    assert numbers(engine) == [(MOBILE, False, True), (OTHER, True, True)]
    undo(engine, second.batch_no, "sato", AT)
    assert numbers(engine) == [(MOBILE, True, True), (OTHER, True, False)]


def test_an_empty_cell_takes_no_number_away(engine: Engine, tmp_path: Path) -> None:
    say(engine, tmp_path, MOBILE)
    say(engine, tmp_path, rank="A")
    assert numbers(engine) == [(MOBILE, True, True)]


def test_a_column_speaks_for_its_own_numbers_only(engine: Engine, tmp_path: Path) -> None:
    say(engine, tmp_path, MOBILE)
    say(engine, tmp_path, HOME, label="home")
    assert numbers(engine) == [(MOBILE, True, True), (HOME, True, False)]
    bring_in(engine, tmp_path, [person(2, "K1", "田中", phone(WORK), number_columns=",any,")])
    assert numbers(engine) == [(MOBILE, True, True), (HOME, True, False), (WORK, True, False)]


def test_a_column_of_all_kinds_speaks_for_all_that_it_told(engine: Engine, tmp_path: Path) -> None:
    told = phone(MOBILE), phone(HOME, label="other")
    bring_in(engine, tmp_path, [person(2, "K1", "田中", *told, number_columns=",any,")])
    bring_in(engine, tmp_path, [person(2, "K1", "田中", phone(WORK, label="other"), number_columns=",any,")])
    assert numbers(engine) == [(MOBILE, False, True), (HOME, False, False), (WORK, True, True)]


def test_another_source_keeps_what_it_told(engine: Engine, tmp_path: Path) -> None:
    say(engine, tmp_path, MOBILE)
    change(engine, "INSERT INTO external_ref (system, external_id, customer_id) SELECT 'crm', 'K1', id FROM customer")
    say(engine, tmp_path, OTHER, system="crm")
    assert numbers(engine) == [(MOBILE, True, True), (OTHER, True, False)]
    say(engine, tmp_path, HOME, system="crm")
    assert numbers(engine) == [(MOBILE, True, True), (OTHER, False, False), (HOME, True, False)]


def test_a_row_without_a_key_gives_nothing_up(engine: Engine, tmp_path: Path) -> None:
    say(engine, tmp_path, MOBILE, OTHER)
    bring_in(engine, tmp_path, [person(2, "", "田中", phone(MOBILE))])
    assert numbers(engine) == [(MOBILE, True, True), (OTHER, True, False)]


@pytest.mark.parametrize("is_known_to_the_file", [True, False])
def test_what_an_operator_attached_stays(engine: Engine, tmp_path: Path, is_known_to_the_file: bool) -> None:
    say(engine, tmp_path, MOBILE, *([OTHER] if is_known_to_the_file else []))
    with writing(engine) as connection:
        key = ask(engine, "SELECT id FROM customer")[0][0]
        attached = NewNumber("090-3333-4444", OTHER, NumberKind.MOBILE)
        attach_number(connection, key, attached, "sato", AT - timedelta(days=1))
    say(engine, tmp_path, HOME)
    assert numbers(engine) == [(MOBILE, False, True), (OTHER, True, False), (HOME, True, True)]


def test_who_was_made_one_of_two_keeps_both_ones_numbers(engine: Engine, tmp_path: Path) -> None:
    bring_in(engine, tmp_path, [person(2, "K1", "田中", phone(MOBILE)), person(3, "K2", "田中", phone(OTHER))])
    kept, merged = (row[0] for row in ask(engine, "SELECT id FROM customer ORDER BY customer_no"))
    with writing(engine) as connection:
        merge_customers(connection, MergeOrder(kept, merged, 1, 1, "sato", AT, {}))
    say(engine, tmp_path, MOBILE)
    assert numbers(engine) == [(MOBILE, True, True), (OTHER, True, False)]


def test_an_undo_brings_the_old_number_back(engine: Engine, tmp_path: Path) -> None:
    say(engine, tmp_path, MOBILE)
    second = say(engine, tmp_path, OTHER, rank="A")
    assert undo(engine, second.batch_no, "sato", AT) == Undone(second.batch_no, 0, 1, 0, 0, ())
    assert numbers(engine) == [(MOBILE, True, True)]
    third = say(engine, tmp_path, OTHER)
    assert undo(engine, third.batch_no, "sato", AT) == Undone(third.batch_no, 0, 1, 0, 0, ())
    assert numbers(engine) == [(MOBILE, True, True)]


def test_an_undo_leaves_a_number_that_was_revived_given_up(engine: Engine, tmp_path: Path) -> None:
    first, second, third = (say(engine, tmp_path, one) for one in (MOBILE, OTHER, MOBILE))
    assert undo(engine, third.batch_no, "sato", AT).restored == 1
    assert numbers(engine) == [(MOBILE, False, False), (OTHER, True, True)]
    assert undo(engine, second.batch_no, "sato", AT).restored == 1
    assert numbers(engine) == [(MOBILE, True, False)]
    assert undo(engine, first.batch_no, "sato", AT).removed == 1


def test_an_undo_does_not_take_a_number_from_who_called_by_it(engine: Engine, tmp_path: Path) -> None:
    say(engine, tmp_path, MOBILE)
    second = say(engine, tmp_path, OTHER)
    with writing(engine) as connection:
        key = ask(engine, "SELECT id FROM customer")[0][0]
        number = NewNumber("090-1111-2222", MOBILE, NumberKind.MOBILE)
        attach_number(connection, key, number, "sato", AT + timedelta(days=1))
    undone = undo(engine, second.batch_no, "sato", AT)
    assert undone.changed_since == 1
    assert numbers(engine) == [(MOBILE, True, False)]
