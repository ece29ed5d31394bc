"""The strip of calls at the left: live ones, unfinished wrap-ups, missed ones. A click takes the operator to a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.call import LIVE, WRAP_UP, Call
from app.words import _
from ui import wording
from ui.plain_text import cut, label, set_tip


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
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(4)
        self.setWidget(inner)
        self._headings = [label("", "heading") for _unused in range(3)]
        self._entries: dict[UUID, _Entry] = {}

    def fill(self, calls: Sequence[Call], selected: UUID | None, now: datetime) -> None:
        """Show these calls, grouped, the oldest first within each group."""
        for gone in self._entries.keys() - {call.id for call in calls}:
            self._entries.pop(gone).deleteLater()
        while self._column.count():
            self._column.takeAt(0)
        for heading, group in zip(self._headings, _groups(calls), strict=True):
            heading.setText(f"{group.title} {len(group.calls)}")
            heading.setVisible(bool(group.calls))
            self._column.addWidget(heading)
            for call in group.calls:
                self._column.addWidget(self._entry(call, call.id == selected, now))
        self._column.addStretch(1)

    def tick(self, now: datetime) -> None:
        """Let the clocks run."""
        for entry in self._entries.values():
            entry.tick(now)

    def name_widget(self, call_id: UUID) -> QWidget | None:
        """The label that draws this call's name, to be watched until it is painted."""
        entry = self._entries.get(call_id)
        return entry.name if entry else None

    def _entry(self, call: Call, is_picked: bool, now: datetime) -> "_Entry":
        entry = self._entries.get(call.id)
        if entry is None:
            entry = self._entries[call.id] = _Entry(call)
            entry.picked.connect(self.picked)
        entry.show_call(is_picked=is_picked)
        entry.tick(now)
        return entry


class _Entry(QFrame):
    """One call: its name, where it stands, and for how long."""

    picked = Signal(object)

    def __init__(self, call: Call) -> None:
        super().__init__()
        self._call = call
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

    def show_call(self, *, is_picked: bool) -> None:
        title = cut(wording.call_title(self._call))
        self.name.setText(self.name.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, 150))
        set_tip(self.name, title)
        place = cut(wording.call_place(self._call))
        self._where.setText(self._where.fontMetrics().elidedText(place, Qt.TextElideMode.ElideRight, 116))
        set_tip(self._where, place)
        if self.property("picked") != is_picked:
            self.setProperty("picked", is_picked)
            self.style().unpolish(self)
            self.style().polish(self)

    def tick(self, now: datetime) -> None:
        self._clock.setText(wording.call_clock(self._call, now))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.picked.emit(self._call.id)
        super().mouseReleaseEvent(event)


def _groups(calls: Sequence[Call]) -> tuple[_Group, _Group, _Group]:
    live = tuple(call for call in calls if call.state in LIVE)
    wrap_up = tuple(call for call in calls if call.state in WRAP_UP)
    others = tuple(call for call in calls if call not in live and call not in wrap_up)
    return _Group(_("On the phone"), live), _Group(_("To finish"), wrap_up), _Group(_("Rang only"), others)
