"""Under the card's header: what can be done with the call. A button that can't work is grey and says why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.call import Call
from app.control_words import act_words, cannot_words
from app.controls import Act, Button, Controls
from app.words import _
from ui.first_line import set_hidden
from ui.keys import ANSWER, HANG_UP, HOLD, TRANSFER, Key
from ui.plain_text import button, cut_label, set_text, set_tip

_KEYS: dict[Act, Key] = {
    Act.ANSWER: ANSWER, Act.HANG_UP: HANG_UP, Act.HOLD: HOLD, Act.RESUME: HOLD, Act.TRANSFER: TRANSFER,
}  # fmt: skip
_TO_SOMEBODY = (Act.TRANSFER, Act.CONSULT)
_MOST = 5
_LONGEST = 40  # letters of whom to hand on to


class ControlBar(QWidget):
    """Hidden where nothing can ever be done, and until `use`; each button keeps its place as long as the card stands.

    Signals:
        wanted: an Act, and whom to hand on to or "".
    """

    wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("control")
        self._controls: Controls | None = None
        self._shown: tuple[Button, ...] = ()
        self._call: Call | None = None
        self._asks: Act | None = None
        self.presses = [button("") for _one in range(_MOST)]
        self.whom, self._said = QLineEdit(), cut_label("small")
        self.whom.setPlaceholderText(_("Extension or number"))
        self.whom.setAccessibleName(_("Hand on to"))
        self.whom.setMaxLength(_LONGEST)
        self.whom.setFixedWidth(170)
        self.whom.returnPressed.connect(self._hand_on)
        self._lay_out()
        self.hide()

    def use(self, controls: Controls) -> None:
        """Who knows what can be done."""
        self._controls = controls

    def fill(self, call: Call) -> None:
        """For this card; what was typed for another one goes."""
        if call is not self._call:
            self._call, self._asks = call, None
            self.whom.clear()
            self._said.setText("")
        buttons = self._controls.buttons(call) if self._controls is not None else ()
        if buttons != self._shown:
            self._shown = buttons
            self._draw()
        set_hidden(self, is_hidden=not buttons)

    def tell(self, words: str) -> None:
        """What did not work."""
        self._said.setText(f"▲ {words}" if words else "")

    def press(self, *acts: Act) -> None:
        """As a click on whichever of these buttons is there; a grey one says why."""
        for one in self._shown:
            if one.act in acts:
                self._pressed(one)
                return

    def _draw(self) -> None:
        for place, press in enumerate(self.presses):
            one = self._shown[place] if place < len(self._shown) else None
            set_hidden(press, is_hidden=one is None)
            if one is not None:
                self._dress(press, one)
        if self._asks is not None and self._asks not in [one.act for one in self._shown]:
            self._asks = None
        set_hidden(self.whom, is_hidden=self._asks is None)

    def _dress(self, press: QPushButton, one: Button) -> None:
        why, key = cannot_words(one.act, one.why_not), _KEYS.get(one.act)
        set_text(press, act_words(one.act))
        press.setEnabled(one.why_not is None)
        press.setAccessibleDescription(why)
        set_tip(press, why or (key.words if key is not None else ""))

    def _clicked(self, place: int) -> None:
        if place < len(self._shown):
            self._pressed(self._shown[place])

    def _pressed(self, one: Button) -> None:
        self.tell(cannot_words(one.act, one.why_not))
        if one.why_not is not None:
            return
        if one.act in _TO_SOMEBODY:
            self._ask_whom(one.act)
        else:
            self.wanted.emit(one.act, "")

    def _ask_whom(self, act: Act) -> None:
        """In place; the same button once more takes what stands there."""
        if self._asks is act and self.whom.text().strip():
            self._hand_on()
            return
        self._asks = act
        set_hidden(self.whom, is_hidden=False)
        self.whom.setFocus()

    def _hand_on(self) -> None:
        if self._asks is not None and (whom := self.whom.text().strip()):
            self.wanted.emit(self._asks, whom)
            self._asks = None
            self.whom.clear()
            set_hidden(self.whom, is_hidden=True)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for place, press in enumerate(self.presses):
            press.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on it must not take the keyboard from the note
            press.clicked.connect(lambda _checked=False, at=place: self._clicked(at))
            row.addWidget(press)
        row.addWidget(self.whom)
        row.addWidget(self._said, 1)
        self.whom.hide()
