"""A list that is read page by page along a key as one scrolls, with words for an empty one and for one that fails."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.error_words import error_words
from ui.panels.list_end import ListEnd
from ui.plain_text import label
from ui.rows import Cell, Column, RowsView
from ui.theme import Tokens

Read = Callable[[Any, Callable[[Sequence[Any]], object], Callable[[Exception], object]], object]
"""Asks for what is behind the last record (None: from the first on)."""


class PagedRows(QWidget):
    """`page`: fewer than so many, and there are no more. `cells` and `key` are of a record.

    Signals:
        selected: another row is the current one; `current` tells which.
        filled: more has come.
    """

    selected = Signal()
    filled = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        tokens: Tokens,
        page: int,
        cells: Callable[[Any], Sequence[Cell]],
        key: Callable[[Any], object],
    ) -> None:
        super().__init__()
        self._page, self._cells, self._key = page, cells, key
        self._read: Read | None = None
        self.records: list[Any] = []
        self.is_whole = True
        self._asked = 0
        self._is_asking = False
        self.view, self.empty, self.end = RowsView(columns, tokens), label("", "empty"), ListEnd()
        self._lists = QStackedWidget()
        for one in (self.view, self.empty):
            self._lists.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._lists, 1)
        column.addWidget(self.end)
        self.view.verticalScrollBar().valueChanged.connect(self._read_on)
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self.selected.emit())
        self.end.retried.connect(lambda: self._go_on(self.records[-1] if self.records else None))

    @property
    def current(self) -> Any:
        """The record of the selected row, None if none is."""
        key = self.view.current_key()
        return next((one for one in self.records if self._key(one) == key), None) if key is not None else None

    def ask(self, read: Read) -> None:
        """Anew, from the first on; the selected row stays selected where it is still there."""
        self._read = read
        self._go_on(None)

    def select_first(self) -> None:
        """Where none is selected."""
        if self.records and self.current is None:
            self.view.selectRow(0)

    def _go_on(self, last: Any) -> None:
        if self._read is None:
            return
        self._asked += 1
        mine, self._is_asking = self._asked, True
        self.end.wait()

        def told(found: Sequence[Any]) -> None:
            if mine == self._asked:
                self._show(found, is_first=last is None)

        def failed(error: Exception) -> None:
            if mine == self._asked:
                self._is_asking = False
                self.end.fail(error_words(error))

        self._read(last, told, failed)

    def _show(self, found: Sequence[Any], *, is_first: bool) -> None:
        self._is_asking, self.is_whole = False, len(found) < self._page
        self.end.be_quiet()
        rows, keys = [self._cells(one) for one in found], [self._key(one) for one in found]
        if is_first:
            self.records = list(found)
            self.view.fill(rows, keys)
        else:
            self.records += found
            self.view.append(rows, keys)
        self._lists.setCurrentWidget(self.view if self.records else self.empty)
        self.filled.emit()

    def _read_on(self) -> None:
        """What is behind the last row, when its end comes into sight."""
        bar = self.view.verticalScrollBar()
        if self.records and not (self.is_whole or self._is_asking) and bar.value() >= bar.maximum() - bar.pageStep():
            self._go_on(self.records[-1])
