"""The foot of an opened file: try it out, import it, watch it, cancel it, take it back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.importing.import_desk import Aim, DuplicateRule, Progress
from app.words import _
from ui.importing.words import progress_words
from ui.plain_text import button, give_role, label

_READY, _RUNNING, _DONE = range(3)
_WHOLE = 1000


class RunBar(QWidget):
    """One of three rows: ready, running, done; above it what is to be said.

    Signals:
        wanted: an Aim. cancelled, undone, left: the buttons of that name.
    """

    wanted = Signal(object)
    cancelled = Signal()
    undone = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said = label("", "line")
        self._said.setWordWrap(True)
        self._rule = QComboBox()
        for rule, words in _rules():
            self._rule.addItem(words, rule)
        self._rule_words = label(_("Same name and number as a customer:"), "small", buddy_of=self._rule)
        self._rule_words.setWordWrap(True)
        self._try, self._import = button(_("Try it out")), button(_("Import"), "primary")
        self._progress, self._bar = label("", "line"), QProgressBar()
        self._cancel, self._undo, self._next = button(_("Cancel")), button(_("Take it back")), button(_("Next file"))
        self._rows = QStackedWidget()
        self._lay_out()
        self._try.clicked.connect(lambda: self.wanted.emit(Aim.DRY_RUN))
        self._import.clicked.connect(lambda: self.wanted.emit(Aim.MERGE))
        self._cancel.clicked.connect(self._on_cancel)
        self._undo.clicked.connect(self.undone)
        self._next.clicked.connect(self.left)

    @property
    def rule(self) -> DuplicateRule:
        """What becomes of rows of customers who are there."""
        return DuplicateRule(self._rule.currentData())

    def make_ready(self, *, is_importable: bool, has_rule: bool) -> None:
        """A file is open; it can be imported once its columns are set."""
        had_keyboard = self._has_keyboard()
        for one in (self._try, self._import):
            one.setEnabled(is_importable)
        self._rule.setVisible(has_rule)
        self._rule_words.setVisible(has_rule)
        self._rows.setCurrentIndex(_READY)
        if had_keyboard:
            self._try.setFocus()

    def say(self, text: str, role: str = "line") -> None:
        """What has just been found or done; "" is silence."""
        give_role(self._said, role)
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def show_running(self) -> None:
        """It has begun; the keyboard goes to Cancel if it was on the button that began it."""
        had_keyboard = self._has_keyboard()
        self.say("")
        self._progress.setText(_("Beginning…"))
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._rows.setCurrentIndex(_RUNNING)
        if had_keyboard:
            self._cancel.setFocus()

    def show_progress(self, told: Progress) -> None:
        """How far it is."""
        self._progress.setText(progress_words(told))
        self._bar.setRange(0, _WHOLE if 0 < told.share < 1 else 0)
        self._bar.setValue(int(told.share * _WHOLE))

    def show_done(self, *, can_undo: bool) -> None:
        """It is in the records."""
        had_keyboard = self._has_keyboard()
        self._undo.setVisible(can_undo)
        self._rows.setCurrentIndex(_DONE)
        if had_keyboard:
            self._next.setFocus()

    def _has_keyboard(self) -> bool:
        """Whether it is on a button of the row that is shown."""
        return any(one.hasFocus() for one in self._rows.findChildren(QPushButton))

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._progress.setText(_("Cancelling…"))
        self.cancelled.emit()

    def _lay_out(self) -> None:
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._progress.setBuddy(self._bar)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._progress)
        words.addWidget(self._bar)
        for parts in (
            (self._rule_words, self._rule, None, self._try, self._import),
            (words, self._cancel),
            (None, self._undo, self._next),
        ):
            self._rows.addWidget(_row(parts))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addWidget(self._rows)
        self._said.hide()


def _row(parts: tuple[QWidget | QVBoxLayout | QPushButton | None, ...]) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch(1)
        elif isinstance(part, QVBoxLayout):
            row.addLayout(part, 1)
        else:
            row.addWidget(part)
    return made


def _rules() -> list[tuple[DuplicateRule, str]]:
    return [
        (DuplicateRule.UPDATE, _("change that customer")),
        (DuplicateRule.SKIP, _("leave the row out")),
        (DuplicateRule.CREATE, _("make a second customer")),
    ]
