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

    def __init__(self, desk: Desk, bars: Sequence[ReminderBar], tray: Tray, cover: PrivacyCover) -> None:
        super().__init__(tray)
        self._cover = cover
        self._desk = desk
        self._bars = bars
        self._tray = tray
        self._noticed: set[UUID] = set()
        for bar in bars:
            bar.wants_call.connect(self._open)
            bar.wants_later.connect(lambda one: desk.reminders.later(one.follow_up_id))
            bar.is_done.connect(self._done)
        desk.reminders.begin(self._show)
        desk.shift.changed.append(desk.reminders.ask)

    def _show(self, due: Sequence[OpenFollowUp]) -> None:
        now = self._desk.complaints.now
        for bar in self._bars:
            bar.fill(due, now)
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
