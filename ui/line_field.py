"""A line of text that knows whether a Japanese conversion is open and leaves the program's keys to the program."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from ui.conversion import end_conversion, follow
from ui.keys import is_ours

_LONGEST = 500


class LineField(QLineEdit):
    """Signals: touched, the operator has clicked into it or come by Tab."""

    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.preedit = self.committed = ""
        self.setMaxLength(_LONGEST)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_ours(event):
            event.ignore()  # Qt would take Ctrl+K and delete to the end of the line
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        follow(self, event)
        super().inputMethodEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.touched.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.touched.emit()

    def commit(self) -> None:
        """Close an open conversion, keeping its text."""
        end_conversion(self)
