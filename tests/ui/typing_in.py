"""Words as they come into a field: of any script, as an input method commits them."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def write(field: QWidget, text: str) -> None:
    """In place of what is selected."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)
