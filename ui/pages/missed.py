"""The page of missed callers: who is to be called back, who can't be since the number was withheld, who was."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.clock import utc_now
from app.missed import LOOKED_BACK, MissedCaller, MissedCalls, MissedNow, Settled, SettledHow
from app.missed_ageing import figures_of, oldest_first
from app.roles import Roles
from app.words import _, ngettext
from ui import wording
from ui.keys import DONE, bind
from ui.pages.away import away_words
from ui.pages.done_line import DoneLine
from ui.pages.waiting import bands_line, figures_lines, wait_cell
from ui.plain_text import button, label, set_text
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_TO_CALL, _WITHHELD, _SETTLED, _WAITING = range(4)


class MissedPage(QWidget):
    """One entry per number, for the whole team.

    Signals:
        opened: the id of the newest call of a caller whose card the operator wants.
        wants_dial: a number, and the id of the customer whose it is, or None.
    """

    opened = Signal(object)
    wants_dial = Signal(object, object)

    def __init__(
        self, tokens: Tokens, missed: MissedCalls, roles: Roles, failed: Callable[[Exception], object]
    ) -> None:
        super().__init__()
        self._missed, self._roles, self._failed = missed, roles, failed
        self._now = MissedNow()
        self._by_card: UUID | None = None
        self._tabs, self._pages = QTabBar(), QStackedWidget()
        open_columns = (
            Column(_("Last"), 110),
            Column(_("Caller")),
            Column(_("Calls"), 150),
            Column(_("Telephone line"), 150),
        )
        settled_columns = (*open_columns[:2], Column(_("What became of it"), 230), Column(_("Calls"), 150))
        waiting_columns = (Column(_("Waits"), 150), *open_columns[1:])
        self._lists = [
            RowsView(columns, tokens) for columns in (open_columns, open_columns, settled_columns, waiting_columns)
        ]
        self._empty = label("", "empty")
        self._away, self._hint, self._bands = label("", "warning"), label("", "small"), label("", "line")
        self._last, self._every = DoneLine(), QCheckBox(_("of every line"))
        self._open, self._done = button(_("Open the card")), button("")
        self._lay_out()
        self._connect()
        self.fill(self._now)

    def fill(self, now: MissedNow) -> None:
        """Draw the callers as they stand now; the selected one stays selected, else the one in its place."""
        self._now = now
        self._show_role()
        for number, callers in enumerate(self._callers):
            self._fill_list(number, callers)
        self._name_tabs()
        self._away.setText(away_words(now))
        self._away.setVisible(now.is_away)
        self._show_tab()
        self._say_by_card()

    def _show_role(self) -> None:
        """A supervisor may look beyond the lines of this desk."""
        can = self._roles.sees_all and self._missed.has_lines_of_its_own
        self._every.setVisible(can)
        if not can:
            self._every.setChecked(False)

    @property
    def _callers(self) -> tuple[Sequence[MissedCaller], ...]:
        """Of each tab."""
        listed = self._now.listed
        return listed.to_call, listed.withheld, listed.settled, oldest_first(listed.to_call)

    def tell_by_card(self, call_id: UUID) -> None:
        """A card was finished that settles the callers up to this call: say so as soon as they are listed so."""
        self._by_card = call_id

    def _say_by_card(self) -> None:
        if self._by_card is None:
            return
        for one in self._now.listed.settled:
            if one.settled is not None and one.settled.mark_on == self._by_card:
                self._by_card = None
                self._say_done(one)
                return

    def _fill_list(self, number: int, callers: Sequence[MissedCaller]) -> None:
        rows, make = self._lists[number], {_SETTLED: _settled_row, _WAITING: _waiting_row}.get(number, _row)
        before = rows.currentIndex().row()
        rows.fill([make(one) for one in callers], [one.key for one in callers])
        if callers and before >= 0 and not rows.currentIndex().isValid():
            rows.selectRow(min(before, len(callers) - 1))

    def _name_tabs(self) -> None:
        listed = self._now.listed
        plain = (_("To call back"), _("Number not shown"), _("Dealt with"))
        counted = (_("To call back: {n}"), _("Number not shown: {n}"))
        for number, callers in enumerate((listed.to_call, listed.withheld)):
            n = len(callers)
            self._tabs.setTabText(number, counted[number].format(n=n) if n else plain[number])
        self._tabs.setTabText(_SETTLED, plain[_SETTLED])
        self._tabs.setTabText(_WAITING, _("By waiting time"))

    def _show_tab(self) -> None:
        number = self._tabs.currentIndex()
        rows = self._lists[number]
        self._pages.setCurrentWidget(rows if rows.model().rowCount() else self._empty)
        self._empty.setText(_empty_words(number))
        figures = figures_of(self._now.listed, utc_now())
        is_figures = number == _WAITING and self._roles.sees_all
        self._hint.setText(figures_lines(figures, self._now) if is_figures else _hint_words(number))
        self._bands.setText(bands_line(figures))
        self._bands.setVisible(number == _WAITING)
        self._show_buttons()

    def _show_buttons(self) -> None:
        caller = self._current()
        is_settled = self._tabs.currentIndex() == _SETTLED
        words = _("Not done after all") if is_settled else _("Mark as done")
        set_text(self._done, f"{words} ({DONE.words})")
        can_be_marked = caller is not None and (not is_settled or _is_marked(caller))
        self._done.setEnabled(can_be_marked)
        self._open.setEnabled(caller is not None)

    def _current(self) -> MissedCaller | None:
        number = self._tabs.currentIndex()
        key = self._lists[number].current_key()
        return next((one for one in self._callers[number] if one.key == key), None)

    def _mark(self) -> None:
        """Done, or not after all: nobody is asked, since each takes the other back."""
        caller = self._current()
        if caller is None or not self._done.isEnabled():
            return
        if caller.settled is None:
            self._missed.done(caller, lambda _none: self._say_done(caller), self._failed)
        else:
            self._missed.take_back(caller, lambda _none: self._say_taken_back(caller), self._failed)

    def _say_done(self, caller: MissedCaller) -> None:
        take_back = partial(self._missed.take_back, caller, lambda _none: self._say_taken_back(caller), self._failed)
        self._last.done(_("✓ {who}: done. The whole team sees it.").format(who=_who(caller)), take_back)

    def _say_taken_back(self, caller: MissedCaller) -> None:
        self._last.taken_back(_("{who} is to be called back again.").format(who=_who(caller)))

    def _on_open(self) -> None:
        if (caller := self._current()) is not None:
            self.opened.emit(caller.call_id)

    def _on_dial(self, number: str) -> None:
        caller = self._current()
        self.wants_dial.emit(number, caller.customer_id if caller is not None else None)

    def _on_row(self, _index: QModelIndex) -> None:
        self._on_open()

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._show_tab)
        self._every.toggled.connect(lambda is_on: self._missed.of_lines(every=is_on))
        for rows in self._lists:
            rows.activated.connect(self._on_row)
            rows.wants_dial.connect(self._on_dial)
            rows.selectionModel().currentRowChanged.connect(self._show_buttons)
        self._open.clicked.connect(self._on_open)
        self._done.clicked.connect(self._mark)
        bind(DONE, self, self._mark)

    def _lay_out(self) -> None:
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for words in (self._away, self._hint):
            words.setWordWrap(True)
        for _tab in self._lists:
            self._tabs.addTab("")
        for page in (*self._lists, self._empty):
            self._pages.addWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._open)
        foot.addWidget(self._done)
        foot.addWidget(self._last, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._away)
        upper = QHBoxLayout()
        upper.addWidget(self._tabs)
        upper.addStretch(1)
        upper.addWidget(self._every)
        column.addLayout(upper)
        column.addWidget(self._bands)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
        column.addWidget(self._hint)


def _is_marked(caller: MissedCaller) -> bool:
    return caller.settled is not None and caller.settled.how is SettledHow.DONE


def _row(one: MissedCaller) -> Sequence[Cell]:
    return _last(one), _caller(one), _calls(one), Cell(one.line or "—")


def _settled_row(one: MissedCaller) -> Sequence[Cell]:
    assert one.settled is not None  # what this list is of
    at = wording.due(one.settled.at, utc_now())
    return _last(one), _caller(one), Cell(_settled_words(one.settled), at, Tone.GOOD), _calls(one)


def _waiting_row(one: MissedCaller) -> Sequence[Cell]:
    last = _("last {when}").format(when=wording.clock_time(one.last))
    times = ngettext("{n} call", "{n} calls", one.count).format(n=one.count)
    return wait_cell(one, utc_now()), _caller(one), Cell(times, last if one.count > 1 else ""), Cell(one.line or "—")


def _last(one: MissedCaller) -> Cell:
    return Cell(wording.clock_time(one.last), wording.days_ago(one.last, utc_now()))


def _caller(one: MissedCaller) -> Cell:
    number = wording.call_number(one.number, one.withheld)
    who, dials = _who(one), "" if one.withheld else one.number
    if who == number:
        return Cell(who, _("not attached to a customer"), is_strong=True, dials=dials)
    second = f"{number} · {one.customer_no}" if one.customer_no else number
    return Cell(who, second, is_strong=True, second_dials=dials)


def _who(one: MissedCaller) -> str:
    if wording.has_ink(one.customer):
        return wording.honoured(one.customer)
    return one.name if wording.has_ink(one.name) else wording.call_number(one.number, one.withheld)


def _calls(one: MissedCaller) -> Cell:
    times = ngettext("{n} call", "{n} calls", one.count).format(n=one.count)
    if one.count == 1:
        return Cell(times)
    first = wording.clock_time(one.first)
    if one.first.astimezone().date() != one.last.astimezone().date():
        first = f"{wording.day(one.first)} {first}"
    return Cell(times, _("since {when}").format(when=first), Tone.WARNING)


def _settled_words(settled: Settled) -> str:
    by = settled.by
    return {
        SettledHow.CALLED_BACK: "→ " + (_("called back by {who}").format(who=by) if by else _("called back")),
        SettledHow.ANSWERED: "● " + (_("answered by {who}").format(who=by) if by else _("answered later")),
        SettledHow.DONE: "✓ " + _("done, says {who}").format(who=by),
    }[settled.how]


def _empty_words(number: int) -> str:
    return {
        _TO_CALL: _("Nobody waits to be called back."),
        _WAITING: _("Nobody waits to be called back."),
        _WITHHELD: _("No missed caller has withheld the number."),
        _SETTLED: _("Nothing here yet. Callers come here when somebody has called back, answered them or said so."),
    }[number]


def _hint_words(number: int) -> str:
    days = _("The last {n} days. An entry goes for the whole team when anyone speaks with that number.")
    return {
        _TO_CALL: days.format(n=LOOKED_BACK.days),
        _WAITING: days.format(n=LOOKED_BACK.days),
        _WITHHELD: _("They can't be called back. Mark them as done when you have seen them."),
        _SETTLED: _("Who did it and when stays in the records; only a mark can be taken back."),
    }[number]
