"""Shows what is due: in both windows, as a badge of the tray, and quietly as the desktop's own notice when new."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.desk import Desk
from app.due_times import in_an_hour
from app.follow_ups import FollowUpKind, OpenFollowUp
from app.words import _
from ui import wording
from ui.follow_up_words import tries, what
from ui.privacy_cover import PrivacyCover
from ui.reminder_bar import ReminderBar, reminder_words
from ui.tray import Tray

SAID_MS = 10_000  # for which what was done can be read, and taken back

Undo = Callable[[], object]
CallBack = Callable[[str, int | None], str]


def _nobody_dials(_number: str, _customer_id: int | None) -> str:
    return _("No call source here can dial: docs/dialling.md shows which can.")


class RemindersView(QObject):
    """`dial` calls a number, or says why it can't. Signals: opened, the id of the call in which it was promised."""

    opened = Signal(object)

    def __init__(self, desk: Desk, tray: Tray) -> None:
        super().__init__(tray)
        self._desk = desk
        self._tray = tray
        self._due: Sequence[OpenFollowUp] = ()
        self._noticed: set[UUID] = set()
        self._undo: Undo | None = None
        self.dial: CallBack = _nobody_dials

    def begin(self) -> None:
        """From now on, in the windows of `show_in`."""
        self._desk.reminders.begin(self._show)
        self._desk.shift.changed.append(self._desk.reminders.ask)

    def show_in(self, bars: Sequence[ReminderBar], cover: PrivacyCover) -> None:
        """These windows, from now on."""
        self._bars, self._cover, self._undo = bars, cover, None
        self._read = QTimer(bars[0], singleShot=True, interval=SAID_MS)  # it goes with its windows
        self._read.timeout.connect(self._be_read)
        for bar in bars:
            bar.wants_call.connect(self._call)
            bar.not_reached.connect(self._not_reached)
            bar.wants_later.connect(self._later)
            bar.is_done.connect(self._done)
            bar.wants_undo.connect(self._take_back)
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

    def _call(self, one: OpenFollowUp) -> None:
        """A callback is dialled; where nothing can be, its number lies ready and its call comes to the card."""
        if one.kind is FollowUpKind.CALLBACK and one.number:
            why = self.dial(one.number, one.customer_id)
            if not why:
                return
            QGuiApplication.clipboard().setText(one.number)
            self._say(_("The number is copied. {why}").format(why=why), None, role="warning")
        if one.call_id is not None:
            self.opened.emit(one.call_id)

    def _done(self, one: OpenFollowUp) -> None:
        desk = self._desk
        desk.obligations.done(one.follow_up_id)
        desk.reminders.gone(one.follow_up_id)
        self._say(_("✓ {what}: done.").format(what=what(one)), partial(desk.obligations.reopen, one, _nothing))

    def _not_reached(self, one: OpenFollowUp) -> None:
        """Once more in an hour."""
        tried, due = self._desk.obligations.tried, in_an_hour(self._desk.complaints.now)
        tried(one, one.attempts + 1, due, _nothing)
        self._desk.reminders.gone(one.follow_up_id)
        words = _("{what}: {tries}, due {when} now.").format(
            what=what(one), tries=tries(one.attempts + 1), when=wording.due(due, self._desk.complaints.now)
        )
        self._say(words, partial(tried, one, one.attempts, one.due_at, _nothing))

    def _later(self, one: OpenFollowUp) -> None:
        self._desk.reminders.later(one.follow_up_id)
        words = _("{what}: again in 15 minutes.").format(what=what(one))
        self._say(words, partial(self._desk.reminders.now, one.follow_up_id))

    def _take_back(self) -> None:
        if (undo := self._undo) is not None:
            self._be_read()
            undo()

    def _say(self, words: str, undo: Undo | None, role: str = "result") -> None:
        self._undo = undo
        for bar in self._bars:
            bar.say(words, role, undo=undo is not None)
        self._read.start()

    def _be_read(self) -> None:
        self._undo = None
        for bar in self._bars:
            bar.say("", "result", undo=False)


def _nothing(_safe: object) -> None:
    """The list is asked for again anyway."""
