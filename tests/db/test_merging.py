"""Two customers become one, and two again: every row comes to one of them, and nothing is lost."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, update

from db.engine import reading, writing
from db.kinds import NoteKind
from db.merging.comparison import compare, past_merges
from db.merging.fields import Choice, Field
from db.merging.links import LINKS, OTHERWISE
from db.merging.merge import MergeOrder, merge_customers
from db.merging.pairs import Said, ask_again, decide, decision_on
from db.merging.refused import MergeRefused, Why
from db.merging.undo import Undone, undo_merge
from db.models import (
    address,
    customer,
    customer_handler,
    customer_phone,
    duplicate_pair,
    interaction,
    merge_log,
    metadata,
    note,
    purchase,
)
from db.notes import NoteText, save_note
from db.search import search_customers
from db.search_index import refresh_tokens
from tests.db.two_customers import ALICE, BOB, CAROL, NOW, fill

LATER = NOW + timedelta(days=1)
SATO = Said("sato", NOW)
NOT_SEEN = {"customer_search", "note_search"}  # made from the records, and told apart from them


@pytest.fixture
def records(engine: Engine) -> Engine:
    """Three customers, the first two of them with a row in every table that refers to one."""
    with writing(engine) as connection:
        fill(connection)
    return engine


def order(connection: Connection, kept: int, merged: int, choices: Mapping[Field, Choice] | None = None) -> MergeOrder:
    """As somebody orders it who has just compared the two."""
    found = compare(connection, kept, merged)
    assert found is not None
    return MergeOrder(kept, merged, found.left.version_id, found.right.version_id, "sato", NOW, choices or {})


def merge(engine: Engine, kept: int, merged: int, **choices: Choice) -> int:
    with writing(engine) as connection:
        named = {Field(name): choice for name, choice in choices.items()}
        return merge_customers(connection, order(connection, kept, merged, named))


def undo(engine: Engine, merge_id: int) -> Undone:
    with writing(engine) as connection:
        return undo_merge(connection, merge_id, "suzuki", LATER)


def snapshot(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All that the records say, but for the versions and the log, which never go back."""
    seen = {}
    for table in metadata.sorted_tables:
        if table.name not in {"merge_log", "operator", *NOT_SEEN}:
            columns = [one for one in table.columns if one.name != "version_id"]
            seen[table.name] = sorted(map(tuple, connection.execute(select(*columns))), key=repr)
    return seen


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with reading(engine) as connection:
        return snapshot(connection)


def value(engine: Engine, column: Any, customer_id: int) -> Any:
    with reading(engine) as connection:
        return connection.execute(select(column).where(customer.c.id == customer_id)).scalar_one()


def change(engine: Engine, customer_id: int, **values: Any) -> None:
    with writing(engine) as connection:
        told = {**values, "version_id": customer.c.version_id + 1}
        connection.execute(update(customer).where(customer.c.id == customer_id).values(told))


def count(engine: Engine, table: Any, customer_id: int) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).where(table.c.customer_id == customer_id)).scalar_one()


def refused(job: Callable[[], object]) -> tuple[Why, str]:
    with pytest.raises(MergeRefused) as caught:
        job()
    return caught.value.why, caught.value.detail


def test_no_column_that_refers_to_a_customer_is_forgotten() -> None:
    referring = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is customer and table not in OTHERWISE and table.name not in NOT_SEEN
    }
    assert {link.name for link in LINKS} == referring


def test_everything_that_hung_on_the_one_hangs_on_the_other(records: Engine) -> None:
    merge(records, ALICE, BOB)
    with reading(records) as connection:
        left = {link.name for link in LINKS if connection.execute(select(1).where(link.column == BOB)).first()}
        found = {link.name for link in LINKS if connection.execute(select(1).where(link.column == ALICE)).first()}
    assert left == {"customer_phone.customer_id", "household_member.customer_id"}, "the same number and home stay"
    assert found == {link.name for link in LINKS}
    assert value(records, customer.c.merged_into_id, BOB) == ALICE


def test_a_merge_undone_at_once_leaves_all_as_it_was(records: Engine) -> None:
    before = everything(records)
    number = merge(records, ALICE, BOB, **{one.value: Choice.MERGED for one in Field})
    assert everything(records) != before
    assert undo(records, number) == Undone(ALICE, BOB, ())
    assert everything(records) == before


