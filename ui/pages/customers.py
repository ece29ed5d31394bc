"""The page on which a customer is found without a call: type, arrows, Enter opens the card."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.pop import Candidate
from app.records import Records
from app.words import _, ngettext
from ui import wording
from ui.line_field import LineField
from ui.plain_text import button, cut, label
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_PAUSE_MS = 120
_MOST_FOUND = 50  # what the records give at most


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
        self._records, self._failed = records, failed
        self._asked = ""
        self._enter_waits = False
        self._field, self._new = _SearchField(), button(_("New customer…"))
        columns = (Column(_("Customer")), Column(_("Company, household"), 230), Column(_("Found by"), 230))
        self._found = RowsView(columns, tokens)
        self._empty, self._pages, self._hint = label("", "empty"), QStackedWidget(), label("", "small")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._connect()
        self._show((), "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._field.setFocus()
        self._field.selectAll()

    def _ask(self) -> None:
        text = self._field.text().strip()
        self._asked = text
        if text:
            self._records.search(text, lambda found: self._told(text, found), self._not_told)
        else:
            self._show((), "")

    def _told(self, text: str, found: Sequence[Candidate]) -> None:
        """An answer to what was typed before is of no use."""
        if text != self._asked:
            return
        self._show(found, text)
        if self._enter_waits:
            self._enter_waits = False
            self._open_current()

    def _not_told(self, error: Exception) -> None:
        self._enter_waits = False
        self._show((), self._asked)
        self._empty.setText(_("▲ The records could not be asked. Try again in a moment."))
        self._failed(error)

    def _show(self, found: Sequence[Candidate], text: str) -> None:
        self._found.fill([_row(one) for one in found], [one.customer_id for one in found])
        if found:
            self._found.selectRow(0)
        self._pages.setCurrentWidget(self._found if found else self._empty)
        nobody = _("Nobody found for “{text}”.").format(text=cut(text, 40))
        self._empty.setText(nobody if text else _("Whoever is found stands here, and Enter opens the card."))
        self._hint.setText(_hint_words(len(found)) if found else "")

    def _walk(self, by: int) -> None:
        rows = self._found.model().rowCount()
        if rows:
            self._found.selectRow(min(max(self._found.currentIndex().row() + by, 0), rows - 1))

    def _on_enter(self) -> None:
        """Also for a text whose answer is still on its way: whoever types and presses Enter means what he typed."""
        if self._field.text().strip() != self._asked:
            self._enter_waits = True
            self._pause.stop()
            self._ask()
        else:
            self._open_current()

    def _open_current(self) -> None:
        if (customer_id := self._found.current_key()) is not None:
            self.opened.emit(customer_id)

    def _on_row(self, _index: QModelIndex) -> None:
        self._open_current()

    def _on_text(self, _text: str) -> None:
        self._enter_waits = False
        self._pause.start()

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_text)
        self._field.returnPressed.connect(self._on_enter)
        self._field.walked.connect(self._walk)
        self._pause.timeout.connect(self._ask)
        self._found.activated.connect(self._on_row)
        self._new.clicked.connect(self.wants_new)

    def _lay_out(self) -> None:
        self._field.setClearButtonEnabled(True)
        self._field.setPlaceholderText(_("Name, reading, any number, words of a note"))
        for page in (self._found, self._empty):
            self._pages.addWidget(page)
        upper = QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(self._field, 1)
        upper.addWidget(self._new)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(_("Search the records"), "heading", buddy_of=self._field))
        column.addLayout(upper)
        column.addWidget(self._pages, 1)
        column.addWidget(self._hint)


def _row(one: Candidate) -> Sequence[Cell]:
    second = f"{one.reading}  {one.customer_no}".strip()
    return (
        Cell(wording.honoured(one.name), second, is_strong=True),
        Cell(one.group or "—"),
        Cell(cut(one.sentence, 80) or "—", tone=Tone.QUIET),
    )


def _hint_words(n: int) -> str:
    if n >= _MOST_FOUND:
        return _("The first {n}. Type more to narrow it. Arrow keys choose, Enter opens the card.").format(n=n)
    found = ngettext("{n} found.", "{n} found.", n).format(n=n)
    return found + " " + _("Arrow keys choose, Enter opens the card.")
