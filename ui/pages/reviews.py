"""The supervisors' page of reviews: calls drawn to be reviewed, reviews that were answered, and all that were made."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.audit.audit_desk import AuditDesk
from app.calllog.call_log import CallLog, LogChoices, LogLine
from app.error_words import error_words
from app.reviews.reviewing import PAGE, Counts, DrawWish, Reviewed, Reviewing, Sample, Standing, Todo, Whose
from app.reviews.standing import standing_words
from app.words import _
from ui.calllog.one_call import OneCall
from ui.calllog.words import RowWords, disposition_labels
from ui.paged_rows import PagedRows
from ui.plain_text import button, label, set_text
from ui.reviews import words
from ui.reviews.draw_bar import DrawBar
from ui.rows import Cell, Column
from ui.theme import Tokens

_TO_DO, _UNREAD, _DONE = range(3)
_CALL = "time", "customer", "operator"


class ReviewsPage(QWidget):
    """Reviewing alters nothing of the call: what is said stands beside it.

    Signals:
        wants_dial: a number, and the id of the customer whose it is, or None.
        wants_card: the id of the customer whose card is wanted.
    """

    wants_dial = Signal(object, object)
    wants_card = Signal(object)

    def __init__(self, tokens: Tokens, log: CallLog, audit: AuditDesk, reviewing: Reviewing) -> None:
        super().__init__()
        self._log, self._reviewing = log, reviewing
        self._sample: Sample | None = None
        self._standing = ""
        self._tabs, self._pages, self._above = QTabBar(), QStackedWidget(), QStackedWidget()
        self.draws, self.whose, self.one = DrawBar(), QComboBox(), OneCall(log, audit, reviewing)
        self._rows_words = RowWords({})
        call = Column(_("Time"), 88), Column(_("Customer")), Column(_("Operator"), 86)
        todo, done = (
            (*call, Column(_("Why"), 190)),
            (*call, Column(_("Mark"), 104), Column(_("State"), 124)),
        )
        self.todo = PagedRows(todo, tokens, PAGE, self._todo_cells, lambda one: (one.sample_id, one.place))
        self.unread, self.done = (
            PagedRows(done, tokens, PAGE, self._done_cells, lambda one: one.review.review_id) for _tab in range(2)
        )
        self._hint, self._check, self._drop = label("", "small"), button(_("Check the draw"), "quiet"), button("")
        self._lay_out()
        self._connect()

    @property
    def lists(self) -> tuple[PagedRows, PagedRows, PagedRows]:
        """Of each tab."""
        return self.todo, self.unread, self.done

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._log.choices(self._offer, lambda _unavailable: None)
        self._reviewing.newest(self._tell_sample, lambda _unavailable: None)
        self._ask()

    # --- what is asked

    def _ask(self) -> None:
        """What can be seen, and how much waits."""
        me, whose = self._reviewing.said.me, self.whose.currentData() or ""
        reads = (
            self._reviewing.to_do,
            partial(self._reviewing.done, Whose(reviewer=me, is_unread=True)),
            partial(self._reviewing.done, Whose(operator=whose)),
        )
        place = self._tabs.currentIndex()
        self.lists[place].ask(reads[place])
        self._reviewing.count(self._count, lambda _unavailable: None)
        if place == _DONE:
            self._reviewing.standing(whose, self._tell_standing, lambda _unavailable: None)
            self._reviewing.people(self._offer_people, lambda _unavailable: None)

    def _count(self, found: Counts) -> None:
        counts = found.to_do, found.unread, 0
        titles = _("To review"), _("Replies"), _("All reviews")
        for place, (title, n) in enumerate(zip(titles, counts, strict=True)):
            self._tabs.setTabText(place, f"{title} {n:,}" if n else title)

    def _tell_standing(self, found: Standing) -> None:
        self._standing = standing_words(found)
        self._tell_hint()

    def _tell_sample(self, found: Sample | None) -> None:
        self._sample = found
        self._tell_hint()

    def _offer(self, found: LogChoices) -> None:
        me = self._reviewing.said.me
        self.draws.offer([(one.login, one.name) for one in found.operators if one.login != me])
        self._rows_words = RowWords(disposition_labels(found))
        self.one.dispositions = self._rows_words.dispositions

    def _offer_people(self, found: Sequence[tuple[str, str]]) -> None:
        chosen = self.whose.currentData()
        self.whose.blockSignals(True)
        while self.whose.count() > 1:
            self.whose.removeItem(1)
        for login, name in found:
            self.whose.addItem(name, login)
        self.whose.setCurrentIndex(max(self.whose.findData(chosen), 0) if chosen else 0)
        self.whose.blockSignals(False)

    # --- drawing

    def _draw(self, wish: DrawWish) -> None:
        self._hint.setText(_("Drawing…"))
        self.draws.go.setEnabled(False)
        self._reviewing.draw(wish, self._drawn, self._not_drawn)

    def _drawn(self, found: Sample) -> None:
        self.draws.go.setEnabled(True)
        if found.drawn:
            self._tell_sample(found)
            self._tabs.setCurrentIndex(_TO_DO)
        else:
            told = _("Nothing was drawn: {n} answered calls of others in these days, and none of them fits.")
            self._hint.setText(told.format(n=f"{found.eligible:,}"))
        self._ask()

    def _not_drawn(self, error: Exception) -> None:
        self.draws.go.setEnabled(True)
        self._fail(error)

    def _check_draw(self) -> None:
        if self._sample is not None:
            self._hint.setText(_("Drawing again…"))
            self._reviewing.check(self._sample, self._checked, self._fail)

    def _checked(self, is_same: bool) -> None:
        same = _("Drawn again with the same seed: the same calls in the same order.")
        other = _("Drawn again with the same seed: other calls. The records of those days have changed since.")
        self._hint.setText("✓ " + same if is_same else "▲ " + other)

    def _leave_out(self) -> None:
        one: Todo | None = self.todo.current
        if one is not None:
            self._reviewing.drop(one, lambda _done: self._ask(), self._fail)

    def _fail(self, error: Exception) -> None:
        self._hint.setText("▲ " + error_words(error))

    # --- what is seen

    def _on_tab(self) -> None:
        place = self._tabs.currentIndex()
        self._pages.setCurrentIndex(place)
        self._above.setCurrentIndex(place)
        self._above.setVisible(place != _UNREAD)
        self._tell_hint()
        self.one.say(_("Select a call: its course, its notes and what was said of it stand here."))
        self._ask()

    def _on_selected(self, rows: PagedRows) -> None:
        line = _line_of(rows.current)
        self._drop.setEnabled(rows is self.todo and line is not None)
        if line is not None:
            self.one.show_line(line, words.reasons(rows.current) if rows is self.todo else ())

    def _on_dial(self, rows: PagedRows, number: str) -> None:
        line = _line_of(rows.current)
        self.wants_dial.emit(number, line.customer_id if line is not None else None)

    def _tell_hint(self) -> None:
        place = self._tabs.currentIndex()
        is_to_do = place == _TO_DO
        self._check.setVisible(is_to_do and self._sample is not None)
        self._drop.setVisible(is_to_do and bool(self.todo.records))
        told = words.sample(self._sample) if is_to_do and self._sample is not None else ""
        self._hint.setText(self._standing if place == _DONE else told)

    def _on_filled(self, rows: PagedRows) -> None:
        self._drop.setVisible(self._tabs.currentIndex() == _TO_DO and bool(self.todo.records))
        if not rows.records:
            rows.empty.setText(_empty_words(self.lists.index(rows)))

    def _todo_cells(self, one: Todo) -> Sequence[Cell]:
        return *self._rows_words.cells(one.line, _CALL), words.why_cell(one)

    def _done_cells(self, one: Reviewed) -> Sequence[Cell]:
        return *self._rows_words.cells(one.line, _CALL), words.mark_cell(one.review), words.state_cell(one.review)

    # --- how it is made

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        self.draws.wanted.connect(self._draw)
        self.whose.currentIndexChanged.connect(self._ask)
        self._check.clicked.connect(self._check_draw)
        self._drop.clicked.connect(self._leave_out)
        self.one.review.saved.connect(self._ask)
        self.one.hinted.connect(lambda why: self._hint.setText(f"▲ {why}"))
        self.one.wants_card.connect(self.wants_card)
        for rows in self.lists:
            rows.selected.connect(partial(self._on_selected, rows))
            rows.filled.connect(partial(self._on_filled, rows))
            rows.view.wants_dial.connect(partial(self._on_dial, rows))

    def _lay_out(self) -> None:
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for title in (_("To review"), _("Replies"), _("All reviews")):
            self._tabs.addTab(title)
        self.whose.addItem(_("every operator"), "")
        self.whose.setAccessibleName(_("Whose calls"))
        set_text(self._drop, _("Leave this call out"))
        self._drop.setEnabled(False)
        self._hint.setWordWrap(True)
        for rows, name in zip(self.lists, (_("To review"), _("Replies"), _("All reviews")), strict=True):
            rows.view.setAccessibleName(name)
            self._pages.addWidget(rows)
        for above in (self.draws, QWidget(), _alone(self.whose)):
            self._above.addWidget(above)
        self._above.setFixedHeight(self.draws.sizeHint().height())
        self.one.review.stay_open()
        self.one.say(_("Select a call: its course, its notes and what was said of it stand here."))
        both, below, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        both.setSpacing(12)
        both.addWidget(self._pages, 1)
        both.addWidget(self.one)
        below.setSpacing(12)
        below.addWidget(self._hint, 1)
        below.addWidget(self._check)
        below.addWidget(self._drop)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for one in (self._tabs, self._above):
            column.addWidget(one)
        column.addLayout(both, 1)
        column.addLayout(below)
        self._tell_hint()


def _alone(field: QWidget) -> QWidget:
    """At the left of a row."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(field)
    row.addStretch(1)
    return made


def _line_of(one: Todo | Reviewed | None) -> LogLine | None:
    return None if one is None else one.line


def _empty_words(place: int) -> str:
    return {
        _TO_DO: _("Nothing to review. Draw some calls above, or choose “Review this call” in the call log."),
        _UNREAD: _("No reply waits for you."),
        _DONE: _("No call has been reviewed yet."),
    }[place]
