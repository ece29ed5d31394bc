"""A field of the note: plain text with an undo of its own, in which no card number stays.

IME rules: while a conversion is open nothing sets text, takes back or masks; what is due then waits for its commit.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from app.card_numbers import masked, masked_near
from app.templates import Words
from app.undo_history import NO_STEPS, Moved, Steps, difference, edited, redone, typed_on, undone, without_hidden
from app.words import _
from ui.conversion import end_conversion, follow
from ui.keys import REDO, UNDO, is_ours


class TextField(QPlainTextEdit):
    """A plain text editor that knows whether a Japanese conversion is open.

    Signals:
        touched: the operator clicked or tabbed into it. A focus that the window gave it by itself is none of his.
        edited: `text()` and `steps` are others now.
        hid_number: a card number was masked, after `edited` has told the text without it.
    """

    touched = Signal()
    edited = Signal()
    hid_number = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.preedit = self.committed = ""
        self.steps: Steps = NO_STEPS
        self.expand: Callable[[str], Words | None] = lambda _before_cursor: None
        """What stands for the key word before the cursor, if it is one."""
        self._text = self._hint = ""
        self._is_own_change = False
        self._is_key_run = False
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)  # Qt's own would keep a card number, and end with the program
        self.textChanged.connect(self._changed)

    def text(self) -> str:
        """What is written here, without card numbers even while a conversion keeps them on the screen."""
        return self._text

    def fill(self, text: str, steps: Steps) -> None:
        """Another note. The caller has committed an open conversion."""
        self._is_own_change = True
        if self.toPlainText() != text:
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._is_own_change = self._is_key_run = False
        self._text, self.steps = text, steps

    def hint(self, words: str) -> None:
        """What stands here while nothing is written."""
        self._hint = words
        self.setPlaceholderText(words)

    def insert_whole(self, text: str, cursor_at: int) -> None:
        """Instead of what is selected, as one step; the cursor goes to this letter of it."""
        self.commit()
        cursor = self.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(text)
        cursor.setPosition(start + _units(text[:cursor_at]))
        self.setTextCursor(cursor)

    def undo(self) -> None:
        """The newest step back, unless a conversion is open."""
        if not self.preedit:
            self._move(undone(self._text, self.steps))

    def redo(self) -> None:
        """What was taken back last, again."""
        if not self.preedit:
            self._move(redone(self._text, self.steps))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_ours(event):
            event.ignore()  # Qt would take Ctrl+K and delete to the end of the line
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        follow(self, event)
        if bool(self.preedit) == bool(self.placeholderText()):  # Qt would draw one over the other
            self.setPlaceholderText("" if self.preedit else self._hint)
        super().inputMethodEvent(event)
        if not self.preedit and self.toPlainText() != self._text:
            self._show(self._text)  # a card number that had to wait

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        if event.key() == Qt.Key.Key_Space and self._expanded():
            return
        if any(pressed == QKeySequence(press) for press in UNDO.presses):
            self.undo()
        elif any(pressed == QKeySequence(press) for press in REDO.presses):
            self.redo()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu(event.pos()).popup(event.globalPos())

    def menu(self, at: QPoint) -> QMenu:
        """Qt's own menu with our undo in it."""
        menu = self.createStandardContextMenu(at)
        for action in menu.actions():
            if action.objectName() in ("edit-undo", "edit-redo"):
                menu.removeAction(action)
        first = menu.actions()[0]
        for words, do, is_possible in (
            (_("Undo"), self.undo, self.steps.done > 0),
            (_("Redo"), self.redo, self.steps.done < len(self.steps.steps)),
        ):
            action = menu.addAction(words, do)
            action.setEnabled(is_possible)
            menu.insertAction(first, action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.touched.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.touched.emit()

    def commit(self) -> None:
        """Close an open conversion, keeping its text."""
        end_conversion(self)

    def _expanded(self) -> bool:
        """Whether a key word gave way to its template; the blank that asked for it goes with it."""
        cursor = self.textCursor()
        before = cursor.block().text().encode("utf-16-le")[: 2 * cursor.positionInBlock()].decode("utf-16-le", "ignore")
        words = None if self.preedit or cursor.hasSelection() else self.expand(before)
        if words is None:
            return False
        cursor.setPosition(cursor.position() - _units(words.key), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.insert_whole(words.text, words.cursor_at)
        return True

    def _changed(self) -> None:
        if self._is_own_change:
            return
        found = self.toPlainText()
        step = difference(self._text, found)
        if not (step.removed or step.inserted):
            return
        is_key = len(step.removed) + len(step.inserted) == 1
        self.steps = (typed_on if is_key and self._is_key_run else edited)(self.steps, step)
        self._is_key_run = is_key
        safe = masked_near(found, step.at, step.at + len(step.inserted)) if not self.preedit else masked(found)
        if safe != found:
            self._hide_number(found, safe)
            return
        self._text = found
        self.edited.emit()

    def _hide_number(self, found: str, safe: str) -> None:
        self.steps, self._text, self._is_key_run = without_hidden(self.steps, found, safe), safe, False
        if not self.preedit:
            self._show(safe)
        self.edited.emit()
        self.hid_number.emit()

    def _move(self, moved: Moved | None) -> None:
        if moved is None:
            return
        self._text, self.steps, self._is_key_run = moved.text, moved.steps, False
        self._show(moved.text)
        cursor = self.textCursor()
        cursor.setPosition(_units(moved.text[: moved.at]))
        self.setTextCursor(cursor)
        self.edited.emit()

    def _show(self, text: str) -> None:
        """Change only what differs: cursor, selection and scroll bar stay where they are."""
        before = self.textCursor()
        anchor, position = before.anchor(), before.position()
        shown = self.toPlainText()
        at, removed, inserted = difference(shown, text)
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(shown[:at]))
        cursor.setPosition(_units(shown[: at + len(removed)]), QTextCursor.MoveMode.KeepAnchor)
        self._is_own_change = True
        cursor.insertText(inserted)
        if len(removed) == len(inserted):
            before.setPosition(anchor)
            before.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(before)
        self._is_own_change = False


def _units(text: str) -> int:
    """How many places a text takes in Qt's documents: two for 𠮷 or 😀."""
    return len(text) + sum(letter > "\uffff" for letter in text)
