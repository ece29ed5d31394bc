"""The strip of calls at the left: live ones, unfinished wrap-ups, missed ones. A click takes the operator to a card.

A painted list: with a widget for each call fifty drafts made every ring three times as slow.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.call import LIVE, WRAP_UP, Call, CallState
from app.words import _
from ui import wording
from ui.face import Face
from ui.painted import PaintWatch
from ui.plain_text import cut, set_tip
from ui.theme import Tokens

Index = QModelIndex | QPersistentModelIndex
_LINE, CLOCK = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_WIDTH, _AROUND = 196, 8  # px
_HEADING, _CALL, _GAP = QSize(80, 26), QSize(80, 60), 4  # px; both with the gap below
_BAR, _ROUND, _SIDE = 4, 8, 12  # px of the selected call's frame, and from it to the words


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands in one place of the strip: a group's heading (`key` its number), or a call (`key` its id)."""

    key: UUID | int
    title: str
    place: str = ""
    doubt: str = ""
    written_at: datetime | None = None  # in an earlier start; put into words only where they are written
    is_picked: bool = False

    @property
    def name(self) -> str:
        """The title, with a sign where the caller may be somebody else."""
        return f"▲ {self.title}" if self.doubt else self.title

    @property
    def written(self) -> str:
        """When an unfinished note was."""
        return wording.written(self.written_at) if self.written_at is not None else ""

    @property
    def tip(self) -> str:
        """All its words, for what the strip cuts."""
        return " · ".join(part for part in (self.title, self.doubt, self.place, self.written) if part)

    @property
    def beside(self) -> str:
        """What the eye sees in another way, for a screen reader."""
        here = _("on the card") if self.is_picked else ""
        return " · ".join(part for part in (here, self.doubt, self.written) if part)


class CallStrip(QListView):
    """All calls on the desk.

    Signals:
        picked: the id of the call that was clicked.
    """

    picked = Signal(object)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAccessibleName(_("Calls"))
        self.setFixedWidth(_WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Drawn(tokens, self))
        self.clicked.connect(self._clicked)
        self._calls: dict[UUID, Call] = {}
        self._keys: list[UUID | int] = []
        self._order: list[UUID] = []
        self._selected: UUID | None = None
        self._waiting: dict[UUID, Callable[[], None]] = {}  # to be painted, the first of them in sight
        self._seen: list[UUID] = []
        self._is_watching = False

    def fill(self, calls: Sequence[Call], selected: UUID | None, now: datetime) -> None:
        """Show these calls, grouped: what waits for work in the order of its ring, what rang only newest first."""
        groups = _groups(calls)
        self._calls = {call.id: call for call in calls}
        self._waiting = {one: then for one, then in self._waiting.items() if one in self._calls}
        self._order = [call.id for group in groups for call in group.calls]
        lines = list(_lines(groups, selected))
        self._stand(lines)
        for row, line in enumerate(lines):
            _write(self._rows.item(row), line)
        self.tick(now)
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

    def tick(self, now: datetime) -> None:
        """Let the clocks run."""
        for row, key in enumerate(self._keys):
            if isinstance(key, UUID):
                item, clock = self._rows.item(row), wording.call_clock(self._calls[key], now)
                if item.data(CLOCK) != clock:
                    item.setData(clock, CLOCK)

    def reveal(self, call_id: UUID) -> None:
        """Scroll to this call."""
        if call_id in self._keys:
            self.scrollTo(self.index_of(call_id))

    def index_of(self, call_id: UUID) -> QModelIndex:
        """Where this call stands. ValueError if it does not."""
        return self._rows.index(self._keys.index(call_id), 0)

    def when_painted(self, call_id: UUID, then: Callable[[], None]) -> None:
        """Bring this call into sight, and call `then` when its name has reached the screen; never if it goes before.

        One after the other: the newest of many that ring must not scroll another away that nobody has seen yet.
        """
        if call_id in self._keys:
            self._waiting[call_id] = then
            self._watch()

    def _watch(self) -> None:
        if self._waiting:
            self.reveal(next(iter(self._waiting)))
            if not self._is_watching:
                self._is_watching = True
                PaintWatch(self.viewport(), self._told, self._see)

    def _see(self) -> bool:
        """Who of those that are waited for is being painted."""
        area = self.viewport().rect()
        self._seen = [one for one in self._waiting if area.intersects(self.visualRect(self.index_of(one)))]
        return bool(self._seen)

    def _told(self) -> None:
        self._is_watching = False
        for then in [self._waiting.pop(one) for one in self._seen if one in self._waiting]:
            then()
        self._watch()

    def _clicked(self, index: QModelIndex) -> None:
        if isinstance(key := index.data(_LINE).key, UUID):
            self.picked.emit(key)

    def _stand(self, lines: Sequence[_Line]) -> None:
        """Give each its place, moving only what stands elsewhere."""
        before, wanted = self._keys, [line.key for line in lines]
        above = _how_many_alike(before, wanted)
        below = min(_how_many_alike(before[::-1], wanted[::-1]), min(len(before), len(wanted)) - above)
        self._keys = wanted
        self._rows.removeRows(above, len(before) - below - above)
        for row in range(above, len(wanted) - below):
            self._rows.insertRow(row, _write(QStandardItem(), lines[row]))


