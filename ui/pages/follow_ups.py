"""The page of follow-ups: what this operator and the team have promised, overdue first."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.clock import utc_now
from app.desk import Desk
from app.follow_up_list import FollowUpsNow, When, when_due
from app.follow_ups import OpenFollowUp
from app.words import _
from ui import wording
from ui.due_field import DueField
from ui.follow_up_words import is_to_reach, tries, what, who
from ui.keys import DONE, LATER, NOT_REACHED, bind
from ui.pages.away import away_words
from ui.pages.done_line import DoneLine
from ui.plain_text import button, label, set_text
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_TABS = tuple(When)


class FollowUpsPage(QWidget):
    """Done by one key, later by another; Enter opens the customer's card.

    Signals:
        opened: an OpenFollowUp whose card the operator wants.
        wants_dial: a number, and the id of the customer whose it is, or None.
    """

    opened = Signal(object)
    wants_dial = Signal(object, object)

    def __init__(self, tokens: Tokens, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._now = FollowUpsNow()
        self._has_shown_first = False
        self._tabs, self._pages = QTabBar(), QStackedWidget()
        columns = (Column(_("Due"), 130), Column(_("Customer")), Column(_("To do"), 250), Column(_("By"), 130))
        self._list = RowsView(columns, tokens)
        self._empty, self._away = label("", "empty"), label("", "warning")
        self._last = DoneLine()
        self._open, self._done = button(_("Open the card")), button("")
        self._later, self._not_reached, self._due = button(""), button(""), DueField()
        self._is_try = False
        self._lay_out()
        self._connect()
        self.fill(self._now)

    def fill(self, now: FollowUpsNow) -> None:
        """Draw them as they stand now; the selected one stays selected, else the one in its place."""
        self._now = now
        self._away.setText(away_words(now))
        self._away.setVisible(now.is_away)
        for number, when in enumerate(_TABS):
            n = len(self._due_at(when))
            self._tabs.setTabText(number, f"{_when_words(when)}: {n}" if n else _when_words(when))
        if now.listed and not self._has_shown_first:  # the records answer after the page is seen
            self._has_shown_first = True
            self._tabs.setCurrentIndex(next(number for number, when in enumerate(_TABS) if self._due_at(when)))
        self._show_tab()

    def _due_at(self, when: When) -> list[OpenFollowUp]:
        now = utc_now()
        return [one for one in self._now.listed if when_due(one, now) is when]

    def _show_tab(self) -> None:
        shown = self._due_at(_TABS[self._tabs.currentIndex()])
        before = self._list.currentIndex().row()
        self._list.fill([_row(one) for one in shown], [one.follow_up_id for one in shown])
        if shown and before >= 0 and not self._list.currentIndex().isValid():
            self._list.selectRow(min(before, len(shown) - 1))
        self._pages.setCurrentWidget(self._list if shown else self._empty)
        self._empty.setText(_empty_words(_TABS[self._tabs.currentIndex()]))
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_one = self._current() is not None
        for one in (self._open, self._done, self._later):
            one.setEnabled(is_one)
        self._not_reached.setEnabled(is_one and is_to_reach(self._current()))
        if not is_one:
            self._due.hide()
            self._due.meaning.hide()

    def _current(self) -> OpenFollowUp | None:
        key = self._list.current_key()
        return next((one for one in self._now.listed if one.follow_up_id == key), None)

    def _on_done(self) -> None:
        if (one := self._current()) is None:
            return
        self._desk.obligations.done(one.follow_up_id)
        reopen = partial(self._desk.obligations.reopen, one, self._undone(one))
        self._last.done(_("✓ {what}: done.").format(what=what(one)), reopen)

    def _undone(self, one: OpenFollowUp) -> Callable[[object], object]:
        return lambda _none: self._last.taken_back(_("{what}: still to be done.").format(what=what(one)))

    def _on_later(self) -> None:
        self._is_try = False
        self._ask_when(_("tomorrow 10:00"))

    def _on_not_reached(self) -> None:
        if self._not_reached.isEnabled():
            self._is_try = True
            self._ask_when(_("in 1 hour"))

    def _ask_when(self, first: str) -> None:
        """Until when, in place."""
        if self._current() is not None:
            self._due.begin(utc_now())
            self._due.choose(first)
            self._due.show()
            self._due.setFocus()
            self._due.selectAll()

    def _put_off(self) -> None:
        one, due = self._current(), self._due.due()
        if one is None or due is None:
            return
        move = self._desk.obligations.put_off
        if self._is_try:
            attempts = one.attempts + 1
            undo = partial(self._desk.obligations.tried, one, one.attempts, one.due_at, self._undone(one))
            self._desk.obligations.tried(one, attempts, due, lambda _none: None)
            words = _("{what}: {tries}, due {when} now.")
        else:
            attempts = one.attempts
            undo = partial(move, one, one.due_at, self._undone(one))
            move(one, due, lambda _none: None)
            words = _("{what}: due {when} now.")
        when = wording.due(due, utc_now())
        self._last.done(words.format(what=what(one), tries=tries(attempts), when=when), undo)
        self._due.hide()
        self._due.meaning.hide()
        self._list.setFocus()

    def _on_open(self) -> None:
        if (one := self._current()) is not None:
            self.opened.emit(one)

    def _on_dial(self, number: str) -> None:
        one = self._current()
        self.wants_dial.emit(number, one.customer_id if one is not None else None)

    def _on_row(self, _index: QModelIndex) -> None:
        self._on_open()

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._show_tab)
        self._list.activated.connect(self._on_row)
        self._list.wants_dial.connect(self._on_dial)
        self._list.selectionModel().currentRowChanged.connect(self._show_buttons)
        self._open.clicked.connect(self._on_open)
        self._done.clicked.connect(self._on_done)
        self._later.clicked.connect(self._on_later)
        self._not_reached.clicked.connect(self._on_not_reached)
        self._due.entered.connect(self._put_off)
        bind(DONE, self, self._on_done)
        bind(LATER, self, self._on_later)
        bind(NOT_REACHED, self, self._on_not_reached)

    def _lay_out(self) -> None:
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._away.setWordWrap(True)
        for _when in _TABS:
            self._tabs.addTab("")
        for page in (self._list, self._empty):
            self._pages.addWidget(page)
        done, later = _("Mark as done"), _("Put off…")
        set_text(self._done, f"{done} ({DONE.words})")
        set_text(self._later, f"{later} ({LATER.words})")
        set_text(self._not_reached, _("Not reached ({key})").format(key=NOT_REACHED.words))
        self._due.setFixedWidth(240)
        foot, due = QHBoxLayout(), QHBoxLayout()
        foot.setSpacing(8)
        for one in (self._open, self._done, self._not_reached, self._later):
            foot.addWidget(one)
        foot.addStretch(1)
        due.addWidget(self._due)
        due.addWidget(self._due.meaning)
        due.addWidget(self._last, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._away)
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)
        column.addLayout(due)
        column.addLayout(foot)


def _row(one: OpenFollowUp) -> Sequence[Cell]:
    now = utc_now()
    is_late = when_due(one, now) is When.OVERDUE
    number = wording.call_number(one.number, None) if one.number else ""
    second = " · ".join(part for part in (number, one.customer_no) if part)
    name = who(one)
    due = f"▲ {wording.due(one.due_at, now)}" if is_late else wording.due(one.due_at, now)
    return (
        Cell(due, _("overdue") if is_late else "", Tone.BAD if is_late else Tone.PLAIN),
        Cell(
            name,
            second,
            is_strong=True,
            dials=number and one.number if name == number else "",
            second_dials=one.number if number and name != number else "",
        ),
        Cell(wording.follow_up_kind(one.kind), one.text),
        Cell(one.assignee or _("the team"), f"↻ {tries(one.attempts)}" if one.attempts else ""),
    )


def _when_words(when: When) -> str:
    return {When.OVERDUE: _("Overdue"), When.TODAY: _("Due today"), When.LATER: _("Later on")}[when]


def _empty_words(when: When) -> str:
    return {
        When.OVERDUE: _("Nothing is overdue."),
        When.TODAY: _("Nothing more is due today."),
        When.LATER: _("Nothing is promised for later. A follow-up is promised from a customer's card."),
    }[when]
