"""The pins: what stands above all else, each with a sign and a word, each leading to its record."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.headline import NOWHERE, PROFILE, Pin, PinKind, Place
from app.words import _
from ui import wording
from ui.first_line import set_hidden
from ui.plain_text import CutButton, cut_button, give_role, set_tip

_WIDEST = (340, 240, 170)
"""How wide a pin may be: rather cut words than leave a pin out."""
_SPACING, _MORE_WIDTH = 8, 48
_ROLES = {
    PinKind.CAUTION: "pin-bad", PinKind.BLOCKED: "pin-bad", PinKind.WARNED: "pin-warning",
    PinKind.NO_CONTACT: "pin-bad", PinKind.COMPLAINT: "pin-bad", PinKind.OVERDUE: "pin-bad",
    PinKind.DUE: "pin-warning", PinKind.MEMO: "pin-note",
}  # fmt: skip


def pin_words(pin: Pin, now: datetime) -> str:
    """A pin's sign and words."""
    more = _("(+{n} more)").format(n=pin.more) if pin.more else ""
    return f"{_words(pin, now)} {more}".strip()


def _words(pin: Pin, now: datetime) -> str:
    if pin.kind in (PinKind.BLOCKED, PinKind.WARNED):
        return wording.blocked(pin.kind, pin.text)
    if pin.kind is PinKind.COMPLAINT:
        return "▲ " + _("Open complaint: {what} (severity {level})").format(what=pin.text, level=pin.level)
    if pin.kind is PinKind.CAUTION:
        return "▲ " + _("Caution: {why}").format(why=pin.text)
    if pin.refusal is not None:
        return "⊘ " + _("Do not contact: {how}").format(how=wording.contact_refused(pin.refusal))
    return f"◆ {_due_words(pin, now)}" if pin.at is not None else f"♥ {pin.text}"


def _due_words(pin: Pin, now: datetime) -> str:
    assert pin.at is not None
    is_late = pin.kind is PinKind.OVERDUE
    words = (_("Overdue since {when}") if is_late else _("Due {when}")).format(when=wording.due(pin.at, now))
    return f"{words}: {pin.text}" if pin.text else words


class Pins(QWidget):
    """Signals: wanted, the record whose pin was clicked."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        self._pins = [cut_button("pin-note") for _kind in PinKind]
        self._places: list[Place] = [NOWHERE] * len(self._pins)
        for number, one in enumerate(self._pins):
            one.clicked.connect(lambda _checked=False, n=number: self.wanted.emit(self._places[n]))
            row.addWidget(one)
        self._more = cut_button("pin-bad")
        self._more.setFixedWidth(_MORE_WIDTH - _SPACING)
        self._more.clicked.connect(lambda: self.wanted.emit(Place(PROFILE)))
        row.addWidget(self._more)
        row.addStretch(1)
        self._count = 0

    def fill(self, pins: Sequence[Pin], now: datetime) -> None:
        """Show these."""
        self._count = len(pins)
        for number, (shown, pin) in enumerate(zip(self._pins, pins, strict=False)):
            give_role(shown, _ROLES[pin.kind])
            shown.setText(pin_words(pin, now))
            shown.setCursor(Qt.CursorShape.PointingHandCursor if pin.place.panel else Qt.CursorShape.ArrowCursor)
            self._places[number] = pin.place
        set_hidden(self, is_hidden=not pins)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # pins give way to the window, never the window to the pins
        return QSize(100, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """All of them, cut if need be; where even that is too much the gravest, and how many more there are."""
        wished = [one.wanted_width() for one in self._pins[: self._count]]
        widths = next(
            (cut for most in _WIDEST if _length(cut := [min(one, most) for one in wished]) <= self.width()), []
        )
        if not widths:
            room = self.width() - _MORE_WIDTH
            widths = [min(one, _WIDEST[-1]) for one in wished]
            while len(widths) > 1 and _length(widths) + _SPACING > room:
                widths.pop()
        for number, one in enumerate(self._pins):
            set_hidden(one, is_hidden=number >= len(widths))
            if number < len(widths):
                one.setFixedWidth(widths[number])
        self._tell_more(self._pins[len(widths) : self._count])

    def _tell_more(self, left_out: Sequence[CutButton]) -> None:
        set_hidden(self._more, is_hidden=not left_out)
        if left_out:
            give_role(self._more, str(left_out[0].property("role")))
            self._more.setText(f"+{len(left_out)}")
            self._more.setAccessibleName(", ".join(one.whole for one in left_out))
            set_tip(self._more, "\n".join(one.whole for one in left_out))


def _length(widths: Sequence[int]) -> int:
    return sum(widths) + _SPACING * (len(widths) - 1)
