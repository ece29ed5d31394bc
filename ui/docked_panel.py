"""The pop on Wayland, where no program may place its windows or bring one forward: a panel that stays open.

It is mapped once, at the start, since a window that appears there may take the keyboard.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words import _
from ui.plain_text import label


def must_be_docked(platform: str) -> bool:
    """By Qt's name of the platform."""
    return platform.startswith("wayland")


class EmptyPanel(QFrame):
    """What the open panel shows while there is no call."""

    def __init__(self, window: QWidget, below: QWidget) -> None:
        super().__init__(window)
        self._window, self._below = window, below
        self.setObjectName("cover")
        words = label(_("No call. Keep this window open: on this desktop it can't come forward by itself."), "empty")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(words)
        self.hide()
        window.installEventFilter(self)

    def lie(self) -> None:
        """Over everything but the line of states."""
        self._fit()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and not self.isHidden():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.setGeometry(0, 0, self._window.width(), self._window.height() - self._below.height())
