"""A row that was opened in its place: all its text, to be read and copied; Esc leads back to the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.words import _
from ui.keys import CLOSE_ROW, VERSIONS
from ui.panels.list_end import ListEnd
from ui.plain_text import button, cut_label, set_tip


@dataclass(frozen=True, slots=True)
class Story:
    """`title` in one line; each chapter is a heading ("" for none) and a text, which may have `earlier` ones."""

    title: str
    chapters: Sequence[tuple[str, str]]
    has_earlier: bool = False


class RowStory(QWidget):
    """Signals: closed; retried, to ask for the rest once more; wants_earlier, the versions before these texts."""

    closed = Signal()
    wants_earlier = Signal()
    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._text, self.end = cut_label("strong"), QPlainTextEdit(), ListEnd()
        self._back = button("‹ " + _("Back to the list"), "quiet")
        self._back.clicked.connect(self.closed)
        set_tip(self._back, CLOSE_ROW.words)
        self.earlier = button(_("Earlier versions"), "link")
        self.earlier.clicked.connect(self.wants_earlier)
        set_tip(self.earlier, VERSIONS.words)
        self._text.setReadOnly(True)
        self._text.setObjectName("story")
        self._text.setTabChangesFocus(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.end.retried.connect(self.retried)
        self.setFocusProxy(self._text)
        self._lay_out()

    def tell(self, story: Story) -> None:
        """Show this; what is selected in the text stays where only more came behind it."""
        chapters = [(heading, text) for heading, text in story.chapters if text]
        told = "\n\n".join(f"{heading}\n{text}" if heading else text for heading, text in chapters)
        self._title.setText(story.title)
        self.earlier.setVisible(story.has_earlier)
        self._text.setAccessibleName(story.title)
        if told != self._text.toPlainText():
            self._text.setPlainText(told)
            self._set_off([heading for heading, _text in chapters])

    def _set_off(self, headings: Sequence[str]) -> None:
        """Headings bold, each after the one before it."""
        strong, at = QTextCharFormat(), 0
        strong.setFontWeight(QFont.Weight.DemiBold)
        for heading in filter(None, headings):
            found = self._text.document().find(heading, at)
            found.setCharFormat(strong)
            at = found.position()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.earlier)
        head.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._text, 1)
        column.addWidget(self.end)
