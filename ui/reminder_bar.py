"""A bar that says what is due, with what can be done about it. It moves into view and takes nothing: no keyboard."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.follow_ups import FollowUpKind, OpenFollowUp
from app.words import _
from ui import wording
from ui.follow_up_words import is_to_reach
from ui.plain_text import button, cut_label, give_role, label, set_text


class ReminderBar(QFrame):
    """The most pressing one, how many more there are, and what became of the one before.

    Signals, each with the follow-up: wants_call (to call back, or to open what it is about), not_reached, wants_later,
    is_done. wants_undo: what was said last shall not be.
    """

    wants_call = Signal(object)
    not_reached = Signal(object)
    wants_later = Signal(object)
    is_done = Signal(object)
    wants_undo = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reminder")
        self._first: OpenFollowUp | None = None
        self.words, self.said = cut_label("strong-warning"), label("", "result")
        self.said.setWordWrap(True)  # why nothing was dialled is read to its end
        self.more, self.undo = label("", "small"), button(_("Undo"), "link")
        self._call, self._not_reached = button(""), button(_("Not reached"))
        self._later, self._done = button(_("In 15 minutes")), button(_("Done"))
        self._lay_out()
        self.hide()

    def fill(self, due: Sequence[OpenFollowUp], now: datetime) -> None:
        """What is due, the most pressing first; nothing: out of sight, once what was said has been read."""
        self._first = due[0] if due else None
        if self._first is not None:
            self.words.setText("◆ " + reminder_words(self._first, now))
            rest = len(due) - 1
            self.more.setText(_("and {n} more").format(n=rest) if rest else "")
            is_callback = self._first.kind is FollowUpKind.CALLBACK
            set_text(self._call, _("Call back") if is_callback else _("Open"))
        for one in (self.words, self.more, self._call, self._later, self._done):
            one.setHidden(self._first is None)
        self._not_reached.setHidden(not is_to_reach(self._first))
        self._show()

    def say(self, words: str, role: str, *, undo: bool) -> None:
        """What became of the one before; "" when it has been read."""
        give_role(self.said, role)
        self.said.setText(words)
        self.undo.setHidden(not undo)
        self._show()

    def _show(self) -> None:
        self.said.setHidden(not self.said.text())
        self.setHidden(self._first is None and not self.said.text())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.more)
        row.addStretch(1)
        for one, wanted in (
            (self._call, self.wants_call), (self._not_reached, self.not_reached), (self._later, self.wants_later),
            (self._done, self.is_done),
        ):  # fmt: skip
            one.clicked.connect(lambda _checked=False, tell=wanted: tell.emit(self._first))
            row.addWidget(one)
        self.undo.clicked.connect(self.wants_undo)
        for press in (self.undo, self._call, self._not_reached, self._later, self._done):
            press.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on it must not take the keyboard from the note
        self.undo.hide()
        self.said.hide()
        said = QHBoxLayout()
        said.setSpacing(12)
        said.addWidget(self.said, 1)
        said.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addLayout(said)
        column.addLayout(row)


def reminder_words(one: OpenFollowUp, now: datetime) -> str:
    """callback promised today 15:00: 髙橋 一郎 様 03-3581-4111 – the delivery date."""
    who = wording.honoured(one.customer) if one.customer else ""
    number = wording.call_number(one.number, None) if one.number else ""
    about = " ".join(part for part in (who, number) if part)
    said = f"{wording.follow_up_kind(one.kind)} {wording.due(one.due_at, now)}"
    return " – ".join(part for part in (f"{said}: {about}" if about else said, one.text) if part)
