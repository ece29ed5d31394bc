"""A field for when something is due: quick choices, or what is typed; the line under it says how it was understood."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from app.choices import Choice
from app.due_times import afternoon, in_an_hour, parse_due, tomorrow_morning
from app.words import _
from ui import wording
from ui.choice_field import FreeField
from ui.plain_text import give_role, label


class DueField(FreeField):
    """Signals: understood, what is typed means another time, or none."""

    understood = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("e.g. 15:00, tomorrow 10:00"))
        self.meaning: QLabel = label("", "small")
        self._now: datetime | None = None
        self._quick: dict[str, datetime] = {}
        self.textChanged.connect(lambda _text: self._understand())

    def begin(self, now: datetime) -> None:
        """The quick choices of this moment."""
        self._now = now
        late = afternoon(now)
        self._quick = {_("in 1 hour"): in_an_hour(now)}
        if late is not None:
            self._quick[_("this afternoon")] = late
        self._quick[_("tomorrow 10:00")] = tomorrow_morning(now)
        said = [(words, at) for words, at in self._quick.items()]
        self.offer([Choice(words, (words,), wording.due(at, now)) for words, at in said])
        self._understand()

    def due(self) -> datetime | None:
        """When; None where nothing, or no time, stands there."""
        if self._now is None:
            return None
        return self._quick.get(self.words) or parse_due(self.words, self._now)

    @property
    def is_wrong(self) -> bool:
        """Whether something stands there that is no time."""
        return bool(self.words) and self.due() is None

    def _understand(self) -> None:
        due = self.due()
        if due is not None and self._now is not None:
            self.meaning.setText("→ " + wording.due(due, self._now))
        else:
            self.meaning.setText("▲ " + _("Not a time to come") if self.is_wrong else "")
        give_role(self.meaning, "warning" if self.is_wrong else "small")
        self.meaning.setHidden(not self.meaning.text())
        self.understood.emit()
