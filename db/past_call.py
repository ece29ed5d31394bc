"""One call of the log with its notes as they stand now, to be taken up again."""

from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from db.calls import CallRow
from db.kinds import NoteKind
from db.models import call, disposition, interaction, note_revision, operator
from db.wrap_up import interaction_id_of, note_id_of


@dataclass(frozen=True, slots=True)
class PastCall:
    """The call's row, the newest text of its notes and the code of its disposition; what there is none of is ""."""

    row: CallRow
    body: str
    handover: str
    disposition: str
    after_call_ms: int | None = None


def past_call(connection: Connection, call_id: UUID) -> PastCall | None:
    """The call, None if there is no such one."""
    found: Any = connection.execute(_CALL.where(call.c.id == call_id)).mappings().one_or_none()
    if found is None:
        return None
    told: dict[str, Any] = {name: "" if value is None and name in _TEXTS else value for name, value in found.items()}
    row = CallRow(**told)
    texts = [_newest(connection, call_id, kind) for kind in (NoteKind.BODY, NoteKind.HANDOVER)]
    code, worked = _wrapped_up(connection, call_id)
    return PastCall(row, texts[0], texts[1], code, worked)


def _newest(connection: Connection, call_id: UUID, kind: NoteKind) -> str:
    newest = note_revision.c.number.desc()
    mine = note_revision.c.note_id == note_id_of(call_id, kind)
    text = connection.execute(select(note_revision.c.text).where(mine).order_by(newest).limit(1)).scalar_one_or_none()
    return str(text or "")


def _wrapped_up(connection: Connection, call_id: UUID) -> tuple[str, int | None]:
    """The code that was chosen, and how long it took after the call."""
    chosen = select(func.coalesce(disposition.c.code, ""), interaction.c.after_call_ms).select_from(
        interaction.outerjoin(disposition, interaction.c.disposition_id == disposition.c.id)
    )
    mine = interaction.c.id == interaction_id_of(call_id)  # others may tell of the same call
    found: Any = connection.execute(chosen.where(mine)).one_or_none()
    return (found[0], found[1]) if found else ("", None)


_TEXTS = {
    "number",
    "extension",
    "name",
    "dialled",
    "line",
    "diverted_from",
    "linked_id",
    "answered_by",
    "operator",
    "queue",
}
_COLUMNS = [call.c[field.name] for field in fields(CallRow) if field.name != "operator"]
_CALL = select(*_COLUMNS, func.coalesce(operator.c.login, "").label("operator")).select_from(
    call.outerjoin(operator, operator.c.id == call.c.operator_id)
)
