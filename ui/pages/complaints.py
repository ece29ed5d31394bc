"""The page of all complaints: how many stand where, the most pressing first, each with its history and next step."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.complaint_board import PAGE, BoardChoices, BoardRow, ComplaintBoard, Tab, Tally, Wanted
from app.complaints import ComplaintState
from app.words import _, ngettext
from ui import wording
from ui.complaints.board_detail import BoardDetail, whose
from ui.complaints.board_filters import BoardFilters
from ui.pages.paged_rows import PagedRows
from ui.plain_text import label
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_TABS: tuple[Tab | ComplaintState, ...] = (*Tab, *ComplaintState)
_EVERY_MS = 60_000  # what was in time is overdue


class ComplaintsPage(QWidget):
    """Read page by page. Nothing here is altered but by a step or a handover, with who, when and why.

    Signals:
        wants_card: the id of the customer whose card is wanted.
    """

    wants_card = Signal(object)

    def __init__(self, tokens: Tokens, board: ComplaintBoard) -> None:
        super().__init__()
        self._board = board
        self._wanted = Wanted(board.clock.now())
        self._tabs, self.filters, self.detail = QTabBar(), BoardFilters(), BoardDetail(board)
        columns = (
            Column(_("Due"), 142), Column(_("Complaint")), Column(_("State"), 124), Column(_("Handler"), 104),
            Column(_("Product, cause"), 170),
        )  # fmt: skip
        self._rows, self._empty, self._lists = RowsView(columns, tokens), label("", "empty"), QStackedWidget()
        self._pages = PagedRows(self._rows, board.page, self._row_of, self._show, PAGE)
        self._hint = label("", "small")
        self._minute = QTimer(self, interval=_EVERY_MS)
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()
        self._ask()
        self._board.choices(self._offer, lambda _unavailable: None)

    def _offer(self, choices: BoardChoices) -> None:
        self.filters.offer(choices)
        self.detail.offer(choices.causes)

    # --- what is asked

    def _ask(self) -> None:
        """Anew, from the most pressing on."""
        chosen = self.filters
        self._wanted = Wanted(
            self._board.clock.now(), _TABS[self._tabs.currentIndex()], chosen.severity.currentData(),
            chosen.handler.currentData(), chosen.product.currentData(), chosen.category.currentData(),
            chosen.cause.currentData(),
        )  # fmt: skip
        self._pages.ask(self._wanted)
        wanted = self._wanted
        self._board.count(wanted, lambda found: self._count(wanted, found), lambda _error: None)  # the list says why

    def _ask_if_seen(self) -> None:
        """Not while somebody has read on: his rows would go."""
        if self.isVisible() and len(self._pages.shown) <= PAGE:
            self._ask()

    def _row_of(self, one: BoardRow) -> tuple[object, Sequence[Cell]]:
        return one.fact.complaint_no, _row(one, self._wanted.now)

    def _show(self) -> None:
        self._lists.setCurrentWidget(self._rows if self._pages.shown else self._empty)
        self._empty.setText(self._empty_words())
        self._hint.setText(self._hint_words())

    def _count(self, wanted: Wanted, found: Tally) -> None:
        if wanted is not self._wanted:
            return
        for place, which in enumerate(_TABS):
            n = _in_tab(found, which)
            self._tabs.setTabText(place, _tab_words(which, n))

    # --- one of them

    def _open(self) -> None:
        number = self._rows.current_key()
        row = next((one for one in self._pages.shown if one.fact.complaint_no == number), None)
        if row is not None:
            self.detail.show_row(row)
            self.detail.show()
            QTimer.singleShot(0, self._rows, self._show_current)  # the list has become lower

    def _show_current(self) -> None:
        self._rows.scrollTo(self._rows.currentIndex())

    def _close(self) -> None:
        self.detail.hide()
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- words

    def _empty_words(self) -> str:
        if not self.filters.is_any:
            return _("No complaint here is like that.")
        if self._wanted.which is Tab.OVERDUE:
            return _("No complaint is overdue.")
        return _("None here. An operator makes a complaint of a call's note, and it stands here at once.")

    def _hint_words(self) -> str:
        n = len(self._pages.shown)
        words = (
            ngettext("{n} complaint.", "{n} complaints.", n)
            if self._pages.is_whole
            else _("The first {n}; scroll for more.")
        )
        order = _("What is overdue stands first. In brackets: how many are open.")
        return f"{words.format(n=f'{n:,}')} {order}" if n else ""

    # --- how it is made

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._ask)
        self.filters.changed.connect(self._ask)
        self._rows.selectionModel().currentRowChanged.connect(self._open)
        self._rows.activated.connect(self._open)
        self._minute.timeout.connect(self._ask_if_seen)
        self.detail.closed.connect(self._close)
        self.detail.moved.connect(self._ask)
        self.detail.wants_card.connect(self.wants_card)

    def _lay_out(self) -> None:
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for which in _TABS:
            self._tabs.addTab(_tab_words(which, 0))
        for page in (self._rows, self._empty):
            self._lists.addWidget(page)
        self._rows.setAccessibleName(_("Complaints"))
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self._lists)
        both.addWidget(self.detail)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        self.detail.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._tabs)
        column.addWidget(self.filters)
        column.addWidget(both, 1)
        column.addWidget(self._pages.end)
        column.addWidget(self._hint)


def _in_tab(found: Tally, which: Tab | ComplaintState) -> int:
    if which is Tab.OVERDUE:
        return found.overdue
    return found.opened if which is Tab.OPEN else found.states.get(ComplaintState(which), 0)


def _tab_words(which: Tab | ComplaintState, n: int) -> str:
    if which is Tab.OPEN:
        return _("Open {n}").format(n=f"{n:,}")
    words = wording.complaint_state(which) if isinstance(which, ComplaintState) else _("Overdue")
    return f"{words} {n:,}" if n else words


def _row(one: BoardRow, now: datetime) -> Sequence[Cell]:
    fact = one.fact
    sign, tone = ("▲ ", Tone.BAD) if fact.is_open else ("✓ ", Tone.GOOD)
    severity = _("severity {level}").format(level=fact.severity)
    said = " · ".join(filter(None, (whose(one), fact.text.replace("\n", " "))))
    return (
        _due(one, now),
        Cell(f"#{fact.complaint_no} {fact.category}", said, is_strong=fact.is_open),
        Cell(sign + wording.complaint_state(fact.state), severity, tone),
        Cell(fact.handler or "—"),
        Cell(one.product or "—", one.cause),
    )


def _due(one: BoardRow, now: datetime) -> Cell:
    fact = one.fact
    received = _("received {when}").format(when=wording.day(fact.received_at))
    if not fact.is_open or fact.due_at is None:
        return Cell("—", received)
    if fact.due_at >= now:
        return Cell(wording.due(fact.due_at, now), received)
    is_today = fact.due_at.astimezone().date() == now.astimezone().date()
    late = wording.clock_time(fact.due_at) if is_today else wording.day(fact.due_at)
    return Cell(f"▲ {late}", _("overdue"), Tone.BAD)
