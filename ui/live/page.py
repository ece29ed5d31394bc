"""The page of the live board: who does what, who waits, and how today goes; the same on a second screen."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.live.live_desk import LiveDesk, Present
from app.live.queues import Waiting
from app.window_places import WindowPlaces
from app.words import _
from ui import wording
from ui.keys import BIG, bind
from ui.live.board import BoardWindow
from ui.live.feed import LiveFeed
from ui.live.figure_box import FigureBox
from ui.live.words import clock, doing, figures, formula, in_order, whose
from ui.plain_text import button, label
from ui.rows import Cell, Column, RowsView
from ui.theme import Tokens
from ui.window_place import OtherScreen, WindowPlace

_WIDE = 3


class LivePage(QWidget):
    """Asked anew every few seconds while it can be seen. Nothing here can be changed."""

    def __init__(
        self, tokens: Tokens, live: LiveDesk, places: Callable[[], WindowPlaces | None] = lambda: None
    ) -> None:
        super().__init__()
        self._tokens, self._live, self._places = tokens, live, places
        self._feed = LiveFeed(live, self)
        self._feed.watch(self)
        self._board: BoardWindow | None = None
        self._boxes = [FigureBox() for _number in range(6)]
        desks = (Column(_("Operator")), Column(_("State"), 190), Column(_("For"), 90, is_right=True))
        queues = (Column(_("Waits in")), Column(_("Calls"), 64, is_right=True), Column(_("Longest"), 80, is_right=True))
        self._desks, self._waiting = RowsView(desks, tokens), RowsView(queues, tokens)
        self._nobody, self._no_calls = label("", "empty"), label(_("Nobody waits."), "empty")
        self._left, self._right = QStackedWidget(), QStackedWidget()
        self._trouble, self._formula, self._whose = label("", "warning"), label("", "small"), label("", "small")
        self._bigger = button(_("On a second screen ({key})").format(key=BIG.words))
        self._lay_out()
        self._bigger.clicked.connect(self.show_board)
        bind(BIG, self, self.show_board)
        self._feed.changed.connect(self._show)
        self._feed.ticked.connect(self._show)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._feed.begin()

    def mouseDoubleClickEvent(self, _event: object) -> None:
        """Anywhere beside the lists."""
        self.show_board()

    def show_board(self) -> None:
        """In a window of its own, which stays when another page is chosen here."""
        board = self.made_board()
        board.show()
        board.raise_()

    def made_board(self) -> BoardWindow:
        """The window of the second screen, shown or not: where it stood, at first on another screen than this one."""
        if self._board is None:
            self._board = BoardWindow(self._feed, self._live.rules)
            self.destroyed.connect(self._board.deleteLater)
            if (places := self._places()) is not None:
                WindowPlace(self._board, "board", places, OtherScreen(self))
        return self._board

    @property
    def board(self) -> BoardWindow | None:
        """The window of the second screen, once it was opened."""
        return self._board

    def _show(self) -> None:
        now, at = self._feed.now, self._feed.at
        self._trouble.setText(self._feed.trouble)
        self._trouble.setVisible(bool(self._feed.trouble))
        if now is None or at is None or not self.isVisible():
            return
        for box, figure in zip(self._boxes, figures(now, at, self._live.rules), strict=True):
            box.show_figure(figure)
        desks = in_order(now, at)
        self._desks.fill([_desk_row(one, at) for one in desks], [(one.login, one.desk) for one in desks])
        self._waiting.fill([_waiting_row(one, at) for one in now.waiting], [one.where for one in now.waiting])
        self._nobody.setText(_("Nobody is here yet. Each desk that runs tells what its operator does."))
        self._left.setCurrentWidget(self._desks if desks else self._nobody)
        self._right.setCurrentWidget(self._waiting if now.waiting else self._no_calls)
        self._whose.setText(whose(now))

    def _lay_out(self) -> None:
        self._formula.setText(formula(self._live.rules))
        for one in (self._formula, self._whose):
            one.setWordWrap(True)
        self._trouble.hide()
        self._desks.setAccessibleName(_("Operator"))
        self._waiting.setAccessibleName(_("Waiting"))
        for stack, pages in ((self._left, (self._nobody, self._desks)), (self._right, (self._no_calls, self._waiting))):
            for page in pages:
                stack.addWidget(page)
        head, boxes, lists = QHBoxLayout(), QGridLayout(), QHBoxLayout()
        head.addWidget(label(_("At the moment, and today so far"), "heading"), 1)
        head.addWidget(self._bigger)
        boxes.setSpacing(8)
        for number, box in enumerate(self._boxes):
            boxes.addWidget(box, number // _WIDE, number % _WIDE)
            boxes.setColumnStretch(number % _WIDE, 1)
        lists.setSpacing(16)
        lists.addWidget(self._left, 3)
        lists.addWidget(self._right, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._trouble)
        column.addLayout(boxes)
        column.addLayout(lists, 1)
        column.addWidget(self._formula)
        column.addWidget(self._whose)


def _desk_row(one: Present, at: datetime) -> Sequence[Cell]:
    words, tone = doing(one, at)
    return Cell(one.name, one.desk, is_strong=True), Cell(words, tone=tone), Cell(clock(one, at))


def _waiting_row(one: Waiting, at: datetime) -> Sequence[Cell]:
    return Cell(one.where or "—"), Cell(f"{one.calls:,}"), Cell(wording.duration(at - one.since))
