"""Covers a window's calls while somebody stands behind the operator: one key, and the same key takes it away.

Nothing that happens meanwhile uncovers it, neither a ring nor another card.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import _
from ui.keys import PRIVACY, bind
from ui.overlay import Overlay, above
from ui.plain_text import label


class PrivacyCover(Overlay):
    """Lies over everything above `below`, and holds the keyboard: nobody types into what he does not see.

    Signals:
        covering, uncovered: it is about to be put there; it has gone.
    """

    covering = Signal()
    uncovered = Signal()

    def __init__(self, window: QWidget, below: QWidget) -> None:
        super().__init__(window, window, lambda: above(window, below))
        self.setObjectName("cover")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = label(_("Hidden. {key} shows it again.").format(key=PRIVACY.words), "empty")
        column = QVBoxLayout(self)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignCenter)
        bind(PRIVACY, window, self.turn)

    def turn(self) -> None:
        """Cover, or show again."""
        if self.is_on:
            self.leave()
            self.uncovered.emit()
            return
        self.covering.emit()
        self.lie()
        self.setFocus()

    def stay_above(self) -> None:
        """Above what has been shown since."""
        if self.is_on:
            self.raise_()