def test_both_addresses_and_both_memos_can_be_kept_and_parted_again(records: Engine) -> None:
    before = everything(records)
    number = merge(records, ALICE, BOB, address=Choice.BOTH, memo=Choice.BOTH)
    assert value(records, customer.c.memo, ALICE) == "話は短く\n折り返しは夕方"
    with reading(records) as connection:
        others = connection.execute(select(address.c.text).where(address.c.customer_id == ALICE)).scalars().all()
    assert "東京都武蔵野市吉祥寺本町1-2-3" in others
    undo(records, number)
    assert everything(records) == before


def test_each_field_is_whose_it_was_chosen_to_be(records: Engine) -> None:
    merge(records, ALICE, BOB, name=Choice.MERGED, birth_date=Choice.MERGED, email=Choice.KEPT)
    assert value(records, customer.c.name, ALICE) == "髙橋 有栖"
    assert value(records, customer.c.birth_date, ALICE) == date(1980, 2, 3)
    assert value(records, customer.c.birth_precision, ALICE) == "day"
    assert value(records, customer.c.email, ALICE) == "alice@example.jp"
    assert value(records, customer.c.rank, ALICE) is None, "nothing was chosen"
    assert value(records, customer.c.customer_no, ALICE) == "C-1"
    assert value(records, customer.c.last_contact_at, ALICE) == NOW, "the later one of both"


def test_the_same_number_stands_once_and_says_what_both_knew(records: Engine) -> None:
    merge(records, ALICE, BOB)
    with reading(records) as connection:
        mine = select(customer_phone).where(customer_phone.c.customer_id == ALICE).order_by(customer_phone.c.id)
        rows = list(connection.execute(mine).mappings())
    assert [(row["phone_number_id"], row["is_primary"], row["confidence"]) for row in rows] == [
        (1, True, "known"),
        (2, False, "known"),
        (3, False, "known"),
    ]
    assert rows[1]["label"] == "mobile", "Alice had only called it another"
    assert rows[1]["last_used_at"] == NOW


def test_whoever_had_no_primary_number_gets_the_others(records: Engine) -> None:
    before = everything(records)
    with writing(records) as connection:
        connection.execute(update(customer_phone).where(customer_phone.c.id == 1).values(is_primary=False))
    number = merge(records, ALICE, BOB)
    with reading(records) as connection:
        mine = customer_phone.c.customer_id == ALICE, customer_phone.c.is_primary
        assert connection.execute(select(customer_phone.c.phone_number_id).where(*mine)).scalars().all() == [3]
    undo(records, number)
    with writing(records) as connection:
        connection.execute(update(customer_phone).where(customer_phone.c.id == 1).values(is_primary=True))
    assert everything(records) == before


def test_the_summary_of_handlers_is_of_both(records: Engine) -> None:
    merge(records, ALICE, BOB)
    with reading(records) as connection:
        rows = connection.execute(
            select(customer_handler.c.customer_id, customer_handler.c.count, customer_handler.c.last_at)
        ).all()
    assert [tuple(row) for row in rows] == [(ALICE, 2, NOW)]


def test_what_came_since_stays_with_the_kept_one(records: Engine) -> None:
    number = merge(records, ALICE, BOB)
    key = UUID(int=77)
    with writing(records) as connection:
        save_note(connection, NoteText(key, None, ALICE, NoteKind.BODY, "あとから", "sato", LATER))
        new = {"customer_id": ALICE, "order_no": "O-9", "ordered_at": LATER, "state": "ordered", "amount": 1}
        connection.execute(insert(purchase).values(**new, currency="JPY"))
    undo(records, number)
    assert (count(records, purchase, ALICE), count(records, purchase, BOB)) == (2, 1)
    with reading(records) as connection:
        assert connection.execute(select(note.c.customer_id).where(note.c.id == key)).scalar_one() == ALICE


def test_what_was_given_to_somebody_else_since_stays_there(records: Engine) -> None:
    number = merge(records, ALICE, BOB)
    with writing(records) as connection:
        connection.execute(update(interaction).where(interaction.c.id == UUID(int=BOB)).values(customer_id=CAROL))
    undo(records, number)
    assert [count(records, interaction, one) for one in (ALICE, BOB, CAROL)] == [1, 0, 1]


