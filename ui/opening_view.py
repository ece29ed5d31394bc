"""What the main window shows before there is anything else to show: what is being opened, or why it cannot be."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import _
from ui.plain_text import button, label

_WIDEST = 560


class OpeningView(QWidget):
    """Signals: painted (its words stand on the screen for the first time), wants_quit."""

    painted = Signal()
    wants_quit = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_painted = False
        self._words = label(_("Opening the records…"), "line")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._words.setMaximumWidth(_WIDEST)
        self._whole = QVBoxLayout(self)
        self._whole.addStretch(2)
        self._whole.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        self._whole.addStretch(3)

    def minimumSizeHint(self) -> QSize:
        """None of its own: the window stays as it was left."""
        return QSize(0, 0)

    def say(self, words: str) -> None:
        """What is being done now."""
        self._words.setText(words)
        self._words.setMinimumWidth(min(_WIDEST, self._words.fontMetrics().horizontalAdvance(words) + 8))

    def fail(self, words: str) -> None:
        """It cannot be opened, and this is what to do; nothing more will happen here."""
        self.say(words)
        leave = button(_("Quit Omote"))
        leave.clicked.connect(self.wants_quit)
        self._whole.insertSpacing(2, 16)
        self._whole.insertWidget(3, leave, 0, Qt.AlignmentFlag.AlignHCenter)
        leave.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()
