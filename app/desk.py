"""One operator's desk: hears call events, decides what is seen, and lets no word be lost.

Everything here runs in one thread (Qt's in the program, the test's in a test).
"""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from app.audit.views import Views
from app.breaks import Breaks
from app.by_hand import CardsByHand
from app.call import LIVE, Call, CallState, Happened, Note
from app.calls import Calls
from app.complaints import Complaints
from app.dispositions import Dispositions
from app.draft_calls import call_from
from app.entering import Entering
from app.finishing import Finishing, Lack
from app.follow_ups import FollowUps
from app.hearing import Hearing
from app.keeping import DraftKeeper, Keeping, StatusBoard
from app.live.presence import Presence
from app.missed import MissedCalls
from app.not_shown import NotShownBook
from app.obligations import Obligations
from app.place import Place
from app.pop import SEARCHING
from app.records import Records
from app.records_watch import RecordsWatch
from app.reminders import Reminders
from app.reviews.drafts import is_of_a_call
from app.reviews.reviews import Reviews
from app.roles import Roles
from app.screen import Screen
from app.shift import Shift
from app.silence import QuietWatch
from app.who_is_it import WhoIsIt
from cti.events import CallEvent
from db.drafts import Draft

SOUGHT_AT_ONCE, SEEK_EVERY_MS = 5, 50  # of the drafts found at start: the newest first
SAVE_AFTER_MS = 60  # the records' thread would take Python from the paint that is about to come


