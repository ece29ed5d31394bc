"""How long what is kept: a rule for each kind, what each would remove now in numbers, and its removal."""

from collections.abc import Sequence

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.error_words import error_words
from app.person.keeping import subject_words
from app.person.persons_desk import Due, PersonsDesk, Rule, Subject
from app.words import _, ngettext
from ui.line_field import LineField
from ui.plain_text import button, give_role, label
from ui.question import Question

_DAYS_WIDTH = 90
_DAYS = "|[1-9][0-9]{0,4}"  # nothing is something, too


class _RuleLine:
    """One kind: its days and why; a rule is kept when a field is left, or Enter pressed."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.days, self.reason = LineField(), LineField()
        self.due = label("—", "strong")

    @property
    def rule(self) -> Rule | None:
        """None: kept without an end."""
        text = self.days.text().strip()
        return Rule(self.subject, int(text), self.reason.text().strip()) if text.isdecimal() and int(text) else None


class KeepingView(QWidget):
    """The numbers are counted anew after each change; nothing goes before it is asked once more."""

    def __init__(self, desk: PersonsDesk) -> None:
        super().__init__()
        self._desk, self._due = desk, tuple[Due, ...]()
        self.is_at_work = False
        self._lines = {subject: _RuleLine(subject) for subject in Subject}
        self._kept: dict[Subject, Rule] = {}
        self._said, self.count, self.remove = (
            label("", "line"),
            button(_("Count again")),
            button(_("Remove what is due…"), "danger"),
        )
        self.sure = Question(_("Remove it for good"), _("Cancel"))
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.is_at_work:
            self._ask()

    # --- the rules

    def _ask(self) -> None:
        self.remove.setEnabled(False)
        self._desk.due(self._show, self._failed)

    def _show(self, found: Sequence[Due]) -> None:
        self._due, self._kept = tuple(found), {one.rule.subject: one.rule for one in found}
        counts = {one.rule.subject: one.count for one in found}
        for subject, line in self._lines.items():
            rule = self._kept.get(subject)
            if not (line.days.isModified() or line.reason.isModified()):  # somebody is just typing
                line.days.setText(str(rule.keep_days) if rule else "")
                line.reason.setText(rule.reason if rule else "")
            line.due.setText(f"{counts[subject]:,}" if subject in counts else "—")
        self.remove.setEnabled(any(counts.values()) and not self.is_at_work)

    def _on_left(self, line: _RuleLine) -> None:
        """What stands there now is the rule; a reason alone is none yet."""
        rule = line.rule
        for field in (line.days, line.reason):
            field.setModified(False)
        if rule == self._kept.get(line.subject):
            return
        if rule is None:
            self._desk.drop(
                line.subject, lambda _was: self._changed(_("✓ That is kept without an end now.")), self._failed
            )
        else:
            self._desk.settle(rule, lambda _none: self._changed(_("✓ The rule is kept.")), self._failed)

    def _changed(self, words: str) -> None:
        self._say(words, "result")
        self._ask()

    # --- what is due goes

    def _on_remove(self) -> None:
        words = _("{what}: {n}")
        told = [
            words.format(what=subject_words(one.rule.subject), n=f"{one.count:,}") for one in self._due if one.count
        ]
        self.sure.ask(_("▲ There is no way back. This goes: {what}").format(what=" · ".join(told)))

    def _on_sure(self) -> None:
        self.sure.hide()
        self.is_at_work = True
        self._hold_still()
        self._say(_("Removing…"), "line")
        self._desk.remove_due(self._heard, self._removed, self._failed)

    def _heard(self, done: Due) -> None:
        words = _("Removing… {what}: {n} removed.")
        self._say(words.format(what=subject_words(done.rule.subject), n=f"{done.count:,}"), "line")

    def _removed(self, done: Sequence[Due]) -> None:
        self.is_at_work = False
        self._hold_still()
        n = sum(one.count for one in done)
        self._changed(ngettext("✓ {n} removed.", "✓ {n} removed.", n).format(n=f"{n:,}"))

    # --- what is said

    def _failed(self, error: Exception) -> None:
        self.is_at_work = False
        self._hold_still()
        self._say("▲ " + error_words(error), "alarm")

    def _hold_still(self) -> None:
        for line in self._lines.values():
            for field in (line.days, line.reason):
                field.setDisabled(self.is_at_work)
        self.count.setDisabled(self.is_at_work)
        if self.is_at_work:
            self.remove.setEnabled(False)

    def _say(self, words: str, role: str) -> None:
        give_role(self._said, role)
        self._said.setText(words)

    # --- how it is made

    def _connect(self) -> None:
        for line in self._lines.values():
            for field in (line.days, line.reason):
                field.editingFinished.connect(lambda line=line: self._on_left(line))
        self.count.clicked.connect(self._ask)
        self.remove.clicked.connect(self._on_remove)
        self.sure.yes.clicked.connect(self._on_sure)
        self.sure.no.clicked.connect(self.sure.hide)

    def _lay_out(self) -> None:
        grid, buttons, column = QGridLayout(), QHBoxLayout(), QVBoxLayout(self)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(2, 1)
        for place, words in enumerate((_("What"), _("Days"), _("Why that long"), _("Due now"))):
            grid.addWidget(label(words, "small"), 0, place)
        for row, line in enumerate(self._lines.values(), 1):
            self._lay_out_line(grid, row, line)
        buttons.setSpacing(8)
        for one in (self.count, self.remove):
            buttons.addWidget(one)
        buttons.addStretch(1)
        hint = label(
            _(
                "Where no days stand, all is kept. Nothing goes of a person who is held, and no customer, note or"
                " review while a complaint or a follow-up of his is open."
            ),
            "small",
        )
        hint.setWordWrap(True)
        self._said.setWordWrap(True)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(16)
        column.addLayout(grid)
        column.addWidget(hint)
        column.addLayout(buttons)
        column.addWidget(self.sure)
        column.addWidget(self._said)
        column.addStretch(1)

    def _lay_out_line(self, grid: QGridLayout, row: int, line: _RuleLine) -> None:
        what = subject_words(line.subject)
        words = label(what, "line", buddy_of=line.days)
        words.setWordWrap(True)
        line.days.setFixedWidth(_DAYS_WIDTH)
        line.days.setValidator(QRegularExpressionValidator(QRegularExpression(_DAYS), line.days))
        line.days.setPlaceholderText(_("no end"))
        line.days.setAccessibleName(_("{what}: days").format(what=what))
        line.reason.setAccessibleName(_("{what}: why").format(what=what))
        grid.addWidget(words, row, 0)
        grid.addWidget(line.days, row, 1)
        grid.addWidget(line.reason, row, 2)
        grid.addWidget(line.due, row, 3, Qt.AlignmentFlag.AlignRight)
