"""The page of administrators about personal data: one person's, and how long what is kept."""

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.person.persons_desk import PersonsDesk
from app.pop import Candidate
from app.words import _
from ui import wording
from ui.customer_search import CustomerSearch, Showing
from ui.persons.keeping_view import KeepingView
from ui.persons.person_view import PersonView
from ui.rows import Cell, Column
from ui.theme import Tokens

_PERSON, _KEEPING = range(2)
_LEAST, _MOST = 220, 320  # pixels for the list


class PersonsPage(QWidget):
    """Nothing here waits; nothing goes before its consequences were told."""

    def __init__(self, tokens: Tokens, desk: PersonsDesk) -> None:
        super().__init__()
        self._tabs, self._parts = QTabBar(), QStackedWidget()
        self._search = CustomerSearch(tokens, desk.search, lambda _error: None, _showing())
        self.person, self.keeping = PersonView(desk), KeepingView(desk)
        self._search.chosen.connect(self._on_chosen)
        self._search.not_found.connect(self.person.look)
        self.person.erased.connect(self._search.ask)
        self._tabs.currentChanged.connect(self._parts.setCurrentIndex)
        self._lay_out()

    @property
    def is_at_work(self) -> bool:
        """Whether something is being written or removed."""
        return self.person.is_at_work or self.keeping.is_at_work

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._tabs.currentIndex() == _PERSON:
            self._search.begin()

    def _on_chosen(self, one: Candidate) -> None:
        self.person.look(one.customer_no)

    def _lay_out(self) -> None:
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for title in (_("One person"), _("How long what is kept")):
            self._tabs.addTab(title)
        one = QWidget()
        row, column = QHBoxLayout(one), QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        self._search.setMinimumWidth(_LEAST)
        self._search.setMaximumWidth(_MOST)
        row.addWidget(self._search, 3)
        row.addWidget(self.person, 7)
        for part in (one, self.keeping):
            self._parts.addWidget(part)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._tabs)
        column.addWidget(self._parts, 1)


def _showing() -> Showing:
    enter = _("Enter shows what is kept.")
    return Showing(
        (Column(""),), _row, enter, _("Whose data is it? A customer number finds somebody who was erased, too.")
    )


def _row(one: Candidate) -> Sequence[Cell]:
    return (Cell(wording.honoured(one.name), f"{one.reading}  {one.customer_no}".strip(), is_strong=True),)
