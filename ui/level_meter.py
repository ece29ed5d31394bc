"""How loud it is, as a bar: drawn, never by colour alone, since its length says it. It moves only while it is seen."""

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Tokens

_EVERY_MS, _LEAST = 80, 24  # _LEAST: px
_QUIETEST_DB = -50.0  # of full scale: a quiet room
_FALL = 0.08  # of the length, each time: a voice is seen, not each wave of it


class LevelMeter(QWidget):
    """Of what `level` says, 0 to 1, on the scale on which one hears."""

    def __init__(self, tokens: Tokens, level: Callable[[], float], width: int = 90) -> None:
        super().__init__()
        self._tokens, self._level, self._width = tokens, level, width
        self.shown = 0.0
        self._turn = QTimer(self, interval=_EVERY_MS)
        self._turn.timeout.connect(self.look)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(self._width, 10)

    def look(self) -> None:
        """Draw it if it is another one."""
        shown = max(loudness(self._level()), self.shown - _FALL)
        if abs(shown - self.shown) > 0.005:
            self.shown = shown
            self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turn.stop()
        self.shown = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(0, 0, self.width(), self.height())
        for colour, length in ((self._tokens.line, 1.0), (self._tokens.accent, self.shown)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(whole.x(), whole.y(), whole.width() * length, whole.height()), 4, 4)
        painter.end()


def loudness(level: float) -> float:
    """0 for a quiet room, 1 for as loud as there is."""
    if level <= 0:
        return 0.0
    return min(1.0, max(0.0, 1 - 20 * math.log10(level) / _QUIETEST_DB))
