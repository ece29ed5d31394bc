"""The page on which a customer is found without a call: type, arrows, Enter opens the card."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.pop import Candidate
from app.records import Records
from app.words import _
from ui import wording
from ui.customer_search import CustomerSearch, Showing
from ui.plain_text import button, cut, label
from ui.rows import Cell, Column, Tone
from ui.theme import Tokens


class CustomersPage(QWidget):
    """The same search as the card's, and its first fifty.

    Signals:
        opened: the id of the customer whose card the operator wants.
        wants_new: somebody new is to be entered.
    """

    opened = Signal(object)
    wants_new = Signal()

    def __init__(self, tokens: Tokens, records: Records, failed: Callable[[Exception], object]) -> None:
        super().__init__()
        self._search = CustomerSearch(tokens, records.search, failed, _showing())
        new = button(_("New customer…"))
        self._search.add_beside(new)
        new.clicked.connect(self.wants_new)
        self._search.chosen.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(_("Search the records"), "heading", buddy_of=self._search.field))
        column.addWidget(self._search, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._search.begin()

    def _on_chosen(self, one: Candidate) -> None:
        self.opened.emit(one.customer_id)


def _showing() -> Showing:
    columns = (Column(_("Customer")), Column(_("Company, household"), 230), Column(_("Found by"), 230))
    enter = _("Arrow keys choose, Enter opens the card.")
    return Showing(columns, _row, enter, _("Whoever is found stands here, and Enter opens the card."))


def _row(one: Candidate) -> Sequence[Cell]:
    second = f"{one.reading}  {one.customer_no}".strip()
    return (
        Cell(wording.honoured(one.name), second, is_strong=True),
        Cell(one.group or "—"),
        Cell(cut(one.sentence, 80) or "—", tone=Tone.QUIET),
    )
