"""A call that a colleague answered and that nobody here has touched: who it was and who answered, for the card."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.call import Call
from app.words import _
from ui import wording
from ui.overlay import Overlay, above
from ui.plain_text import button, cut_label, label


class FoldedCard(Overlay):
    """Lies over the card beside the strip, and goes at a click or at the first key of a note.

    Signals:
        wanted: the id of the call whose card is wanted all the same.
    """

    wanted = Signal(object)

    def __init__(self, window: QWidget, strip: QWidget, below: QWidget) -> None:
        super().__init__(window, window, lambda: above(window, below, strip))
        self._call: Call | None = None
        self.setObjectName("folded")
        self._name, self._words = cut_label("name"), cut_label("line")
        hint = label(_("The card is folded, since nothing is left to do here. The call stays in the strip."), "small")
        hint.setWordWrap(True)
        self._open = button(_("Show the card"))
        self._open.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._open.clicked.connect(self._want)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._name, 1)
        row.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 28, 20, 12)  # the name stands where the card has it
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._words)
        column.addSpacing(12)
        column.addWidget(hint)
        column.addStretch(1)

    def fill(self, call: Call | None) -> None:
        """Fold this call's card, if it is one to be folded."""
        self._call = call
        is_folded = call is not None and call.is_folded
        if call is not None and is_folded:
            self._name.setText(wording.call_title(call))
            self._words.setText(f"{wording.call_state(call)} {wording.rang_for(call)}")
            self.lie()
        else:
            self.leave()

    def _want(self) -> None:
        if self._call is not None:
            self.wanted.emit(self._call.id)
