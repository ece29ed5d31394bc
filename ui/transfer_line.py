"""Under the caller's name: who handed the call on, and the new caller's card where the operator had chosen another."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.call import Call
from app.pop import Candidate
from app.words import _
from ui import wording
from ui.first_line import set_hidden
from ui.plain_text import button, cut, cut_label, set_text


class TransferLine(QWidget):
    """Hidden unless the call was transferred.

    Signals:
        wanted: the id of the new caller, whose card shall open.
        asked: the new caller may be one of several.
    """

    wanted = Signal(object)
    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._by, self._open = cut_label("line"), button("", "link")
        self._open.setCursor(Qt.CursorShape.PointingHandCursor)
        self._open.clicked.connect(self._clicked)
        self._offered: tuple[Candidate, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._by)
        row.addWidget(self._open)
        row.addStretch(1)

    def fill(self, call: Call) -> None:
        """Show this call's transfer."""
        by = wording.transferred_by(call)
        self._by.setText("⇄ " + _("Transferred by {who}").format(who=by) if by else "")
        self._offered = call.offered_instead
        set_text(self._open, _offer(self._offered))
        set_hidden(self._open, is_hidden=not self._offered)
        set_hidden(self, is_hidden=not by)

    def _clicked(self) -> None:
        if len(self._offered) == 1:
            self.wanted.emit(self._offered[0].customer_id)
        else:
            self.asked.emit()


def _offer(candidates: tuple[Candidate, ...]) -> str:
    if len(candidates) == 1:
        return _("Open the new caller: {name}").format(name=wording.honoured(cut(candidates[0].name, 40)))
    return _("Choose the new caller ({n})").format(n=len(candidates)) if candidates else ""
