"""Covers a window's calls while somebody stands behind the operator: one key, and the same key takes it away.

Nothing that happens meanwhile uncovers it, neither a ring nor another card.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words import _
from ui.keys import PRIVACY, bind
from ui.plain_text import label


class PrivacyCover(QFrame):
    """Lies over everything above `below`, and holds the keyboard: nobody types into what he does not see.

    Signals:
        covering, uncovered: it is about to be put there; it has gone.
    """

    covering = Signal()
    uncovered = Signal()

    def __init__(self, window: QWidget, below: QWidget) -> None:
        super().__init__(window)
        self._window, self._below = window, below
        self.setObjectName("cover")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = label(_("Hidden. {key} shows it again.").format(key=PRIVACY.words), "empty")
        column = QVBoxLayout(self)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()
        window.installEventFilter(self)
        bind(PRIVACY, window, self.turn)

    @property
    def is_on(self) -> bool:
        """Whether the calls are covered, even while the window itself is out of sight."""
        return not self.isHidden()

    def turn(self) -> None:
        """Cover, or show again."""
        if self.is_on:
            self.hide()
            self.uncovered.emit()
            return
        self.covering.emit()
        self._fit()
        self.show()
        self.stay_above()
        self.setFocus()

    def stay_above(self) -> None:
        """Above what has been shown since."""
        if self.is_on:
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show) and self.is_on:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.setGeometry(0, 0, self._window.width(), self._window.height() - self._below.height())
