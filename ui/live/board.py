"""The live board on a second screen, to be read from the other end of the room; F11 or a double click fills the screen.

Letters grow with the window. On a screen of 43 inches (53 cm high) digits stand 4 cm high, names 13 to 18 mm: from six
metres that is 23 and 8 to 10 minutes of arc, where a good eye needs 5.
"""

from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.figures.rules import Rules
from app.live.live_desk import LiveNow, Present
from app.words import _
from ui import wording
from ui.fit_screen import fitting
from ui.keys import BIG, bind
from ui.live.feed import LiveFeed
from ui.live.figure_box import FigureBox
from ui.live.words import clock, doing, figures, in_order
from ui.plain_text import cut_label, give_role, label
from ui.rows import Tone

_FIGURES = 6
_VALUE, _WORDS, _FOOT = 0.105, 0.03, 0.024  # of the window's height
_FEW, _MOST = (6, 3, 0.046), (12, 4, 0.034)  # desks, columns, and letters of the window's height
_ROLES = {Tone.GOOD: "state", Tone.BAD: "state-bad", Tone.WARNING: "strong-warning", Tone.QUIET: "small"}


class DeskBox(QFrame):
    """One operator: name, state, clock."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("figure")
        self._name, self._doing, self._clock = cut_label("strong"), cut_label("line"), label("", "line")
        self._column, row = QVBoxLayout(self), QHBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self._name)
        row.addWidget(self._doing, 1)
        row.addWidget(self._clock)
        self._column.addLayout(row)

    def show_desk(self, one: Present, at: datetime) -> None:
        """Whoever stands in this place now."""
        words, tone = doing(one, at)
        self._name.setText(one.name)
        self._doing.setText(words)
        self._clock.setText(clock(one, at))
        give_role(self._doing, _ROLES.get(tone, "line"))

    def grow(self, letters: int) -> None:
        """Letters of so many pixels."""
        for one in (self._name, self._doing, self._clock):
            one.setStyleSheet(f"font-size: {letters}px")
        self._column.setContentsMargins(letters // 2, letters // 5, letters // 2, letters // 5)


class BoardWindow(QWidget):
    """Shows what the page's feed has, and has it asked while it can be seen itself."""

    def __init__(self, feed: LiveFeed, rules: Rules) -> None:
        super().__init__()
        self._feed, self._rules = feed, rules
        self.setObjectName("ground")
        self.setWindowTitle(_("Live board – Omote"))
        self.resize(fitting(QSize(1280, 720)))
        self._boxes, self._desks = [FigureBox() for _number in range(_FIGURES)], list[DeskBox]()
        self._trouble, self._more = label("", "alarm"), label("", "small")
        self._as_of = label("", "small")
        self._lay_out()
        bind(BIG, self, self.turn_full)
        feed.watch(self)
        feed.changed.connect(self._show)
        feed.ticked.connect(self._show)

    def turn_full(self) -> None:
        """The whole screen, or a window again."""
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.turn_full()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.isFullScreen():
            self.showNormal()
        else:
            self.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._feed.begin()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _show(self) -> None:
        now, at = self._feed.now, self._feed.at
        self._trouble.setText(self._feed.trouble)
        self._trouble.setVisible(bool(self._feed.trouble))
        if now is None or at is None or not self.isVisible():
            return
        for box, figure in zip(self._boxes, figures(now, at, self._rules), strict=True):
            box.show_figure(figure)
        self._show_desks(now, at)
        self._as_of.setText(f"{wording.clock_time(at)} · Omote")

    def _show_desks(self, now: LiveNow, at: datetime) -> None:
        """As many as can be read from afar; the rest are counted."""
        desks = in_order(now, at)
        shown = desks[: _MOST[0]]
        self._make_room(len(shown))
        for box, one in zip(self._desks, shown, strict=True):
            box.show_desk(one, at)
        left = len(desks) - len(shown)
        self._more.setText(_("and {n} more desks").format(n=left) if left else "")

    def _make_room(self, count: int) -> None:
        if count == len(self._desks):
            return
        for old in self._desks:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._desks = [DeskBox() for _number in range(count)]
        for number, box in enumerate(self._desks):
            self._grid.addWidget(box, number // self._columns, number % self._columns)
        for number in range(_MOST[1]):
            self._grid.setColumnStretch(number, 1 if number < self._columns else 0)
        self._grow()

    @property
    def _columns(self) -> int:
        return (_FEW if len(self._desks) <= _FEW[0] else _MOST)[1]

    def _grow(self) -> None:
        high, wide = self.height(), self.width()
        side = min(high, wide * 9 // 16)  # a tall, narrow window has no room for wide words
        for box in self._boxes:
            box.grow(int(side * _VALUE), int(side * _WORDS))
        for desk in self._desks:
            desk.grow(int(side * (_FEW if len(self._desks) <= _FEW[0] else _MOST)[2]))
        self._trouble.setStyleSheet(f"font-size: {int(side * _WORDS)}px")
        for one in (self._more, self._as_of):
            one.setStyleSheet(f"font-size: {int(side * _FOOT)}px")

    def _lay_out(self) -> None:
        self._trouble.hide()
        top, self._grid = QGridLayout(), QGridLayout()
        for grid in (top, self._grid):
            grid.setSpacing(8)
        for number, box in enumerate(self._boxes):
            top.addWidget(box, number // 3, number % 3)
            top.setColumnStretch(number % 3, 1)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # letters fit the window, not it them
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addWidget(self._trouble)
        column.addLayout(top)
        column.addLayout(self._grid)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self._more, 1)
        foot.addWidget(self._as_of, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(foot)
