"""Under the pins: what may be opened beside this card, what was copied, and what could not be opened."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.actions import Opening
from app.call import Call
from ui.first_line import set_hidden
from ui.plain_text import button, cut_label, give_role, set_text


class ActionBar(QWidget):
    """Hidden where there is nothing to open and nothing to tell. Its buttons leave the keyboard where it is.

    Signals:
        wanted: an Opening.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._offers: Callable[[Call], list[Opening]] = lambda _call: []
        self._buttons: list[QPushButton] = []
        self._openings: list[Opening] = []
        self._call_id: UUID | None = None
        self._said = cut_label("small")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._row.addWidget(self._said, 1)
        self.hide()

    def use(self, offers: Callable[[Call], list[Opening]]) -> None:
        """Who says what may be opened."""
        self._offers = offers

    def fill(self, call: Call) -> None:
        """Show this card's; what was told of another card goes."""
        if call.id != self._call_id:
            self._call_id = call.id
            self._said.setText("")
        self._openings = self._offers(call)
        while len(self._buttons) < len(self._openings):
            self._add_button()
        for number, made in enumerate(self._buttons):
            is_used = number < len(self._openings)
            set_hidden(made, is_hidden=not is_used)
            if is_used:
                set_text(made, f"↗ {self._openings[number].name}")
        self._show()

    def tell(self, words: str, role: str) -> None:
        """What was copied, or could not be opened."""
        give_role(self._said, role)
        self._said.setText(words)
        self._show()

    def _show(self) -> None:
        set_hidden(self, is_hidden=not self._openings and not self._said.text())

    def _add_button(self) -> None:
        made, number = button("", "link"), len(self._buttons)
        made.clicked.connect(lambda: self.wanted.emit(self._openings[number]))
        self._row.insertWidget(number, made)
        self._buttons.append(made)