class Desk:
    """Holds the calls of one operator. `screen` is told what to draw, `records` what to keep."""

    def __init__(self, records: Records, screen: Screen, place: Place) -> None:
        self._screen, self._place = screen, place
        self.calls, self.board = Calls(), StatusBoard(screen)
        self.breaks = Breaks(self.board, place.clock)
        self.drafts = DraftKeeper(place.seat, place.clock, self.board, self._draft_saved)
        self.dispositions = Dispositions(records, place, self.board)
        self._keeping = Keeping(records, place.trace, place.seat, place.clock)
        self._finishing = Finishing(self, self._keeping, screen, place.clock)
        self._who = WhoIsIt(records, self, self.board, place.later)
        self.entering = Entering(records, self._who, self.board, place)
        self.views = Views(records, place.seat, place.clock, self.board.records_failed)
        self.roles = Roles(place.role, records, place.seat)
        self.follow_ups = FollowUps(records, place.seat, place.clock)
        self.missed, self.complaints = MissedCalls(records, place), Complaints(records, place)
        self.obligations = Obligations(self, records, self._who)
        self.reviews = Reviews(records, self.drafts, place)
        self.by_hand = CardsByHand(self, self._who, place)
        self.shift = Shift(self, screen, place)
        self.reminders = Reminders(self.follow_ups, self.calls, place)
        self.quiet = QuietWatch(records, self.board, place)
        self.presence = Presence(self.board, self.calls, place)
        self._hearing = Hearing(self, self._keeping, place)
        records.begin(RecordsWatch(self.board, self._who, self.calls, screen, self.roles))
        self.not_shown: NotShownBook = NotShownBook(
            place.trace, place.later, place.clock, lambda: screen.show_not_shown(self.not_shown.newest)
        )

    def hear(self, event: CallEvent) -> None:
        """A source reports a fact."""
        self._hearing.hear(event)

    def look_up(self, call: Call) -> None:
        """Who it is, where there is anything to ask; `matched` follows, or `late` and `unanswered`."""
        if call.ring.can_be_sought:
            self._who.ask(call)
        else:
            self.matched(call, self._place.clock.monotonic_ns())

    def moved_on(self, call: Call) -> None:
        """Keep what happened, be quiet when nothing rings, let go of what nobody needs to see."""
        self.save(call)
        self.calls.let_go_of_old()
        self._quiet_if_nothing_rings()
        if call.is_unseen_for_good:
            self.let_go(call)
            return
        for waiting in self.calls:
            if waiting.state is CallState.RINGING and waiting.why_no_pop is None:
                self.calls.offer(waiting)
        self.redraw()

    def matched(self, call: Call, at_ns: int) -> None:
        """The records have answered, or there was nothing to ask them."""
        call.stamps.mark("matched", at_ns)
        self.show(call)
        self._trace_offered(call)
        if call.why_no_pop is None:
            self.save_later(call)
        else:
            self.save(call)

    def late(self, call: Call) -> None:
        """The records are slower than a frame: the number at once, the card when it comes."""
        self.show(call)

    def unanswered(self, call: Call) -> None:
        """The records failed or take too long: the number alone, with the reason."""
        self._trace_offered(call)
        self.show(call)

    def opened_another(self, call: Call) -> None:
        """The card of a call is another one now."""
        self.save(call)
        self.redraw()

    def choose(self, call_id: UUID, customer_id: int) -> None:
        """The operator says who it is."""
        if call := self._touched(call_id):
            self.views.card(customer_id, "chosen", call_id)
            self._who.choose(call, customer_id)

    def back_to_choice(self, call_id: UUID) -> None:
        """It is not this customer after all."""
        if call := self._touched(call_id):
            self._who.close(call)

    def look_again(self, call_id: UUID) -> None:
        """The operator asks to try the records again."""
        if call := self._touched(call_id):
            self._who.ask_again(call)
            self.redraw()

    def select(self, call_id: UUID) -> None:
        """The operator wants this card."""
        if call := self._touched(call_id):
            if call.move(Happened.TAKEN_UP):
                call.after_call = call.after_call.running(self._place.clock.now())
            self.calls.selected_id = call_id
            self.redraw()

    def touch(self, call_id: UUID) -> None:
        """The operator has clicked into this card: it is in use."""
        self._touched(call_id)

    def write(self, call_id: UUID, note: Note) -> None:
        """A keystroke in the note."""
        call = self.calls.get(call_id)
        if call is not None and call.note != note:
            call.note, call.was_touched = note, True
            self.drafts.write(call)

    def not_mine(self, call_id: UUID) -> None:
        """Somebody else answered; the source could not know."""
        call = self.calls.get(call_id)
        if call is not None and call.move(Happened.NOT_MINE):
            call.was_touched = False  # a newcomer may have the card, unless something is written here
            self.moved_on(call)

    def put_aside(self, call_id: UUID) -> None:
        """Finish later: it stays in the strip and leaves the card to the next one that waits."""
        call = self.calls.get(call_id)
        if call is not None and call.move(Happened.PUT_ASIDE):
            call.was_touched, call.after_call = False, call.after_call.stopped(self._place.clock.now())
            self.drafts.write(call)
            self.save(call)
            self.calls.select_next(call)
            self.redraw()

    def finish(self, call_id: UUID) -> Lack | None:
        """Wrap up: note and disposition on their way into the records, unless something lacks."""
        return self._finishing.finish(call_id, self.dispositions.rules)

    def reopen(self, call: Call) -> None:
        """A past call comes back to the card, to add to its note or to say who it was."""
        if self.calls.get(call.id) is None:
            self.views.call(call.id, "reopened")
            self._take_back(call)
        self.select(call.id)

    def restore(self, drafts: Sequence[Draft]) -> None:
        """Drafts found at start come back to the strip; many of them must not keep a ring from the records."""
        calls = [call_from(draft) for draft in drafts if is_of_a_call(draft)]
        for call in calls:
            self.calls.add(call)
            self.calls.offer(call)
        for place, call in enumerate(reversed(calls)):
            if place < SOUGHT_AT_ONCE:
                self._seek(call)
            else:
                self._place.later(place * SEEK_EVERY_MS, partial(self._seek, call))
        if calls:
            self.redraw()
            self._screen.be_seen()

    def _take_back(self, call: Call) -> None:
        self.calls.add(call)
        self._seek(call)

    def _seek(self, call: Call) -> None:
        self.obligations.look_up(call)
        if call.pop is SEARCHING or call.opened_id is not None:
            self._who.ask_again(call)

    def shown(self, call: Call) -> None:
        """The screen has been asked to draw this call."""
        call.stamps.mark("shown", self._place.clock.monotonic_ns())

    def painted(self, call_id: UUID, at_ns: int) -> None:
        """The screen has drawn this call's name."""
        call = self.calls.get(call_id)
        if call is not None and "painted" not in call.stamps.at_ns:
            call.stamps.mark("painted", at_ns)
            self._keeping.trace("pop", call)

    def show(self, call: Call) -> None:
        """Draw it, and be seen if it rings for the first time."""
        is_due = call.state in LIVE and call.why_no_pop is None
        if is_due and not call.was_rung:
            self._show_ring(call)
        else:
            self.redraw()
        if call.was_rung and call.pop is not SEARCHING and not call.is_watched:
            call.is_watched = True
            self._screen.watch_paint(call)

    def _show_ring(self, call: Call) -> None:
        call.was_rung = True
        self.calls.offer(call)
        if call.goes_out:
            call.is_watched = True  # nobody is surprised by it: nothing waits for its paint
            self.redraw()
            self._screen.be_seen()
            return
        self.redraw()
        if not self.breaks.silences(call):
            self._screen.ring(call)

    def _trace_offered(self, call: Call) -> None:
        if not call.is_traced:
            call.is_traced = True
            self._keeping.trace("offered", call)
            if call.why_no_pop in ("internal_call", "line_never"):
                self.not_shown.kept_quiet(call)

    def redraw(self) -> None:
        """Draw what there is."""
        visible = [call for call in self.calls if call.why_no_pop is None]
        self._screen.show_strip(visible, self.calls.selected_id)
        self._screen.show_card(self.calls.selected)

    def _draft_saved(self, call_id: UUID, seq: int) -> None:
        call = self.calls.get(call_id)
        if call is not None and call.seq == seq:
            call.saved_at = self._place.clock.now()
            self._screen.show_saved(call)

    def save_later(self, call: Call) -> None:
        """The same, after the paint that is about to come."""
        self.drafts.renew(call)
        self._place.later(SAVE_AFTER_MS, lambda: self.save(call))

    def save(self, call: Call) -> None:
        """Its row in the records, and the call in its draft."""
        self._keeping.save(call, lambda _safe: None, self.board.records_failed)
        if self.calls.get(call.id) is call:  # an answer may come after the card has gone
            self.drafts.renew(call)

    def let_go(self, call: Call) -> None:
        """Take a call off the desk."""
        self.calls.remove(call.id)
        self._quiet_if_nothing_rings()
        self.redraw()

    def _quiet_if_nothing_rings(self) -> None:
        if not self.calls.is_ringing:
            self._screen.quiet()

    def _touched(self, call_id: UUID) -> Call | None:
        call = self.calls.get(call_id)
        if call is not None:
            call.was_touched = True
        return call
