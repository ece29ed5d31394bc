"""What stands behind one line of a list: the whole notes of a contact, as they read now."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, false, func, select

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
    """The notes of a contact, each with its newest text; none of a contact that came by import."""
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
        .where(is_about(connection, interaction_id), note_revision.c.number == newest)
        .order_by(note.c.created_at, note.c.kind, note.c.id)
        .limit(_MOST_NOTES)
    )
    return tuple([NoteTold(*row) for row in connection.execute(asked)])


def is_about(connection: Connection, interaction_id: UUID) -> ColumnElement[bool]:
    """Whether a note was written about this contact: about its call, or with it, where there was no call."""
    columns = interaction.c
    asked = select(columns.call_id, columns.customer_id, columns.started_at).where(columns.id == interaction_id)
    told: Any = connection.execute(asked).one_or_none()
    if told is None:
        return false()
    about: ColumnElement[bool] = note.c.call_id == told.call_id
    if told.call_id is None:
        with_it = note.c.customer_id == told.customer_id, note.c.created_at == told.started_at
        about = and_(note.c.call_id.is_(None), *with_it)
    return about
