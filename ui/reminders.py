"""Shows what is due: in both windows, as a badge of the tray, and quietly as the desktop's own notice when new."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.desk import Desk
from app.follow_ups import OpenFollowUp
from ui.privacy_cover import PrivacyCover
from ui.reminder_bar import ReminderBar, reminder_words
from ui.tray import Tray


class RemindersView(QObject):
    """Signals: opened, the id of the call in which it was promised."""

    opened = Signal(object)

    def __init__(self, desk: Desk, tray: Tray) -> None:
        super().__init__(tray)
        self._desk = desk
        self._tray = tray
        self._due: Sequence[OpenFollowUp] = ()
        self._noticed: set[UUID] = set()

    def begin(self) -> None:
        """From now on, in the windows of `show_in`."""
        self._desk.reminders.begin(self._show)
        self._desk.shift.changed.append(self._desk.reminders.ask)

    def show_in(self, bars: Sequence[ReminderBar], cover: PrivacyCover) -> None:
        """These windows, from now on."""
        self._bars, self._cover = bars, cover
        for bar in bars:
            bar.wants_call.connect(self._open)
            bar.wants_later.connect(lambda one: self._desk.reminders.later(one.follow_up_id))
            bar.is_done.connect(self._done)
        self._fill()

    def _fill(self) -> None:
        now = self._desk.complaints.now
        for bar in self._bars:
            bar.fill(self._due, now)

    def _show(self, due: Sequence[OpenFollowUp]) -> None:
        now, self._due = self._desk.complaints.now, due
        self._fill()
        self._tray.show_due(len(due))
        new = [one for one in due if one.follow_up_id not in self._noticed]
        self._noticed = {one.follow_up_id for one in due}  # what comes back after "later" is new again
        if new and not self._desk.breaks.is_on and not self._cover.is_on:  # it names a customer
            self._tray.notice(reminder_words(new[0], now))

    def _open(self, one: OpenFollowUp) -> None:
        """Its number lies ready to be dialled, and its call comes to the card."""
        if one.number:
            QGuiApplication.clipboard().setText(one.number)
        if one.call_id is not None:
            self.opened.emit(one.call_id)

    def _done(self, one: OpenFollowUp) -> None:
        self._desk.obligations.done(one.follow_up_id)
        self._desk.reminders.gone(one.follow_up_id)
