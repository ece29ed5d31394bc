"""The end of a list that is read in pages: that more comes, or why it does not and a button to try again."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words import _
from ui.plain_text import button, cut_label

_SLOW_MS = 300  # what comes faster needs no words


class ListEnd(QWidget):
    """Hidden while there is nothing to say.

    Signals:
        retried: ask once more.
    """

    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words, self._again = cut_label("warning"), button(_("Try again"))
        self._again.clicked.connect(self.retried)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._say_that_it_comes)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self._again)
        self.hide()

    def wait(self) -> None:
        """It was asked for."""
        self.hide()
        self._slow.start()

    def be_quiet(self) -> None:
        """It has come, or nobody waits for it."""
        self._slow.stop()
        self.hide()

    def fail(self, why: str) -> None:
        """It does not come."""
        self._slow.stop()
        self._words.setText("▲ " + why)
        self._again.show()
        self.show()

    def _say_that_it_comes(self) -> None:
        self._words.setText(_("Reading on…"))
        self._again.hide()
        self.show()
