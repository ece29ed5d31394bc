"""The card of the selected call without its note: header, then the panels, or the question who it is."""

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.call import Call
from app.headline import Place
from app.pop import CustomerFacts
from app.prior_handlers import prior_handlers
from app.words import _
from ui.panels.handlers import handler_row
from ui.panels.list import PANELS
from ui.plain_text import label, tip_of
from ui.rows import Cell, Column, RowsView
from ui.theme import Tokens
from ui.who_is_it import WhoIsItView

_FOOT_ROWS = 2
_MARGIN, _AROUND_TITLE = 16, 20  # px; padding, margin and the bold of the chosen tab
_OWN_HANDLERS = ("handlers", "complaints")  # panels that name them themselves, and want the room
_AT_THE_LATEST_MS = 50  # where nothing is painted: a window behind another, a minimised one


class PanelTabs(QWidget):
    """The five panels behind their tabs, and the prior handlers always at the foot. Only what is seen is filled."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.facts: CustomerFacts | None = None
        self._now: datetime | None = None
        self._filled: set[int] = set()
        self._has_room, self._has_handlers = True, False
        self._tabs, self._pages = QTabBar(), QStackedWidget()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self.panels = [make(tokens) for make in PANELS]
        for panel in self.panels:
            self._tabs.addTab("")
            self._pages.addWidget(panel)
        self._foot_title = label(_("Prior handlers"), "heading")
        self._foot = RowsView((Column("", 124), Column(""), Column("", 124)), tokens)
        self._foot.setAccessibleName(_("Prior handlers"))
        self._tabs.setAccessibleName(_("Records"))
        self._lay_out()
        self._tabs.currentChanged.connect(self._show_page)

    def fill(self, facts: CustomerFacts, now: datetime) -> None:
        """Show this customer."""
        if facts is self.facts:
            return
        self.facts, self._now = facts, now
        self._filled.clear()
        self._name_tabs(facts)
        handlers = prior_handlers(facts)[:_FOOT_ROWS]
        self._has_handlers = bool(handlers)
        rows = [handler_row(one, now) for one in handlers]
        self._foot.fill(
            [(*row[:2], row[2] if one.complaints else Cell("")) for row, one in zip(rows, handlers, strict=True)]
        )
        self._show_page(self._tabs.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.facts is not None:
            self._name_tabs(self.facts)

    def _name_tabs(self, facts: CustomerFacts) -> None:
        """With how many there are, where all of them have the room; whole words in any case."""
        titles = [panel.title(facts) for panel in self.panels]
        width = sum(self._tabs.fontMetrics().horizontalAdvance(title) + _AROUND_TITLE for title in titles)
        is_short = width > self.width() - 2 * _MARGIN
        for number, panel in enumerate(self.panels):
            title = (panel.name() if is_short else titles[number]).replace("&", "&&")
            if title != self._tabs.tabText(number):  # each change lays all tabs out anew
                self._tabs.setTabText(number, title)
            self._tabs.setTabToolTip(number, tip_of(titles[number] if is_short else ""))

    def go_to(self, place: Place) -> None:
        """Open the panel, with the record selected."""
        for number, panel in enumerate(self.panels):
            if panel.key == place.panel:
                self._tabs.setCurrentIndex(number)
                if place.row is not None:
                    panel.view.select(place.row)

    def take_over(self, before: "PanelTabs") -> None:
        """The panel of another window that was open, its row, and words that were not sent."""
        number = before._pages.currentIndex()
        self._tabs.setCurrentIndex(number)
        if (row := before.panels[number].view.current_key()) is not None:
            self.panels[number].view.select(row)
        for panel, old in zip(self.panels, before.panels, strict=True):
            panel.take_over(old)

    def first(self) -> None:
        """Back to the first panel, for another customer."""
        self._tabs.setCurrentIndex(0)

    def _show_page(self, number: int) -> None:
        panel = self.panels[number]
        self._pages.setCurrentIndex(number)
        self._show_foot()
        if self.facts is not None and self._now is not None and number not in self._filled:
            self._filled.add(number)
            panel.fill(self.facts, self._now)

    def show_foot(self, *, wanted: bool) -> None:
        """Whether there is room for the prior handlers under every panel."""
        self._has_room = wanted
        self._show_foot()

    def _show_foot(self) -> None:
        is_seen = self._has_room and self._has_handlers
        is_seen = is_seen and self.panels[self._pages.currentIndex()].key not in _OWN_HANDLERS
        for one in (self._foot, self._foot_title):
            one.setVisible(is_seen)

    def _lay_out(self) -> None:
        self._foot_title.setContentsMargins(0, 6, 0, 0)
        self._foot.horizontalHeader().hide()
        self._foot.setFixedHeight(48 * _FOOT_ROWS + 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, 12)
        column.setSpacing(8)
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot_title)
        column.addWidget(self._foot)


class CardBody(QStackedWidget):
    """The panels of an opened customer, or who-is-it.

    Signals:
        filled: what waited for the name to be painted stands there now.
    """

    filled = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._waiting: tuple[Call, datetime] | None = None
        self._at_the_latest = QTimer(self, singleShot=True, interval=_AT_THE_LATEST_MS)
        self._at_the_latest.timeout.connect(self.fill_now)
        self.panels, self.question = PanelTabs(tokens), WhoIsItView(tokens)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # the note never leaves the screen
        self.addWidget(self.panels)
        self.addWidget(self.question)
        self._shown: tuple[object, ...] = ()

    def fill_after_the_name(self, call: Call, now: datetime) -> None:
        """Stand empty until `fill_now`, so that the name is on the screen first; another customer's rows go at once."""
        if (call.id, call.pop) == self._shown:
            return
        self._waiting = call, now
        self._at_the_latest.start()
        self.setUpdatesEnabled(False)
        if (parent := self.parentWidget()) is not None:
            parent.update(self.geometry())

    @property
    def is_waiting(self) -> bool:
        """Whether a name is on its way to the screen, and the panels after it."""
        return self._waiting is not None

    def fill_now(self) -> None:
        """The name is on the screen, or nobody sees it."""
        if self._waiting is not None:
            self.fill(*self._waiting)
            self.filled.emit()

    def fill(self, call: Call, now: datetime) -> None:
        """Draw this call; nothing is drawn again that stands there already."""
        if self._waiting is not None:
            self._waiting = None
            self._at_the_latest.stop()
            self.setUpdatesEnabled(True)
        state = (call.id, call.pop)
        if state == self._shown:
            return
        if self._shown[:1] != state[:1]:
            self.panels.first()
        self._shown = state
        if call.pop.facts is not None:
            self.panels.fill(call.pop.facts, now)
            self.setCurrentWidget(self.panels)
        else:
            self.question.fill(call)
            self.setCurrentWidget(self.question)
