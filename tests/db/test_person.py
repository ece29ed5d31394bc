"""A person is found whole, held back, and erased: nothing names him any more, and what is counted stays."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, insert, select, text

from db.audit.chain import AuditAction, AuditEntry
from db.audit.listing import Wanted, entries
from db.call_log.kept import wrong_lines
from db.engine import reading, writing
from db.health import look_at
from db.importing.who_is_who import suppression_hash
from db.models import call, call_event, customer, customer_phone, metadata, note, note_revision, phone_number
from db.person.erase import EMPTIED, KEPT, REMOVED, Asked, erase
from db.person.erasing import NotErased, Why, erase_person
from db.person.erasing import look_at as look_at_order
from db.person.gone import gone_among, gone_so_far
from db.person.holds import Hold, hold, holds_on, lift
from db.person.whole import TOLD, Person, person_of, rows_of
from db.search import search_customers
from db.search_index import index_note

NO, AT = "C-000001", datetime(2026, 11, 22, 5, tzinfo=UTC)
NAMING = "secret-word", "髙橋 一郎", "335814111"
ASKED = Asked(UUID(int=77), "it", AT, "request of 2026-11-20")
NOT_TOLD = {
    "customer_search", "note_search", "customer_total", "purchase_total", "logged_call", "caller_number",  # derived
    "duplicate_pair", "merge_log", "erasure_request", "household",  # keys of two customers; emptied; about the request
    "call_leg", "call_ref", "callback_mark",  # operators and ids of calls
    "review", "review_sample_call",  # the same; what was said stands in review_event
}  # fmt: skip


def of(engine: Engine, customer_no: str = NO) -> Person:
    with reading(engine) as connection:
        found = person_of(connection, customer_no)
    assert found is not None
    return found


def write(engine: Engine, *more: Any) -> None:
    with writing(engine) as connection:
        for table, row in more:
            connection.execute(insert(table).values(row))


def calls_and_notes(engine: Engine) -> None:
    """A call of the customer's with what the source told, one of the number that nobody took, and a note."""
    row = {"source": "pbx", "direction": "in", "outcome": "missed", "name": "髙橋", "offered_at": AT, "line": "本店"}
    theirs = {**row, "id": UUID(int=1), "source_id": "1", "customer_id": 1, "number": "0335814111", "e164": 81335814111}
    nobodys = {**theirs, "id": UUID(int=2), "source_id": "2", "customer_id": None}
    fact = {"id": UUID(int=3), "call_id": UUID(int=1), "at": AT, "kind": "offered", "source": "pbx"}
    written = {"id": UUID(int=4), "call_id": UUID(int=1), "customer_id": 1, "kind": "body", "created_at": AT}
    said = {"id": UUID(int=5), "note_id": UUID(int=4), "number": 1, "text": "secret-word", "at": AT}
    write(
        engine, (call, theirs), (call, nobodys), (call_event, {**fact, "facts": '{"caller": "髙橋"}'}),
        (note, written), (note_revision, said),
    )  # fmt: skip
    with writing(engine) as connection:
        index_note(connection, UUID(int=4))


@pytest.fixture
def erased(demo: Engine) -> Engine:
    calls_and_notes(demo)
    whole = json.dumps(everything(demo), default=str, ensure_ascii=False)
    assert all(word in whole for word in NAMING)
    person = of(demo)
    with writing(demo) as connection:
        erase(connection, person, ASKED)
    return demo


def everything(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    with reading(engine) as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
        }


def test_every_table_that_may_hold_something_of_a_person_is_thought_of() -> None:
    """A table that is added later hangs on one of these: say whether it is handed out, and what erasing does to it."""
    roots = {"customer", "call", "purchase", "complaint", "interaction", "note", "follow_up", "phone_number"}
    hangs = {
        table.name for table in metadata.sorted_tables for key in table.foreign_keys if key.column.table.name in roots
    } | roots
    told = {table.name for table, *_ in TOLD} | {"phone_number"}
    assert hangs - told - NOT_TOLD == set()
    changed = {one[0].name for one in (*EMPTIED, *REMOVED)} | {"customer"} | {table.name for table in KEPT}
    untouched = {"external_ref", "purchase_item", "note", "legal_hold"}
    assert told - changed - untouched == set()


def test_a_person_is_handed_out_with_every_row(demo: Engine) -> None:
    calls_and_notes(demo)
    with reading(demo) as connection:
        person = person_of(connection, NO)
        assert person is not None
        found = {table.name: rows for table, rows in rows_of(connection, person)}
    assert [row["name"] for row in found["customer"]] == ["髙橋 一郎"]
    assert {row["text"] for row in found["note_revision"]} >= {"secret-word"}
    assert {row["id"] for row in found["call"]} >= {UUID(int=1), UUID(int=2)}
    assert len(found["purchase"]) > 0
    assert len(found["purchase_item"]) >= len(found["purchase"])
    assert {row["customer_id"] for row in found["interaction"]} == {1}


def test_a_number_that_another_customer_has_too_brings_no_calls_of_nobodys(demo: Engine) -> None:
    calls_and_notes(demo)
    with reading(demo) as connection:
        asked = select(phone_number.c.id).where(phone_number.c.e164 == 81335814111)
        key = connection.execute(asked).scalar_one()
    row = {"customer_id": 2, "phone_number_id": key, "label": "home", "confidence": "known"}
    write(demo, (customer_phone, row))
    assert UUID(int=2) not in of(demo).keys["call"]


