"""A bar that says that another version has been installed, with the way to it once no call is in work."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.updates.words import installed_words
from app.words import _
from ui.plain_text import button, label

_EVERY_MS = 1000


class NewVersionBar(QFrame):
    """Moves into view and takes nothing. `is_busy`: whether a call is in work; asked while the bar is seen.

    Signals:
        wants_restart: the operator wants the new version now.
    """

    wants_restart = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("newversion")
        self.is_busy: Callable[[], bool] = lambda: False
        self.words, self.restart = label(installed_words()), button(_("Restart now"))
        self.words.setWordWrap(True)
        self.restart.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.restart.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.restart)
        self._turn = QTimer(self, interval=_EVERY_MS)
        self._turn.timeout.connect(self.look)
        self.hide()

    def look(self) -> None:
        """Offer it, or not now."""
        self.restart.setHidden(self.is_busy())

    def refuse(self, why: str) -> None:
        """Not yet: this is to be done first."""
        self.words.setText(f"{installed_words()} {why}")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turn.stop()

    def _press(self) -> None:
        self.look()
        if not self.restart.isHidden():
            self.wants_restart.emit()
