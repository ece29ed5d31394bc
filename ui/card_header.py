"""The top of the card: who it is, with which number, on which line, for how long, and what matters first."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.call import Call, CallState
from app.headline import headline, pins
from app.pop import CustomerFacts, PopState, Unsent
from app.words import _
from ui import wording
from ui.action_bar import ActionBar
from ui.control_bar import ControlBar
from ui.dial_link import DialLink
from ui.first_line import FirstLine, laid_out_once, parts, set_hidden
from ui.keys import NOT_MINE
from ui.number_line import NumberLine
from ui.pins import Pins
from ui.plain_text import button, cut_label, give_role, label, set_tip, value
from ui.transfer_line import TransferLine
from ui.way_line import WayLine

_STATE_ROLES = {CallState.MISSED: "state-bad", CallState.ELSEWHERE: "small", CallState.LATER: "small"}
_MAYBE_ANOTHERS = (CallState.RINGING, CallState.TALKING, CallState.AFTER_CALL)
_NUMBER, _CHIP = 260, 140  # px that no real number exceeds, nor any rank


class CardHeader(QWidget):
    """The first three seconds.

    Signals:
        wanted: the record (`app.headline.Place`) that a link or a pin leads to.
        not_this_one: the customer who stands open is not the caller.
        not_mine: somebody else answered; the source could not know.
        wanted_instead: the id of the customer who is the caller since the call was transferred.
        number_recorded: the number that rang is this customer's.
    """

    wanted = Signal(object)
    wanted_instead = Signal(object)  # a desk's own keys are longer than Qt's int
    number_recorded = Signal()
    not_this_one = Signal()
    not_mine = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.reading, self.name = cut_label("reading"), value("name")
        self._chips = [cut_label("chip"), cut_label("chip")]
        for chip in self._chips:  # a long name is cut, a rank is not
            chip.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            chip.setMaximumWidth(_CHIP)
        self._number, self._facts = value("strong"), cut_label("small")
        self._verstats = {"verified": label("", "sign-good"), "failed": label("", "chip-bad")}
        self._state, self._clock = label("", "state"), label("", "clock")
        self._transfer, self._line, self._pins = TransferLine(), FirstLine(), Pins()
        self._number_line, self.way, self.beside, self.dial = NumberLine(), WayLine(), ActionBar(), DialLink()
        self._number_line.recorded.connect(self.number_recorded)
        self._copied, self.control = cut_label("warning"), ControlBar()
        self._not_this_one, self._not_mine = button(_("Not this customer"), "quiet"), button(_("Not mine"), "quiet")
        self._not_this_one.clicked.connect(self.not_this_one)
        self._not_mine.clicked.connect(self.not_mine)
        set_tip(self._not_mine, NOT_MINE.words)
        self._line.wanted.connect(self.wanted)
        self._pins.wanted.connect(self.wanted)
        self._transfer.wanted.connect(self.wanted_instead)
        self._transfer.asked.connect(self.not_this_one)
        self._lay_out()

    def fill(self, call: Call, now: datetime) -> None:
        """Draw this call."""
        with laid_out_once(self, self._line, self._pins, self.beside):
            self._fill(call, now)

    def _fill(self, call: Call, now: datetime) -> None:
        facts = call.pop.facts
        self.reading.setText(facts.customer.reading if facts else _reading_line(call))
        self.name.setText(wording.call_title(call))
        self._show_chips(facts)
        number = wording.number_text(call.ring.number)
        has_none = call.ring.withheld is not None or (call.by_hand is not None and not call.ring.number.display)
        has_none = has_none or number == wording.call_title(call)  # it is said already, larger
        self._number.setText("" if has_none else number)
        self._number.setMinimumWidth(min(self._number.sizeHint().width(), _NUMBER))  # what stands beside it gives way
        set_hidden(self._number, is_hidden=has_none)
        self._show_verstat(call)
        self._facts.setText(_facts_line(call))
        set_hidden(self._facts, is_hidden=not self._facts.text())
        self._transfer.fill(call)
        self._number_line.fill(call)
        self._copied.setText(_unsent_words(call) or _copied_words(call, now))
        set_hidden(self._copied, is_hidden=not self._copied.text())
        self._line.fill(parts(headline(facts), now) if facts else [])
        set_hidden(self._line, is_hidden=facts is None)
        self._pins.fill(pins(call.pop, now), now)
        self._state.setText(wording.call_state(call))
        give_role(self._state, _STATE_ROLES.get(call.state, "state"))
        set_hidden(self._not_this_one, is_hidden=facts is None)
        set_hidden(self._not_mine, is_hidden=not _may_be_anothers(call))
        self.way.fill(call)
        self.dial.fill(call)
        self.control.fill(call)
        self.beside.fill(call)
        self.tick(call, now)

    def tick(self, call: Call, now: datetime) -> None:
        """Let the clock run."""
        self._clock.setText(wording.call_clock(call, now))

    def _show_verstat(self, call: Call) -> None:
        """Beside the number, and with it for those who hear the screen."""
        sign, words = wording.verstat(call.ring.verstat)
        for said, mark in self._verstats.items():
            mark.setText(f"{sign} {words}" if said == call.ring.verstat else "")
            set_hidden(mark, is_hidden=not mark.text())
        self._number.setAccessibleDescription(words)

    def _show_chips(self, facts: CustomerFacts | None) -> None:
        texts: list[str] = []
        if facts is not None:
            rank = facts.customer.rank
            texts = [
                _("Rank {rank}").format(rank=rank) if rank else "",
                wording.lifecycle(facts.customer.lifecycle_stage),
            ]
        for number, chip in enumerate(self._chips):
            chip.setText(texts[number] if number < len(texts) else "")
            set_hidden(chip, is_hidden=not chip.text())

    def _lay_out(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(4)
        who.addWidget(self.reading)
        who.addLayout(_row(self.name, *self._chips))
        who.addLayout(_row(self._number, self.dial, *self._verstats.values(), self._facts, self.way))
        right = QVBoxLayout()
        right.addLayout(_row(self._state, self._clock, is_right=True), 1)
        right.addLayout(_row(self._not_this_one, self._not_mine, is_right=True))
        upper = QHBoxLayout()
        upper.addLayout(who, 1)
        upper.addLayout(right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 12, 20, 12)
        whole.setSpacing(6)
        whole.addLayout(upper)
        whole.addWidget(self.control)
        whole.addWidget(self._transfer)
        whole.addWidget(self._number_line)
        whole.addWidget(self._copied)
        whole.addWidget(self._line)
        whole.addWidget(self._pins)
        whole.addWidget(self.beside)


def _may_be_anothers(call: Call) -> bool:
    return call.state in _MAYBE_ANOTHERS and call.by_hand is None and not call.goes_out


def _row(*widgets: QWidget, is_right: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    if is_right:
        row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    if not is_right:
        row.addStretch(1)
    return row


def _unsent_words(call: Call) -> str:
    """What of the card only this PC knows; "" where that is nothing."""
    return {
        Unsent.CUSTOMER: "▲ " + _("New customer, entered on this PC: waits to be sent to the records"),
        Unsent.NUMBER: "▲ " + _("The number was recorded on this PC: it waits to be sent to the records"),
        None: "",
    }[call.pop.unsent]


def _copied_words(call: Call, now: datetime) -> str:
    """That this is this desk's own copy, and how old; "" for what the records say."""
    copied = call.pop.copied
    if copied is None:
        return ""
    as_of = f"{wording.days_ago(copied.as_of, now)} {wording.clock_time(copied.as_of)}"
    if copied.cut_at is None:
        return "△ " + _("The records do not answer: as of {when}").format(when=as_of)
    cut_at = wording.clock_time(copied.cut_at)
    return "△ " + _("Database not reachable since {time}: as of {when}").format(time=cut_at, when=as_of)


