"""What goes from the windows of one language to those of the other, beside what the desk holds.

The desk holds calls, notes and states. Here is the rest: places, pages, the cursor, and what was typed and not sent.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from ui.live.page import LivePage
from ui.main_window import MainWindow
from ui.note_text import TextField
from ui.pop_window import PopWindow


def hand_over_pop(before: PopWindow, now: PopWindow) -> None:
    """After the desk has drawn the same card there. An open conversion was committed before."""
    now.body.panels.take_over(before.body.panels)
    now.body.question.take_over(before.body.question)
    for one, other in ((before.note.body, now.note.body), (before.note.handover, now.note.handover)):
        _same_cursor(one, other)
    now.note.wrap_up.take_over(before.note.wrap_up)
    if before.cover.is_on:
        now.cover.cover()
    _replace(before, now)


def hand_over_main(before: MainWindow, now: MainWindow) -> None:
    """The page that is open stays open, and a board on a second screen stays there."""
    now.go_to(before.page)
    page: LivePage | None = before.findChild(LivePage)
    if page is not None and page.board is not None and page.board.isVisible():
        other = now.build(before.number_of(page))
        assert isinstance(other, LivePage)
        _replace(page.board, other.made_board())
    _replace(before, now)


def _same_cursor(before: TextField, now: TextField) -> None:
    cursor = now.textCursor()
    cursor.setPosition(before.textCursor().anchor())
    cursor.setPosition(before.textCursor().position(), QTextCursor.MoveMode.KeepAnchor)
    now.setTextCursor(cursor)


def _replace(before: QWidget, now: QWidget) -> None:
    """In its place, seen as it was, in use only if that one was in use: nothing takes the keyboard from elsewhere."""
    was_active = before.isActiveWindow()
    now.setGeometry(before.normalGeometry() if before.isFullScreen() else before.geometry())
    if before.isVisible():
        now.setWindowState(before.windowState() & ~Qt.WindowState.WindowActive)
        now.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        now.show()
    if was_active:
        now.activateWindow()
    before.hide()
