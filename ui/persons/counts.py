"""How many of what: numbers on the right of their column, words beside them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.plain_text import label


class Counts(QWidget):
    """Two columns, read downwards."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self._labels = list[QLabel]()

    def fill(self, lines: Sequence[tuple[str, int]]) -> None:
        """In place of what stood there."""
        for one in self._labels:
            self._grid.removeWidget(one)
            one.deleteLater()
        self._labels = []
        half = (len(lines) + 1) // 2
        for place, (words, n) in enumerate(lines):
            number, told = label(f"{n:,}", "strong"), label(words, "line")
            row, column = place % half, place // half * 2
            self._grid.addWidget(number, row, column, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(told, row, column + 1)
            self._labels += [number, told]
