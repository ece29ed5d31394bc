"""A call of the desk as rows of the records, taken as a snapshot in the desk's thread and written in another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.call import Call
from app.phone_number import e164_int
from db.calls import CallRow, CandidateRow, save_call, save_candidates
from db.kinds import Direction, EndCause, Outcome, Withheld
from db.wrap_up import WrapUp, finish_call


@dataclass(frozen=True, slots=True)
class CallSnapshot:
    """The call as it stands now, with whom the pop shows."""

    row: CallRow
    candidates: tuple[CandidateRow, ...]

    def write(self, connection: Any) -> None:
        """Into the records; written again it adds nothing twice."""
        save_call(connection, self.row)
        save_candidates(connection, self.row.id, self.candidates)


@dataclass(frozen=True, slots=True)
class WrapUpSnapshot:
    """Note and disposition as the operator finished them."""

    done: WrapUp

    def write(self, connection: Any) -> None:
        """Into the records, as the notes' next versions."""
        finish_call(connection, self.done)


def of(call: Call, operator: str) -> CallSnapshot:
    """What the records keep of this call. A withheld number is "" already: the source dropped it."""
    ring = call.ring
    row = CallRow(
        id=call.id, source=ring.source, source_id=ring.source_id, direction=Direction(ring.direction),
        offered_at=ring.at, outcome=Outcome(call.outcome), number=ring.number.raw, e164=e164_int(ring.number.key),
        extension=ring.number.extension, name=ring.name,
        withheld=Withheld(ring.withheld) if ring.withheld else None, dialled=ring.dialled, line=ring.line_name,
        diverted_from=ring.diverted_from, linked_id=ring.linked_id, answered_at=call.answered_at,
        ended_at=call.ended_at, end_cause=EndCause(call.why_ended) if call.why_ended else None,
        answered_by=call.answered_by or "", operator=operator, customer_id=call.opened_id,
    )  # fmt: skip
    shown = tuple(
        CandidateRow(one.customer_id, one.reason, one.customer_id == call.opened_id)
        for one in call.pop.candidates
        if one.reason is not None
    )
    return CallSnapshot(row, shown)


def wrap_up_of(call: Call, operator: str, at: datetime) -> WrapUpSnapshot:
    """What the operator finished the call with."""
    note = call.note
    return WrapUpSnapshot(WrapUp(call.id, call.opened_id, operator, at, note.body, note.handover, note.disposition))
