"""A panel that is one table: columns, one row per record, and words for when there is none."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.pop import CustomerFacts
from ui.plain_text import label
from ui.rows import Cell, Column, RowsView
from ui.theme import Tokens


class RowsPanel(QWidget):
    """Subclasses say `key`, `title`, `columns`, `empty`, and what stands in the row of a record."""

    key = ""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.view = RowsView(self.columns(), tokens)
        self._empty = label(self.empty(), "empty")
        self._stack = QStackedLayout()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(self._stack, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)

    def fill(self, facts: CustomerFacts, now: datetime) -> None:
        """Show what these facts say; `now` is aware UTC."""
        records = self.records(facts, now)
        self.view.fill([self.row(one, now) for one in records], [self.key_of(one) for one in records])
        self._stack.setCurrentWidget(self.view if records else self._empty)

    def title(self, facts: CustomerFacts) -> str:
        """The tab's words, with a count where there is one."""
        raise NotImplementedError

    def columns(self) -> Sequence[Column]:
        """The table's head."""
        raise NotImplementedError

    def empty(self) -> str:
        """What will be here one day."""
        raise NotImplementedError

    def records(self, facts: CustomerFacts, now: datetime) -> Sequence[Any]:
        """What stands in the card, one row each."""
        raise NotImplementedError

    def key_of(self, record: Any) -> object:
        """What the record is told apart by, and led to (`app.headline.Place`)."""
        raise NotImplementedError

    def row(self, record: Any, now: datetime) -> Sequence[Cell]:
        """Its cells."""
        raise NotImplementedError
