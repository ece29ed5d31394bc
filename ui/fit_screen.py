"""How big a window may be: at 200 % a screen has half as many of our pixels."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

_FRAME = 40  # px of a window manager's title bar


def fitting(wished: QSize) -> QSize:
    """As wished, or what the screen has room for; off-screen there is none to fit."""
    if QGuiApplication.platformName() == "offscreen":
        return wished
    return (QGuiApplication.primaryScreen().availableSize() - QSize(0, _FRAME)).boundedTo(wished)
