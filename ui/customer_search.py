"""Who is meant: type, arrows, Enter. The same search wherever a customer is found without a call."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.pop import Candidate
from app.words import _, ngettext
from ui.line_field import LineField
from ui.plain_text import cut, label
from ui.rows import Cell, Column, RowsView
from ui.theme import Tokens

_PAUSE_MS = 120
_MOST_FOUND = 50  # what the records give at most
Search = Callable[[str, Callable[[Sequence[Candidate]], object], Callable[[Exception], object]], object]


@dataclass(frozen=True, slots=True)
class Showing:
    """How who is found is shown: the list's columns, a row of it, and what Enter does, in words."""

    columns: tuple[Column, ...]
    row: Callable[[Candidate], Sequence[Cell]]
    enter: str
    nothing_yet: str


class _SearchField(LineField):
    """Up and Down walk through what was found while the cursor stays in the text.

    Signals:
        walked: by one row, down (1) or up (-1).
    """

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or self.preedit:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)


class CustomerSearch(QWidget):
    """The same search as the card's, and its first fifty.

    Signals:
        chosen: the candidate whom the operator wants, by Enter or a click.
        not_found: Enter was pressed on this text, which finds nobody.
    """

    chosen = Signal(object)
    not_found = Signal(str)

    def __init__(self, tokens: Tokens, search: Search, failed: Callable[[Exception], object], showing: Showing) -> None:
        super().__init__()
        self._search, self._failed, self._showing = search, failed, showing
        self._asked, self._candidates = "", list[Candidate]()
        self._enter_waits = self._is_asking = False
        self.field, self._found = _SearchField(), RowsView(showing.columns, tokens)
        self._empty, self._pages, self._hint = label("", "empty"), QStackedWidget(), label("", "small")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._upper = QHBoxLayout()
        self._lay_out()
        self._connect()
        self._show((), "")

    def add_beside(self, widget: QWidget) -> None:
        """To the right of the field."""
        self._upper.addWidget(widget)

    def begin(self) -> None:
        """The keyboard is in the field, and what stands there is written over."""
        self.field.setFocus()
        self.field.selectAll()

    def ask(self) -> None:
        """For what stands in the field."""
        text = self.field.text().strip()
        self._asked, self._is_asking = text, bool(text)
        if text:
            self._search(text, lambda found: self._told(text, found), self._not_told)
        else:
            self._show((), "")

    def _told(self, text: str, found: Sequence[Candidate]) -> None:
        """An answer to what was typed before is of no use."""
        if text != self._asked:
            return
        self._is_asking = False
        self._show(found, text)
        if self._enter_waits:
            self._enter_waits = False
            self._choose_current()

    def _not_told(self, error: Exception) -> None:
        self._enter_waits = self._is_asking = False
        self._show((), self._asked)
        self._empty.setText(_("▲ The records could not be asked. Try again in a moment."))
        self._failed(error)

    def _show(self, found: Sequence[Candidate], text: str) -> None:
        self._candidates = list(found)
        self._found.fill([self._showing.row(one) for one in found], [one.customer_id for one in found])
        if found:
            self._found.selectRow(0)
        self._pages.setCurrentWidget(self._found if found else self._empty)
        nobody = _("Nobody found for “{text}”.").format(text=cut(text, 40))
        self._empty.setText(nobody if text else self._showing.nothing_yet)
        self._hint.setText(_hint_words(len(found), self._showing.enter) if found else "")

    def _walk(self, by: int) -> None:
        rows = self._found.model().rowCount()
        if rows:
            self._found.selectRow(min(max(self._found.currentIndex().row() + by, 0), rows - 1))

    def _on_enter(self) -> None:
        """Also for a text whose answer is still on its way: whoever types and presses Enter means what he typed."""
        if self.field.text().strip() != self._asked:
            self._enter_waits = True
            self._pause.stop()
            self.ask()
        elif self._is_asking:
            self._enter_waits = True
        else:
            self._choose_current()

    def _choose_current(self) -> None:
        key = self._found.current_key()
        found = next((one for one in self._candidates if one.customer_id == key), None)
        if found is not None:
            self.chosen.emit(found)
        elif self._asked:
            self.not_found.emit(self._asked)

    def _on_row(self, _index: QModelIndex) -> None:
        self._choose_current()

    def _on_text(self, _text: str) -> None:
        self._enter_waits = False
        self._pause.start()

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._on_enter)
        self.field.walked.connect(self._walk)
        self._pause.timeout.connect(self.ask)
        self._found.activated.connect(self._on_row)

    def _lay_out(self) -> None:
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText(_("Name, reading, any number, words of a note"))
        self.field.setAccessibleName(_("Search the records"))
        self._found.horizontalHeader().setVisible(any(one.title for one in self._showing.columns))
        self._found.setAccessibleName(_("Whoever was found"))
        for page in (self._found, self._empty):
            self._pages.addWidget(page)
        self._upper.setSpacing(8)
        self._upper.addWidget(self.field, 1)
        self._hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._upper)
        column.addWidget(self._pages, 1)
        column.addWidget(self._hint)


def _hint_words(n: int, enter: str) -> str:
    if n >= _MOST_FOUND:
        return _("The first {n}. Type more to narrow it.").format(n=n) + " " + enter
    return ngettext("{n} found.", "{n} found.", n).format(n=n) + " " + enter
