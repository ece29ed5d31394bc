"""A question that is asked in place, with a button for yes and one for no."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.plain_text import button, label


class Question(QFrame):
    """Asked in place: no window of its own stands in the way of a call."""

    def __init__(self, yes: str, no: str) -> None:
        super().__init__()
        self._text = label("", "line")
        self._text.setWordWrap(True)
        self.yes, self.no = button(yes), button(no)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.hide()

    def ask(self, text: str) -> None:
        """Show it; a stray Space says no."""
        self._text.setText(text)
        self.show()
        self.no.setFocus()
