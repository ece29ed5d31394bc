"""A call of the desk as rows of the records, taken as a snapshot in the desk's thread and written in another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import cti.events
from app.call import Call, CallState, Note, Ring
from app.call import Outcome as CallOutcome
from app.card_numbers import masked
from app.legs import Leg
from app.parts import RewriteSnapshot
from app.phone_number import NumberKind as PhoneKind
from app.phone_number import digits_of, e164_int, remembered_number
from app.pop import NO_NUMBER, SEARCHING
from app.stop_clock import stopped_at
from db.belonging import Choice, Entered, NewCustomer, NewNumber, attach_number, choose, enter, forget, remember
from db.by_hand import Contact, save_contact
from db.calls import CallRow, CandidateRow, LegRow
from db.kinds import Direction, EndCause, NumberKind, NumberLabel, Outcome, Withheld
from db.living import desk_key
from db.past_call import PastCall
from db.sights import Sight, save_sight
from db.uuid7 import uuid7_within
from db.wrap_up import WrapUp, finish_call


@dataclass(frozen=True, slots=True)
class CallSnapshot:
    """The call as it stands now, with whom the pop shows."""

    row: CallRow
    legs: tuple[LegRow, ...]
    candidates: tuple[CandidateRow, ...]
    is_transferred: bool
    choice: Choice | None = None

    def write(self, connection: Any) -> None:
        """Into the records; written again it adds nothing twice."""
        save_sight(connection, Sight(self.row, self.legs, self.candidates, self.is_transferred))
        row = self.row
        if row.customer_id is None and row.e164 is not None:
            forget(connection, row.e164, row.extension, row.offered_at)
        if self.choice is not None:
            remember(connection, self.choice)


@dataclass(frozen=True, slots=True)
class ChoiceSnapshot:
    """Whom the operator chose, once the call is finished: past calls of the number follow."""

    choice: Choice

    def write(self, connection: Any) -> None:
        """Into the records; written again it moves nothing twice."""
        choose(connection, self.choice)


@dataclass(frozen=True, slots=True)
class WrapUpSnapshot:
    """Note and disposition as the operator finished them."""

    done: WrapUp

    def write(self, connection: Any) -> None:
        """Into the records, as the notes' next versions."""
        finish_call(connection, self.done)


@dataclass(frozen=True, slots=True)
class ContactSnapshot:
    """A contact that was written down without a call."""

    done: Contact

    def write(self, connection: Any) -> None:
        """Into the records, as the notes' next versions."""
        save_contact(connection, self.done)


@dataclass(frozen=True, slots=True)
class CustomerSnapshot:
    """A customer whom the operator entered. What is written after it may refer to the desk's own key."""

    entered: Entered

    @property
    def customer_id(self) -> int:
        """Whom it is about."""
        return self.entered.key

    def write(self, connection: Any) -> None:
        """Into the records; written again it enters nobody twice."""
        enter(connection, self.entered)


@dataclass(frozen=True, slots=True)
class NumberSnapshot:
    """A number that rang, recorded for the customer whose card was open."""

    customer_id: int
    number: NewNumber
    operator: str
    at: datetime

    def write(self, connection: Any) -> None:
        """Into the records; written again it adds nothing."""
        attach_number(connection, self.customer_id, self.number, self.operator, self.at)


def of(call: Call, operator: str) -> CallSnapshot:
    """What the records keep of this call. A withheld number is "" already: the source dropped it."""
    ring, operator = call.ring, call.operator or operator
    row = CallRow(
        id=call.id, source=ring.source, source_id=ring.source_id, direction=Direction(ring.direction),
        offered_at=ring.at, outcome=Outcome(call.outcome), number=ring.number.raw, e164=e164_int(ring.number.key),
        extension=ring.number.extension, name=ring.name,
        withheld=Withheld(ring.withheld) if ring.withheld else None, dialled=ring.dialled, line=ring.line_name,
        diverted_from=ring.diverted_from, linked_id=ring.linked_id, answered_at=call.answered_at,
        ended_at=call.ended_at, end_cause=EndCause(call.why_ended) if call.why_ended else None,
        answered_by=call.answered_by or "",
        operator=operator if call.outcome is CallOutcome.ANSWERED else "", customer_id=call.opened_id,
        queue=ring.queue, waiting_since=ring.waiting_since, hold_ms=call.held.milliseconds,
    )  # fmt: skip
    shown = tuple(
        CandidateRow(one.customer_id, one.reason, one.customer_id == call.opened_id)
        for one in call.pop.candidates
        if one.reason is not None
    )
    rung = tuple(_leg_row(call, leg, operator) for leg in call.legs)
    return CallSnapshot(row, rung, shown, call.transferred_by is not None, choice_of(call, operator))


def rows_of(call: Call, operator: str) -> list[CallSnapshot]:
    """What has to be there before something is hung on a call; nothing for a card without one."""
    return [] if call.by_hand is not None else [of(call, operator)]


def choice_of(call: Call, operator: str) -> Choice | None:
    """What is to be remembered: the operator's own choice, for the number that he made it for."""
    number = call.ring.number
    e164 = e164_int(number.key)
    is_for_it = call.is_chosen and call.chosen_for == number.key and not call.ring.may_be_spoofed
    if call.opened_id is None or e164 is None or not is_for_it:
        return None
    return Choice(e164, number.extension, call.opened_id, operator, call.ring.at)


