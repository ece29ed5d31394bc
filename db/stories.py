"""What stands behind one line of a list: the whole notes of a contact, as they read now."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, select

from db.kinds import NoteKind
from db.models import interaction, note, note_revision, operator

_MOST_NOTES = 20


class NoteTold(NamedTuple):
    """A note as its last writer left it; `version` 2 and up: it was changed."""

    kind: NoteKind
    text: str
    by: str
    at: datetime
    version: int


def notes_of(connection: Connection, interaction_id: UUID) -> tuple[NoteTold, ...]:
    """The notes of a contact by telephone, each with its newest text; none of a contact that came by import."""
    whose = select(interaction.c.call_id).where(interaction.c.id == interaction_id, interaction.c.call_id.is_not(None))
    versions = note_revision.alias()
    newest = select(func.max(versions.c.number)).where(versions.c.note_id == note.c.id).scalar_subquery()
    asked = (
        select(
            note.c.kind,
            note_revision.c.text,
            func.coalesce(operator.c.name, ""),
            note_revision.c.at,
            note_revision.c.number,
        )
        .join_from(note, note_revision, note_revision.c.note_id == note.c.id)
        .outerjoin(operator, operator.c.id == note_revision.c.operator_id)
        .where(note.c.call_id == whose.scalar_subquery(), note_revision.c.number == newest)
        .order_by(note.c.created_at, note.c.kind, note.c.id)
        .limit(_MOST_NOTES)
    )
    return tuple([NoteTold(*row) for row in connection.execute(asked)])
