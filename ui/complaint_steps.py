"""Where the selected complaint can go next, with the operator's words, and what happened to it before.

Only steps that are allowed are offered, the usual one first; Enter in the words takes that one.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.complaints import ComplaintState, StepTold, StepWish, is_reopening, steps_from
from app.pop import ComplaintFact
from app.words import _
from ui import wording
from ui.line_field import LineField
from ui.plain_text import button, cut_label, give_role, label, set_text

_MOST_STEPS, _MOST_EVENTS = 4, 3
_LOW, _TINY = 260, 170  # px


class ComplaintSteps(QWidget):
    """Signals:
    stepped: a StepWish.
    asked: the number of a complaint whose history is wanted.
    """

    stepped = Signal(object)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: ComplaintFact | None = None
        self._is_low = self.is_tiny = False
        self._heading = label(_("What happened"), "heading")
        self._words_of: dict[str, str] = {}  # typed and not sent, by complaint
        self.title, self.words, self.told = cut_label("strong"), LineField(), cut_label("small")
        self.words.setAccessibleName(_("What was done or said, for the record"))
        self._turn_told()
        self._buttons = [button("", "primary" if place == 0 else "button") for place in range(_MOST_STEPS)]
        self._events = [cut_label("small") for _event in range(_MOST_EVENTS)]
        self._lay_out()
        self.words.returnPressed.connect(lambda: self._step(0))
        for place, one in enumerate(self._buttons):
            one.clicked.connect(lambda _checked=False, n=place: self._step(n))
        self.hide()

    def show_complaint(self, one: ComplaintFact | None) -> None:
        """None: none is selected."""
        before = self._shown
        is_other = (before.complaint_no if before else "") != (one.complaint_no if one else "")
        if is_other:
            self._change_words(one)
            self.say("")
            self.show_events(())
        self._shown = one
        self.setVisible(one is not None)
        if one is None:
            return
        state = wording.complaint_state(one.state)
        self.title.setText(_("#{no}: {state}. Go on to:").format(no=one.complaint_no, state=state))
        self._offer(one.state)
        if is_other or before != one:
            self.asked.emit(one.complaint_no)

    def take_over(self, before: "ComplaintSteps") -> None:
        """Words of another window that were not sent."""
        before._change_words(None)
        self._words_of = dict(before._words_of)
        if self._shown is not None:
            self.words.setText(self._words_of.get(self._shown.complaint_no, ""))

    def show_events(self, events: Sequence[StepTold]) -> None:
        """What happened to it, newest first."""
        for place, line in enumerate(self._events):
            line.setText(event_words(events[place]) if place < len(events) else "")
        self._turn_events()

    def make_room(self, height: int) -> None:
        """In a low panel what happened before gives way to the rows above; in a tiny one all is one row."""
        self._is_low, self.is_tiny = height < _LOW, height < _TINY
        sides = QBoxLayout.Direction
        self._both.setDirection(sides.LeftToRight if self.is_tiny else sides.TopToBottom)
        self.title.setHidden(self.is_tiny)
        self._turn_told()
        self._turn_events()

    def _turn_events(self) -> None:
        for line in self._events:
            line.setHidden(self._is_low or not line.whole)
        self._heading.setHidden(self._is_low or not self._events[0].whole)

    def say(self, words: str, role: str = "small") -> None:
        """What became of a step, in one line."""
        self.told.setText(words)
        give_role(self.told, role)
        self._turn_told()

    def _turn_told(self) -> None:
        """In a tiny panel it stands where the words are to be typed."""
        self.told.setHidden(self.is_tiny or not self.told.whole)
        hint = _("What was done or said, for the record")
        self.words.setPlaceholderText(self.told.whole if self.is_tiny and self.told.whole else hint)

    @property
    def complaint_no(self) -> str:
        """Of the one that is shown; "" for none."""
        return self._shown.complaint_no if self._shown is not None else ""

    def steps(self) -> list[QPushButton]:
        """The buttons of the steps that are offered."""
        return [one for one in self._buttons if not one.isHidden()]

    def _offer(self, state: ComplaintState) -> None:
        offered = steps_from(state)
        for place, one in enumerate(self._buttons):
            if place < len(offered):
                words = wording.complaint_state(offered[place])
                if is_reopening(state, offered[place]):
                    words = _("Reopen: {state}").format(state=words)
                    give_role(one, "button")
                else:
                    give_role(one, "primary" if place == 0 else "button")
                set_text(one, words)
            one.setHidden(place >= len(offered))

    def _change_words(self, other: ComplaintFact | None) -> None:
        """Words that were not sent stay with their complaint."""
        if self._shown is not None:
            self.words.commit()
            self._words_of[self._shown.complaint_no] = self.words.text()
        self.words.setText(self._words_of.get(other.complaint_no, "") if other is not None else "")

    def _step(self, place: int) -> None:
        if self._shown is None or self.words.preedit:
            return
        seen, to_state = self._shown, steps_from(self._shown.state)[place]
        if is_reopening(seen.state, to_state) and not self.words.text().strip():
            self.say("▲ " + _("Say why it is reopened."), "warning")
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wish = StepWish(seen, to_state, self.words.text().strip())
        self.words.clear()
        self.say("")
        self.stepped.emit(wish)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        for one in self._buttons:
            row.addWidget(one)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(6)
        self._both.addLayout(row)
        self._both.addWidget(self.words, 1)
        column.addLayout(self._both)
        column.addWidget(self.told)
        column.addWidget(self._heading)
        for line in self._events:
            column.addWidget(line)


def event_words(one: StepTold) -> str:
    """2026-11-21 14:12 佐藤 美咲: acknowledged – told by telephone."""
    is_remark = one.from_state is one.to_state
    step = _("remark") if is_remark else wording.complaint_state(one.to_state)
    who = one.who or "—"
    said = f"{wording.day(one.at)} {wording.clock_time(one.at)} {who}: {step}"
    return f"{said} – {one.words}" if one.words else said
