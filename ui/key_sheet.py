"""The sheet of keys: lies over the window that was asked for it, and goes at the next key or click."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.manual import manual_page, open_manual
from app.words import _, language
from ui.keys import KEYS, OPEN_ROW, SHEET, Key, Where, bind
from ui.plain_text import button, label, set_tip

_COLUMNS = (Where.CALL,), (Where.NOTE, Where.LISTS, Where.ANYWHERE)


class KeySheet(QFrame):
    """No window of its own: it takes no keyboard from a call, and gives it back to whoever had it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("keysheet")
        self.setAccessibleName(_("Keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._before: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(28, 24, 28, 24)
        self._column.setSpacing(16)
        self._is_written = False
        self._manual: Path | None = None
        self._offered: tuple[str, Callable[[], object]] | None = None
        self.hide()
        window.installEventFilter(self)
        bind(SHEET, window, self.turn)

    def offer(self, words: str, do: Callable[[], object]) -> None:
        """A button at its foot."""
        self._offered = words, do

    def turn(self) -> None:
        """Show it, or put it away."""
        if self.isVisible():
            self.put_away()
            return
        self._write()
        self._before = self._window.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self.setFocus()

    def put_away(self) -> None:
        """The keyboard goes back to where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.put_away()
        if self._manual is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            open_manual(self._manual)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.put_away()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room = self._window.rect()
        size = self.sizeHint().boundedTo(room.size())
        self.setGeometry((room.width() - size.width()) // 2, (room.height() - size.height()) // 2, *size.toTuple())

    def _write(self) -> None:
        """When it is first asked for: start-up has better things to do."""
        if self._is_written:
            return
        self._is_written = True
        top = QHBoxLayout()
        top.addWidget(label(_("Keys"), "title"), 1)
        self._column.addLayout(top)
        self._column.addLayout(_columns())
        if self._offered is not None:
            words, do = self._offered
            offered = button(words, "link")
            offered.clicked.connect(self.put_away)
            offered.clicked.connect(do)
            self._column.addWidget(offered, 0, Qt.AlignmentFlag.AlignLeft)
        self._offer_manual(manual_page(language()), top)

    def _offer_manual(self, page: Path | None, row: QHBoxLayout) -> None:
        """Where it is installed: Enter or a click."""
        self._manual = page
        if page is not None:
            more = button(f"{_('Help')}  {OPEN_ROW.words}", "quiet")
            more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_tip(more, str(page))
            more.clicked.connect(self.put_away)
            more.clicked.connect(lambda: open_manual(page))
            row.addWidget(more)


def _columns() -> QHBoxLayout:
    """The keys of a call are as many as all others together: so it is as low as it can be."""
    both = QHBoxLayout()
    both.setSpacing(40)
    for groups in _COLUMNS:
        column = QVBoxLayout()
        column.setSpacing(20)
        for where in groups:
            column.addLayout(_group(where, [key for key in KEYS if key.where is where]))
        column.addStretch(1)
        both.addLayout(column)
    return both


def _group(where: Where, keys: Sequence[Key]) -> QGridLayout:
    rows = QGridLayout()
    rows.setHorizontalSpacing(12)
    rows.setVerticalSpacing(6)
    rows.addWidget(label(_heading(where), "heading"), 0, 0, 1, 2)
    for number, key in enumerate(keys, start=1):
        rows.addWidget(label(key.words, "key"), number, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(label(key.does(), "body"), number, 1)
    rows.setColumnStretch(1, 1)
    return rows


def _heading(where: Where) -> str:
    return {
        Where.CALL: _("This call"),
        Where.NOTE: _("The note"),
        Where.LISTS: _("Lists"),
        Where.ANYWHERE: _("Everywhere"),
    }[where]
