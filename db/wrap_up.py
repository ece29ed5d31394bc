"""The end of a call for the operator: notes, outcome, interaction and summary, in the caller's one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from db.belonging import met, touch_number
from db.facts import InteractionFact
from db.handlers import count_again
from db.kinds import Channel, Direction, InteractionKind, NoteKind
from db.living import living_id_to_write
from db.models import call, disposition, follow_up, interaction, note
from db.notes import NoteText, save_note
from db.operators import operator_id
from db.sights import known_as
from db.upsert import add_or_update
from db.uuid7 import uuid7_within

_LONGEST_EXCERPT = 200
_LONGEST_SUBJECT = 40
_KINDS = {
    "inquiry": InteractionKind.INQUIRY,
    "order": InteractionKind.ORDER,
    "order.return": InteractionKind.RETURN,
    "complaint": InteractionKind.COMPLAINT,
    "callback": InteractionKind.CALLBACK,
}


@dataclass(frozen=True, slots=True)
class WrapUp:
    """What the operator finished a saved call with. `operator` is a login, `disposition` a code or ""."""

    call_id: UUID
    customer_id: int | None
    operator: str
    at: datetime
    body: str = ""
    handover: str = ""
    disposition: str = ""
    after_call_ms: int | None = None  # worked on it after the call; None: nobody knows when that ended
    subject: str = ""  # of the interaction; without one the first line of the body stands for it


def finish_call(connection: Connection, done: WrapUp) -> None:
    """Write all of it; the same again adds nothing, and a changed text becomes the note's next version.

    The keys of notes and interaction come from the desk's own key of the call: who hands a call on and who takes it
    each write their own.
    """
    handler, call_id = operator_id(connection, done.operator), known_as(connection, done.call_id)
    if done.customer_id is not None:
        done = replace(done, customer_id=living_id_to_write(connection, done.customer_id))
    _save_notes(connection, done, call_id)
    told = {"operator_id": handler} | ({"customer_id": done.customer_id} if done.customer_id else {})
    connection.execute(update(call).where(call.c.id == call_id).values(told))
    before = _whose(connection, call_id)
    _save_interaction(connection, done, call_id, handler)
    for customer_id, operator in {*before, *_whose(connection, call_id)}:
        if customer_id is not None:
            count_again(connection, customer_id, operator)
    if done.customer_id is not None:  # promised before anybody knew whose call it was
        theirs = update(follow_up).where(follow_up.c.call_id == call_id)
        connection.execute(theirs.values(customer_id=done.customer_id))
    _touch_customer(connection, done, call_id)


def as_fact(done: WrapUp, direction: Direction, at: datetime) -> InteractionFact:
    """The contact as the card will tell of it, before it is in the records. Whose codes have which labels they know."""
    subject, excerpt = done.subject or first_line(done.body), excerpt_of(done.body)
    kind, who = kind_of(done.disposition), done.operator
    key = str(interaction_id_of(done.call_id))
    return InteractionFact(at, Channel.PHONE, direction, kind, subject, who, "", "", excerpt, key)


def note_id_of(call_id: UUID, kind: NoteKind) -> UUID:
    """The key of a call's note: one of each kind."""
    return uuid7_within(call_id, kind)


def interaction_id_of(call_id: UUID) -> UUID:
    """The key of the interaction that a call's wrap-up writes."""
    return uuid7_within(call_id, "interaction")


def _save_notes(connection: Connection, done: WrapUp, call_id: UUID) -> None:
    """An empty field begins no note, but empties one that was begun."""
    for kind, text in ((NoteKind.BODY, done.body), (NoteKind.HANDOVER, done.handover)):
        key = note_id_of(done.call_id, kind)
        if text.strip() or connection.execute(select(note.c.id).where(note.c.id == key)).first():
            save_note(connection, NoteText(key, call_id, done.customer_id, kind, text, done.operator, done.at))


def _save_interaction(connection: Connection, done: WrapUp, call_id: UUID, handler: int) -> None:
    rung: Any = connection.execute(
        select(call.c.direction, call.c.offered_at, call.c.customer_id).where(call.c.id == call_id)
    ).one()
    row = {
        "id": interaction_id_of(done.call_id),
        "customer_id": rung.customer_id,
        "call_id": call_id,
        "channel": Channel.PHONE,
        "direction": rung.direction,
        "kind": kind_of(done.disposition),
        "subject": done.subject or first_line(done.body),
        "excerpt": excerpt_of(done.body),
        "handler_id": handler,
        "disposition_id": disposition_id(connection, done.disposition),
        "started_at": rung.offered_at,
        "after_call_ms": done.after_call_ms,
    }
    changing = ("customer_id", "kind", "subject", "excerpt", "handler_id", "disposition_id", "after_call_ms")
    add_or_update(connection, interaction, row, changing)


def _whose(connection: Connection, call_id: UUID) -> list[tuple[int | None, int | None]]:
    """Customer and handler of the call's interaction: a wrap-up may take it from one to another."""
    columns = interaction.c
    found: Any = connection.execute(select(columns.customer_id, columns.handler_id).where(columns.call_id == call_id))
    return [(customer_id, operator) for customer_id, operator in found]


def _touch_customer(connection: Connection, done: WrapUp, call_id: UUID) -> None:
    if done.customer_id is None:
        return
    met(connection, done.customer_id, done.at)
    e164 = connection.execute(select(call.c.e164).where(call.c.id == call_id)).scalar_one_or_none()
    if e164 is not None:
        touch_number(connection, e164, done.customer_id, done.at)


def kind_of(code: str) -> InteractionKind:
    """What a contact with this outcome was about."""
    return _KINDS.get(code) or _KINDS.get(code.partition(".")[0], InteractionKind.OTHER)


def excerpt_of(body: str) -> str:
    """As much of a note as a list shows."""
    return " ".join(body.split())[:_LONGEST_EXCERPT]


def first_line(body: str) -> str:
    """What stands for a contact that nobody gave a subject."""
    line = body.strip().partition("\n")[0].strip()
    return line[:_LONGEST_SUBJECT]


def disposition_id(connection: Connection, code: str) -> int | None:
    """The key of an outcome code, None for none."""
    if not code:
        return None
    return connection.execute(select(disposition.c.id).where(disposition.c.code == code)).scalar_one_or_none()
