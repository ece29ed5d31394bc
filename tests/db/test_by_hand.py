"""Contacts without a call in the records, on both databases: written once, counted, with their versions."""

from dataclasses import replace
from uuid import uuid4

from sqlalchemy import Engine, select

from db.by_hand import Contact, save_contact
from db.engine import reading, writing
from db.kinds import Channel, Direction, NoteKind
from db.models import customer_handler, interaction, operator
from db.notes import revisions
from db.wrap_up import note_id_of
from tests.db.conftest import NOW


def contact(body: str = "見積を送付") -> Contact:
    return Contact(uuid4(), 1, "newcomer", NOW, Channel.MAIL, Direction.OUT, body, "返事を待つ", "inquiry")


def save(engine: Engine, *contacts: Contact) -> None:
    for one in contacts:
        with writing(engine) as connection:
            save_contact(connection, one)


def test_a_contact_sent_twice_is_one_and_counts_for_its_handler(demo: Engine) -> None:
    done = contact()
    save(demo, done, done)
    with reading(demo) as connection:
        asked = select(interaction).where(interaction.c.handler_id == operator.c.id, operator.c.login == "newcomer")
        (row,) = connection.execute(asked).all()
        count = select(customer_handler.c.count).join(operator, operator.c.id == customer_handler.c.operator_id)
        assert connection.execute(count.where(operator.c.login == "newcomer")).scalar_one() == 1
    assert (row.call_id, row.customer_id, row.channel, row.direction, row.subject) == (
        None, 1, "mail", "out", "見積を送付",
    )  # fmt: skip
    assert row.disposition_id is not None or row.kind == "inquiry"


def test_a_changed_text_is_the_next_version(demo: Engine) -> None:
    done = contact()
    save(demo, done, replace(done, body="見積を二通送付"))
    with reading(demo) as connection:
        texts = [one.text for one in revisions(connection, note_id_of(done.contact_id, NoteKind.BODY))]
    assert texts == ["見積を送付", "見積を二通送付"]
