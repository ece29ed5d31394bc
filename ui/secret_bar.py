"""A bar that asks for a password which nobody has, in place: no window stands in the way, and it takes no keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout
from shiboken6 import isValid

from app.keyring_patience import Keyring
from app.missing_secrets import Missing, MissingSecrets, missing_in, missing_words
from app.screen import Status
from app.words import _
from ui.plain_text import button, label

_LONGEST, _WIDTH = 500, 220


class SecretBar(QFrame):
    """Asks for one after the other.

    Signals:
        entered: whose password it is, and what was typed.
    """

    entered = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reminder")
        self._missing: Missing | None = None
        self.field, self.keep = QLineEdit(), button(_("Keep"))
        self.words, self.said = label("", "strong-warning", buddy_of=self.field), label("", "small")
        self._lay_out()
        self.keep.clicked.connect(self._enter)
        self.field.returnPressed.connect(self._enter)
        self.hide()

    def show_status(self, status: Status) -> None:
        """Out of sight while nobody lacks a password, once what was said has been read."""
        missing = missing_in(status)
        if missing == self._missing:
            return
        self._missing = missing
        if missing is not None:
            self.words.setText("▲ " + missing_words(missing))
            self.say(_where_it_goes(status.keyring))
        for one in (self.words, self.field, self.keep):
            one.setHidden(missing is None)
        self.setHidden(missing is None)

    def say(self, words: str) -> None:
        """What became of it."""
        self.said.setText(words)

    def take_to(self, secrets: MissingSecrets) -> None:
        """What is entered goes there, and what becomes of it is said here."""
        self.entered.connect(lambda source, typed: secrets.enter(source, typed, self._said))

    def _said(self, words: str) -> None:
        if isValid(self):  # a keyring may answer when another language has long taken this window's place
            self.say(words)

    def _enter(self) -> None:
        if self._missing is not None and (typed := self.field.text()):
            self.field.clear()
            self.say(_("One moment…"))
            self.entered.emit(self._missing.source, typed)

    def _lay_out(self) -> None:
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(_LONGEST)
        self.field.setFixedWidth(_WIDTH)
        self.keep.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for one in (self.words, self.said):
            one.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.field)
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.said)


def _where_it_goes(keyring: Keyring) -> str:
    if keyring is Keyring.WORKS:
        return _("It goes into this PC's keyring; Omote does not ask again.")
    return _("Omote keeps the password only until it ends.")
