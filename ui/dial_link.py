"""Beside a number: dial it; grey, with the reason, where that can't be done."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.call import LIVE, Call
from app.words import _
from ui.first_line import set_hidden
from ui.keys import DIAL
from ui.plain_text import button, set_tip


class DialLink(QWidget):
    """Hidden where there is no number, while that very number is on the telephone, and until `use`.

    Signals:
        wanted: the operator wants it dialled.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._why_not: Callable[[], str] | None = None
        self.press: QPushButton = button(_("Dial"), "quiet")
        self.press.setCursor(Qt.CursorShape.PointingHandCursor)
        self.press.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.press)
        self.hide()

    def use(self, why_not: Callable[[], str]) -> None:
        """Who says why nothing can be dialled; "" if it can."""
        self._why_not = why_not

    def fill(self, call: Call) -> None:
        """For this card."""
        has_none = call.ring.withheld is not None or not call.ring.number.display
        is_useless = self._why_not is None or has_none or (call.state in LIVE and not call.is_restored)
        set_hidden(self, is_hidden=is_useless)
        if self._why_not is not None and not is_useless:
            why = self._why_not()
            self.press.setEnabled(not why)
            self.press.setAccessibleDescription(why)
            set_tip(self.press, why or DIAL.words)
