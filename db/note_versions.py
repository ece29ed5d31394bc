"""Every version of a call's notes, whichever desk wrote them: who wrote what, and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from db.kinds import NoteKind
from db.models import note, note_revision, operator
from db.sights import known_as
from db.stories import is_about


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """One version of a note about a call; 1 is the first. `is_newest` of its note; `operator` is a name or ""."""

    note_id: UUID
    kind: NoteKind
    number: int
    text: str
    operator: str
    at: datetime
    is_newest: bool


def note_versions(connection: Connection, call_id: UUID) -> tuple[NoteVersion, ...]:
    """Newest first. `call_id` may be the key that any desk gave to the call."""
    return _versions(connection, note.c.call_id == known_as(connection, call_id))


def contact_versions(connection: Connection, interaction_id: UUID) -> tuple[NoteVersion, ...]:
    """Those of the notes about a past contact, newest first; none of one that came by import."""
    return _versions(connection, is_about(connection, interaction_id))


def _versions(connection: Connection, which: ColumnElement[bool]) -> tuple[NoteVersion, ...]:
    rows: Any = connection.execute(_VERSIONS.where(which)).all()
    newest: set[UUID] = set()
    found = []
    for key, kind, number, text, name, at in rows:
        found.append(NoteVersion(key, NoteKind(kind), number, text, name or "", at, key not in newest))
        newest.add(key)
    return tuple(sorted(found, key=lambda one: (one.at, one.number), reverse=True))


_VERSIONS = (
    select(note.c.id, note.c.kind, note_revision.c.number, note_revision.c.text, operator.c.name, note_revision.c.at)
    .join_from(note, note_revision, note_revision.c.note_id == note.c.id)
    .outerjoin(operator, operator.c.id == note_revision.c.operator_id)
    .order_by(note.c.id, note_revision.c.number.desc())
)
