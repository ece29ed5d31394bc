"""Buttons that try something out, and under them what was found, in words with what to do."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.diagnosis.finding import Finding, Level
from app.words import _, in_one_line
from ui.plain_text import button, label

_SIGNS = {Level.OK: ("✓", "sign-good"), Level.ATTENTION: ("▲", "warning"), Level.FAULT: ("✗", "sign-bad")}


class TryBox(QWidget):
    """`add` a button for each thing that can be tried; one try at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._told = QVBoxLayout()
        self._told.setSpacing(4)
        self.found: list[QLabel] = []
        self._asked, self._waits = 0, False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._buttons)
        column.addLayout(self._told)

    def add(self, words: str) -> QPushButton:
        """One more button."""
        made = button(words)
        self._buttons.insertWidget(self._buttons.count() - 1, made)
        return made

    def begin(self, words: str = "") -> int:
        """Something is being tried; the number tells its answer from one that comes too late."""
        self._asked += 1
        self._waits = True
        self._show([(words or _("One moment…"), "small")])
        return self._asked

    def tell(self, asked: int, findings: Sequence[Finding]) -> None:
        """What was found, unless something else was asked since."""
        if asked == self._asked:
            self._waits = False
            signs = ((_SIGNS[one.level], one) for one in findings)
            self._show([(f"{sign} {in_one_line(one.text, one.todo)}", role) for (sign, role), one in signs])

    def is_waiting(self, asked: int) -> bool:
        """Whether nobody has answered this yet."""
        return self._waits and asked == self._asked

    def clear(self) -> None:
        """Nothing is asked any more."""
        self._asked += 1
        self._show([])

    def _show(self, lines: Sequence[tuple[str, str]]) -> None:
        for gone in self.found:
            self._told.removeWidget(gone)
            gone.deleteLater()
        self.found = []
        for words, role in lines:
            made = label(words, role)
            made.setWordWrap(True)
            self._told.addWidget(made)
            self.found.append(made)
        if lines:
            QTimer.singleShot(0, self, self._be_seen)

    def _be_seen(self) -> None:
        """What was found is no use below the edge of the page."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.found:
            above.ensureWidgetVisible(self.found[-1])
            above.ensureWidgetVisible(self.found[0])
