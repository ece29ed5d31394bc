"""Under the caller's name: the number that rang is not recorded for this customer, and may be."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.call import Call
from app.entering import is_recorded
from app.words import _
from ui import wording
from ui.first_line import set_hidden
from ui.plain_text import button, cut_label


class NumberLine(QWidget):
    """Hidden where the number is the customer's already, or where there is none to record.

    Signals:
        recorded: the operator says that the number is this customer's.
    """

    recorded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words, self._record = cut_label("line"), button(_("Record it"), "link")
        self._record.setCursor(Qt.CursorShape.PointingHandCursor)
        self._record.clicked.connect(self.recorded)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._words)
        row.addWidget(self._record)
        row.addStretch(1)

    def fill(self, call: Call) -> None:
        """Show whether this call's number is on the open card."""
        number = wording.number_text(call.ring.number)
        self._words.setText("○ " + _("{number} is not recorded for this customer.").format(number=number))
        set_hidden(self, is_hidden=is_recorded(call))
