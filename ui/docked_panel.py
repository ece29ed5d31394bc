"""The pop on Wayland, where no program may place its windows or bring one forward: a panel that stays open.

It is mapped once, at the start, since a window that appears there may take the keyboard.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import _
from ui.overlay import Overlay, above
from ui.plain_text import label


def must_be_docked(platform: str) -> bool:
    """By Qt's name of the platform."""
    return platform.startswith("wayland")


class EmptyPanel(Overlay):
    """What the open panel shows while there is no call."""

    def __init__(self, window: QWidget, below: QWidget) -> None:
        super().__init__(window, window, lambda: above(window, below))
        self.setObjectName("cover")
        words = label(_("No call. Keep this window open: on this desktop it can't come forward by itself."), "empty")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(words)
