"""A form in the note's lower half: fields in rows, one line for what is wrong. Enter saves, Escape closes."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.call import Call
from app.complaints import ComplaintChoices
from app.words import _
from ui.choice_field import ChoiceField
from ui.keys import FINISH
from ui.line_field import LineField
from ui.plain_text import button, label

State = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """What a form is filled with: what the records offer, the login of who sits here, the time, a complaint's code."""

    choices: ComplaintChoices
    me: str
    now: datetime
    about: str = ""


class WrapUpForm(QWidget):
    """Subclasses say their rows, what stands in them, and what they make of it.

    Signals:
        saved: what was made, once it is whole.
        closed: the operator wants it no more; what stands there stays for this call.
    """

    saved = Signal(object)
    closed = Signal()

    def __init__(self, title: str, save: str) -> None:
        super().__init__()
        self.setObjectName("form")
        self._grid, self._scroll = QGridLayout(), QScrollArea()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._problem = label("", "warning")
        self._problem.setWordWrap(True)
        self._save, self._close = button(f"{save}   {FINISH.words}", "primary"), button(_("Close") + "   Esc")
        self._save.clicked.connect(self.save)
        self._close.clicked.connect(self.closed)
        self._lay_out(title)

    def save(self) -> None:
        """Tell what was made, or say what is wrong and go there."""
        made = self.made()
        if isinstance(made, Wrong):
            self._problem.setText("▲ " + made.words)
            self._problem.show()
            made.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(made.field)  # Tab does so by itself
        else:
            self._problem.hide()
            self.saved.emit(made)

    def offer(self, call: Call, offers: Offers) -> None:
        """What can be chosen now."""
        raise NotImplementedError

    def begin(self, call: Call, offers: Offers) -> None:
        """Fill it anew for this call."""
        raise NotImplementedError

    def first(self) -> LineField:
        """Where the cursor goes."""
        raise NotImplementedError

    def made(self) -> object:
        """What stands in the fields, or a Wrong."""
        raise NotImplementedError

    def state(self) -> State:
        """What stands in the fields, to come back to."""
        raise NotImplementedError

    def restore(self, state: State) -> None:
        """What stood there."""
        raise NotImplementedError

    @property
    def is_converting(self) -> bool:
        """Whether a Japanese conversion is open in a field."""
        return any(field.preedit for field in self.findChildren(LineField))

    def commit(self) -> None:
        """Close an open conversion, keeping its text."""
        for field in self.findChildren(LineField):
            field.commit()

    def say(self, problem: str) -> None:
        """What is wrong; "" for nothing."""
        self._problem.setText("▲ " + problem if problem else "")
        self._problem.setHidden(not problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def add_row(self, words: str, field: QWidget, under: QWidget | None = None) -> None:
        """One more field; Enter in it saves."""
        row = self._grid.rowCount()
        self._grid.addWidget(label(words, "heading", buddy_of=field), row, 0)
        self._grid.addWidget(field, row, 1)
        if under is not None:
            self._grid.addWidget(under, row + 1, 1)
        if isinstance(field, ChoiceField):
            field.entered.connect(self.save)

    def _lay_out(self, title: str) -> None:
        inner = QWidget()
        inner.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 4, 0)
        scroll = self._scroll
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        foot = QHBoxLayout()
        foot.addWidget(self._save, 1)
        foot.addWidget(self._close)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(title, "strong"))
        column.addWidget(scroll, 1)
        column.addWidget(self._problem)
        column.addLayout(foot)


class Wrong:
    """What keeps a form from being saved, and where."""

    def __init__(self, field: QWidget, words: str) -> None:
        self.field = field
        self.words = words
