"""Covers the windows' customers while somebody stands behind the operator: one key, and the same key takes it away.

Pressed in one window it covers all of them: who looks over a shoulder sees the whole screen. Nothing that happens
meanwhile uncovers it, neither a ring nor another card.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import _
from ui.keys import PRIVACY, bind
from ui.overlay import Overlay, above
from ui.plain_text import label


class PrivacyCover(Overlay):
    """Lies over all above `below` and right of `beside`, and holds the keyboard: nobody types into what he can't see.

    Signals:
        covering, uncovered: it is about to be put there; it has gone.
    """

    covering = Signal()
    uncovered = Signal()

    def __init__(self, window: QWidget, below: QWidget | None, beside: QWidget | None = None) -> None:
        super().__init__(window, window, lambda: above(window, below, beside))
        self._is_wanted = False
        self.setObjectName("cover")
        self.setAccessibleName(_("Hidden. {key} shows it again.").format(key=PRIVACY.words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = label(_("Hidden. {key} shows it again.").format(key=PRIVACY.words), "empty")
        column = QVBoxLayout(self)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignCenter)
        bind(PRIVACY, window, self.turn)

    def go_with(self, other: "PrivacyCover") -> None:
        """From now on one does what the other does."""
        for one, another in ((self, other), (other, self)):
            one.covering.connect(another.cover)
            one.uncovered.connect(another.uncover)

    def turn(self) -> None:
        """Cover, or show again."""
        if self._is_wanted:
            self.uncover()
        else:
            self.cover()

    def cover(self) -> None:
        """Put it there; nothing if it lies there already."""
        if not self._is_wanted:
            self._is_wanted = True
            self.covering.emit()
            self.lie()
            self.setFocus()

    def uncover(self) -> None:
        """Take it away; nothing if it is not there."""
        if self._is_wanted:
            self._is_wanted = False
            self.leave()
            self.uncovered.emit()

    def stay_above(self) -> None:
        """Above what has been shown since."""
        if self.is_on:
            self.raise_()
