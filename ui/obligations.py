"""Connects the note's forms and the panel of complaints with the desk: what a call leaves to be done."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from app.call import Call
from app.complaints import ComplaintWish, StepEnd, StepTold, StepWish
from app.desk import Desk
from app.follow_ups import FollowUpWish
from app.headline import Place
from app.obligations import Refusal
from app.words import _
from ui import wording
from ui.complaint_form import ComplaintForm
from ui.follow_up_form import FollowUpForm
from ui.panels.complaints import Complaints
from ui.pop_window import PopWindow
from ui.wrap_up_form import Offers

_COMPLAINT = "complaint"  # what the codes of complaints begin with


class ObligationsView(QObject):
    """Opens the forms for the call on the card, and hands on what they make."""

    def __init__(self, pop: PopWindow, desk: Desk) -> None:
        super().__init__(pop)
        self._pop = pop
        self._desk = desk
        wrap_up = pop.note.wrap_up
        wrap_up.wants_complaint.connect(self._open_complaint)
        wrap_up.wants_promise.connect(self._open_promise)
        wrap_up.wished.connect(self._wished)
        wrap_up.left.connect(self._back_to_note)
        self._learn()
        self.steps = next(one.steps for one in pop.body.panels.panels if isinstance(one, Complaints))
        self.steps.stepped.connect(self._step)
        self.steps.asked.connect(self._ask_history)

    def _learn(self) -> None:
        self._desk.complaints.learn(self._desk.board.records_failed)

    def _open_complaint(self) -> None:
        call, wrap_up = self._pop.call, self._pop.note.wrap_up
        why = self._desk.obligations.refusal(call)
        if call is not None and why is None:
            wrap_up.say("")
            wrap_up.open_form(ComplaintForm, call, self._offers())
        elif call is not None and why is not None:
            wrap_up.say(refusal_words(why, call))
            if why is Refusal.MADE:
                self._pop.body.panels.go_to(Place("complaints"))

    def _open_promise(self) -> None:
        call = self._pop.call
        if call is not None:
            self._pop.note.wrap_up.open_form(FollowUpForm, call, self._offers())

    def _offers(self) -> Offers:
        """The records are asked anew for next time: they may be away now."""
        self._learn()
        field = self._pop.note.disposition
        about = field.text().rpartition(" › ")[2] if field.key.partition(".")[0] == _COMPLAINT else ""
        complaints = self._desk.complaints
        return Offers(complaints.choices, complaints.me, self._desk.complaints.now, about)

    def _wished(self, wish: ComplaintWish | FollowUpWish) -> None:
        call, wrap_up = self._pop.call, self._pop.note.wrap_up
        if call is None:
            return
        obligations = self._desk.obligations
        why = (
            obligations.complain(call.id, wish)
            if isinstance(wish, ComplaintWish)
            else obligations.promise(call.id, wish)
        )
        wrap_up.saved()
        wrap_up.say(refusal_words(why, call) if why is not None else "")
        self._back_to_note()

    def _step(self, wish: StepWish) -> None:
        number = wish.seen.complaint_no

        def told(end: StepEnd, what: StepTold | None) -> None:
            if self.steps.complaint_no == number:
                self.steps.say(*step_end_words(end, what))
                self._ask_history(number)

        self._desk.obligations.step(wish, told)

    def _ask_history(self, complaint_no: str) -> None:
        def found(events: Sequence[StepTold]) -> None:
            if self.steps.complaint_no == complaint_no:
                self.steps.show_events(events)

        self._desk.complaints.history(complaint_no, found, self._desk.board.records_failed)

    def _back_to_note(self) -> None:
        self._pop.note.body.setFocus(Qt.FocusReason.OtherFocusReason)


def refusal_words(why: Refusal, call: Call) -> str:
    """Why nothing can be made of a call, and what to do."""
    number = call.made.complaint.complaint_no if call.made.complaint is not None else ""
    return {
        Refusal.NO_CALL: _("Nothing is kept of a test call."),
        Refusal.NO_CUSTOMER: _("Choose or enter the customer first."),
        Refusal.MADE: _("Complaint {no} was made of this call already.").format(no=number),
    }[why]


def step_end_words(end: StepEnd, told: StepTold | None) -> tuple[str, str]:
    """What became of a step, and the role of the label that says so."""
    if end is StepEnd.MOVED:
        return "✓ " + _("Written down."), "small"
    if end is StepEnd.WAITS:
        return "△ " + _("It waits on this PC until the records answer."), "warning"
    if end is StepEnd.OWN:
        said = _("You resolved it yourself: somebody else has to verify it. Your words are kept.")
        return "▲ " + said, "warning"
    state = wording.complaint_state(told.to_state) if told is not None else "—"
    return "▲ " + _("Somebody was quicker: it is at {state}. Your words are kept.").format(state=state), "warning"
