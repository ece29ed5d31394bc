"""The first page: today's calls, what was not shown and why, and whether phone and records can be reached."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.backup_words import backup_words
from app.call_log import CallListRow
from app.not_shown import NotShown
from app.records import Records
from app.screen import Status
from app.why import not_shown_story
from app.words import _
from ui import wording
from ui.not_shown_list import NotShownList
from ui.plain_text import label
from ui.rows import Cell, Column, RowsView, Tone
from ui.status_line import states, warning_lines
from ui.theme import Tokens
from ui.why_pane import WhyPane

_CALLS, _NOT_SHOWN = 0, 1
_MOST = 200  # the whole log is the supervisor's page; this list must never hold up a pop
_TONES = {"missed": Tone.BAD, "answered": Tone.GOOD}


class CallsPage(QWidget):
    """Today at this desk.

    Signals:
        opened: the id of a past call that the operator opens again, to add to its note or say who it was.
        asked_why: the id of the call that is selected; `tell_why` answers.
        wants_dial: a number, and the id of the customer whose it is, or None.
    """

    opened = Signal(object)
    asked_why = Signal(object)
    wants_dial = Signal(object, object)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Today's calls"))
        self._states = label("", "line")
        self._states.setWordWrap(True)
        self._warnings = label("", "warning")
        self._warnings.setWordWrap(True)
        self._warnings.hide()
        columns = (Column(_("Time"), 84), Column(_("Customer")), Column(_("Outcome"), 150), Column(_("Operator"), 150))
        self._calls = RowsView((*columns, Column(_("Note"), 190)), tokens)
        self._calls.doubleClicked.connect(self._open)
        self._calls.activated.connect(self._open)
        self._calls.wants_dial.connect(self._dial)
        self._not_shown = NotShownList(tokens)
        self._entries: Sequence[NotShown] = ()
        self._empty = label("", "empty")
        self._tabs, self._pages, self._why = QTabBar(), QStackedWidget(), WhyPane()
        self._hint = label("", "small")
        self._question: tuple[Records, Callable[[Exception], object], str] | None = None
        self._due = QTimer(self, singleShot=True, interval=200)
        self._due.timeout.connect(self._ask)
        self._not_shown_due = QTimer(self, singleShot=True, interval=200)
        self._not_shown_due.timeout.connect(self._draw_not_shown)
        self._lay_out()

    def ask_for_calls(self, records: Records, failed: Callable[[Exception], object], whose: str = "") -> None:
        """Read today's calls again, soon: many changes make one question, and none while nobody looks.

        `whose`: the calls of this operator alone.
        """
        self._question = (records, failed, whose)
        if self.isVisible() and not self._due.isActive():
            self._due.start()

    def show_status(self, status: Status) -> None:
        """Phones and records, each with a sign and a sentence; then what may harm a phone."""
        lines = states(status)
        if not status.sources:
            lines.insert(0, _("○ No phone is set up yet. docs/settings.md shows how to point Omote at your PBX."))
        if status.backup is not None and status.backup.trouble is None:
            lines.append("○ " + backup_words(status.backup))
        self._states.setText("\n".join(lines))
        self._warnings.setText("\n".join(warning_lines(status)))
        self._warnings.setVisible(bool(self._warnings.text()))

    def show_not_shown(self, entries: Sequence[NotShown]) -> None:
        """What did not become a pop, soon: a flood brings many, and nobody can read so fast."""
        self._entries = entries
        if self.isVisible() and not self._not_shown_due.isActive():
            self._not_shown_due.start()

    def tell_why(self, call_id: UUID, sentences: Sequence[str]) -> None:
        """The answer about a call, unless another one has been selected meanwhile."""
        if self._tabs.currentIndex() == _CALLS and self._calls.current_key() == call_id:
            self._why.tell(sentences or [_("The trace holds nothing of this call (any more).")])

    def fill(self, rows: Sequence[CallListRow]) -> None:
        """Draw the newest of today's calls."""
        newest = rows[:_MOST]
        self._calls.fill([_row(one) for one in newest], [one.call_id for one in newest])
        self._customers: dict[object, int | None] = {one.call_id: one.customer_id for one in newest}
        self._show_page()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()
        self._draw_not_shown()

    def _draw_not_shown(self) -> None:
        n = self._not_shown.show_today(self._entries)
        self._tabs.setTabText(_NOT_SHOWN, _("Not shown: {n}").format(n=n) if n else _("Not shown"))
        self._show_page()

    def _show_page(self) -> None:
        """The list of the chosen tab, or the words that it is empty, and what is told of its selected line."""
        is_calls = self._tabs.currentIndex() == _CALLS
        chosen = self._calls if is_calls else self._not_shown
        is_empty = chosen.model().rowCount() == 0
        self._pages.setCurrentWidget(self._empty if is_empty else chosen)
        nothing_kept = _("Everything that came today was shown.")
        self._empty.setText(_("No calls today yet. They appear here as they ring.") if is_calls else nothing_kept)
        double_click = _("Double-click a call to add to its note or to say who it was.")
        self._hint.setText(double_click if is_calls else _("Since Omote was started; the trace keeps more."))
        self._ask_why()

    def _ask_why(self) -> None:
        if self._tabs.currentIndex() == _CALLS:
            call_id = self._calls.current_key()
            self._why.tell([])
            if call_id is not None:
                self.asked_why.emit(call_id)
        else:
            current = self._not_shown.current
            self._why.tell(not_shown_story(current) if current else [])

    def _ask(self) -> None:
        if self._question is None:
            return
        records, failed, whose = self._question
        today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        records.calls_of(today.astimezone(UTC), (today + timedelta(days=1)).astimezone(UTC), self.fill, failed, whose)

    def _dial(self, number: str) -> None:
        self.wants_dial.emit(number, self._customers.get(self._calls.current_key()))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._calls.key_at(index))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._states)
        column.addWidget(self._warnings)
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for title in (_("Calls"), _("Not shown")):
            self._tabs.addTab(title)
        for page in (self._calls, self._not_shown, self._empty):
            self._pages.addWidget(page)
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)
        column.addWidget(self._why)
        column.addWidget(self._hint)
        self._tabs.currentChanged.connect(self._show_page)
        for rows in (self._calls, self._not_shown):
            rows.selectionModel().currentRowChanged.connect(self._ask_why)
        self.fill(())


def _row(one: CallListRow) -> Sequence[Cell]:
    who = one.customer_name or one.caller_name or wording.call_number(one.number, one.withheld)
    number = wording.call_number(one.number, one.withheld)
    dials = "" if one.withheld else one.number
    tone = Tone.QUIET if one.direction == "out" else _TONES.get(one.outcome, Tone.QUIET)
    return (
        Cell(wording.clock_time(one.at)),
        Cell(who, number, is_strong=True, second_dials=dials)
        if who != number
        else Cell(who, _("not attached to a customer"), is_strong=True, dials=dials),
        Cell(wording.outcome(one.outcome, one.end_cause, one.direction), one.line_name, tone),
        Cell(one.operator or "—"),
        Cell(one.note_excerpt or "—"),
    )
