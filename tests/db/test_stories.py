"""What stands behind one line of a list: the whole notes of a contact, as they read now."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine

from db.by_hand import Contact, save_contact
from db.engine import reading, writing
from db.kinds import Channel, Direction, NoteKind
from db.models import call, interaction
from db.note_versions import contact_versions
from db.notes import NoteText, save_note
from db.stories import notes_of
from db.wrap_up import interaction_id_of

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_the_notes_of_a_contact_are_told_whole_as_they_read_now(demo: Engine) -> None:
    """Of a call that was finished, then written on."""
    call_id, text = UUID(int=7), "長い話。\n" * 100
    with writing(demo) as connection:
        call_row = {
            "id": call_id,
            "source": "x",
            "source_id": "x",
            "direction": "in",
            "offered_at": NOW,
            "outcome": "answered",
        }
        connection.execute(call.insert().values(call_row))
        contact = {"id": UUID(int=8), "customer_id": 1, "call_id": call_id, "channel": "phone", "direction": "in"}
        connection.execute(interaction.insert().values(contact | {"kind": "inquiry", "started_at": NOW}))
        for kind, words, hours in (
            (NoteKind.BODY, "一度目", 0),
            (NoteKind.BODY, text, 1),
            (NoteKind.HANDOVER, "次へ", 0),
        ):
            key = UUID(int=10 + (kind is NoteKind.HANDOVER))
            save_note(connection, NoteText(key, call_id, 1, kind, words, "sato", NOW + timedelta(hours=hours)))
    with reading(demo) as connection:
        notes = notes_of(connection, UUID(int=8))
        imported = connection.execute(interaction.select().where(interaction.c.call_id.is_(None))).first()
        assert imported is not None
        assert notes_of(connection, imported.id) == ()
    assert [(one.kind, one.text, one.version) for one in notes] == [
        (NoteKind.BODY, text, 2), (NoteKind.HANDOVER, "次へ", 1),
    ]  # fmt: skip
    assert {one.by for one in notes} == {"佐藤 美咲"}


def test_a_contact_written_by_hand_and_one_of_a_call_tell_every_version_and_an_imported_one_none(demo: Engine) -> None:
    contact_id = UUID(int=77)
    for hours, words in ((0, "一度目"), (1, "二度目")):
        done = Contact(contact_id, 1, "sato", NOW + timedelta(hours=hours), Channel.PHONE, Direction.OUT, words, "次へ")
        with writing(demo) as connection:
            save_contact(connection, done)
            save_contact(connection, replace(done, contact_id=UUID(int=78), at=done.at + timedelta(minutes=1)))
    with reading(demo) as connection:
        found = contact_versions(connection, interaction_id_of(contact_id))
        told = [one.text for one in notes_of(connection, interaction_id_of(contact_id))]
        imported = connection.execute(
            interaction.select().where(interaction.c.call_id.is_(None), interaction.c.started_at < NOW)
        ).first()
        assert imported is not None
        assert contact_versions(connection, imported.id) == ()
        assert contact_versions(connection, UUID(int=5)) == ()
    assert (found[0].text, found[0].number) == ("二度目", 2)
    assert {(one.kind, one.number, one.text) for one in found[1:]} == {
        (NoteKind.BODY, 1, "一度目"), (NoteKind.HANDOVER, 1, "次へ"),
    }  # fmt: skip
    assert sorted(told) == ["二度目", "次へ"]
