"""Under the card's header: what can be done with the call. A button that can't work is grey and says why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.call import Call, CallState
from app.control_words import act_words, cannot_words
from app.controls import Act, Button, Controls
from app.talking import Talking
from app.words import _
from ui.first_line import set_hidden
from ui.keypad import Keypad
from ui.keys import ANSWER, HANG_UP, HOLD, MUTE, PRESS_KEYS, TRANSFER, Key
from ui.level_meter import LevelMeter
from ui.plain_text import button, cut_label, set_text, set_tip
from ui.theme import Tokens

_KEYS: dict[Act, Key] = {
    Act.ANSWER: ANSWER, Act.HANG_UP: HANG_UP, Act.HOLD: HOLD, Act.RESUME: HOLD, Act.TRANSFER: TRANSFER,
    Act.MUTE: MUTE, Act.UNMUTE: MUTE, Act.DIGITS: PRESS_KEYS,
}  # fmt: skip
_TO_SOMEBODY = (Act.TRANSFER, Act.CONSULT)
_TURNS = ((Act.HOLD, Act.RESUME), (Act.MUTE, Act.UNMUTE), (Act.TRANSFER, Act.HAND_OVER), (Act.CONSULT, Act.TAKE_BACK))
_MOST, _FIRST = 7, 4  # buttons; of them in the first row, where one row has no room for all
_GAP = 8  # px
_WHOM = 170  # px
_LONGEST = 40  # letters of whom to hand on to


class ControlBar(QWidget):
    """Hidden where nothing can ever be done, and until `use`; each button keeps its place as long as the card stands.

    Signals:
        wanted: an Act, and whom to hand on to, a key or "".
        keys_are_away: the keyboard belongs to the note again.
    """

    wanted = Signal(object, str)
    keys_are_away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("control")
        self._controls: Controls | None = None
        self._shown: tuple[Button, ...] = ()
        self._call: Call | None = None
        self._talking: Talking | None = None
        self.meter: LevelMeter | None = None
        self.keypad, self.muted = Keypad(), cut_label("warning")
        self._asks: Act | None = None
        self._is_narrow = False
        self._widths: dict[tuple[Act, Act], int] = {}
        self.presses = [button("") for _one in range(_MOST)]
        self.whom, self._said = QLineEdit(), cut_label("small")
        self.whom.setPlaceholderText(_("Extension or number"))
        self.whom.setAccessibleName(_("Hand on to"))
        self.whom.setMaxLength(_LONGEST)
        self.whom.setFixedWidth(_WHOM)
        self.whom.returnPressed.connect(self._hand_on)
        self._lay_out()
        self.hide()

    def use(self, controls: Controls) -> None:
        """Who knows what can be done."""
        self._controls = controls

    def use_headset(self, talking: Talking, tokens: Tokens) -> None:
        """Calls are talked in here: how loud the microphone is, is seen."""
        self._talking, self.meter = talking, LevelMeter(tokens, lambda: talking.level)
        self.meter.setAccessibleName(_("How loud your microphone is"))
        self._row.insertWidget(self._row.indexOf(self.muted), self.meter)
        self.meter.hide()

    def fill(self, call: Call) -> None:
        """For this card; what was typed for another one goes."""
        if call is not self._call:
            self._call = call
            self._leave_whom()
            self.tell("")
            self._show_keys(is_wanted=False)
        buttons = self._controls.buttons(call) if self._controls is not None else ()
        if buttons != self._shown:
            self._shown = buttons
            self._draw()
        self._show_headset(call)
        set_hidden(self, is_hidden=not buttons)

    def tell(self, words: str) -> None:
        """What did not work."""
        self._said.setText(f"▲ {words}" if words else "")
        self._show_whom(is_wanted=self._asks is not None)

    def _show_whom(self, *, is_wanted: bool) -> None:
        """The line below the buttons, with what did not work: there only while there is something in it."""
        set_hidden(self.whom, is_hidden=not is_wanted)
        set_hidden(self._asking, is_hidden=not is_wanted and not self._said.whole)

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
        able = [one.act for one in self._shown if one.why_not is None]
        if self._asks not in able:
            self._leave_whom()
        if Act.DIGITS not in able:
            self._show_keys(is_wanted=False)

    def _show_headset(self, call: Call) -> None:
        """A microphone that is off says so; one that is on is seen to work."""
        is_muted = any(one.act is Act.UNMUTE and one.why_not is None for one in self._shown)
        self.muted.setText("⊘ " + _("Your microphone is off") if is_muted else "")
        set_hidden(self.muted, is_hidden=not is_muted)
        if self.meter is not None and self._talking is not None:
            talks = call.state is CallState.TALKING and self._talking.is_talked_in(call)
            set_hidden(self.meter, is_hidden=is_muted or not talks)

    def _show_keys(self, *, is_wanted: bool) -> None:
        if is_wanted:
            self.keypad.begin()
            self._leave_whom()
        set_hidden(self.keypad, is_hidden=not is_wanted)

    def _turn_keys(self) -> None:
        """With the keyboard on them: whoever asked for keys types them."""
        self._show_keys(is_wanted=self.keypad.isHidden())
        if not self.keypad.isHidden():
            self.keypad.setFocus()

    def _dress(self, press: QPushButton, one: Button) -> None:
        why, key = cannot_words(one.act, one.why_not), _KEYS.get(one.act)
        set_text(press, act_words(one.act))
        self._keep_room(press, one.act)
        press.setEnabled(one.why_not is None)
        press.setAccessibleDescription(why)
        set_tip(press, why or (key.words if key is not None else ""))

    def _keep_room(self, press: QPushButton, act: Act) -> None:
        """As wide as the longer of what takes turns there: what is right of it stays where it is."""
        pair = next((pair for pair in _TURNS if act in pair), None)
        if pair is None:
            press.setMinimumWidth(0)
            return
        if pair not in self._widths:
            self._widths[pair] = max(self._width_with(press, one) for one in pair)
            set_text(press, act_words(act))
        press.setMinimumWidth(self._widths[pair])

    @staticmethod
    def _width_with(press: QPushButton, act: Act) -> int:
        set_text(press, act_words(act))
        return press.sizeHint().width()

    def _clicked(self, place: int) -> None:
        if place < len(self._shown):
            self._pressed(self._shown[place])

    def _pressed(self, one: Button) -> None:
        self.tell(cannot_words(one.act, one.why_not))
        if one.why_not is not None:
            return
        if one.act is Act.DIGITS:
            self._turn_keys()
        elif one.act in _TO_SOMEBODY:
            self._ask_whom(one.act)
        else:
            self.wanted.emit(one.act, "")

    def _ask_whom(self, act: Act) -> None:
        """In place; the same button once more takes what stands there."""
        if self._asks is act and self.whom.text().strip():
            self._hand_on()
            return
        self._show_keys(is_wanted=False)
        self._asks = act
        self._show_whom(is_wanted=True)
        self.whom.setFocus()

    def _hand_on(self) -> None:
        if self._asks is not None and (whom := self.whom.text().strip()):
            self.wanted.emit(self._asks, whom)
            self._leave_whom()

    def _leave_whom(self) -> None:
        """Nobody is asked for any more; whoever typed there goes on in the note."""
        had_keyboard = self.whom.hasFocus()
        self._asks = None
        self.whom.clear()
        self._show_whom(is_wanted=False)
        if had_keyboard:
            self.keys_are_away.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the field does not want."""
        if event.key() == Qt.Key.Key_Escape and not self.whom.isHidden():
            self._leave_whom()
        else:
            super().keyPressEvent(event)

    def stand(self, *, is_narrow: bool) -> None:
        """In a narrow window the last buttons stand below the first ones."""
        if self._is_narrow == is_narrow:
            return
        self._is_narrow = is_narrow
        before, after = (self._row, self._second) if is_narrow else (self._second, self._row)
        for place, press in enumerate(self.presses[_FIRST:]):
            before.removeWidget(press)
            after.insertWidget(place if is_narrow else _FIRST + place, press)

    def _lay_out(self) -> None:
        self._row = row = QHBoxLayout()
        row.setSpacing(_GAP)
        for place, press in enumerate(self.presses):
            press.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on it must not take the keyboard from the note
            press.clicked.connect(lambda _checked=False, at=place: self._clicked(at))
            row.addWidget(press)
        self._second = QHBoxLayout()
        self._second.setSpacing(_GAP)
        self._second.addStretch(1)
        row.addWidget(self.muted, 100)
        row.addStretch(1)
        self._asking = QWidget()
        below = QHBoxLayout(self._asking)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.whom)
        below.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addLayout(self._second)
        column.addWidget(self._asking)
        column.addWidget(self.keypad)
        for one in (self.whom, self._asking, self.muted, self.keypad):
            one.hide()
        self.keypad.pressed.connect(lambda key: self.wanted.emit(Act.DIGITS, key))
        self.keypad.closed.connect(self._put_keys_away)

    def _put_keys_away(self) -> None:
        self._show_keys(is_wanted=False)
        self.keys_are_away.emit()
