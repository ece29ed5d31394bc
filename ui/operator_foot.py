"""The foot of the rail: who sits here and in which state; a break and another operator are one click away."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.call import Call
from app.choices import Choice
from app.desk import Desk
from app.operator_state import OperatorState, operator_state
from app.screen import Status
from app.words import _
from ui.choice_field import FreeField
from ui.keys import BREAK, SWITCH
from ui.plain_text import button, cut_label, give_role, label, set_text, set_tip

_ROLES = {OperatorState.BREAK: "sign-bad", OperatorState.READY: "sign-good"}


class OperatorFoot(QWidget):
    """The form for another operator opens in place: nothing stands in the way of a call.

    Signals:
        wants_break: begin one, or end it.
        opening: the form opens; `offer` it who is known.
        switched: the login of who sits here from now on.
    """

    wants_break = Signal()
    opening = Signal()
    switched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name, self._state = cut_label("strong"), label("", "sign-good")
        self.on_break, self._switch = button("", "quiet"), button(_("Switch operator…"), "quiet")
        self.field, self._heading = FreeField(), label(_("Who sits here now?"), "heading")
        self._heading.setBuddy(self.field)
        self._heading.setWordWrap(True)
        self.field.setPlaceholderText(_("Login"))
        set_tip(self.on_break, BREAK.words)
        set_tip(self._switch, SWITCH.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 8, 4, 12)
        column.setSpacing(4)
        for one in (self._name, self._state, self.on_break, self._switch, self._heading, self.field):
            column.addWidget(one)
        for one in (self.on_break, self._switch):
            column.setAlignment(one, Qt.AlignmentFlag.AlignLeft)
        self.on_break.clicked.connect(self.wants_break)
        self._switch.clicked.connect(self.open_form)
        self.field.entered.connect(self._entered)
        self._show_form(is_wanted=False)

    def show_operator(self, name: str, state: OperatorState) -> None:
        """Who, and what he does."""
        self._name.setText(name)
        self._state.setText(state_words(state))
        give_role(self._state, _ROLES.get(state, "small"))
        set_text(self.on_break, _("End the break") if state is OperatorState.BREAK else _("Begin a break"))

    def open_form(self) -> None:
        """Ask who sits here now."""
        self.opening.emit()
        self._show_form(is_wanted=True)
        self.field.setFocus()

    def offer(self, operators: Sequence[tuple[str, str]]) -> None:
        """Who is known, as (login, name); anybody else types a login."""
        self.field.clear()
        said = [(login, f"{name} ({login})" if name != login else login) for login, name in operators]
        self.field.offer([Choice(login, (words,), login) for login, words in said])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.field.isHidden():
            self._show_form(is_wanted=False)
        else:
            super().keyPressEvent(event)

    def _entered(self) -> None:
        login = self.field.key or self.field.words
        if login:
            self._show_form(is_wanted=False)
            self.switched.emit(login)

    def _show_form(self, *, is_wanted: bool) -> None:
        for one in (self._heading, self.field):
            one.setVisible(is_wanted)
        self._switch.setVisible(not is_wanted)


class FootView(QObject):
    """Keeps the foot true: state from the desk's calls, names from the records."""

    def __init__(self, foot: OperatorFoot, desk: Desk) -> None:
        super().__init__(foot)
        self._foot, self._desk = foot, desk
        self._status, self._calls = desk.board.status, tuple[Call, ...]()
        foot.opening.connect(self._offer)
        foot.switched.connect(desk.shift.change)
        desk.shift.changed.append(self._show)
        desk.complaints.learnt.append(self._learnt)
        self._show()

    def leave(self) -> None:
        """Another foot has taken its place."""
        self._desk.shift.changed.remove(self._show)
        self._desk.complaints.learnt.remove(self._learnt)

    def show_status(self, status: Status) -> None:
        """A break has begun or ended, perhaps; or somebody has to say who sits here."""
        is_asked = bool(status.unnamed and not self._status.unnamed)
        self._status = status
        self._show()
        if is_asked:
            self._foot.open_form()

    def show_calls(self, calls: Sequence[Call]) -> None:
        """The calls on the desk changed."""
        self._calls = tuple(calls)
        self._show()

    def _show(self) -> None:
        complaints = self._desk.complaints
        self._foot.show_operator(complaints.name_of(complaints.me), operator_state(self._status, self._calls))

    def _offer(self) -> None:
        """The records are asked anew for next time: they may be away now."""
        self._foot.offer(self._others())
        self._desk.complaints.learn(self._desk.board.records_failed)

    def _learnt(self) -> None:
        """Names, and who can be chosen; what is being typed stays."""
        self._show()
        if not self._foot.field.isHidden() and not self._foot.field.text():
            self._foot.offer(self._others())

    def _others(self) -> Sequence[tuple[str, str]]:
        """Whom another start of the shift can mean; where nobody has said so, also who is written down now."""
        complaints = self._desk.complaints
        me = "" if self._status.unnamed else complaints.me
        return [one for one in complaints.choices.operators if one[0] != me]


def state_words(state: OperatorState) -> str:
    """A sign and words."""
    return {
        OperatorState.BREAK: "Ⅱ " + _("On a break"),
        OperatorState.ON_CALL: "● " + _("On the phone"),
        OperatorState.AFTER_CALL: "✎ " + _("After-call work"),
        OperatorState.READY: "● " + _("Ready"),
    }[state]
