"""A font with what it takes to place a line of it: for delegates, which draw dozens of lines in a pop's first frame."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from ui.plain_text import elided


class Face:
    """One size and weight of the program's font."""

    def __init__(self, family: QFont, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> None:
        self._font = QFont(family)
        self._font.setPixelSize(pixels)
        self._font.setWeight(weight)
        self._metrics = QFontMetrics(self._font)

    def width(self, text: str) -> int:
        """In pixels."""
        return self._metrics.horizontalAdvance(text)

    def write(self, painter: QPainter, area: tuple[int, int, int, int], text: str, *, is_right: bool) -> None:
        """One line in the middle of (left, top, width, height), cut with … where it does not fit."""
        left, top, width, height = area
        painter.setFont(self._font)
        side = _TO_THE_RIGHT if is_right else _TO_THE_LEFT
        painter.drawText(left, top, width, height, side, elided(text, self._metrics, width))


def _flags(side: Qt.AlignmentFlag) -> int:
    middle = side | Qt.AlignmentFlag.AlignVCenter
    return int(middle.value | Qt.TextFlag.TextSingleLine.value)


_TO_THE_LEFT, _TO_THE_RIGHT = _flags(Qt.AlignmentFlag.AlignLeft), _flags(Qt.AlignmentFlag.AlignRight)
