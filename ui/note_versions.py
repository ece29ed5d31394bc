"""Earlier versions of a call's notes, over the panels beside the note: who wrote what, and when.

No window of its own; made when it is first asked for. It only shows: what stands in the note is not touched.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from app.note_versions import NoteKind, NoteVersion
from app.pop import InteractionFact
from app.words import _
from ui.keys import VERSIONS, bind
from ui.overlay import Overlay
from ui.panels.history import History
from ui.plain_text import button, label
from ui.pop_window import PopWindow

Then = Callable[[Sequence[NoteVersion]], object]
Ask = Callable[[UUID, Then], object]
AskContact = Callable[[InteractionFact, Then], object]


class NoteVersions:
    """The link under the note of a call that was taken up again, the one in an opened contact, and the key for both."""

    def __init__(self, pop: PopWindow, ask: Ask, ask_contact: AskContact) -> None:
        self._pop = pop
        self._ask, self._ask_contact = ask, ask_contact
        self._history = next(one for one in pop.body.panels.panels if isinstance(one, History))
        self._history.wants_earlier.connect(self._show_of_contact)
        self._sheet: VersionsSheet | None = None
        pop.note.wants_versions.connect(self.show)
        bind(VERSIONS, pop, self.show_what_is_in_hand)

    def show(self) -> None:
        """Ask the records; the sheet comes with their answer, unless another call is on the card by then."""
        if (call := self._pop.call) is not None:
            self._ask(call.id, lambda found: self._found(call.id, found))

    def show_what_is_in_hand(self) -> None:
        """Of the contact that stands open or is selected with the keyboard in the list; else of this call's note."""
        focus = self._pop.focusWidget()
        is_in_note = focus is not None and self._pop.note.isAncestorOf(focus)
        if is_in_note or self._history.in_hand is None:
            self.show()
        else:
            self._show_of_contact()

    def _show_of_contact(self) -> None:
        call, contact = self._pop.call, self._history.in_hand
        if call is not None and contact is not None:
            self._ask_contact(contact, lambda found: self._found(call.id, found))

    def _found(self, call_id: UUID, found: Sequence[NoteVersion]) -> None:
        if self._pop.call is not None and self._pop.call.id == call_id:
            self._sheet = self._sheet or VersionsSheet(self._pop)
            self._sheet.fill(found)


class VersionsSheet(Overlay):
    """A list of versions, and the text of the one that is chosen; Escape puts it away."""

    def __init__(self, pop: PopWindow) -> None:
        super().__init__(pop, pop.body, lambda: _room(pop))
        self._pop = pop
        self._found: Sequence[NoteVersion] = ()
        self.setObjectName("versions")
        self.list, self.text = QListWidget(), QPlainTextEdit()
        self._empty = label(_("Nothing is in the records yet: this note has no earlier version."), "empty")
        self._close = button(_("Back"))
        self._before: QWidget | None = None
        self._dress()
        pop.note.filled.connect(self.leave)

    def fill(self, found: Sequence[NoteVersion]) -> None:
        """Show these, newest first."""
        self._found = found
        self.list.clear()
        for one in found:
            self.list.addItem(_line(one))
        self.list.setVisible(bool(found))
        self.text.setVisible(bool(found))
        self._empty.setVisible(not found)
        self.list.setCurrentRow(0 if found else -1)
        before = self._pop.focusWidget()
        self._before = self._before if before is None or self.isAncestorOf(before) else before
        self.lie()
        (self.list if found else self._close).setFocus()

    def put_away(self) -> None:
        """The keyboard goes back where it was, to the note if that has gone."""
        self.leave()
        is_there = self._before is not None and self._before.isVisible()
        (self._before if self._before is not None and is_there else self._pop.note.body).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _show_text(self, row: int) -> None:
        self.text.setPlainText(self._found[row].text if 0 <= row < len(self._found) else "")

    def _dress(self) -> None:
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("The version's text"))
        self.list.setUniformItemSizes(True)
        self.list.setFixedWidth(220)
        head, both, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(label(_("Versions of this note"), "heading", buddy_of=self.list), 1)
        head.addWidget(self._close)
        both.addWidget(self.list)
        both.addWidget(self.text, 1)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(both, 1)
        column.addWidget(self._empty, 1)
        self.list.currentRowChanged.connect(self._show_text)
        self._close.clicked.connect(self.put_away)


def _line(one: NoteVersion) -> str:
    kind = _("For the next handler") if one.kind is NoteKind.HANDOVER else _("Note")
    at = f"{one.at.astimezone():%Y-%m-%d %H:%M}"
    words = (
        _("{at}  {who}\n{kind}, version {number}, as it stands")
        if one.is_newest
        else _("{at}  {who}\n{kind}, version {number}")
    )
    return words.format(at=at, who=one.operator or "—", kind=kind, number=one.number)


def _room(pop: PopWindow) -> QRect:
    """Where the panels are, which move when another row stands above them."""
    body = pop.body
    corner = body.mapTo(pop, body.rect().topLeft())
    return QRect(corner.x() + 8, corner.y() + 8, max(320, body.width() - 16), max(200, body.height() - 16))
