"""The first-three-seconds line as a row of words and links, and the pins under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.headline import Headline, Pin, PinKind
from app.words import _
from ui import wording
from ui.plain_text import button, cut, cut_label, give_role, label, set_text

_SLOTS = 8
_WIDEST_PIN = 340
_PIN_SIGNS = {PinKind.COMPLAINT: "▲", PinKind.OVERDUE: "◆", PinKind.DUE: "◆", PinKind.MEMO: "♥"}
_PIN_ROLES = {
    PinKind.COMPLAINT: "pin-bad", PinKind.OVERDUE: "pin-bad", PinKind.DUE: "pin-warning", PinKind.MEMO: "pin-note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A few words; `panel` is the key of the panel they lead to, "" for none."""

    text: str
    panel: str = ""


def parts(line: Headline, now: datetime) -> list[Part]:
    """The sentence in its parts."""
    made: list[Part] = []
    if (complaint := line.complaint) is not None:
        made.append(Part(_("Open complaint #{no}").format(no=complaint.complaint_no), "complaints"))
        age = wording.days_ago(complaint.received_at, now)
        made.append(
            Part(_("(with {who}, {age})").format(who=complaint.handler, age=age) if complaint.handler else f"({age})")
        )
    if (last := line.last_contact) is not None:
        made.append(Part(_("last contact {when}:").format(when=wording.days_ago(last.at, now))))
        made.append(Part(last.subject or wording.interaction_kind(last.kind), "history"))
        if last.handler:
            made.append(Part(f"({last.handler})"))
    if (task := line.follow_up) is not None:
        made.append(Part(f"{wording.follow_up_kind(task.kind)} {wording.due(task.due_at, now)}", "profile"))
    return made


def pin_words(pin: Pin, now: datetime) -> str:
    """A pin's sign and words."""
    words = pin.text
    if pin.kind is PinKind.COMPLAINT:
        words = _("Open complaint: {what} (severity {level})").format(what=pin.text, level=pin.level)
    elif pin.at is not None:
        left = wording.due(pin.at, now)
        words = (
            _("Overdue since {when}").format(when=left)
            if pin.kind is PinKind.OVERDUE
            else _("Due {when}").format(when=left)
        )
        words = f"{words}: {pin.text}" if pin.text else words
    return f"{_PIN_SIGNS[pin.kind]} {words}"


class FirstLine(QWidget):
    """Signals: wanted, the key of the panel whose link was clicked."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._words = [label("", "line") for _unused in range(_SLOTS)]
        self._links = [button("", "link") for _unused in range(_SLOTS)]
        self._panels = [""] * _SLOTS
        for number, (words, link) in enumerate(zip(self._words, self._links, strict=True)):
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            link.clicked.connect(lambda _checked=False, n=number: self.wanted.emit(self._panels[n]))
            row.addWidget(words)
            row.addWidget(link)
        row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # whatever does not fit is left out from the end: a long line must not widen the window
        return QSize(100, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """The first parts matter most: what would be cut is not shown."""
        left = self.width()
        for words, link, panel in zip(self._words, self._links, self._panels, strict=True):
            shown: QWidget = link if panel else words
            has_text = bool(link.text() if panel else words.text())
            left -= shown.sizeHint().width() + 6 if has_text else 0
            set_hidden(words if panel else link, is_hidden=True)
            set_hidden(shown, is_hidden=not has_text or left < 0)

    def fill(self, made: Sequence[Part]) -> None:
        """Show these parts; slots that are not needed stay empty."""
        for number in range(_SLOTS):
            part = made[number] if number < len(made) else Part("")
            text = cut(part.text, 80)
            self._panels[number] = part.panel
            self._words[number].setText("" if part.panel else text)
            set_text(self._links[number], text if part.panel else "")
        self._fit()


def set_hidden(widget: QWidget, *, is_hidden: bool) -> None:
    """Hide or show, only where that changes something."""
    if widget.isHidden() != is_hidden:  # each change lays the row out anew
        widget.setHidden(is_hidden)


class Pins(QWidget):
    """What stands above all else, each with a sign and a word."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._pins = [cut_label("pin-note") for _unused in range(4)]
        for one in self._pins:
            one.setMaximumWidth(_WIDEST_PIN)
            row.addWidget(one)
        row.addStretch(1)

    def fill(self, pins: Sequence[Pin], now: datetime) -> None:
        """Show up to four."""
        for number, shown in enumerate(self._pins):
            set_hidden(shown, is_hidden=number >= len(pins))
            if number < len(pins):
                give_role(shown, _PIN_ROLES[pins[number].kind])
                shown.setText(pin_words(pins[number], now))
        set_hidden(self, is_hidden=not pins)