def _how_many_alike(some: Sequence[object], others: Sequence[object]) -> int:
    """From the start."""
    return next((at for at, (one, other) in enumerate(zip(some, others, strict=False)) if one != other),
                min(len(some), len(others)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    calls: tuple[Call, ...]


def _groups(calls: Sequence[Call]) -> tuple[_Group, _Group, _Group]:
    live = tuple(call for call in calls if call.state in LIVE)
    wrap_up = tuple(call for call in calls if _is_to_finish(call))
    others = tuple(call for call in reversed(calls) if call.state not in LIVE and not _is_to_finish(call))
    return _Group(_("On the phone"), live), _Group(_("To finish"), wrap_up), _Group(_("Rang only"), others)


def _is_to_finish(call: Call) -> bool:
    """Whoever was called and not reached did not ring here, and that he was not is worth a note."""
    return call.state in WRAP_UP or (call.state is CallState.MISSED and call.goes_out)


def _lines(groups: Sequence[_Group], selected: UUID | None) -> Iterator[_Line]:
    for number, group in enumerate(groups):
        if group.calls:
            yield _Line(number, f"{group.title} {len(group.calls)}")
        for call in group.calls:
            title, place = cut(wording.call_title(call)), cut(wording.call_place(call))
            yield _Line(call.id, title, place, _doubt(call), _written_at(call), call.id == selected)


def _doubt(call: Call) -> str:
    """Why the caller may be somebody else; "" if there is no reason."""
    return wording.verstat(call.ring.verstat)[1] if call.ring.may_be_spoofed else ""


def _written_at(call: Call) -> datetime | None:
    return call.saved_at if call.is_restored else None


def _write(item: QStandardItem, line: _Line) -> QStandardItem:
    """Nothing is written that stands there: a call that comes or goes leaves the others alone."""
    if item.data(_LINE) != line:
        item.setData(line, _LINE)
        item.setSizeHint(_HEADING if isinstance(line.key, int) else _CALL)
        item.setText("\n".join(part for part in (line.name, line.place) if part))
        set_tip(item, line.tip if line.place else "")
        item.setAccessibleDescription(line.beside)
    return item


class _Drawn(QStyledItemDelegate):
    """A heading in one line; a call in two: its name, then where it stands and for how long."""

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent)
        self._ink, self._quiet = QColor(tokens.ink), QColor(tokens.ink2)
        self._accent, self._surface = QColor(tokens.accent), QColor(tokens.surface)
        self._heading, self._small = Face(parent.font(), 12, QFont.Weight.DemiBold), Face(parent.font(), 12)
        self._name = Face(parent.font(), 14, QFont.Weight.Bold)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: Any = option.rect  # PySide says that getRect gives an object
        left, top, width, height = rect.getRect()
        line: _Line = index.data(_LINE)
        if isinstance(line.key, int):
            painter.setPen(self._quiet)
            self._heading.write(painter, (left, top, width, height), line.title, is_right=False)
            return
        if line.is_picked:
            self._frame(painter, left, top, width, height - _GAP)
        left, width = left + _SIDE, width - 2 * _SIDE
        painter.setPen(self._ink)
        self._name.write(painter, (left, top + 8, width, 22), line.name, is_right=False)
        self._below(painter, (left, top + 31, width, 18), line.place, index.data(CLOCK))

    def _below(self, painter: QPainter, area: tuple[int, int, int, int], place: str, clock: str) -> None:
        left, top, width, height = area
        painter.setPen(self._quiet)
        self._small.write(painter, area, clock, is_right=True)
        self._small.write(painter, (left, top, width - self._small.width(clock) - 6, height), place, is_right=False)

    def _frame(self, painter: QPainter, left: int, top: int, width: int, height: int) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._accent)
        painter.drawRoundedRect(left, top, width, height, _ROUND, _ROUND)
        painter.setBrush(self._surface)
        painter.drawRoundedRect(left + _BAR, top + 1, width - _BAR - 1, height - 2, _ROUND - 1, _ROUND - 1)
        painter.restore()
