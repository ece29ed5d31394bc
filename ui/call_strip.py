"""The strip of calls at the left: live ones, unfinished wrap-ups, missed ones. A click takes the operator to a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.call import LIVE, WRAP_UP, Call
from app.words import _
from ui import wording
from ui.plain_text import cut, label, set_tip

_READY = 4  # entries made at start


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    calls: tuple[Call, ...]


class CallStrip(QScrollArea):
    """All calls on the desk.

    Signals:
        picked: the id of the call that was clicked.
    """

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setFixedWidth(196)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(4)
        self.setWidget(self._inner)
        self._column.addStretch(1)
        self._headings = [label("", "heading") for _unused in range(3)]
        self._entries: dict[UUID, _Entry] = {}
        self._standing: list[QWidget] = []
        self._order: list[UUID] = []
        self._selected: UUID | None = None
        self._spare = [self._new_entry() for _unused in range(_READY)]

    def fill(self, calls: Sequence[Call], selected: UUID | None, now: datetime) -> None:
        """Show these calls, grouped: what waits for work in the order of its ring, what rang only newest first."""
        for gone in self._entries.keys() - {call.id for call in calls}:
            self._put_away(self._entries.pop(gone))
        wanted: list[QWidget] = []
        groups = _groups(calls)
        self._order = [call.id for group in groups for call in group.calls]
        for heading, group in zip(self._headings, groups, strict=True):
            if group.calls:
                heading.setText(f"{group.title} {len(group.calls)}")
                wanted.append(heading)
            wanted += [self._entry(call, call.id == selected, now) for call in group.calls]
        self._stand(wanted)
        if selected != self._selected:
            self._selected = selected
            if selected is not None:
                self.reveal(selected)

    def step(self, by: int) -> None:
        """The call so many places below the selected one is wanted; after the last comes the first."""
        if self._order:
            here = self._order.index(self._selected) if self._selected in self._order else -1
            self.picked.emit(self._order[(here + by) % len(self._order)])

    def pick_place(self, place: int) -> None:
        """The call that stands there, counted from the top, is wanted."""
        if place < len(self._order):
            self.picked.emit(self._order[place])

    def _stand(self, wanted: list[QWidget]) -> None:
        """Put these into the column, moving only what stands elsewhere: a ring must not lay everything out anew."""
        for place, widget in enumerate(wanted):
            if self._standing[place : place + 1] != [widget]:
                if widget in self._standing:
                    self._standing.remove(widget)
                self._standing.insert(place, widget)
                self._column.insertWidget(place, widget)
            if widget.isHidden():
                widget.show()
        for widget in self._standing[len(wanted) :]:
            widget.hide()
            self._column.removeWidget(widget)
        del self._standing[len(wanted) :]

    def _new_entry(self) -> "_Entry":
        made = _Entry(self._inner)
        made.picked.connect(self.picked)
        return made

    def _put_away(self, entry: "_Entry") -> None:
        entry.hide()
        self._column.removeWidget(entry)
        self._standing.remove(entry)
        self._spare.append(entry)

    def tick(self, now: datetime) -> None:
        """Let the clocks run."""
        for entry in self._entries.values():
            entry.tick(now)

    def reveal(self, call_id: UUID) -> None:
        """Scroll to this call, once it has its place."""
        if (entry := self._entries.get(call_id)) is not None:
            QTimer.singleShot(0, entry, lambda: self.ensureWidgetVisible(entry))

    def name_widget(self, call_id: UUID) -> QWidget | None:
        """The label that draws this call's name, to be watched until it is painted."""
        entry = self._entries.get(call_id)
        return entry.name if entry else None

    def _entry(self, call: Call, is_picked: bool, now: datetime) -> "_Entry":
        entry = self._entries.get(call.id)
        if entry is None:
            entry = self._entries[call.id] = self._spare.pop() if self._spare else self._new_entry()
        entry.show_call(call, is_picked=is_picked)
        entry.tick(now)
        return entry


class _Entry(QFrame):
    """One call: its name, where it stands, and for how long. Kept and used again: making one costs a millisecond."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._call: Call | None = None
        self._written = ""
        self._shown: tuple[str, str, str, bool] | None = (
            None  # a call that comes or goes leaves the other entries alone
        )
        self.hide()
        self.setProperty("role", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.name, self._where, self._clock = label("", "strong"), label("", "small"), label("", "small")
        for one in (self.name, self._where):  # a long word is cut, it does not widen the strip
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        below = QHBoxLayout()
        below.addWidget(self._where, 1)
        below.addWidget(self._clock)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addLayout(below)

    def show_call(self, call: Call, *, is_picked: bool) -> None:
        self._call = call
        title, doubt, place = cut(wording.call_title(call)), _doubt(call), cut(wording.call_place(call))
        self._written = wording.written_at(call)
        if (title, doubt, place, is_picked) != self._shown:
            self._shown = title, doubt, place, is_picked
            self._show(title, doubt, place, is_picked=is_picked)

    def _show(self, title: str, doubt: str, place: str, *, is_picked: bool) -> None:
        shown = f"▲ {title}" if doubt else title
        self.name.setText(self.name.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, 150))
        self.name.setAccessibleDescription(doubt)
        set_tip(self.name, " · ".join(part for part in (title, doubt) if part))
        self._where.setText(self._where.fontMetrics().elidedText(place, Qt.TextElideMode.ElideRight, 116))
        set_tip(self._where, " · ".join(part for part in (place, self._written) if part))
        if self.property("picked") != is_picked:
            self.setProperty("picked", is_picked)
            self.style().unpolish(self)
            self.style().polish(self)

    def tick(self, now: datetime) -> None:
        if self._call is not None:
            self._clock.setText(wording.call_clock(self._call, now))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._call is not None:
            self.picked.emit(self._call.id)
        super().mouseReleaseEvent(event)


def _doubt(call: Call) -> str:
    """Why the caller may be somebody else; "" if there is no reason."""
    return wording.verstat(call.ring.verstat)[1] if call.ring.may_be_spoofed else ""


def _groups(calls: Sequence[Call]) -> tuple[_Group, _Group, _Group]:
    live = tuple(call for call in calls if call.state in LIVE)
    wrap_up = tuple(call for call in calls if call.state in WRAP_UP)
    others = tuple(call for call in reversed(calls) if call.state not in LIVE | WRAP_UP)
    return _Group(_("On the phone"), live), _Group(_("To finish"), wrap_up), _Group(_("Rang only"), others)
