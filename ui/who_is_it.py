"""When no card can open by itself: the candidates with reasons and keys 1-9, and search for everybody else."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.call import Call
from app.pop import Candidate, Pop, PopState
from app.trouble_words import trouble_words
from app.words import _
from ui import wording
from ui.plain_text import button, label, set_text

_MOST = 9
_PAUSE_MS = 150


class WhoIsItView(QWidget):
    """Signals: chosen, a customer id; searched, the text to look for; retried, ask the records again."""

    chosen = Signal(int)
    searched = Signal(str)
    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading, self._found_heading = label("", "line"), label("", "heading")
        self._heading.setWordWrap(True)
        self._candidates = _Choices(self.chosen)
        self._found = _Choices(self.chosen)
        self._retry = button(_("Try again"))
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Name, reading, part of a number, customer number"))
        self._search.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._search.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(lambda: self.searched.emit(self._search.text().strip()))
        self._retry.clicked.connect(self.retried)
        for number in range(_MOST):
            # a plain digit reaches a text field first: it chooses only when nobody is typing
            QShortcut(QKeySequence(str(number + 1)), self, lambda n=number: self._candidates.press(n))

    def fill(self, call: Call) -> None:
        """Show this call's question."""
        pop = call.pop
        self._heading.setText(_question(call))
        self._candidates.fill([(one.customer_id, _words(one)) for one in pop.candidates])
        self._retry.setVisible(pop.state is PopState.FAILED)
        self._search.clear()
        self.show_found("", ())

    def show_found(self, text: str, found: Sequence[Candidate]) -> None:
        """The answer to a search; "" clears it."""
        self._found.fill([(one.customer_id, _words(one)) for one in found])
        self._found_heading.setText("" if found or not text else _("Nobody found for “{text}”.").format(text=text))
        self._found_heading.setVisible(bool(self._found_heading.text()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._candidates)
        column.addWidget(label(_("Search the records"), "heading", buddy_of=self._search))
        column.addWidget(self._search)
        column.addWidget(self._found_heading)
        column.addWidget(self._found)
        column.addStretch(1)


class _Choices(QWidget):
    """Up to nine rows that can be chosen, numbered for the keyboard."""

    def __init__(self, chosen: SignalInstance) -> None:
        super().__init__()
        self._ids: list[int] = []
        self._rows: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for number in range(_MOST):
            row = button("", "row")
            row.clicked.connect(lambda _checked=False, n=number: chosen.emit(self._ids[n]))
            column.addWidget(row)
            self._rows.append(row)

    def fill(self, choices: Sequence[tuple[int, str]]) -> None:
        self._ids = [customer_id for customer_id, _unused in choices[:_MOST]]
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(self._ids))
            set_text(row, f"{number + 1}   {choices[number][1]}" if number < len(self._ids) else "")
        self.setVisible(bool(self._ids))

    def press(self, number: int) -> None:
        if number < len(self._ids):
            self._rows[number].click()


def _question(call: Call) -> str:
    pop: Pop = call.pop
    if pop.state is PopState.CHOICE:
        return _("Several customers have this number. Press a key or click.")
    if pop.state is PopState.FAILED and pop.trouble is not None:
        return trouble_words(pop.trouble)
    if pop.state is PopState.NO_NUMBER:
        return _("No number was sent. Number and note stay with the call; attach it to a customer now or later.")
    if pop.state is PopState.SEARCHING:
        return _("Looking up…")
    return _(
        "This number is not in the records. It stays with the call and its note; attach it to a customer now or later."
    )


def _words(one: Candidate) -> str:
    extension = _("ext. {digits}").format(digits=one.extension) if one.extension else ""
    stale = _("number may have changed hands: ask") if one.is_stale else ""
    why = wording.reason(one.reason) if one.reason else ""
    extra = [one.customer_no, why, one.group, extension, stale]
    name = wording.honoured(one.name)
    return f"{name}   {one.reading}\n     {' · '.join(part for part in extra if part)}"
