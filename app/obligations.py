"""What a call leaves to be done: its complaint and its follow-ups. What was made stands on the open cards at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from app.call import Call
from app.calls import Calls
from app.complaints import (
    Complaints,
    ComplaintWish,
    HandoverWish,
    StepEnd,
    StepThen,
    StepTold,
    StepWish,
    complaint_key,
)
from app.follow_ups import Done, FollowUps, FollowUpWish, OpenFollowUp
from app.keeping import StatusBoard
from app.made import ComplaintMade, Made
from app.outbox import Part
from app.parts import ComplaintSnapshot
from app.pop import CustomerFacts, FollowUpFact
from app.records import Records
from app.who_is_it import WhoIsIt
from app.written import (
    follow_up_of,
    with_assignee,
    with_complaint,
    with_due,
    with_follow_up,
    with_handler,
    with_step,
    without_follow_up,
)
from db.complaints import received_as
from db.follow_ups import follow_ups_of


class Refusal(StrEnum):
    """Why nothing can be made of a call."""

    NO_CALL = "no_call"  # or a test call
    NO_CUSTOMER = "no_customer"
    MADE = "made"  # a call has one complaint


class ObligedDesk(Protocol):
    """What this needs of the desk."""

    calls: Calls
    board: StatusBoard
    follow_ups: FollowUps
    complaints: Complaints

    def redraw(self) -> None:
        """Draw what there is."""


class Obligations:
    """Changes the cards of all calls that show the customer; the records follow."""

    def __init__(self, desk: ObligedDesk, records: Records, who: WhoIsIt) -> None:
        self._desk = desk
        self._records = records
        self._who = who

    def refusal(self, call: Call | None) -> Refusal | None:
        """Why no complaint can be made of this call."""
        if call is None or call.ring.is_test:
            return Refusal.NO_CALL
        if call.made.complaint is not None:
            return Refusal.MADE
        return Refusal.NO_CUSTOMER if call.opened_id is None or call.pop.facts is None else None

    def complain(self, call_id: UUID, wish: ComplaintWish) -> Refusal | None:
        """A complaint of what this call's note says."""
        call = self._desk.calls.get(call_id)
        if call is None or (why := self.refusal(call)) is not None:
            return Refusal.NO_CALL if call is None else why
        desk = self._desk
        new = desk.complaints.receive(call, wish, desk.board.records_failed)
        made = ComplaintMade(new.key, new.complaint_no, new.category, new.severity, new.text)
        call.made, call.was_touched = replace(call.made, complaint=made), True
        handler = desk.complaints.name_of(wish.handler)
        self._change(lambda facts: _of(facts, new.customer_id, lambda one: with_complaint(one, new, handler)))
        return None

    def promise(self, call_id: UUID, wish: FollowUpWish) -> Refusal | None:
        """A follow-up that this call's caller is promised; also one whom nobody knows yet."""
        call, desk = self._desk.calls.get(call_id), self._desk
        if call is None or call.ring.is_test:
            return Refusal.NO_CALL
        promised = desk.follow_ups.promise(call, wish, lambda _safe: None, desk.board.records_failed)
        made = follow_up_of(promised, desk.complaints.name_of(wish.assignee))
        call.was_touched = True
        if all(one.follow_up_id != made.follow_up_id for one in call.made.follow_ups):
            call.made = replace(call.made, follow_ups=(*call.made.follow_ups, made))
        customer_id = promised.customer_id
        self._change(lambda facts: _of(facts, customer_id, lambda one: with_follow_up(one, made)))
        return None

    def step(self, wish: StepWish, then: StepThen) -> None:
        """Move a complaint on. Who comes too late is told, and sees it as it stands."""

        def told(end: StepEnd, what: StepTold | None) -> None:
            if end in (StepEnd.LATE, StepEnd.OWN):
                self._look_again(wish.seen.complaint_no)
            elif end is StepEnd.MOVED:
                self._change(lambda facts: with_step(facts, replace(made, not_by_resolver=False)))  # nobody refused it
            then(end, what)

        desk = self._desk
        made = desk.complaints.step(wish, told, desk.board.records_failed)
        self._change(lambda facts: with_step(facts, made))

    def hand_over(self, wish: HandoverWish, then: StepThen) -> None:
        """Somebody else deals with a complaint."""

        def told(end: StepEnd, what: StepTold | None) -> None:
            if end is StepEnd.LATE:
                self._look_again(wish.complaint_no)
            then(end, what)

        desk = self._desk
        desk.complaints.hand_over(wish, told, desk.board.records_failed)
        name = desk.complaints.name_of(wish.handler) if wish.handler else ""
        self._change(lambda facts: with_handler(facts, wish.complaint_no, name))

    def done(self, follow_up_id: UUID) -> None:
        """This operator has kept the promise."""
        self._desk.follow_ups.done(follow_up_id, lambda _safe: None, self._desk.board.records_failed)
        for call in self._desk.calls:
            left = tuple(one for one in call.made.follow_ups if one.follow_up_id != follow_up_id)
            call.made = replace(call.made, follow_ups=left)
        self._change(lambda facts: without_follow_up(facts, follow_up_id))

    def reopen(self, one: OpenFollowUp, then: Done) -> None:
        """It is not done after all: it stands on the cards again."""
        self._desk.follow_ups.reopen(one.follow_up_id, then, self._desk.board.records_failed)
        fact = FollowUpFact(one.follow_up_id, one.kind, one.due_at, one.assignee, one.text)
        for call in self._desk.calls:
            if call.id == one.call_id and fact.follow_up_id not in {made.follow_up_id for made in call.made.follow_ups}:
                call.made = replace(call.made, follow_ups=(*call.made.follow_ups, fact))
        self._change(lambda facts: _of(facts, one.customer_id, lambda mine: with_follow_up(mine, fact)))

    def put_off(self, one: OpenFollowUp, due_at: datetime, then: Done) -> None:
        """It is due later."""
        self._desk.follow_ups.put_off(one.follow_up_id, due_at, then, self._desk.board.records_failed)
        self._change(lambda facts: with_due(facts, one.follow_up_id, due_at))

    def tried(self, one: OpenFollowUp, attempts: int, due_at: datetime, then: Done) -> None:
        """The customer was not reached, for the `attempts`th time; it is due again then."""
        self._desk.follow_ups.tried(one.follow_up_id, attempts, due_at, then, self._desk.board.records_failed)
        self._change(lambda facts: with_due(facts, one.follow_up_id, due_at))

    def reassign(self, one: OpenFollowUp, assignee: str, then: Done) -> None:
        """It is another's, or the team's."""
        self._desk.follow_ups.reassign(one.follow_up_id, assignee, then, self._desk.board.records_failed)
        name = self._desk.complaints.name_of(assignee) if assignee else ""
        self._change(lambda facts: with_assignee(facts, one.follow_up_id, name))

    def look_up(self, call: Call) -> None:
        """What was made of a call that comes back from a draft or from the log."""

        def job(connection: Any, waiting: Sequence[Part]) -> Made:
            return _made(connection, call.id, waiting)

        def found(made: Made) -> None:
            call.made = made
            self._desk.redraw()

        self._records.ask(job, found, self._desk.board.records_failed)

    def _change(self, change: Callable[[CustomerFacts], CustomerFacts]) -> None:
        for call in self._desk.calls:
            if call.pop.facts is not None:
                facts = change(call.pop.facts)
                if facts is not call.pop.facts:
                    call.pop = replace(call.pop, facts=facts)
        self._desk.redraw()

    def _look_again(self, complaint_no: str) -> None:
        for call in self._desk.calls:
            facts = call.pop.facts
            if facts is not None and any(one.complaint_no == complaint_no for one in facts.complaints):
                self._who.open(call, facts.customer.customer_id)


def _of(
    facts: CustomerFacts, customer_id: int | None, change: Callable[[CustomerFacts], CustomerFacts]
) -> CustomerFacts:
    return change(facts) if facts.customer.customer_id == customer_id else facts


def _made(connection: Any, call_id: UUID, waiting: Sequence[Part]) -> Made:
    key = complaint_key(call_id)
    there = received_as(connection, key)
    complaint = ComplaintMade(key, *there) if there else None
    for part in waiting:
        if isinstance(part, ComplaintSnapshot) and part.new.key == key and complaint is None:
            new = part.new
            complaint = ComplaintMade(key, new.complaint_no, new.category, new.severity, new.text)
    promised = [
        FollowUpFact(one.follow_up_id, one.kind, one.due_at, one.assignee, one.text)
        for one in follow_ups_of(connection, call_id)
    ]
    return Made(complaint, tuple(promised))
