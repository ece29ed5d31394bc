"""Words about a call, with a mark or without: kept at every key, said with Ctrl+Enter or the button.

IME rules: text is never set while a conversion is open, and nothing is said while one is.
"""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.reviews.drafts import Unsaid
from app.words import _
from ui.keys import SAY, bind
from ui.level_row import LevelRow
from ui.note_text import TextField
from ui.plain_text import button, give_role, label, set_text
from ui.reviews.words import mark_names

_LOWEST, _HIGHEST = 72, 96  # px of the text: what it is about needs the room


class MarkRow(LevelRow):
    """1 (poor) to 5 (excellent); what the chosen one means stands beside the heading."""

    def __init__(self) -> None:
        names = mark_names()
        told = _("Mark {level} of 5: {name}")
        super().__init__({}, lambda level: told.format(level=level, name=names[level]))


class SayEditor(QWidget):
    """Signals:
    wrote: the key of what is written here and an Unsaid, at every key.
    said: the same, to be sent.
    hid_number: a card number was masked.
    """

    wrote = Signal(object, object)
    said = Signal(object, object)
    hid_number = Signal()

    def __init__(self, heading: str, mark: MarkRow | None = None) -> None:
        super().__init__()
        self._key: UUID | None = None
        self._is_filling = False
        self.mark, self.text = mark, TextField()
        self._meaning = label("", "small")
        self._heading, self.hint = label(heading, "heading", buddy_of=self.text), label("", "small")
        self.hint.setWordWrap(True)
        self.save = button(_("Save") + f"   {SAY.words}", "primary")
        self.text.setMinimumHeight(_LOWEST)
        self.text.setMaximumHeight(_HIGHEST)
        self.text.hint(_("Every keystroke is kept."))
        self._lay_out()
        self._connect()

    def begin(self, key: UUID, unsaid: Unsaid) -> None:
        """Another call's. An open conversion is committed to the words it was typed in first."""
        self.text.commit()
        self._is_filling = True
        self._key = key
        self.text.fill(unsaid.words, unsaid.steps)
        if self.mark is not None:
            self.mark.choose(unsaid.mark)
        self._tell_meaning()
        self.tell("")
        self._is_filling = False

    def name_save(self, words: str) -> None:
        """What the button does to what stands here."""
        set_text(self.save, f"{words}   {SAY.words}")

    @property
    def key(self) -> UUID | None:
        """Of what is written here."""
        return self._key

    @property
    def unsaid(self) -> Unsaid:
        """What stands in the fields."""
        return Unsaid(self.text.text(), self.mark.level if self.mark is not None else 0, self.text.steps)

    def tell(self, words: str, role: str = "small") -> None:
        """What became of it, in a line or two."""
        give_role(self.hint, role)
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def _write(self) -> None:
        self._tell_meaning()
        if not self._is_filling and self._key is not None:
            self.tell(_("Draft kept, not sent yet."))
            self.wrote.emit(self._key, self.unsaid)

    def _tell_meaning(self) -> None:
        level = self.mark.level if self.mark is not None else 0
        self._meaning.setText(mark_names()[level] if level else "")

    def _say(self) -> None:
        if self._key is None or self.text.preedit:
            return
        unsaid = self.unsaid
        if self.mark is not None and not unsaid.mark:
            self.tell("▲ " + _("Choose a mark first: 1 to 5."), "warning")
            self.mark.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.mark is None and not unsaid.words.strip():
            self.tell("▲ " + _("There are no words yet."), "warning")
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.said.emit(self._key, unsaid)

    def _on_hidden(self) -> None:
        self.tell("▲ " + _("A card number was masked. Never keep one in a note."), "warning")
        self.hid_number.emit()

    def _connect(self) -> None:
        self.text.edited.connect(self._write)
        self.text.hid_number.connect(self._on_hidden)
        self.save.clicked.connect(self._say)
        bind(SAY, self, self._say)
        if self.mark is not None:
            self.mark.chosen.connect(self._write)
            self.mark.entered.connect(lambda: self.text.setFocus(Qt.FocusReason.OtherFocusReason))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if self.mark is not None:
            above = QHBoxLayout()
            above.setSpacing(8)
            above.addWidget(label(_("Mark"), "heading", buddy_of=self.mark))
            above.addWidget(self._meaning, 1)
            column.addLayout(above)
            column.addWidget(self.mark)
        column.addWidget(self._heading)
        column.addWidget(self.text, 1)
        column.addWidget(self.hint)
        column.addWidget(self.save)
        self.hint.hide()
