"""What the main window shows before there is anything else to show: what is being opened, or why it cannot be.

It paints its words itself, in the colours of all that follows: style sheets and labels come after the first paint.
"""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.words import _
from ui.tokens import FONT_FAMILIES, Tokens

_WIDEST, _FONT = 560, 14
_CENTRED_AND_WRAPPED = 0x84 | 0x1000  # as Qt.AlignCenter | Qt.TextWordWrap, which take 20 ms to be imported


class OpeningView(QWidget):
    """Signals: painted (its words stand on the screen for the first time), wants_quit."""

    painted = Signal()
    wants_quit = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.is_painted = False
        self._tokens = tokens
        self.say(_("Opening the records…"))

    def minimumSizeHint(self) -> QSize:
        """None of its own: the window stays as it was left."""
        return QSize(0, 0)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def say(self, words: str) -> None:
        """What is being done now."""
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def recolour(self, tokens: Tokens) -> None:
        """In the colours that were meant."""
        self._tokens = tokens
        self.update()

    def fail(self, words: str) -> None:
        """It cannot be opened, and this is what to do; nothing more will happen here."""
        from ui.plain_text import button  # noqa: PLC0415 -- hardly a start needs it

        self.say(words)
        leave = button(_("Quit Omote"))
        leave.clicked.connect(self.wants_quit)
        whole = QVBoxLayout(self)
        whole.addStretch(3)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        row.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(2)
        leave.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._tokens.ground))
        painter.setFont(_font())
        painter.setPen(QColor(self._tokens.ink))
        beside = max(24, (self.width() - _WIDEST) // 2)
        place = self.rect().adjusted(beside, 0, -beside, -self.height() // 6)
        painter.drawText(place, _CENTRED_AND_WRAPPED, self._words)
        painter.end()
        if not self.is_painted:
            self.is_painted = True
            self.painted.emit()


def _font() -> QFont:
    """As every label's of one line."""
    font = QFont(list(FONT_FAMILIES))
    font.setPixelSize(_FONT)
    return font