def _reading_line(call: Call) -> str:
    if call.by_hand is not None and call.pop.state is PopState.NO_NUMBER:
        return _("Search for the customer, or enter a new one.")
    return {
        PopState.SEARCHING: _("Looking up…"),
        PopState.CHOICE: _("Who is calling? Choose below."),
        PopState.NOBODY: _("Not in the records"),
        PopState.NO_NUMBER: _("Ask who is calling, then search below."),
        PopState.FAILED: _("The records could not be asked"),
    }.get(call.pop.state, "")


def _facts_line(call: Call) -> str:
    """Kind of number · line · why this customer."""
    ring = call.ring
    known = [wording.number_kind(ring.number.kind) if ring.withheld is None else ""]
    if ring.dialled or ring.line_name:
        dialled = (
            f"{ring.line_name} ({ring.dialled})" if ring.line_name and ring.dialled else ring.line_name or ring.dialled
        )
        known.append(_("Line: {line}").format(line=dialled))
    if ring.queue or ring.waiting_since is not None:
        known.append(wording.queue(ring.queue, ring.waiting_since, call.waited))
    if ring.diverted_from:
        known.append(_("Forwarded by {who}").format(who=ring.diverted_from))
    if call.pop.opened_reason is not None:
        known.append(_("Match: {reason}").format(reason=wording.reason(call.pop.opened_reason)))
    if ring.name and call.pop.facts is not None and ring.name != call.pop.facts.customer.name:
        known.append(_("Network says: {name}").format(name=ring.name))
    return "   ".join(part for part in known if part)
