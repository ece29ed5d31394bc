"""A child that lies over a part of its window: no window manager can activate it, or leave it behind."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QFrame, QWidget

_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest)


class Overlay(QFrame):
    """Follows `followed` as long as it is shown; hidden it costs nothing, since it then hears no event."""

    def __init__(self, window: QWidget, followed: QWidget, place: Callable[[], QRect]) -> None:
        super().__init__(window)
        self._followed, self._place = followed, place
        self.hide()

    @property
    def is_on(self) -> bool:
        """Whether it lies there, even while the window itself is out of sight."""
        return not self.isHidden()

    def lie(self) -> None:
        """Over everything that is shown now."""
        self._followed.installEventFilter(self)
        self.fit()
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Not by hideEvent, which also comes while everything is being destroyed."""
        self._followed.removeEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Take the place that it is to have now."""
        self.setGeometry(self._place())


def above(window: QWidget, foot: QWidget | None, beside: QWidget | None = None) -> QRect:
    """All of the window above its foot, and right of `beside`, where there are such."""
    left, below = (beside.width() if beside is not None else 0), (foot.height() if foot is not None else 0)
    return QRect(left, 0, window.width() - left, window.height() - below)
