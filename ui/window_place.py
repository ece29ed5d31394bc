"""A window's remembered place on the screens that are there; on unknown ones it comes where the pointer is.

Never off the screen, whatever was unplugged. Wayland lets no program choose a place: there the size alone is kept.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QWidget

from app.window_places import WindowPlaces

_SETTLED_MS, _SAVE_AFTER_MS = 1000, 400
_FRAME = 40  # px of a window manager's title bar, which must stay within reach


class Room(NamedTuple):
    """A screen: its whole, and what task bars leave of it."""

    name: str
    whole: QRect
    free: QRect


class Surroundings:
    """The screens and the pointer as they are now; off-screen there are none."""

    def rooms(self) -> Sequence[Room]:
        if QGuiApplication.platformName() == "offscreen":
            return []
        return [Room(one.name(), one.geometry(), one.availableGeometry()) for one in QGuiApplication.screens()]

    def pointer(self) -> QPoint:
        return QCursor.pos()


class OtherScreen(Surroundings):
    """What is looked at is another screen than that of this widget, where there is one."""

    def __init__(self, beside: QWidget) -> None:
        self._beside = beside

    def pointer(self) -> QPoint:
        own = self._beside.screen()
        others = (one for one in QGuiApplication.screens() if one is not own)
        return next((one.geometry().center() for one in others), super().pointer())


class WindowPlace(QObject):
    """Puts one window where it belongs before it is shown, and whenever the screens change; keeps where it is moved."""

    def __init__(self, window: QWidget, name: str, places: WindowPlaces, around: Surroundings | None = None) -> None:
        super().__init__(window)
        self._window, self._name, self._places = window, name, places
        self._around = around or Surroundings()
        self._layout = ""
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._keep_soon = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._keep_soon.timeout.connect(self.keep)
        self._screens_soon = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._screens_soon.timeout.connect(self.put)
        window.installEventFilter(self)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        for changed in (application.screenAdded, application.screenRemoved, application.primaryScreenChanged):
            changed.connect(self._screens_soon.start)
        self.put()

    def put(self) -> None:
        """Where it belongs on the screens that are there now."""
        rooms = self._around.rooms()
        if not rooms or self._window.isFullScreen():
            return
        self._layout = layout_of(rooms)
        known = self._places.of(self._name, self._layout)
        wished = QRect(*known) if known else self._beside_the_pointer(rooms)
        self._settled.start()
        self._window.setGeometry(within(wished, rooms))

    def keep(self) -> None:
        """The operator has put it there."""
        box = self._window.geometry()
        self._places.remember(self._name, self._layout, (box.x(), box.y(), box.width(), box.height()))

    def _beside_the_pointer(self, rooms: Sequence[Room]) -> QRect:
        """In the middle of the screen that is looked at, as large as the window is."""
        box = QRect(QPoint(), self._window.size())
        box.moveCenter(self._looked_at(rooms).free.center())
        return box

    def _looked_at(self, rooms: Sequence[Room]) -> Room:
        pointer = self._around.pointer()
        return next((one for one in rooms if one.whole.contains(pointer)), rooms[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show:
            self._settled.start()
            if self._stands_wrong():
                self.put()
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize) and self._is_moved_by_hand():
            self._keep_soon.start()
        return super().eventFilter(watched, event)

    def _stands_wrong(self) -> bool:
        """Asked at a ring, so no window is moved that need not be."""
        rooms = self._around.rooms()
        if not rooms:
            return False
        if layout_of(rooms) != self._layout:
            return True
        if self._places.of(self._name, self._layout) is not None:
            return False
        return not self._looked_at(rooms).whole.contains(self._window.geometry().center())

    def _is_moved_by_hand(self) -> bool:
        """Not by us, and not by the window manager when it first frames the window."""
        is_plain = not (self._window.isMinimized() or self._window.isMaximized() or self._window.isFullScreen())
        is_new = not (self._settled.isActive() or self._keep_soon.isActive())
        return self._window.isVisible() and is_plain and is_new


def layout_of(rooms: Sequence[Room]) -> str:
    """The same for the same screens at the same places, in whatever order they are told."""
    told = [f"{one.name} {one.whole.x()},{one.whole.y()} {one.whole.width()}x{one.whole.height()}" for one in rooms]
    return " | ".join(sorted(told))


def within(wished: QRect, rooms: Sequence[Room]) -> QRect:
    """The nearest box that lies on one screen, its title bar too."""
    room = max(rooms, key=lambda one: _area(one.free.intersected(wished))).free.adjusted(0, _FRAME, 0, 0)
    box = QRect(wished.topLeft(), wished.size().boundedTo(room.size()))
    box.moveLeft(max(room.left(), min(box.left(), room.right() - box.width() + 1)))
    box.moveTop(max(room.top(), min(box.top(), room.bottom() - box.height() + 1)))
    return box


def _area(box: QRect) -> int:
    return box.width() * box.height() if box.isValid() else 0
