"""The page of follow-ups: what this operator and the team have promised, overdue first; supervisors see everybody's."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.choices import Choice
from app.clock import utc_now
from app.desk import Desk
from app.error_words import error_words
from app.follow_up_list import FollowUpsNow, When, when_due
from app.follow_ups import MOST_LISTED, FollowUpCount, OpenFollowUp
from app.words import _
from ui import wording
from ui.choice_field import ChoiceField
from ui.due_field import DueField
from ui.follow_up_words import is_to_reach, tries, what, who
from ui.keys import DONE, LATER, NOT_REACHED, bind
from ui.pages.away import away_words
from ui.pages.done_line import DoneLine
from ui.pages.whose_line import WhoseLine
from ui.plain_text import button, label, set_text
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_TABS = tuple(When)
_TEAM = "*"  # no login is like that
_ONE, _SEVERAL = QAbstractItemView.SelectionMode.SingleSelection, QAbstractItemView.SelectionMode.ExtendedSelection


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
        columns = (Column(_("Due"), 156), Column(_("Customer")), Column(_("To do"), 250), Column(_("By"), 130))
        self._list = RowsView(columns, tokens)
        self._empty, self._away = label("", "empty"), label("", "warning")
        self._last = DoneLine()
        self._whose, self._others, self._is_whole = WhoseLine(), list[OpenFollowUp](), True
        self._give, self._to = button(_("Give to…")), ChoiceField()
        self._giving = list[OpenFollowUp]()
        self._open, self._done = button(_("Open the card")), button("")
        self._later, self._not_reached, self._due = button(""), button(""), DueField()
        self._is_try = False
        self._lay_out()
        self._connect()
        self.fill(self._now)

    def fill(self, now: FollowUpsNow) -> None:
        """Draw them as they stand now; the selected one stays selected, else the one in its place."""
        self._now = now
        self._show_role()
        self._say_away(away_words(now))
        if self._whose.is_mine:
            self._show()
        else:
            self._ask_others()

    @property
    def _listed(self) -> Sequence[OpenFollowUp]:
        """Those that are wanted, as far as they were read."""
        return self._now.listed if self._whose.is_mine else self._others

    def _say_away(self, words: str) -> None:
        self._away.setText(words)
        self._away.setVisible(bool(words))

    def _show(self) -> None:
        for number, when in enumerate(_TABS):
            n = self._count(when)
            self._tabs.setTabText(number, f"{_when_words(when)}: {n:,}" if n else _when_words(when))
        if self._listed and not self._has_shown_first:  # the records answer after the page is seen
            self._has_shown_first = True
            self._tabs.setCurrentIndex(next(number for number, when in enumerate(_TABS) if self._due_at(when)))
        self._show_tab()

    def _count(self, when: When) -> int:
        """What is not read yet counts too."""
        counted = None if self._whose.is_mine else self._whose.counted()
        if counted is None or self._is_whole:
            return len(self._due_at(when))
        later = counted.listed - counted.overdue - counted.today
        return {When.OVERDUE: counted.overdue, When.TODAY: counted.today, When.LATER: later}[when]

    # --- everybody's, for supervisors

    def _show_role(self) -> None:
        """A supervisor chooses whose; and who has how many is counted anew."""
        sees_all = self._desk.roles.sees_all
        for one in (self._whose, self._give):
            one.setVisible(sees_all)
        self._list.setSelectionMode(_SEVERAL if sees_all else _ONE)
        if sees_all:
            self._desk.follow_ups.count(self._counted, lambda _error: None)  # the list says why
        elif not self._whose.is_mine:
            self._whose.be_mine()

    def _counted(self, counts: Sequence[FollowUpCount]) -> None:
        self._whose.offer(counts)
        self._show()

    def _on_whose(self) -> None:
        self._others, self._is_whole = [], True
        if self._whose.is_mine:
            self._show()
        else:
            self._ask_others()

    def _ask_others(self, last: OpenFollowUp | None = None) -> None:
        """From the most pressing on, or those behind the last."""
        whose = self._whose.whose

        def told(found: Sequence[OpenFollowUp]) -> None:
            if not self._whose.is_mine and whose == self._whose.whose:
                self._is_whole = len(found) < MOST_LISTED
                self._others = [*(self._others if last is not None else ()), *found]
                self._say_away("")
                self._show()

        self._desk.follow_ups.list_of(whose, last, told, lambda error: self._say_away(f"▲ {error_words(error)}"))

    def _read_on(self) -> None:
        bar = self._list.verticalScrollBar()
        if not self._whose.is_mine and not self._is_whole and bar.value() >= bar.maximum() - bar.pageStep():
            self._is_whole = True  # until the answer says otherwise: it is asked for once
            self._ask_others(self._others[-1])

    def _on_give(self) -> None:
        """To whom, in place."""
        self._giving = self._selected()  # the list may be read anew meanwhile
        theirs = {one.login for one in self._giving}
        if not theirs:
            return
        everybody = [("", _("the team")), *self._desk.complaints.choices.operators]
        others = [(login, name) for login, name in everybody if theirs != {login}]
        self._to.offer([Choice(login or _TEAM, (name,), login) for login, name in others])
        self._due.hide()
        self._due.meaning.hide()
        self._to.choose("")
        self._to.show()
        self._to.setFocus()
        self._to.open_list()

    def _on_to(self) -> None:
        if not self._to.key or not self._to.isVisible():
            return
        login = "" if self._to.key == _TEAM else self._to.key
        name = self._desk.complaints.name_of(login) if login else _("the team")
        given = [one for one in self._giving if one.login != login]
        self._to.hide()
        self._list.setFocus()
        for one in given:
            self._desk.obligations.reassign(one, login, lambda _none: None)
        if given:
            self._last.done(_given_words(given, name), partial(self._give_back, given))

    def _give_back(self, given: Sequence[OpenFollowUp]) -> None:
        """Each to whoever had it."""
        for one in given[1:]:
            self._desk.obligations.reassign(one, one.login, lambda _none: None)
        self._desk.obligations.reassign(given[0], given[0].login, lambda _none: self._say_back(given))

    def _say_back(self, given: Sequence[OpenFollowUp]) -> None:
        name = given[0].assignee or _("the team")
        words = _("{what}: {name} has it again.").format(what=what(given[0]), name=name)
        several = _("{n} follow-ups are again whose they were.").format(n=len(given))
        self._last.taken_back(words if len(given) == 1 else several)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was begun under the list."""
        if event.key() == Qt.Key.Key_Escape and not (self._to.isHidden() and self._due.isHidden()):
            for one in (self._to, self._due, self._due.meaning):
                one.hide()
            self._list.setFocus()
        else:
            super().keyPressEvent(event)

    # --- what is shown

    def _due_at(self, when: When) -> list[OpenFollowUp]:
        now = utc_now()
        return [one for one in self._listed if when_due(one, now) is when]

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
        many = len(self._selected())
        is_one = many == 1 and self._current() is not None
        for one in (self._open, self._done, self._later):
            one.setEnabled(is_one)
        self._give.setEnabled(many > 0)
        self._not_reached.setEnabled(is_one and is_to_reach(self._current()))
        if not many:
            self._to.hide()
            self._due.hide()
            self._due.meaning.hide()

    def _current(self) -> OpenFollowUp | None:
        key = self._list.current_key()
        return next((one for one in self._listed if one.follow_up_id == key), None)

    def _selected(self) -> list[OpenFollowUp]:
        """A supervisor may select several, to give them to another."""
        keys = {self._list.key_at(index) for index in self._list.selectionModel().selectedRows()}
        return [one for one in self._listed if one.follow_up_id in keys]

    def _on_done(self) -> None:
        if (one := self._current()) is None or not self._done.isEnabled():
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
        if self._current() is not None and self._later.isEnabled():
            self._to.hide()
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
        self._list.selectionModel().selectionChanged.connect(self._show_buttons)
        self._open.clicked.connect(self._on_open)
        self._done.clicked.connect(self._on_done)
        self._later.clicked.connect(self._on_later)
        self._not_reached.clicked.connect(self._on_not_reached)
        self._due.entered.connect(self._put_off)
        self._whose.changed.connect(self._on_whose)
        self._give.clicked.connect(self._on_give)
        self._to.changed.connect(self._on_to)
        self._to.entered.connect(self._on_to)
        self._list.verticalScrollBar().valueChanged.connect(self._read_on)
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
        for field in (self._due, self._to):
            field.setFixedWidth(240)
            field.hide()
        self._to.setAccessibleName(_("Give to"))
        self._to.setPlaceholderText(_("Give to whom"))
        foot, due = QHBoxLayout(), QHBoxLayout()
        foot.setSpacing(8)
        for one in (self._open, self._done, self._not_reached, self._later, self._give):
            foot.addWidget(one)
        foot.addStretch(1)
        due.addWidget(self._to)
        due.addWidget(self._due)
        due.addWidget(self._due.meaning)
        due.addWidget(self._last, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._whose)
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


def _given_words(given: Sequence[OpenFollowUp], name: str) -> str:
    if len(given) == 1:
        return _("✓ {what}: {name} has it now.").format(what=what(given[0]), name=name)
    return _("✓ {n} follow-ups: {name} has them now.").format(n=len(given), name=name)


def _when_words(when: When) -> str:
    return {When.OVERDUE: _("Overdue"), When.TODAY: _("Due today"), When.LATER: _("Later on")}[when]


def _empty_words(when: When) -> str:
    return {
        When.OVERDUE: _("Nothing is overdue."),
        When.TODAY: _("Nothing more is due today."),
        When.LATER: _("Nothing is promised for later. A follow-up is promised from a customer's card."),
    }[when]