def test_a_field_that_was_changed_since_stays_and_is_told(records: Engine) -> None:
    number = merge(records, ALICE, BOB, name=Choice.MERGED, email=Choice.MERGED)
    change(records, ALICE, name="髙橋 アリス")
    assert undo(records, number).stayed == (Field.NAME,)
    assert value(records, customer.c.name, ALICE) == "髙橋 アリス"
    assert value(records, customer.c.email, ALICE) == "alice@example.jp"


def test_a_number_made_primary_since_goes_with_its_owner(records: Engine) -> None:
    number = merge(records, ALICE, BOB)
    with writing(records) as connection:
        mine = customer_phone.c.customer_id == ALICE
        connection.execute(update(customer_phone).where(mine).values(is_primary=False))
        third = customer_phone.c.phone_number_id == 3
        connection.execute(update(customer_phone).where(mine, third).values(is_primary=True))
    undo(records, number)
    with reading(records) as connection:
        primaries = select(customer_phone.c.customer_id, customer_phone.c.phone_number_id).where(
            customer_phone.c.is_primary
        )
        assert sorted(map(tuple, connection.execute(primaries))) == [(ALICE, 1), (BOB, 3)]


def test_undoing_twice_is_refused(records: Engine) -> None:
    number = merge(records, ALICE, BOB)
    undo(records, number)
    assert refused(lambda: undo(records, number)) == (Why.UNDONE, "")
    assert refused(lambda: undo(records, 4711)) == (Why.GONE, "")


def test_the_same_two_can_be_merged_again_the_other_way_round(records: Engine) -> None:
    undo(records, merge(records, ALICE, BOB))
    merge(records, BOB, ALICE)
    assert value(records, customer.c.merged_into_id, ALICE) == BOB


def test_a_chain_is_undone_from_its_end(records: Engine) -> None:
    before = everything(records)
    first = merge(records, BOB, ALICE)
    between = everything(records)
    second = merge(records, CAROL, BOB)
    assert value(records, customer.c.merged_into_id, ALICE) == CAROL, "one step finds who is who"
    assert refused(lambda: undo(records, first)) == (Why.LATER, "C-3 + C-2")
    undo(records, second)
    assert everything(records) == between
    undo(records, first)
    assert everything(records) == before


def test_two_merges_into_one_are_undone_newest_first(records: Engine) -> None:
    before = everything(records)
    first, second = merge(records, ALICE, BOB, name=Choice.MERGED), merge(records, ALICE, CAROL, name=Choice.MERGED)
    assert refused(lambda: undo(records, first)) == (Why.LATER, "C-1 + C-3")
    undo(records, second)
    undo(records, first)
    assert everything(records) == before


@pytest.mark.parametrize("late", [ALICE, BOB])
def test_the_second_of_two_supervisors_is_told(records: Engine, late: int) -> None:
    with reading(records) as connection:
        stale = order(connection, ALICE, BOB)
    change(records, late, rank="VIP")
    with writing(records) as connection:
        assert refused(lambda: merge_customers(connection, stale)) == (Why.CHANGED, f"C-{late}")
    assert count(records, purchase, BOB) == 1


def test_a_merge_that_makes_no_sense_is_refused(records: Engine) -> None:
    with reading(records) as connection:
        ready = order(connection, ALICE, BOB)
    with writing(records) as connection:
        nobody, itself = replace(ready, merged_id=4711), replace(ready, merged_id=ALICE)
        assert refused(lambda: merge_customers(connection, nobody)) == (Why.GONE, "")
        assert refused(lambda: merge_customers(connection, itself)) == (Why.SAME, "")
    merge(records, CAROL, BOB)
    with writing(records) as connection:
        assert refused(lambda: merge_customers(connection, ready)) == (Why.ALREADY, "C-2")
    change(records, ALICE, erased_at=NOW)
    with writing(records) as connection:
        erased = replace(ready, merged_id=CAROL)
        assert refused(lambda: merge_customers(connection, erased)) == (Why.ERASED, "C-1")
    with reading(records) as connection:
        assert compare(connection, ALICE, CAROL) is None
        assert compare(connection, CAROL, CAROL) is None


