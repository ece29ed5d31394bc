"""How grave a complaint is: five buttons side by side, chosen with the arrow keys, a digit or a click."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from app.words import _
from ui.plain_text import button

_USUAL = 3


class SeverityRow(QWidget):
    """1 (slight) to 5 (grave).

    Signals: entered, Enter on one of them.
    """

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        names = {1: _("slight"), 5: _("grave")}
        for level in range(1, 6):
            one = button(f"{level} {names[level]}" if level in names else str(level), "choice")
            one.setCheckable(True)
            one.setAccessibleName(_("Severity {level} of 5").format(level=level))
            one.installEventFilter(self)
            self._group.addButton(one, level)
            row.addWidget(one, 2 if level in names else 1)
        self.choose(_USUAL)

    @property
    def level(self) -> int:
        """What is chosen."""
        return self._group.checkedId()

    def choose(self, level: int) -> None:
        """Show this one; the keyboard comes to it by Tab."""
        self._group.button(level).setChecked(True)
        self.setFocusProxy(self._group.button(level))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
            if event.text() in tuple("12345"):
                self.choose(int(event.text()))
                self.setFocus()
                return True
        return False
