"""Versions of a call's notes: all of them, each with its author, from every desk that wrote one."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Engine

from db.calls import save_call
from db.engine import reading, writing
from db.kinds import NoteKind
from db.note_versions import NoteVersion, note_versions
from db.notes import NoteText, save_note
from db.wrap_up import finish_call
from tests.db.test_past_call import BARE, CALL, DONE, FULL

SAID = replace(DONE, handover="", customer_id=None)


def versions(engine: Engine, call_id: UUID = CALL) -> list[tuple[str, int, str, str, bool]]:
    with reading(engine) as connection:
        found: tuple[NoteVersion, ...] = note_versions(connection, call_id)
    assert all(one.at.utcoffset() == timedelta(0) for one in found)
    return [(one.kind, one.number, one.text, one.operator, one.is_newest) for one in found]


def test_each_version_has_its_author_and_the_newest_stands_first(engine: Engine) -> None:
    later = replace(SAID, body="第2版", operator="suzuki", at=DONE.at + timedelta(hours=1))
    with writing(engine) as connection:
        save_call(connection, replace(FULL, customer_id=None))
        finish_call(connection, SAID)
        finish_call(connection, later)
    assert versions(engine) == [
        ("body", 2, "第2版", "suzuki", True),
        ("body", 1, DONE.body, DONE.operator, False),
    ]


def test_both_desks_notes_of_one_call_are_there_each_with_its_own_versions(engine: Engine) -> None:
    with writing(engine) as connection:
        save_call(connection, replace(FULL, customer_id=None))
        finish_call(connection, SAID)
        other = NoteText(UUID(int=7), CALL, None, NoteKind.BODY, "取り次いだ", "suzuki", DONE.at + timedelta(minutes=1))
        save_note(connection, other)
    assert versions(engine) == [
        ("body", 1, "取り次いだ", "suzuki", True),
        ("body", 1, DONE.body, DONE.operator, True),
    ]


def test_a_call_without_notes_has_no_versions(engine: Engine) -> None:
    with writing(engine) as connection:
        save_call(connection, BARE)
    assert versions(engine, BARE.id) == []