def test_who_is_not_the_same_as_the_merged_one_is_not_the_kept_one_either(records: Engine) -> None:
    with writing(records) as connection:
        decide(connection, (CAROL, BOB), "not_same", SATO)  # type: ignore[arg-type]  # the word is what is kept
    before = everything(records)
    number = merge(records, ALICE, BOB)
    with reading(records) as connection:
        pairs = select(duplicate_pair.c.first_id, duplicate_pair.c.second_id, duplicate_pair.c.decision)
        assert sorted(map(tuple, connection.execute(pairs))) == [
            (ALICE, BOB, "same"),
            (ALICE, CAROL, "not_same"),
            (BOB, CAROL, "not_same"),
        ]
    undo(records, number)
    assert everything(records) == before


def test_what_was_said_before_the_merge_counts_again_after_its_undoing(records: Engine) -> None:
    with writing(records) as connection:
        decide(connection, (BOB, ALICE), "not_same", SATO)  # type: ignore[arg-type]  # the word is what is kept
    before = everything(records)
    undo(records, merge(records, ALICE, BOB))
    assert everything(records) == before
    with writing(records) as connection:
        ask_again(connection, (ALICE, BOB))
        assert decision_on(connection, (ALICE, BOB)) is None


def test_the_two_stand_side_by_side(records: Engine) -> None:
    with reading(records) as connection:
        found = compare(connection, ALICE, BOB)
    assert found is not None
    lines = {line.field: line for line in found.fields}
    assert list(lines) == list(Field)
    assert (found.right.purchases, found.right.interactions, found.right.calls, found.right.notes) == (1, 1, 1, 1)
    assert found.left.numbers == ("0422-51-1234", "090-1234-5678")
    assert (lines[Field.NAME].left, lines[Field.NAME].right) == ("高橋 アリス", "髙橋 有栖")
    assert lines[Field.LANGUAGE].is_same
    assert (lines[Field.ADDRESS].right_detail, lines[Field.BIRTH_DATE].right_detail) == ("180-0004", "day")
    wanted = {one.suggested for one in found.fields}, lines[Field.MEMO].suggested, lines[Field.READING].suggested
    assert wanted == (set(Choice), Choice.BOTH, Choice.MERGED)
    assert lines[Field.BIRTH_DATE].suggested is Choice.MERGED, "the whole date says more than the year"
    assert lines[Field.NAME].suggested is Choice.KEPT
    assert lines[Field.NAME].choices == (Choice.KEPT, Choice.MERGED)


def test_the_kept_one_is_found_by_what_both_were_known_as(records: Engine) -> None:
    def found(text: str) -> list[int]:
        with reading(records) as connection:
            return [one.customer_id for one in search_customers(connection, text)]

    with writing(records) as connection:
        refresh_tokens(connection, [ALICE, BOB, CAROL])
    assert found("C-2") == [BOB]
    number = merge(records, ALICE, BOB)
    assert [found(text) for text in ("C-2", "C-1", "C-5", "3581-4111", "SHOP-772")] == [[ALICE]] * 5
    assert found("有栖") == [], "the name that was not chosen"
    second = merge(records, CAROL, ALICE)
    assert found("C-2") == [CAROL]
    undo(records, second)
    undo(records, number)
    assert [found(text) for text in ("C-2", "C-1", "3581-4111", "有栖")] == [[BOB], [ALICE], [BOB], [BOB]]


def test_past_merges_are_listed_newest_first(records: Engine) -> None:
    first = merge(records, ALICE, BOB)
    second = merge(records, CAROL, ALICE)
    undo(records, second)
    with reading(records) as connection:
        newest, oldest = past_merges(connection, 5)
        assert len(past_merges(connection, 1)) == 1
    assert (newest.merge_id, newest.kept_no, newest.merged_no, newest.undone_at) == (second, "C-3", "C-1", LATER)
    assert (oldest.merge_id, oldest.operator, oldest.undone_at) == (first, "sato", None)


def test_the_log_says_which_rows_went(records: Engine) -> None:
    merge(records, ALICE, BOB)
    with reading(records) as connection:
        told = json.loads(connection.execute(select(merge_log.c.moved)).scalar_one())
    assert told["moved"]["purchase.customer_id"] == [BOB]
    assert told["moved"]["interaction.customer_id"] == [str(UUID(int=BOB))]
    assert told["moved"]["external_ref.customer_id"] == [["shop", "SHOP-772"]]
