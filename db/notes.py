"""Notes: every version is added, none is overwritten."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from db.kinds import NoteKind
from db.models import note, note_revision, operator
from db.operators import operator_id
from db.search_index import index_note
from db.upsert import add_once
from db.uuid7 import uuid7_within


@dataclass(frozen=True, slots=True)
class NoteText:
    """A version of a note: about a call, a customer or both. `operator` is a login."""

    note_id: UUID
    call_id: UUID | None
    customer_id: int | None
    kind: NoteKind
    text: str
    operator: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """One version as it is kept; 1 is the first, `operator` a name."""

    number: int
    text: str
    operator: str
    at: datetime


def save_note(connection: Connection, new: NoteText) -> bool:
    """Add a version, and the note itself if it is the first; False if this version is there already."""
    writer = operator_id(connection, new.operator)
    _begin(connection, new, writer)
    last = _last(connection, new.note_id)
    if last is not None and last.text == new.text:
        return False
    number = 1 if last is None else last.number + 1
    is_new = add_once(
        connection,
        note_revision,
        {
            "id": uuid7_within(new.note_id, f"{new.at.isoformat()} {new.text}"),
            "note_id": new.note_id,
            "number": number,
            "text": new.text,
            "operator_id": writer,
            "at": new.at,
        },
    )
    index_note(connection, new.note_id)
    if is_new and number > 1:
        connection.execute(update(note).where(note.c.id == new.note_id).values(version_id=note.c.version_id + 1))
    return is_new


def revisions(connection: Connection, note_id: UUID) -> tuple[Revision, ...]:
    """Every version of the note, oldest first."""
    rows: Any = connection.execute(
        select(note_revision.c.number, note_revision.c.text, operator.c.name, note_revision.c.at)
        .outerjoin_from(note_revision, operator, note_revision.c.operator_id == operator.c.id)
        .where(note_revision.c.note_id == note_id)
        .order_by(note_revision.c.number)
    ).all()
    return tuple(Revision(number, text, name or "", at) for number, text, name, at in rows)


def _begin(connection: Connection, new: NoteText, writer: int) -> None:
    row = {
        "id": new.note_id,
        "call_id": new.call_id,
        "customer_id": new.customer_id,
        "kind": new.kind,
        "operator_id": writer,
        "created_at": new.at,
    }
    if not add_once(connection, note, row) and new.customer_id is not None:
        connection.execute(update(note).where(note.c.id == new.note_id).values(customer_id=new.customer_id))


def _last(connection: Connection, note_id: UUID) -> Any:
    newest = note_revision.c.number.desc()
    return connection.execute(
        select(note_revision.c.number, note_revision.c.text)
        .where(note_revision.c.note_id == note_id)
        .order_by(newest)
        .limit(1)
    ).first()
