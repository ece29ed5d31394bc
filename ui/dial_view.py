"""Dialling in the windows: every number on them can be dialled, and what is asked before stands in both."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.call import Call
from app.control_words import cannot_words
from app.controls import Act, Cannot, Controls, Said
from app.dial_words import cannot_dial_words
from app.dialling import Dialling, DialNow, Wish
from app.words import _
from ui.keys import ANSWER, DIAL, HANG_UP, HOLD, MUTE, PRESS_KEYS, TRANSFER, bind
from ui.main_window import MainWindow
from ui.pop_window import PopWindow
from ui.rows import RowsView

_LONGEST = 250  # letters of what was selected


class DialView(QObject):
    """What can be done to the telephone, for one pair of windows; `leave` when others take their place."""

    def __init__(self, pop: PopWindow, main: MainWindow, dialling: Dialling, controls: Controls) -> None:
        super().__init__(pop)
        self._controls = controls
        self._pop, self._main, self._dialling = pop, main, dialling
        self._by_key: QWidget | None = None
        dialling.changed.append(self._show)
        for bar in (pop.dial, main.dial):
            bar.wants_dial.connect(dialling.go_on)
            bar.is_read.connect(dialling.leave)
        pop.header.dial.use(self._why_not)
        pop.header.dial.wanted.connect(self._dial_card)
        pop.header.control.use(controls)
        pop.header.control.wanted.connect(self._do)
        pop.header.control.keys_are_away.connect(pop.note.body.setFocus)
        controls.told, controls.done = self._told, self._refill
        press = pop.header.control.press
        for key, acts in (
            (ANSWER, (Act.ANSWER,)),
            (HANG_UP, (Act.HANG_UP,)),
            (HOLD, (Act.HOLD, Act.RESUME)),
            (MUTE, (Act.MUTE, Act.UNMUTE)),
            (PRESS_KEYS, (Act.DIGITS,)),
            (TRANSFER, (Act.TRANSFER, Act.HAND_OVER)),
        ):
            bind(key, pop, partial(press, *acts))
        for panel in pop.body.panels.panels:
            panel.view.wants_dial.connect(self._dial_row)
        for window in (pop, main):
            bind(DIAL, window, partial(self._by_keyboard, window))
        self._show(dialling.now)

    def leave(self) -> None:
        """These windows go."""
        self._dialling.changed.remove(self._show)

    def wish(self, text: str, customer_id: int | None = None) -> None:
        """A page's number."""
        self._dialling.wish(Wish(text, customer_id))

    def call_back(self, text: str, customer_id: int | None) -> str:
        """Dial it, or say why nothing can be dialled from here now."""
        if not (why := self._why_not()):
            self.wish(text, customer_id)
        return why

    def be_seen(self) -> None:
        """Somebody asked from outside: the question must be seen, and takes no keyboard from where he is."""
        if self._dialling.now is None or self._pop.isVisible():
            return
        if self._pop.call is not None:
            self._pop.appear(on_top=False)
        else:
            self._main.appear()

    def _do(self, act: Act, text: str) -> None:
        if self._pop.call is not None:
            self._controls.do(self._pop.call, act, text)

    def _told(self, said: Said, act: Act, why: Cannot | None, detail: str) -> None:
        """What did not work; what did is told by the call itself."""
        words = _("That is no number to hand on to.") if said is Said.NOT_A_NUMBER else cannot_words(act, why)
        self._pop.header.control.tell(f"{words} ({detail})" if detail else words)
        self._refill()

    def _refill(self) -> None:
        """What can be done now: mute changes no call, so nothing else would draw it."""
        if self._pop.call is not None:
            self._pop.header.control.fill(self._pop.call)

    def _why_not(self) -> str:
        return cannot_dial_words(self._dialling.telephone.cannot_dial)

    def _dial_card(self) -> None:
        if (call := self._pop.call) is not None and (text := number_of(call)):
            self.wish(text, call.opened_id)

    def _dial_row(self, text: str) -> None:
        self.wish(text, self._pop.call.opened_id if self._pop.call is not None else None)

    def _by_keyboard(self, window: QWidget) -> None:
        """The number of the row that has the keyboard, else that of the card; a question then has the keyboard too."""
        self._by_key = window
        focus = QApplication.focusWidget()
        if isinstance(focus, RowsView) and focus.dial_current():
            return
        if window is self._pop:
            self._dial_card()
        else:
            self._main.dial_current()

    def _show(self, now: DialNow | None) -> None:
        for window in (self._pop, self._main):
            window.dial.fill(now)
            if self._by_key is window and window.isActiveWindow() and not window.dial.isHidden():
                window.dial.close_it.setFocus()
        if now is None or now.can_go_on:
            self._by_key = None


def selected_text() -> str:
    """What is selected in whatever program: where the desktop does not tell, what was copied."""
    clipboard = QGuiApplication.clipboard()
    mode = QClipboard.Mode.Selection if clipboard.supportsSelection() else QClipboard.Mode.Clipboard
    return clipboard.text(mode)[:_LONGEST]


def number_of(call: Call) -> str:
    """What of this card can be dialled; "" for a withheld number and for none."""
    number = call.ring.number
    return "" if call.ring.withheld is not None else number.key or number.extension or number.raw
