"""The page of the audit log: who saw and did what with personal data, when, and whether the log is whole."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.audit.audit_desk import PAGE, AuditAction, AuditDesk, Told, Verdict, Wanted
from app.audit.audit_words import about_words, action_words, details_words, head_words, last_check_words, verdict_words
from app.error_words import error_words
from app.exporting.order import span_of
from app.words import _, ngettext
from ui import wording
from ui.exporting.period import PeriodBox
from ui.line_field import LineField
from ui.pages.paged_rows import PagedRows
from ui.plain_text import button, give_role, label
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_NUMBER_WIDTH = 170
_UNSEEN = frozenset({AuditAction.EXPORT_ENDED})  # it only says how another one ended


class AuditPage(QWidget):
    """Read page by page, the newest first. Nothing here can be changed."""

    def __init__(self, tokens: Tokens, audit: AuditDesk) -> None:
        super().__init__()
        self._audit = audit
        self._wanted = Wanted()
        self._period = PeriodBox(audit.clock.now().astimezone().date())
        self._who, self._what, self._customer = QComboBox(), QComboBox(), LineField()
        columns = (
            Column(_("When"), 120), Column(_("Who"), 160), Column(_("What")), Column(_("Concerns"), 130),
            Column(_("Entry"), 80, is_right=True),
        )  # fmt: skip
        self._rows, self._empty, self._lists = RowsView(columns, tokens), label("", "empty"), QStackedWidget()
        self._pages = PagedRows(self._rows, audit.entries, lambda one: (one.number, _row(one)), self._show, PAGE)
        self._verdict, self._hint = label("", "line"), label("", "small")
        self._check = button(_("Check the log"))
        self._fill_choices()
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()
        self._audit.operators(self._name_operators, lambda _unavailable: None)
        if not self._verdict.text():
            self._audit.last_check(self._show_last_check, lambda _unavailable: None)

    # --- what is asked

    def _ask(self) -> None:
        """Anew, from the newest on."""
        first, last = self._period.days
        span = span_of(first, last)
        self._wanted = Wanted(
            span.start if first else None, span.end if last else None, str(self._who.currentData() or ""),
            str(self._what.currentData() or ""), self._customer.text().strip(),
        )  # fmt: skip
        self._pages.ask(self._wanted)

    def _show(self) -> None:
        n = len(self._pages.shown)
        self._lists.setCurrentWidget(self._rows if n else self._empty)
        self._empty.setText(_empty_words(self._wanted))
        is_whole = self._pages.is_whole
        words = ngettext("{n} entry.", "{n} entries.", n) if is_whole else _("The newest {n}; scroll for more.")
        self._hint.setText(words.format(n=f"{n:,}") if n else "")

    def _name_operators(self, names: Sequence[str]) -> None:
        chosen = self._who.currentData()
        self._who.blockSignals(True)  # what is chosen stays
        while self._who.count() > 1:
            self._who.removeItem(1)
        for name in names:
            self._who.addItem(name, name)
        self._who.setCurrentIndex(max(self._who.findData(chosen), 0))
        self._who.blockSignals(False)

    # --- the check

    def _on_check(self) -> None:
        self._check.setEnabled(False)
        self._say(_("Reading every entry…"), "line")
        self._audit.check(self._checked, self._not_checked)

    def _checked(self, found: Verdict) -> None:
        self._check.setEnabled(True)
        holds = found.fault is None
        words = " ".join(filter(None, (verdict_words(found), head_words(found))))
        self._say(("✓ " if holds else "▲ ") + words, "result" if holds else "alarm")

    def _show_last_check(self, told: Told | None) -> None:
        """Unless somebody checks it just now."""
        if not self._verdict.text():
            words = last_check_words(told) if told is not None else _("It has not been checked here yet.")
            self._say(words, "small")

    def _not_checked(self, error: Exception) -> None:
        self._check.setEnabled(True)
        self._say("▲ " + error_words(error), "alarm")

    def _say(self, words: str, role: str) -> None:
        give_role(self._verdict, role)
        self._verdict.setText(words)

    # --- how it is made

    def _fill_choices(self) -> None:
        self._who.addItem(_("everybody"), "")
        self._what.addItem(_("everything"), "")
        for action in AuditAction:
            if action not in _UNSEEN:
                self._what.addItem(action_words(action), action.value)
        self._customer.setPlaceholderText(_("Customer number"))
        self._customer.setClearButtonEnabled(True)
        self._customer.setFixedWidth(_NUMBER_WIDTH)
        for box, name in ((self._who, _("Who")), (self._what, _("What")), (self._customer, _("Customer number"))):
            box.setAccessibleName(name)

    def _connect(self) -> None:
        for box in (self._who, self._what, self._period.choice):
            box.currentIndexChanged.connect(self._ask)
        for day in (self._period.first, self._period.last):
            day.dateChanged.connect(self._ask)
        self._customer.editingFinished.connect(self._ask_if_other)
        self._customer.textChanged.connect(self._on_text)
        self._check.clicked.connect(self._on_check)

    def _on_text(self, text: str) -> None:
        if not text:
            self._ask_if_other()

    def _ask_if_other(self) -> None:
        if self._customer.text().strip() != self._wanted.customer_no:
            self._ask()

    def _lay_out(self) -> None:
        self._verdict.setWordWrap(True)
        upper, lower, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (upper, lower, foot):
            row.setSpacing(8)
        upper.addWidget(label(_("Of"), "small", buddy_of=self._period))
        upper.addWidget(self._period, 1)
        for words, box in ((_("Who"), self._who), (_("What"), self._what), (_("Concerns"), self._customer)):
            lower.addWidget(label(words, "small", buddy_of=box))
            lower.addWidget(box)
            lower.addSpacing(8)
        lower.addStretch(1)
        foot.addWidget(self._check, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._verdict, 1)
        for page in (self._rows, self._empty):
            self._lists.addWidget(page)
        self._rows.setAccessibleName(_("Audit log"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(_("Who saw and did what"), "heading"))
        column.addLayout(upper)
        column.addLayout(lower)
        column.addWidget(self._lists, 1)
        column.addWidget(self._pages.end)
        column.addWidget(self._hint)
        column.addLayout(foot)


def _row(one: Told) -> Sequence[Cell]:
    at = one.at.astimezone()
    return (
        Cell(wording.clock_time(one.at), _day(at.date())),
        Cell(one.operator, one.desk, is_strong=True),
        Cell(action_words(one.action), details_words(one)),
        Cell(about_words(one) or "—"),
        Cell(f"{one.number:,}", tone=Tone.QUIET),
    )


def _day(day: date) -> str:
    return day.isoformat()


def _empty_words(wanted: Wanted) -> str:
    if wanted != Wanted():
        return _("No entry is like that.")
    return _("Nothing yet. Whoever opens a card by hand, exports, merges or erases stands here, for good.")
