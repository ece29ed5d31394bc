"""While a card is in use and another call rings: who it is, on which line, and the way there.

It lies over the records, never over the note, whose text must not move or vanish under the typing operator.
"""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.call import Call, CallState
from app.words import _
from ui import wording
from ui.keys import RINGING_CALL, bind
from ui.overlay import Overlay
from ui.plain_text import button, cut_label

_MARGIN, _WIDEST, _HIGH = 12, 620, 50  # px; as high as the lower one of the prior handlers, which it covers whole


class RingNotice(Overlay):
    """No window of its own: it can neither take the keyboard nor be left behind.

    Signals:
        wanted: the id of the call that the operator goes to.
    """

    wanted = Signal(object)

    def __init__(self, window: QWidget, over: QWidget) -> None:
        super().__init__(window, over, lambda: self._at_the_foot(window, over))
        self.setObjectName("notice")
        self._call_id: UUID | None = None
        self._shown: tuple[object, ...] = ()
        self._who, self._where = cut_label("strong"), cut_label("small")
        self._go = button(_("Go there") + f"   {RINGING_CALL.words}")
        self._go.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on it must not take the keyboard from the note
        self._go.clicked.connect(self._go_there)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._who)
        words.addWidget(self._where)
        row.addLayout(words, 1)
        row.addWidget(self._go)
        bind(RINGING_CALL, window, self._go_there)

    def fill(self, calls: Sequence[Call], selected: UUID | None) -> None:
        """Tell of the newest call that rings outside the card; nothing while none does."""
        ringing = [call for call in calls if call.state is CallState.RINGING and call.id != selected]
        self._call_id = ringing[-1].id if ringing else None
        if not ringing:
            self.leave()
            return
        newest, rest = ringing[-1], len(ringing) - 1
        shown = (wording.call_title(newest), newest.ring.line_name or newest.ring.dialled, rest)
        if shown != self._shown:
            self._shown = shown
            self._write(*shown)
        if not self.is_on:
            self.lie()

    def _write(self, title: str, line: str, rest: int) -> None:
        self._who.setText("◌ " + _("Also ringing: {who}").format(who=title))
        more = _("and {n} more").format(n=rest) if rest else ""
        self._where.setText(" · ".join(part for part in (line, more) if part))
        self.fit()

    def _at_the_foot(self, window: QWidget, over: QWidget) -> QRect:
        room = over.rect().translated(over.mapTo(window, over.rect().topLeft()))
        width = min(_WIDEST, room.width() - 2 * _MARGIN)
        return QRect(room.left() + _MARGIN, room.bottom() + 1 - _HIGH - _MARGIN, width, _HIGH)

    def _go_there(self) -> None:
        if self._call_id is not None:
            self.wanted.emit(self._call_id)
