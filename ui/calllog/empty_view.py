"""What stands where no calls are: why, and which of the filters to drop."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calllog.parts import Part
from app.words import _
from ui.calllog.words import part_titles
from ui.plain_text import button, label


class EmptyView(QWidget):
    """Signals: dropped: a Part that is not wanted any more."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._words, self._buttons = label("", "empty"), {one: button("", "pin-note") for one in Part}
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._words)
        for part, one in self._buttons.items():
            one.clicked.connect(partial(self.dropped.emit, part))
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        self.say("")

    def say(self, words: str) -> None:
        """Why there are none."""
        self._words.setText(words)
        for one in self._buttons.values():
            one.hide()

    def offer(self, parts: Sequence[Part]) -> None:
        """Without each of these there are some."""
        if not parts:
            self.say(_("No call is like that, nor without any one of the filters. Clear the filters."))
            return
        self._words.setText(_("No call is like that. Without one of these there are some:"))
        named = part_titles()
        for part, one in self._buttons.items():
            one.setText(_("{filter} ×").format(filter=named[part]))
            one.setVisible(part in parts)
