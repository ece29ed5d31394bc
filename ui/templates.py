"""The list of templates over the note: filtered by typing, chosen by Enter or a click, gone with Escape.

No window of its own, so that it never takes the keyboard from another program; made when it is first asked for.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QVBoxLayout

from app.call import Call
from app.templates import TemplateBook, Words
from app.words import _
from ui.keys import TEMPLATE, bind
from ui.note_text import TextField
from ui.plain_text import cut, label
from ui.pop_window import PopWindow

_TALLEST = 320


class Templates:
    """Brings a desk's templates to the fields of its note: by Ctrl+T, or by a key word and a blank."""

    def __init__(self, pop: PopWindow, book: TemplateBook) -> None:
        self._pop = pop
        self._book = book
        self._list: TemplateList | None = None
        for field in (pop.note.body, pop.note.handover):
            field.expand = self._by_key
        bind(TEMPLATE, pop, self.ask)
        pop.note.wants_templates.connect(self.ask)

    def ask(self) -> None:
        """The list over the note; its choice goes where the cursor was."""
        call = self._pop.call
        if call is None:
            return
        handover = self._pop.note.handover
        field = handover if handover.hasFocus() else self._pop.note.body
        field.commit()
        field.touched.emit()
        self._list = self._list or TemplateList(self._pop)
        self._list.offer(call, self._book.for_call(call), field)

    def _by_key(self, before_cursor: str) -> Words | None:
        return self._book.by_key(self._pop.call, before_cursor) if self._pop.call is not None else None


class _Filter(QLineEdit):
    """Where the operator types; the arrow keys belong to the list."""

    def __init__(self, owner: "TemplateList") -> None:
        super().__init__()
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._owner.takes(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._owner.leave()


class TemplateList(QFrame):
    """What is offered for one call, and the field that gets the choice."""

    def __init__(self, pop: PopWindow) -> None:
        super().__init__(pop)
        self._pop = pop
        self._call: Call | None = None
        self._field: TextField = pop.note.body
        self._offered: Sequence[Words] = ()
        self._found: list[Words] = []
        self.setObjectName("templates")
        self.filter, self.names = _Filter(self), QListWidget()
        self._text, self._empty = label("", "small"), label("", "small")
        self._dress()
        pop.note.filled.connect(self.leave)

    def offer(self, call: Call, words: Sequence[Words], field: TextField) -> None:
        """Show what there is for this call."""
        self._call, self._offered, self._field = call, words, field
        self.filter.clear()
        self._narrow("")
        self._fit()
        self._pop.installEventFilter(self)  # only while it is shown: each event of the window would pass through Python
        self.show()
        self.raise_()
        self.filter.setFocus()

    def leave(self) -> None:
        """The operator works elsewhere."""
        self._pop.removeEventFilter(self)
        self.hide()

    def takes(self, event: QKeyEvent) -> bool:
        """Up and down choose, Enter inserts, Escape goes back to the note; all else is typed."""
        row, last = self.names.currentRow(), self.names.count() - 1
        match event.key():
            case Qt.Key.Key_Down:
                self.names.setCurrentRow(min(last, row + 1))
            case Qt.Key.Key_Up:
                self.names.setCurrentRow(max(0, row - 1))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._insert()
            case Qt.Key.Key_Escape | Qt.Key.Key_Tab:
                self._put_away()
            case _:
                return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        self._found = [one for one in self._offered if all(part in _searched(one) for part in wanted)]
        self.names.clear()
        for one in self._found:
            self.names.addItem(f"{one.name}   {one.key}" if one.key else one.name)
        self.names.setCurrentRow(0 if self._found else -1)
        none_set = _("No templates are set: [[template]] in settings.toml makes them.")
        self._empty.setText(_("None is called so.") if self._offered else none_set)
        self._empty.setVisible(not self._found)
        self._show_text(self.names.currentRow())

    def _show_text(self, row: int) -> None:
        self._text.setText(cut(self._found[row].text) if 0 <= row < len(self._found) else "")

    def _insert(self) -> None:
        row = self.names.currentRow()
        is_same_note = self._pop.call is self._call
        self._put_away()
        if is_same_note and 0 <= row < len(self._found):
            self._field.insert_whole(self._found[row].text, self._found[row].cursor_at)

    def _put_away(self) -> None:
        self.leave()
        self._field.setFocus()

    def _fit(self) -> None:
        note = self._pop.note
        corner = note.mapTo(self._pop, note.rect().topLeft())
        height = min(note.height() - 16, _TALLEST)
        self.setGeometry(corner.x() + 8, corner.y() + 8, min(note.width(), 480) - 16, height)

    def _dress(self) -> None:
        self.filter.setPlaceholderText(_("Type to find a template"))
        self.names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.names.setUniformItemSizes(True)
        for told in (self._text, self._empty):
            told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(label(_("Templates"), "heading", buddy_of=self.filter))
        for part in (self.filter, self._empty, self.names, self._text):
            column.addWidget(part)
        column.setStretchFactor(self.names, 1)
        self.filter.textChanged.connect(self._narrow)
        self.names.currentRowChanged.connect(self._show_text)
        self.names.itemClicked.connect(lambda _item: self._insert())


def _searched(one: Words) -> str:
    return f"{one.name} {one.key} {one.text}".casefold()
