"""What the sources tell a desk: each fact finds its call, and moves it on as the table of states allows."""

from dataclasses import replace
from typing import Protocol

from app import trace_facts
from app.call import WRAP_UP, Call, CallState, Happened
from app.calls import Calls
from app.keeping import DraftKeeper, Keeping, StatusBoard
from app.legs import named, with_leg
from app.live.presence import Presence
from app.not_shown import NotShownBook
from app.place import COMMAND, Place
from app.ringing import Ringing
from app.silence import QuietWatch
from app.transfer import caller_of, give_caller, handed_on_by, withhold
from cti.call_merge import CallMerge
from cti.events import (
    CallAnswered,
    CallEnded,
    CallerChanged,
    CallEvent,
    CallHeld,
    CallOffered,
    Direction,
    EndCause,
    LegAdded,
    LegSettled,
    NotOffered,
    NumberWithheld,
    QueuesSeen,
    RangAgain,
    SourceChanged,
    SourceHeard,
    SourceWarned,
)


class HearingDesk(Protocol):
    """What this needs of the desk."""

    calls: Calls
    board: StatusBoard
    not_shown: NotShownBook
    drafts: DraftKeeper
    quiet: QuietWatch
    presence: Presence

    def look_up(self, call: Call) -> None:
        """Ask the records who it is; `show` follows."""

    def show(self, call: Call) -> None:
        """Draw it, and be seen if it rings for the first time."""

    def moved_on(self, call: Call) -> None:
        """Its state is another: keep that, and draw it."""

    def redraw(self) -> None:
        """Draw what there is."""

    def save(self, call: Call) -> None:
        """Its row in the records."""

    def save_later(self, call: Call) -> None:
        """The same, after the paint that is about to come."""


