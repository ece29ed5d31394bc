"""A bar that asks before something is dialled, or says why it was not. It moves into view and takes no keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.dial_words import dial_words
from app.dialling import DialNow, DialState
from app.words import _
from ui.plain_text import button, give_role, label, set_text

_ROLES = {DialState.ASKING: "strong-warning", DialState.REFUSED: "strong-warning", DialState.FAILED: "warning"}


class DialBar(QFrame):
    """Hidden while nothing is dialled.

    Signals: wants_dial, the operator says yes, or once more; is_read, he says no or has read it.
    """

    wants_dial = Signal()
    is_read = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reminder")
        self._words = label("", "strong-warning")
        self._words.setWordWrap(True)
        self.dial, self.close_it = button(_("Dial")), button(_("Do not dial"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for one, tell in ((self.dial, self.wants_dial), (self.close_it, self.is_read)):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on it must not take the keyboard from the note
            one.clicked.connect(tell)
            row.addWidget(one)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def fill(self, now: DialNow | None) -> None:
        """Draw how the wish stands."""
        words = dial_words(now) if now is not None else ""
        if now is not None and words:
            self._words.setText(words)
            give_role(self._words, _ROLES.get(now.state, "line"))
            set_text(self.dial, _("Try again") if now.state is DialState.FAILED else _("Dial"))
            self.dial.setVisible(now.can_go_on)
            set_text(self.close_it, _("Do not dial") if now.state is DialState.ASKING else _("Close"))
        self.setHidden(not words)
