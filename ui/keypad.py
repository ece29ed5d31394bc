"""The keys of a telephone, in place under the call's buttons: clicked, or typed while it has the keyboard."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words import _
from ui.plain_text import button, cut_label

KEYS = "1234567890*#"
_WIDE, _LAST = 34, 24


class Keypad(QWidget):
    """Signals: pressed, one key. `closed`: Escape."""

    pressed = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Keys of the telephone: type digits, * and #"))
        self.sent = cut_label("small")
        self.buttons = {key: button(key) for key in KEYS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for key, one in self.buttons.items():
            one.setFixedWidth(_WIDE)
            one.setProperty("role", "key")
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # typing is quicker than a walk over twelve buttons
            one.clicked.connect(partial(self._press, key))
            row.addWidget(one)
        row.addWidget(self.sent, 1)

    def begin(self) -> None:
        """For another call."""
        self.sent.setText("")

    def event(self, event: QEvent) -> bool:
        """Digits are keys here, and do not choose who is calling."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif _is_key(event):
            self._press(event.text())
        else:
            super().keyPressEvent(event)

    def _press(self, key: str, _checked: object = False) -> None:
        self.sent.setText((self.sent.text() + key)[-_LAST:])
        self.pressed.emit(key)


def _is_key(event: QKeyEvent) -> bool:
    is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return is_plain and len(event.text()) == 1 and event.text() in KEYS