def number_of(call: Call) -> NewNumber | None:
    """The number that rang, to be recorded; None for a withheld or spoofed one and for what is none."""
    number = call.ring.number
    if call.ring.withheld is not None or call.ring.may_be_spoofed or not (number.key or digits_of(number)):
        return None
    label = NumberLabel.MOBILE if number.kind is PhoneKind.MOBILE else NumberLabel.OTHER
    return NewNumber(number.raw, e164_int(number.key), NumberKind(number.kind), number.extension, label)


def _leg_row(call: Call, leg: Leg, operator: str) -> LegRow:
    """Its key comes from call and leg, so that a replay after a cut connection adds nothing."""
    key = uuid7_within(call.id, f"leg {leg.source} {leg.source_id}")
    why = EndCause(leg.why_ended) if leg.why_ended else None
    outcome = Outcome(call.outcome)
    return LegRow(key, call.id, operator, leg.offered_at, leg.answered_at, leg.ended_at, why, outcome)


def customer_of(call: Call, new: NewCustomer, operator: str) -> CustomerSnapshot:
    """The caller as the operator enters him. Pressed twice, or typed again after a crash, it is the same customer."""
    number = number_of(call)
    key = desk_key(uuid7_within(call.id, f"customer {new} {number}"))
    return CustomerSnapshot(Entered(key, new, number, operator, call.ring.at))


def attached_of(call: Call, operator: str) -> NumberSnapshot | None:
    """The number that rang, for the customer whose card is open; None where there is no such, or none to record."""
    number = number_of(call)
    if call.opened_id is None or number is None:
        return None
    return NumberSnapshot(call.opened_id, number, operator, call.ring.at)


def past_call_with(found: PastCall | None, waiting: Sequence[object]) -> PastCall | None:
    """The call as the records have it, with what is written and not yet sent, oldest first."""
    for one in waiting:
        if isinstance(one, CallSnapshot):
            found = replace(found, row=one.row) if found else PastCall(one.row, "", "", "")
        elif isinstance(one, WrapUpSnapshot) and found is not None:
            done = one.done
            worked = done.after_call_ms or found.after_call_ms
            found = PastCall(found.row, done.body, done.handover, done.disposition, worked)
    return found


def call_from(past: PastCall) -> Call:
    """A call of the log as the desk holds it: to finish, its customer still to be opened."""
    row = past.row
    number = remembered_number(row.number, f"+{row.e164}" if row.e164 else "", row.extension)
    withheld = cti.events.Withheld(row.withheld) if row.withheld else None
    ring = Ring(
        source=row.source, source_id=row.source_id, number=number, name=row.name, withheld=withheld,
        dialled=row.dialled, line_name=row.line, diverted_from=row.diverted_from,
        direction=cti.events.Direction(row.direction), at=row.offered_at, linked_id=row.linked_id,
        queue=row.queue, waiting_since=row.waiting_since,
    )  # fmt: skip
    pop = SEARCHING if ring.can_be_sought else NO_NUMBER
    note = Note(past.body, past.handover, past.disposition)
    return Call(
        row.id, ring, pop, CallState.LATER, note, opened_id=row.customer_id, answered_by=row.answered_by or None,
        answered_at=row.answered_at, ended_at=row.ended_at, outcome=CallOutcome(row.outcome), is_traced=True,
        is_restored=True, after_call=stopped_at(past.after_call_ms), held=stopped_at(row.hold_ms),
        why_ended=cti.events.EndCause(row.end_cause) if row.end_cause else None,
    )  # fmt: skip


def rewrite_of(call: Call) -> RewriteSnapshot | None:
    """The text of the complaint that was made of the call goes with its note; None if there is none."""
    made, now = call.made.complaint, masked(call.note.body)
    return RewriteSnapshot(made.key, made.text, now or made.text, call.opened_id) if made is not None else None


def finished(
    call: Call, operator: str, at: datetime
) -> list[CallSnapshot | WrapUpSnapshot | ContactSnapshot | ChoiceSnapshot | RewriteSnapshot]:
    """The call with its note and disposition; a call that nobody took leaves no contact."""
    if call.by_hand is not None:
        return [contact_of(call, operator, at)]
    wrap_up = wrap_up_of(call, operator, at) if call.has_contact else None
    choice = choice_of(call, operator)
    parts = of(call, operator), wrap_up, ChoiceSnapshot(choice) if choice else None, rewrite_of(call)
    return [one for one in parts if one is not None]


def contact_of(call: Call, operator: str, at: datetime) -> ContactSnapshot:
    """What the operator wrote on a card without a call; no card number goes further than the editor."""
    assert call.by_hand is not None
    assert call.opened_id is not None  # finishing asks for the customer first
    note, way = call.note, call.by_hand
    words = masked(note.body), masked(note.handover), note.disposition
    direction = Direction(way.direction)
    return ContactSnapshot(
        Contact(call.id, call.opened_id, call.operator or operator, at, way.channel, direction, *words)
    )


def wrap_up_of(call: Call, operator: str, at: datetime) -> WrapUpSnapshot:
    """What the operator finished the call with; no card number goes further than the editor."""
    note = call.note
    body, handover, worked = masked(note.body), masked(note.handover), call.after_call.stopped(at).milliseconds
    return WrapUpSnapshot(
        WrapUp(call.id, call.opened_id, call.operator or operator, at, body, handover, note.disposition, worked)
    )
