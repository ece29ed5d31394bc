"""What was done last on a page, with the way to take it back beside it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words import _
from ui.plain_text import button, cut_label, give_role


class DoneLine(QWidget):
    """One line that stands until the next thing is done; Undo is there only while something can be undone."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.undo = cut_label("line"), button(_("Undo"), "link")
        self._take_back: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        self.undo.hide()
        self.undo.clicked.connect(self._on_undo)

    def done(self, words: str, take_back: Callable[[], object]) -> None:
        """Say what was done; `take_back` undoes it and is to say so by `taken_back`."""
        self._say(words, "result", take_back)

    def taken_back(self, words: str) -> None:
        """Say how it stands again."""
        self._say(words, "line", None)

    def warn(self, words: str) -> None:
        """Say why it was not done, or not yet."""
        self._say(words, "warning", None)

    def _say(self, words: str, role: str, take_back: Callable[[], object] | None) -> None:
        self._take_back = take_back
        give_role(self.words, role)
        self.words.setText(words)
        self.undo.setVisible(take_back is not None)

    def _on_undo(self) -> None:
        if self._take_back is not None:
            self._take_back()
