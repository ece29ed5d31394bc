"""What stands where the pairs will be: what this is for, how far the search is, and the button of the search."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.duplicates import Progress
from app.words import _
from ui.plain_text import button, label, set_text


class Waiting(QWidget):
    """Signals: begun, ended: somebody wants to search, or has enough."""

    begun = Signal()
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words, self._bar, self._button = label("", "empty"), QProgressBar(), button("", "primary")
        self.is_looking = False
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words.setBuddy(self._bar)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(320, 6)
        self._button.clicked.connect(self._on_button)
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        for one in (self._bar, self._button):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.rest(_("Customers who are recorded twice will stand here in pairs, with what speaks for it."))

    def rest(self, words: str) -> None:
        """Nobody searches."""
        self.is_looking = False
        self._words.setText(words)
        self._bar.hide()
        set_text(self._button, _("Look for duplicates"))
        self._button.setEnabled(True)

    def look(self) -> None:
        """The search has begun."""
        self.is_looking = True
        self._words.setText(_("Looking for customers who are recorded twice…"))
        self._bar.setRange(0, 0)
        self._bar.show()
        set_text(self._button, _("Enough: show what was found"))

    def show_progress(self, progress: Progress) -> None:
        """How far it is."""
        if self.is_looking:
            self._bar.setRange(0, progress.steps)
            self._bar.setValue(progress.step)

    def _on_button(self) -> None:
        if self.is_looking:
            self._button.setEnabled(False)
            self.ended.emit()
        else:
            self.begun.emit()
