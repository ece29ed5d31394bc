"""All that is known of one call, for the details beside the list."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from db.kinds import EndCause, Outcome, Reason
from db.models import call, call_candidate, call_leg, customer, interaction, operator
from db.note_versions import NoteVersion, note_versions


class LegTold(NamedTuple):
    """One place where the call rang; `who` is its extension or login, `name` the operator's or ""."""

    who: str
    name: str
    offered_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    end_cause: EndCause | None
    outcome: Outcome | None


class ShownTold(NamedTuple):
    """Whom the pop showed, best first."""

    rank: int
    customer_id: int
    customer_no: str
    name: str
    reason: Reason
    is_chosen: bool


class WrapTold(NamedTuple):
    """What came of it, as each who dealt with it wrapped it up; `disposition_id` None: nothing was chosen."""

    operator: str
    disposition_id: int | None
    subject: str
    after_call_ms: int | None


class CallStory(NamedTuple):
    """One call: the newest version of a note first."""

    call_id: UUID
    source: str
    source_id: str
    linked_id: str
    number: str
    name: str
    line: str
    dialled: str
    diverted_from: str
    queue: str
    offered_at: datetime
    waiting_since: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    end_cause: EndCause | None
    hold_ms: int | None
    legs: tuple[LegTold, ...]
    shown: tuple[ShownTold, ...]
    wrapped: tuple[WrapTold, ...]
    versions: tuple[NoteVersion, ...]


def story_of(connection: Connection, call_id: UUID) -> CallStory | None:
    """None where there is no such call any more."""
    asked = {"call_id": call_id}
    plain: Any = connection.execute(_CALL, asked).one_or_none()
    if plain is None:
        return None
    legs, shown, wrapped = (connection.execute(one, asked) for one in (_LEGS, _SHOWN, _WRAPPED))
    more: Any = (
        tuple([LegTold(*row) for row in legs]),
        tuple([ShownTold(*row) for row in shown]),
        tuple([WrapTold(*row) for row in wrapped]),
        note_versions(connection, call_id),
    )
    return CallStory(*plain, *more)


def _known(column: Any) -> Any:
    return func.coalesce(column, "")


_ID = bindparam("call_id", type_=call.c.id.type)
_CALL = select(
    call.c.id,
    call.c.source,
    call.c.source_id,
    _known(call.c.linked_id),
    _known(call.c.number),
    _known(call.c.name),
    _known(call.c.line),
    _known(call.c.dialled),
    _known(call.c.diverted_from),
    _known(call.c.queue),
    call.c.offered_at,
    call.c.waiting_since,
    call.c.answered_at,
    call.c.ended_at,
    call.c.end_cause,
    call.c.hold_ms,
).where(call.c.id == _ID)
_LEGS = (
    select(
        call_leg.c.who,
        _known(operator.c.name),
        call_leg.c.offered_at,
        call_leg.c.answered_at,
        call_leg.c.ended_at,
        call_leg.c.end_cause,
        call_leg.c.outcome,
    )
    .select_from(call_leg.outerjoin(operator, operator.c.login == call_leg.c.who))
    .where(call_leg.c.call_id == _ID)
    .order_by(call_leg.c.offered_at, call_leg.c.who, call_leg.c.id)
)
_SHOWN = (
    select(
        call_candidate.c.rank,
        customer.c.id,
        customer.c.customer_no,
        customer.c.name,
        call_candidate.c.reason,
        call_candidate.c.is_chosen,
    )
    .join_from(call_candidate, customer, customer.c.id == call_candidate.c.customer_id)
    .where(call_candidate.c.call_id == _ID)
    .order_by(call_candidate.c.rank)
)
_WRAPPED = (
    select(
        _known(operator.c.name),
        interaction.c.disposition_id,
        _known(interaction.c.subject),
        interaction.c.after_call_ms,
    )
    .select_from(interaction.outerjoin(operator, operator.c.id == interaction.c.handler_id))
    .where(interaction.c.call_id == _ID)
    .order_by(interaction.c.started_at, interaction.c.id)
)
