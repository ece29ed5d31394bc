"""A contact that an operator writes down without a call: notes and interaction, in the caller's one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from db.belonging import met
from db.facts import InteractionFact
from db.handlers import count_again
from db.kinds import Channel, Direction, NoteKind
from db.living import living_id_to_write
from db.models import interaction, note
from db.notes import NoteText, save_note
from db.operators import operator_id
from db.upsert import add_or_update
from db.wrap_up import disposition_id, excerpt_of, first_line, interaction_id_of, kind_of, note_id_of


@dataclass(frozen=True, slots=True)
class Contact:
    """What was written about a customer, and by which way they spoke or wrote to us, or we to them."""

    contact_id: UUID
    customer_id: int
    operator: str
    at: datetime
    channel: Channel
    direction: Direction
    body: str = ""
    handover: str = ""
    disposition: str = ""


def save_contact(connection: Connection, done: Contact) -> None:
    """Write all of it; the same again adds nothing, and a changed text becomes the note's next version."""
    customer_id, handler = living_id_to_write(connection, done.customer_id), operator_id(connection, done.operator)
    for kind, text in ((NoteKind.BODY, done.body), (NoteKind.HANDOVER, done.handover)):
        key = note_id_of(done.contact_id, kind)
        if text.strip() or connection.execute(select(note.c.id).where(note.c.id == key)).first():
            save_note(connection, NoteText(key, None, customer_id, kind, text, done.operator, done.at))
    row: dict[str, Any] = {
        "id": interaction_id_of(done.contact_id),
        "customer_id": customer_id,
        "channel": done.channel,
        "direction": done.direction,
        "kind": kind_of(done.disposition),
        "subject": first_line(done.body),
        "excerpt": excerpt_of(done.body),
        "handler_id": handler,
        "disposition_id": disposition_id(connection, done.disposition),
        "started_at": done.at,
    }
    add_or_update(connection, interaction, row, ("channel", "direction", "kind", "subject", "excerpt"))
    count_again(connection, customer_id, handler)
    met(connection, customer_id, done.at)


def as_fact(done: Contact) -> InteractionFact:
    """The contact as the card will tell of it, before it is in the records."""
    return InteractionFact(
        done.at, done.channel, done.direction, kind_of(done.disposition), first_line(done.body), done.operator, "", "",
        excerpt_of(done.body), str(interaction_id_of(done.contact_id)),
    )  # fmt: skip
