"""One question of the first start: a heading, its fields, *Try*, *Skip for now*, and what came of it in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.first_start.result import Result, Tone
from app.words import _
from ui.plain_text import button, cut_label, give_role, label, set_text

_ROLES = {Tone.BUSY: "small", Tone.GOOD: "state", Tone.WARNING: "strong-warning", Tone.BAD: "state-bad"}
_SIGNS = {Tone.BUSY: "… ", Tone.GOOD: "● ", Tone.WARNING: "△ ", Tone.BAD: "▲ "}
_FIELD = 228


class QuestionCard(QFrame):
    """Signals: tried; skip_turned, it is not for now, or is after all."""

    tried = Signal()
    skip_turned = Signal()

    def __init__(self, heading: str, about: str, *, try_words: str) -> None:
        super().__init__()
        self.setObjectName("figure")
        self.fields, self._body = QGridLayout(), QWidget()
        self._names: dict[QWidget, QLabel] = {}
        self.try_it, self.skip = button(try_words), button("", "quiet")
        self.beside = QHBoxLayout()
        self._heading, self._about = label(heading, "strong"), cut_label("small")
        self._about_words = about
        self.told = label("", "small")
        self._lay_out()
        self.try_it.clicked.connect(self.tried)
        self.skip.clicked.connect(self.skip_turned)
        self.show_skipped(is_skipped=False)

    def add_field(self, title: str, field: QWidget) -> None:
        """With its label; `show_fields` says whether and where it stands."""
        if isinstance(field, QLineEdit):
            field.returnPressed.connect(self.tried)
            field.setFixedWidth(_FIELD)
        self._names[field] = label(title, "line", buddy_of=field)

    def show_fields(self, fields: Sequence[QWidget]) -> None:
        """These alone, two in a line."""
        for one, name in self._names.items():
            self.fields.removeWidget(name)
            self.fields.removeWidget(one)
            for part in (name, one):
                if part.parentWidget() is not self._body:  # later it would lose the keyboard
                    part.setParent(self._body)
                part.setVisible(one in fields)
        for number, one in enumerate(fields):
            row, column = divmod(number, 2)
            self.fields.addWidget(self._names[one], row, column * 2)
            self.fields.addWidget(one, row, column * 2 + 1, Qt.AlignmentFlag.AlignLeft)

    def show_skipped(self, *, is_skipped: bool) -> None:
        """Its heading alone, and the way back."""
        self._body.setHidden(is_skipped)
        self._about.setText(_("Skipped. Nothing of it is saved.") if is_skipped else self._about_words)
        set_text(self.skip, _("Answer it after all") if is_skipped else _("Skip for now"))

    def lock(self, words: str) -> None:
        """IT has answered it."""
        self._body.hide()
        self.skip.hide()
        self._about.setText(words)

    def tell(self, result: Result) -> None:
        """How it goes."""
        show_result(self.told, result)

    def _lay_out(self) -> None:
        self.told.setWordWrap(True)
        self.fields.setHorizontalSpacing(16)
        self.fields.setVerticalSpacing(6)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.fields.setColumnMinimumWidth(0, 88)
        self.fields.setColumnMinimumWidth(1, _FIELD)
        self.fields.setColumnMinimumWidth(2, 80)
        self.fields.setColumnStretch(4, 1)
        self.beside.setSpacing(12)
        self.beside.addWidget(self.try_it, 0, Qt.AlignmentFlag.AlignTop)
        self.beside.addWidget(self.told, 1)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(10)
        body.addLayout(self.fields)
        body.addLayout(self.beside)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._heading)
        top.addWidget(self._about, 1)
        top.addWidget(self.skip)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._body)


def show_result(told: QLabel, result: Result) -> None:
    """With a sign that says the same as its colour; no words: out of sight."""
    give_role(told, _ROLES[result.tone])
    told.setText(_SIGNS[result.tone] + result.text if result.text else "")
    told.setHidden(not result.text)
