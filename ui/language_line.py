"""The other language at the foot of the rail, by its own name: whoever can't read this one finds it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import _, language
from ui.plain_text import button, label, set_tip

_OWN_NAMES = {"ja": "日本語", "en": "English"}


class LanguageLine(QWidget):
    """Signals: wanted, "ja" or "en"."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._other = next(one for one in _OWN_NAMES if one != language())
        self.turn, self._told = button(_OWN_NAMES[self._other], "quiet"), label("", "small")
        self.turn.setAccessibleName(_("Language: {other}").format(other=_OWN_NAMES[self._other]))
        set_tip(self.turn, _("All windows in this language, now and from now on"))
        self._told.setWordWrap(True)
        self._told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(2)
        column.addWidget(self._told)
        column.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeft)
        self.turn.clicked.connect(lambda: self.wanted.emit(self._other))

    def say(self, words: str) -> None:
        """Why it has not changed yet."""
        self._told.setText(words)
        self._told.setHidden(not words)
