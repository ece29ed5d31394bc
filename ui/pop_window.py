"""The pop: one window, many calls. Built at start; a call only fills and shows it, without taking the keyboard."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.call import Call, CallState
from app.clock import utc_now
from app.pop import PopState
from app.screen import Status
from app.trouble_words import trouble_words
from app.words import _
from ui import wording
from ui.call_strip import CallStrip
from ui.card import CardBody
from ui.card_header import CardHeader
from ui.dial_bar import DialBar
from ui.docked_panel import EmptyPanel, must_be_docked
from ui.fit_screen import fitting
from ui.folded_card import FoldedCard
from ui.key_sheet import KeySheet
from ui.keys import NEXT_CALL, NOT_MINE, NTH_CALL, PREVIOUS_CALL, bind, bind_press
from ui.note_editor import SLIM, WIDE, NoteEditor
from ui.painted import PaintWatch
from ui.privacy_cover import PrivacyCover
from ui.reminder_bar import ReminderBar
from ui.ring_notice import RingNotice
from ui.status_line import StatusLine, break_words
from ui.theme import Tokens

_NARROW, _SLIM, _HIGH = 900, 1000, 600
_WISHED, _LEAST = QSize(1080, 680), QSize(720, 560)


class PopWindow(QWidget):
    """Strip, header, panels and note of the selected call. The desk decides, this draws."""

    def __init__(self, tokens: Tokens, platform: str = "") -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle("Omote")
        self._fit_screen()
        self.strip, self.header, self.body = CallStrip(tokens), CardHeader(), CardBody(tokens)
        self.note, self.status, self.reminder, self.dial = NoteEditor(), StatusLine(), ReminderBar(), DialBar()
        self._call: Call | None = None
        self._ringing, self._break = 0, ""
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self.header.wanted.connect(self.body.panels.go_to)
        self.body.filled.connect(self._focus_for_work)
        self._lay_out()
        self.notice = RingNotice(self, self.body)
        self.notice.wanted.connect(self.strip.picked)
        self.folded = FoldedCard(self, self.strip, self.status)
        self.folded.wanted.connect(self.strip.picked)
        self.note.changed.connect(self.folded.leave)
        self.is_docked, self.empty = must_be_docked(platform), EmptyPanel(self, self.status)
        self.cover = PrivacyCover(self, self.status)
        self.cover.covering.connect(self.note.commit)
        self.cover.uncovered.connect(self._focus_for_work)
        self._retitle = QTimer(self, singleShot=True, interval=0)  # after the name, which must not wait for it
        self._retitle.timeout.connect(self._title)
        self._bind_keys()
        self.keys = KeySheet(self)
        self.status.wants_keys.connect(self.keys.turn)

    def _bind_keys(self) -> None:
        bind(NOT_MINE, self, self.header.not_mine.emit)
        bind(NEXT_CALL, self, lambda: self.strip.step(1))
        bind(PREVIOUS_CALL, self, lambda: self.strip.step(-1))
        for place, press in enumerate(NTH_CALL.presses):
            bind_press(press, self, partial(self.strip.pick_place, place))

    def _fit_screen(self) -> None:
        room = fitting(_WISHED)
        self.setMinimumSize(_LEAST.boundedTo(room))
        self.resize(room)

    @property
    def call(self) -> Call | None:
        """The call on the card."""
        return self._call

    def show_strip(self, calls: Sequence[Call], selected: UUID | None) -> None:
        """Draw the strip."""
        self.strip.fill(calls, selected, utc_now())
        self.notice.fill(calls, selected)
        self.cover.stay_above()
        self._ringing = sum(call.state is CallState.RINGING for call in calls)
        self._retitle.start()

    def show_card(self, call: Call | None) -> None:
        """Draw the selected call; an empty desk hides the window."""
        if call is None:
            self.note.commit()
            self._call = None
            if self.is_docked:
                self.empty.lie()
            else:
                self.hide()
            return
        self.empty.leave()
        now = utc_now()
        is_other = self._call is not call
        self._call = call
        if is_other:
            self.note.fill(call.id, call.note)
            self.note.offer_versions(wanted=call.is_restored)
        self.header.fill(call, now)
        page = self.body.currentWidget()
        (self.body.fill_after_the_name if call.is_about_to_be_watched else self.body.fill)(call, now)
        self.folded.fill(call)
        self.cover.stay_above()
        self.show_saved(call)
        self.note.wrap_up.show_made(wording.made_words(call, now))
        if is_other or page is not self.body.currentWidget() or not self.isActiveWindow():
            self._focus_for_work()

    def _focus_for_work(self) -> None:
        """Where the first key should go: to the numbers while one of several must be chosen, else into the note."""
        if self.cover.is_on:
            self.cover.setFocus()
            return
        is_choice = self._call is not None and self._call.pop.state is PopState.CHOICE and not self._call.note
        (self.body.question if is_choice else self.note.body).setFocus()

    def show_saved(self, call: Call) -> None:
        """The note's quiet line."""
        if call is self._call:
            at = call.saved_at
            when = f"{at.astimezone():%H:%M:%S}" if at else ""
            self.note.show_saved(_("✓ kept {when}").format(when=when) if at else "")

    def show_status(self, status: Status) -> None:
        """The line of states; trouble with drafts or records also stands at the note, where it matters."""
        self.status.fill(status)
        self._break = "".join(break_words(status)).removeprefix("○ ")
        self._title()
        why = status.drafts or status.database
        self.note.show_alarm(trouble_words(why) if why else "")

    def appear(self, *, on_top: bool) -> None:
        """Be seen without taking the keyboard."""
        self._stay_on_top(wanted=on_top)
        if self.isMinimized() and not self.is_docked:
            self._leave_the_task_bar()
        if not self.isVisible():
            self.show()
        elif on_top:
            self._come_forward()
        self._clock.start()

    def lower_again(self) -> None:
        """Nothing rings: an ordinary window again, but a call that was just answered must not fall behind others."""
        self._stay_on_top(wanted=False)
        is_talking = self._call is not None and self._call.state is CallState.TALKING
        if is_talking and self.isVisible():
            self._come_forward()

    def _leave_the_task_bar(self) -> None:
        """By way of hidden: a window that is un-minimised may get the keyboard, one that is shown does not."""
        self.hide()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)

    def _come_forward(self) -> None:
        if QGuiApplication.platformName() != "offscreen":  # which can't, and says so each time
            self.raise_()

    def _stay_on_top(self, *, wanted: bool) -> None:
        """On the window's handle: the same flag on the widget would hide it."""
        handle, flag = self.windowHandle(), Qt.WindowType.WindowStaysOnTopHint
        if handle is not None and bool(handle.flags() & flag) != wanted:
            handle.setFlag(flag, wanted)

    def take_me_there(self) -> None:
        """The operator asked for it: now it may have the keyboard."""
        self.showNormal()
        self.raise_()
        self.activateWindow()
        self._focus_for_work()

    def write_note(self) -> None:
        """The keyboard goes into the note, unless it is covered."""
        if self._call is not None and not self.cover.is_on:
            self.note.body.setFocus()

    def when_painted(self, call: Call, then: Callable[[], None]) -> None:
        """Call `then` when this call's name has reached the screen, on the card or in the strip."""
        if call is self._call:
            PaintWatch(self.header.name, then)
            self.strip.reveal(call.id)
        else:
            self.strip.when_painted(call.id, then)

    def prepare(self) -> None:
        """Pay for fonts, styles and the native window before the first call does."""
        self.winId()
        self.ensurePolished()
        self.note.body.setFocus()  # where typing belongs, and the one place where Enter and Space press nothing
        self.grab()

    def rehearse(self, call: Call) -> None:
        """Draw this call where nobody sees it, then forget it."""
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.show_strip([call], call.id)
        self.show_card(call)
        self.body.fill_now()
        self.show()
        self.grab()
        self.show_strip([], None)
        self.show_card(None)
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)

    def closeEvent(self, event: QCloseEvent) -> None:
        # closing is putting out of sight: calls and drafts stay on the desk, the tray brings the window back
        event.ignore()
        self.note.commit()
        if self.is_docked:
            self.showMinimized()
        else:
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_narrow = event.size().width() < _NARROW
        side = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._middle.setDirection(side)
        self.note.stand(is_wide=is_narrow, width=SLIM if event.size().width() < _SLIM else WIDE)
        self.header.control.stand(is_narrow=is_narrow)
        self.body.panels.show_foot(wanted=not is_narrow and event.size().height() >= _HIGH)
        super().resizeEvent(event)

    def _tick(self) -> None:
        now = utc_now()
        self.strip.tick(now)
        if self._call is not None:
            self.header.tick(self._call, now)

    def _title(self) -> None:
        ringing = _("({n}) ringing – Omote").format(n=self._ringing) if self._ringing else "Omote"
        self.setWindowTitle(f"{self._break} – Omote" if self._break else ringing)

    def _lay_out(self) -> None:
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(0)
        records = QVBoxLayout()  # what is due moves the records down, never the note
        records.setSpacing(0)
        records.addWidget(self.dial)
        records.addWidget(self.reminder)
        records.addWidget(self.body, 1)
        self._middle.addLayout(records, 1)
        self._middle.addWidget(self.note)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addLayout(self._middle, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.strip)
        upper.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.status)
