"""The end of a call for the operator: nothing that the site asks for may lack, and the draft goes when all is safe."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from app.call import Call, CallState, Happened, Note
from app.calls import Calls
from app.clock import Clock
from app.keeping import DraftKeeper, Keeping, StatusBoard
from app.missed import MissedCalls
from app.parts import MarkSnapshot
from app.screen import Screen
from db.dispositions import DispositionFact


class Lack(StrEnum):
    """What has to be there before a call can be finished."""

    CUSTOMER = "customer"  # of a card that was opened without a call
    DISPOSITION = "disposition"
    NOTE = "note"


class FinishRules:
    """What a site asks for: a code for every contact, and a note for chosen codes. A missed call needs neither."""

    def __init__(self, *, disposition_required: bool) -> None:
        self._disposition_required = disposition_required
        self._with_note: frozenset[str] = frozenset()

    def learn(self, codes: Iterable[DispositionFact]) -> None:
        """Which codes need a note."""
        self._with_note = frozenset(one.code for one in codes if one.needs_note)

    def lack(self, call: Call) -> Lack | None:
        """The first thing that is missing."""
        if call.ring.is_test or not call.has_contact:
            return None
        if call.by_hand is not None and call.opened_id is None:
            return Lack.CUSTOMER
        if self._disposition_required and not call.note.disposition:
            return Lack.DISPOSITION
        if call.note.disposition in self._with_note and not call.note.body.strip():
            return Lack.NOTE
        return None


class FinishedDesk(Protocol):
    """What finishing needs of the desk."""

    drafts: DraftKeeper
    board: StatusBoard
    calls: Calls
    missed: MissedCalls

    def let_go(self, call: Call) -> None:
        """Take a finished call off the desk."""

    def redraw(self) -> None:
        """Draw what there is."""


class Finishing:
    """Sends note and disposition on their way; a call that is typed on meanwhile stays."""

    def __init__(self, desk: FinishedDesk, keeping: Keeping, screen: Screen, clock: Clock) -> None:
        self._desk = desk
        self._keeping = keeping
        self._screen = screen
        self._clock = clock

    def finish(self, call_id: UUID, rules: FinishRules) -> Lack | None:
        """Wrap up, unless something lacks; the draft goes only when all is safe."""
        call = self._desk.calls.get(call_id)
        if call is None or call.is_finishing:
            return None
        if (lack := rules.lack(call)) is not None:
            return lack
        now = self._clock.now()
        call.is_finishing, note, ended_at = True, call.note, call.ended_at
        call.ended_at, call.after_call = ended_at or now, call.after_call.stopped(now)
        marks = self._desk.missed.marks_of(call, self._desk.calls)
        self._keeping.finish(
            call,
            marks,
            lambda _done: self._finished(call, note, marks),
            lambda error: self._not_finished(call, ended_at, error),
        )
        return None

    def _finished(self, call: Call, note: Note, marks: Sequence[MarkSnapshot]) -> None:
        self._desk.missed.finished(marks)
        self._screen.commit_typing()
        call.is_finishing = False
        if call.note == note and call.ended_at is not None:  # else it rang again meanwhile
            call.move(Happened.FINISHED)
            self._desk.drafts.forget(call)
            self._desk.let_go(call)
        else:  # typed on while the records were busy: there is more to finish
            self._work_on(call)

    def _not_finished(self, call: Call, ended_at: datetime | None, error: Exception) -> None:
        call.is_finishing, call.ended_at = False, ended_at
        self._work_on(call)
        self._desk.board.records_failed(error)

    def _work_on(self, call: Call) -> None:
        if call.state is CallState.AFTER_CALL:
            call.after_call = call.after_call.running(self._clock.now())
        self._desk.redraw()