def test_nobody_has_a_number_that_is_none(demo: Engine) -> None:
    with reading(demo) as connection:
        assert person_of(connection, "C-nobody") is None


def test_what_is_kept_of_calls_is_what_they_say_once_a_person_is_erased(erased: Engine) -> None:
    with reading(erased) as connection:
        assert wrong_lines(connection, 9) == ()


def test_nothing_names_an_erased_person_any_more(erased: Engine) -> None:
    left = everything(erased)
    left["customer"] = [row for row in left["customer"] if row["id"] == 1]  # others may share a name
    whole = json.dumps(left, default=str, ensure_ascii=False)
    for word in NAMING:
        assert word not in whole, word


def test_what_is_counted_stays(demo: Engine) -> None:
    calls_and_notes(demo)
    before = everything(demo)
    person = of(demo)
    with writing(demo) as connection:
        erase(connection, person, ASKED)
    after = everything(demo)
    for name in (
        "call",
        "purchase",
        "purchase_item",
        "complaint",
        "complaint_event",
        "interaction",
        "note",
        "customer",
    ):
        assert len(after[name]) == len(before[name]), name
    for name, columns in {
        "call": ("id", "offered_at", "outcome", "line", "customer_id"),
        "purchase": ("id", "amount", "ordered_at", "state"),
        "complaint": ("id", "category", "severity", "state", "received_at", "resolved_at"),
    }.items():
        kept = [{tuple(row[one] for one in columns) for row in rows[name]} for rows in (before, after)]
        assert kept[0] == kept[1], name


def test_an_erased_person_is_found_by_nothing(erased: Engine) -> None:
    with reading(erased) as connection:
        for words in ("髙橋 一郎", "タカハシ イチロウ", "secret-word", "0335814111", NO):
            assert 1 not in [one.customer_id for one in search_customers(connection, words)], words
    assert [found.look for found in look_at(erased) if found.wrong] == []


def test_a_hash_for_each_number_keeps_an_import_from_bringing_him_back(erased: Engine) -> None:
    with reading(erased) as connection:
        kept = set(connection.execute(text("SELECT suppression_hash FROM erasure_request")).scalars())
        assert suppression_hash("髙橋 一郎", 81335814111) in kept
        shell = connection.execute(select(customer).where(customer.c.id == 1)).one()
    assert (shell.customer_no, shell.name, shell.erased_at) == (NO, "", AT)


def test_others_keep_all_that_is_theirs(demo: Engine) -> None:
    def theirs(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if row.get("customer_id") not in (None, 1)]

    before = everything(demo)
    with writing(demo) as connection:
        person = person_of(connection, NO)
        assert person is not None
        erase(connection, person, ASKED)
    after = everything(demo)
    for name in before:
        if name != "company_link":
            assert theirs(after[name]) == theirs(before[name]), name


def test_who_was_merged_into_him_goes_too(demo: Engine) -> None:
    row = {"id": 9001, "customer_no": "X-1", "kind": "person", "name": "旧姓 花子", "lifecycle_stage": "active"}
    write(demo, (customer, row | {"created_at": AT, "merged_into_id": 1}))
    person = of(demo)
    assert person.ids == (1, 9001)
    with writing(demo) as connection:
        erase(connection, person, ASKED)
        names = connection.execute(select(customer.c.name).where(customer.c.id.in_(person.ids))).scalars()
        assert set(names) == {""}


def test_a_hold_stands_until_it_is_lifted(demo: Engine) -> None:
    person = of(demo)
    with writing(demo) as connection:
        hold(connection, person, Hold("訴訟", "it", AT))
        hold(connection, person, Hold("監督官庁", "it", AT))
    with reading(demo) as connection:
        assert [one.reason for one in holds_on(connection, person)] == ["訴訟", "監督官庁"]
    with writing(demo) as connection:
        assert lift(connection, person, AT) == 2
        assert holds_on(connection, person) == ()


def test_an_order_is_done_with_its_entry_or_refused(demo: Engine) -> None:
    entry = AuditEntry(UUID(int=9), AT, "it", "desk", AuditAction.ERASED, "customer")
    with writing(demo) as connection:
        hold(connection, of(demo), Hold("訴訟", "it", AT))
    with pytest.raises(NotErased) as held:
        erase_person(demo, NO, ASKED, entry)
    assert (held.value.why, held.value.detail) == (Why.HELD, "訴訟")
    with writing(demo) as connection:
        lift(connection, of(demo), AT)
        before = gone_so_far(connection)
    erase_person(demo, NO, ASKED, entry)
    with reading(demo) as connection:
        assert [(one.action, one.record) for one in entries(connection, Wanted())] == [("erased", "1")]
        assert gone_among(connection, [1, 2], []).customers == {1}
        assert gone_so_far(connection) != before
    for number, why in ((NO, Why.ERASED), ("C-nobody", Why.NOBODY)):
        with pytest.raises(NotErased) as refused:
            look_at_order(demo, number)
        assert refused.value.why is why