class Hearing:
    """The only one who knows which source's call is which of the desk's."""

    def __init__(self, desk: HearingDesk, keeping: Keeping, place: Place) -> None:
        self._desk, self._keeping, self._place = desk, keeping, place
        self._merge = CallMerge(place.own_phones, (COMMAND, *place.announcers), place.own_numbers)
        self._ringing = Ringing(place.lines, place.clock)

    def hear(self, event: CallEvent) -> None:
        """A source reports a fact."""
        for told in self._merge.hear(self._ringing.seen_from_here(event)):
            if isinstance(told, CallOffered | LegAdded | RangAgain):
                self._rings(told)
            elif isinstance(told, QueuesSeen):
                self._desk.presence.saw_queues(told)
            elif isinstance(told, SourceChanged | SourceWarned | SourceHeard | NotOffered):
                self._source_says(told)
            else:
                self._moves(told)

    def _source_says(self, told: SourceChanged | SourceWarned | SourceHeard | NotOffered) -> None:
        """About itself, or about what did not become a call."""
        if isinstance(told, SourceChanged):
            self._desk.board.source_changed(told)
        elif isinstance(told, SourceHeard):
            self._desk.board.source_heard(told)
        elif isinstance(told, SourceWarned):
            self._desk.board.source_warned(told)
            self._keeping.trace_warning(told)
        else:
            self._desk.not_shown.attempted(told)

    def _rings(self, told: CallOffered | LegAdded | RangAgain) -> None:
        """A call, another leg of one, or the same call once more: as a new one where its card has gone."""
        call = self._desk.calls.by_source(told.source, told.source_id)
        offered = told if isinstance(told, CallOffered) else told.offered
        self._desk.quiet.rang(offered.at)
        if call is None:
            self._offered(offered)
        elif isinstance(told, LegAdded):
            self._leg_added(call, told)
        elif isinstance(told, RangAgain):
            self._rang_again(call, told)

    def _moves(self, told: CallAnswered | CallerChanged | CallHeld | CallEnded | LegSettled | NumberWithheld) -> None:
        """What became of a call, or of one of its legs."""
        fact = told.fact if isinstance(told, LegSettled) else told
        call = self._desk.calls.by_source(fact.source, fact.source_id)
        match told:
            case LegSettled() if call is not None:
                call.settle(told.fact)
                self._desk.save(call)
            case CallAnswered() if call is not None:
                self._answered(call, told)
            case CallerChanged() if call is not None:
                self._caller_changed(call, told)
            case CallHeld() if call is not None and call.hold(told):
                self._keeping.trace("held" if told.is_held else "resumed", call)
                self._desk.redraw()
            case NumberWithheld() if call is not None:
                self._withheld(call, told)
            case CallEnded() if call is not None:
                self._ended(call, told)

    def _offered(self, event: CallOffered) -> None:
        if (taken_back := self._desk.calls.taken_back_as(event)) is not None:
            self._rang_again(taken_back, event)
            return
        call = self._ringing.call_of(event)
        self._desk.calls.add(call)
        self._desk.look_up(call)

    def _leg_added(self, call: Call, told: LegAdded) -> None:
        """It rings in another place too, which may know more of it."""
        call.legs = with_leg(call.legs, told)
        if call.goes_out == (told.offered.direction is Direction.OUT):  # else it is our telephone that rings to dial
            call.ring = call.ring.filled_from(self._ringing.ring_of(told.offered))
        self._ringing.decide(call)
        self._desk.redraw()
        self._desk.save_later(call)

    def _rang_again(self, call: Call, told: CallOffered | RangAgain) -> None:
        """The same card, with all that was written in it."""
        offered = told if isinstance(told, CallOffered) else told.offered
        call.legs = with_leg(call.legs, told)
        if not call.goes_out and call.move(Happened.RANG_AGAIN):
            handed_on_by(call, self._ringing.ring_of(offered))
            call.ring_again(offered)
            call.stamps.mark("matched", self._place.clock.monotonic_ns())
            self._keeping.trace("rang_again", call)
            self._desk.show(call)
        self._desk.save_later(call)

    def _caller_changed(self, call: Call, event: CallerChanged) -> None:
        """Another caller: other records, the same note."""
        if not call.move(Happened.TRANSFERRED):
            return
        before, now_ns = caller_of(call.ring), self._place.clock.monotonic_ns()
        call.ring = replace(call.ring, linked_id=event.linked_id or call.ring.linked_id)
        call.legs = named(call.legs, event.source, event.source_id, event.caller)
        is_unknown = give_caller(call, event.caller, self._ringing.number_of(event.caller, call.ring))
        if not call.was_rung:
            call.stamp_anew(now_ns, now_ns)
            self._ringing.decide(call)
        self._keeping.trace("caller_changed", call, before=trace_facts.of_caller(before))
        if is_unknown:
            self._desk.look_up(call)
        else:
            self._desk.show(call)
            self._desk.save(call)

    def _withheld(self, call: Call, event: NumberWithheld) -> None:
        """The number was on the screen and is gone, from the draft and the records too."""
        withhold(call, event.why)
        if call.is_traced:
            self._keeping.forget_caller(call)
            self._keeping.trace("withheld", call)
        self._desk.drafts.renew(call)
        self._desk.look_up(call)

    def _answered(self, call: Call, event: CallAnswered) -> None:
        is_other = event.by is not None and not self._place.is_here(event.by) and not call.goes_out
        is_known_now = call.state is CallState.TALKING and call.answered_by is None and event.by is not None
        call.settle(event)
        if call.move(Happened.ANSWERED_BY_OTHER if is_other else Happened.ANSWERED) or is_known_now:
            call.answered_by, call.answered_at = event.by, event.at
            is_due_now = call.why_no_pop == "line_pops_on_answer" and not is_other
            if is_due_now:
                call.why_no_pop = None
            self._keeping.trace("answered", call, by=event.by)
            if is_due_now:
                self._desk.show(call)
            self._desk.moved_on(call)

    def _ended(self, call: Call, event: CallEnded) -> None:
        happened = {
            EndCause.ANSWERED_ELSEWHERE: Happened.GAVE_UP if call.goes_out else Happened.ANSWERED_BY_OTHER,
            EndCause.HUNG_UP: Happened.HUNG_UP,
        }.get(event.why, Happened.GAVE_UP)
        was_put_aside = call.state in WRAP_UP and call.ended_at is None
        call.settle(event)
        if call.move(happened) or was_put_aside:
            call.end(event)
            self._keeping.trace("ended", call, why=event.why)
            if call.why_no_pop == "line_pops_on_answer":
                self._desk.not_shown.kept_quiet(call)
            self._desk.moved_on(call)
