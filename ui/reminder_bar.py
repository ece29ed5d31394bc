"""A bar that says what is due, with what can be done about it. It moves into view and takes nothing: no keyboard."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.follow_ups import FollowUpKind, OpenFollowUp
from app.words import _
from ui import wording
from ui.plain_text import button, cut_label, label, set_text


class ReminderBar(QFrame):
    """The most pressing one, and how many more there are.

    Signals, each with the follow-up: wants_call (to call back, or to open what it is about), wants_later, is_done.
    """

    wants_call = Signal(object)
    wants_later = Signal(object)
    is_done = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reminder")
        self._first: OpenFollowUp | None = None
        self.words = cut_label("strong-warning")
        self.more = label("", "small")
        self._call, self._later, self._done = button(""), button(_("In 15 minutes")), button(_("Done"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.more, 1)
        for one, wanted in (
            (self._call, self.wants_call), (self._later, self.wants_later), (self._done, self.is_done),
        ):  # fmt: skip
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on it must not take the keyboard from the note
            one.clicked.connect(lambda _checked=False, tell=wanted: tell.emit(self._first))
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addLayout(row)
        self.hide()

    def fill(self, due: Sequence[OpenFollowUp], now: datetime) -> None:
        """What is due, the most pressing first; nothing: out of sight."""
        self._first = due[0] if due else None
        if self._first is not None:
            self.words.setText("◆ " + reminder_words(self._first, now))
            rest = len(due) - 1
            self.more.setText(_("and {n} more").format(n=rest) if rest else "")
            is_callback = self._first.kind is FollowUpKind.CALLBACK
            set_text(self._call, _("Call back") if is_callback else _("Open"))
        self.setHidden(self._first is None)


def reminder_words(one: OpenFollowUp, now: datetime) -> str:
    """callback promised today 15:00: 髙橋 一郎 様 03-3581-4111 – the delivery date."""
    who = wording.honoured(one.customer) if one.customer else ""
    number = wording.call_number(one.number, None) if one.number else ""
    about = " ".join(part for part in (who, number) if part)
    said = f"{wording.follow_up_kind(one.kind)} {wording.due(one.due_at, now)}"
    return " – ".join(part for part in (f"{said}: {about}" if about else said, one.text) if part)
