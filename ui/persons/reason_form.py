"""Asks in place for a reason that stays in the records, and for a word that nobody types by mistake."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.words import _
from ui.line_field import LineField
from ui.plain_text import button, label


class ReasonForm(QWidget):
    """What follows stands above as it is, line by line.

    Signals:
        said: the reason, once it is meant.
        left: nothing is to be done.
    """

    said = Signal(str)
    left = Signal()

    def __init__(self, yes: str, role: str) -> None:
        super().__init__()
        self._wanted, self._lines = "", label("", "line")
        self.reason, self.typed = LineField(), LineField()
        self.yes, self._no = button(yes, role), button(_("Cancel"))
        self._type = label("", "small", buddy_of=self.typed)
        self._lay_out()
        self.reason.textChanged.connect(self._weigh)
        self.typed.textChanged.connect(self._weigh)
        for field in (self.reason, self.typed):
            field.returnPressed.connect(self._on_yes)
        self.yes.clicked.connect(self._on_yes)
        self._no.clicked.connect(self.left)

    def ask(self, lines: list[str], word: str = "") -> None:
        """Begin anew; with a word it must be typed as it stands."""
        self._wanted = word
        self._lines.setText("\n".join(lines))
        self._type.setText(_("Type {word} if you mean it").format(word=word))
        for one in (self._type, self.typed):
            one.setVisible(bool(word))
        for field in (self.reason, self.typed):
            field.clear()
        self.be_busy(is_busy=False)
        self.reason.setFocus()

    def be_busy(self, *, is_busy: bool) -> None:
        """While it is done nothing can be typed or pressed."""
        for one in (self.reason, self.typed, self._no):
            one.setDisabled(is_busy)
        self.yes.setDisabled(is_busy)
        if not is_busy:
            self._weigh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._no.isEnabled():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _weigh(self) -> None:
        is_meant = not self._wanted or self.typed.text().strip() == self._wanted
        self.yes.setEnabled(is_meant and bool(self.reason.text().strip()))

    def _on_yes(self) -> None:
        if self.yes.isEnabled():
            self.said.emit(self.reason.text().strip())

    def _lay_out(self) -> None:
        self._lines.setWordWrap(True)
        self.reason.setPlaceholderText(_("Which request or case: it stays in the records, so without a name"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.yes)
        buttons.addWidget(self._no)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._lines)
        column.addWidget(label(_("Reason"), "small", buddy_of=self.reason))
        column.addWidget(self.reason)
        column.addWidget(self._type)
        column.addWidget(self.typed)
        column.addLayout(buttons)
        column.addStretch(1)
