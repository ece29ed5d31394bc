"""Complaints from a desk: made of a call, moved on step by step, through the outbox like everything that is written.

Whether a step came in time only the records know: they are asked once it has been sent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app import call_rows
from app.call import Call
from app.card_numbers import masked
from app.outbox import Part
from app.parts import ComplaintSnapshot, HandoverSnapshot, StepSnapshot
from app.place import Place
from app.pop import ComplaintFact, Trouble
from app.records import Failed, Records
from app.words import _
from db.complaints import (
    ComplaintChoices,
    Handover,
    NewComplaint,
    Step,
    StepTold,
    complaint_choices,
    handler_of,
    is_own_work,
    number_for,
    step_told,
    steps_of,
)
from db.kinds import COMPLAINT_STEPS, OPEN_STATES, ComplaintState
from db.uuid7 import uuid7_within

__all__ = [
    "ComplaintChoices",
    "ComplaintState",
    "ComplaintWish",
    "Complaints",
    "HandoverWish",
    "StepEnd",
    "StepTold",
    "StepWish",
    "complaint_key",
    "moved_on",
    "steps_from",
]

LOOK_AGAIN_MS = 5_000


@dataclass(frozen=True, slots=True)
class ComplaintWish:
    """What an operator makes of a call; the note is its text. `handler` is a login, `product` a name, "" for none."""

    category: str
    severity: int
    product: str
    handler: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class StepWish:
    """Where a complaint is to go from where it was seen, the operator's words, and the cause if one was found."""

    seen: ComplaintFact
    to_state: ComplaintState
    words: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class HandoverWish:
    """Who is to deal with a complaint in place of whom it was seen with; logins, "" for nobody."""

    complaint_no: str
    seen: str
    handler: str
    reason: str


class StepEnd(StrEnum):
    """What became of a step."""

    MOVED = "moved"
    WAITS = "waits"  # for the records to be back
    LATE = "late"  # somebody was quicker; the words are kept
    OWN = "own"  # who resolved it may not verify it; the words are kept


StepThen = Callable[[StepEnd, StepTold | None], object]


def steps_from(state: ComplaintState) -> Sequence[ComplaintState]:
    """Where a complaint may go next, the usual step first."""
    return COMPLAINT_STEPS[state]


def is_reopening(before: ComplaintState, after: ComplaintState) -> bool:
    """Whether a step takes back that it was resolved."""
    return before not in OPEN_STATES and after in OPEN_STATES


def _told_with_cause(wish: StepWish) -> str:
    """What was found stands in the history too: the complaint itself shows only the last."""
    cause = _("Cause: {cause}").format(cause=wish.cause) if wish.cause else ""
    return " · ".join(filter(None, (wish.words, cause)))


def moved_on(one: ComplaintFact, to_state: ComplaintState) -> ComplaintFact:
    """As it stands after a step."""
    return one._replace(state=to_state, is_open=to_state in OPEN_STATES, version_id=one.version_id + 1)


def complaint_key(call_id: UUID) -> UUID:
    """The key of a call's complaint: the same however often it is made."""
    return uuid7_within(call_id, "complaint")


class Complaints:
    """`choices` are what the records offered last."""

    def __init__(self, records: Records, place: Place) -> None:
        self._records = records
        self._place = place
        self.choices = ComplaintChoices()
        self.learnt: list[Callable[[], object]] = []

    @property
    def me(self) -> str:
        """The login of who sits here."""
        return self._place.operator

    @property
    def now(self) -> datetime:
        """By the desk's clock."""
        return self._place.clock.now()

    def learn(self, failed: Failed) -> None:
        """Ask what a complaint can be made of."""
        self._records.ask(lambda connection, _waiting: complaint_choices(connection), self._learnt, failed)

    def _learnt(self, found: ComplaintChoices) -> None:
        self.choices = found
        for tell in self.learnt:
            tell()

    def name_of(self, login: str) -> str:
        """An operator's name as far as it is known."""
        return dict(self.choices.operators).get(login, login)

    def receive(self, call: Call, wish: ComplaintWish, failed: Failed) -> NewComplaint:
        """Write it down with its call, whose customer is open."""
        assert call.opened_id is not None
        key, now, operator = complaint_key(call.id), self._place.clock.now(), self._place.operator
        new = NewComplaint(
            key, number_for(key, now.astimezone()), call.opened_id, wish.category, wish.severity, wish.product,
            wish.handler, now, wish.due_at, masked(call.note.body), operator,
        )  # fmt: skip
        parts: list[Part] = [*call_rows.rows_of(call, operator), ComplaintSnapshot(new)]
        self._records.put(call.id, parts, lambda _safe: None, failed)
        return new

    def step(self, wish: StepWish, then: StepThen, failed: Failed) -> Step:
        """Send it; `then` hears what became of it, perhaps first that it waits."""
        clock, seen = self._place.clock, wish.seen
        made = Step(
            clock.new_id(), seen.complaint_no, seen.version_id, wish.to_state, clock.now(), self._place.operator,
            masked(_told_with_cause(wish)), self._place.verified_by_another, masked(wish.cause),
        )  # fmt: skip
        self._records.put(made.key, [StepSnapshot(made)], lambda _safe: None, failed)
        self._follow(lambda connection: _end_of(connection, made), then)
        return made

    def hand_over(self, wish: HandoverWish, then: StepThen, failed: Failed) -> None:
        """Give it to another; `then` hears what became of it, as with a step."""
        clock, reason = self._place.clock, masked(wish.reason)
        before, after = (self.name_of(login) if login else _("nobody") for login in (wish.seen, wish.handler))
        told = _("Handler: {before} → {after}").format(before=before, after=after)
        made = Handover(
            clock.new_id(), wish.complaint_no, wish.seen, wish.handler, clock.now(), self._place.operator,
            " · ".join(filter(None, (told, reason))), reason,
        )  # fmt: skip
        self._records.put(made.key, [HandoverSnapshot(made)], lambda _safe: None, failed)

        def end(connection: Any) -> tuple[StepEnd, StepTold | None]:
            has_it = handler_of(connection, made.complaint_no) == made.handler
            return StepEnd.MOVED if has_it else StepEnd.LATE, step_told(connection, made.key)

        self._follow(end, then)

    def history(self, complaint_no: str, then: Callable[[Sequence[StepTold]], object], failed: Failed) -> None:
        """What happened to a complaint, newest first."""
        self._records.ask(lambda connection, _waiting: steps_of(connection, complaint_no), then, failed)

    def _follow(self, end: Callable[[Any], tuple[StepEnd, StepTold | None]], then: StepThen) -> None:
        """Once it has been sent the records say how it ended."""

        def sent(trouble: Trouble | None) -> None:
            if trouble is None:
                self._records.ask(
                    lambda connection, _waiting: end(connection),
                    lambda ended: then(*ended),
                    lambda _error: sent(Trouble.UNREACHABLE),
                )
                return
            then(StepEnd.WAITS, None)
            self._place.later(LOOK_AGAIN_MS, lambda: self._records.when_sent(sent))

        self._records.when_sent(sent)


def _end_of(connection: Any, made: Step) -> tuple[StepEnd, StepTold | None]:
    told = step_told(connection, made.key)
    if told is not None and told.from_state is not told.to_state:
        return StepEnd.MOVED, told
    is_own = told is not None and told.to_state is ComplaintState.RESOLVED and is_own_work(connection, made)
    return StepEnd.OWN if is_own else StepEnd.LATE, told
