"""Tells when a paint has really reached the screen: after the paint cycle and, on X11, one round trip."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


class PaintWatch(QObject):
    """Calls `then` once, after the next paint of `widget` has been flushed, where `is_drawn` says that it counts."""

    def __init__(self, widget: QWidget, then: Callable[[], None], is_drawn: Callable[[], bool] = lambda: True) -> None:
        super().__init__(widget)
        self._widget = widget
        self._then, self._is_drawn = then, is_drawn
        self._is_due = False
        widget.installEventFilter(self)
        widget.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The filter runs before the paint; paint and flush are one event, so the next turn comes after both.
        if event.type() == QEvent.Type.Paint and not self._is_due and self._is_drawn():
            self._is_due = True
            QTimer.singleShot(0, self._tell)
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        self._widget.removeEventFilter(self)
        wait_for_display()
        self._then()
        self.deleteLater()


def wait_for_display() -> None:
    """On X11 wait for one reply of the server, which handles requests in order; elsewhere return at once."""
    application = QGuiApplication.instance()
    if sys.platform.startswith("linux") and QGuiApplication.platformName() == "xcb" and application is not None:
        connection = ctypes.c_void_p(application.nativeInterface().connection())  # type: ignore[attr-defined]
        xcb = _xcb()
        reply = xcb.xcb_get_input_focus_reply(connection, xcb.xcb_get_input_focus(connection), None)
        _libc().free(ctypes.c_void_p(reply))


@cache
def _xcb() -> Any:
    library = ctypes.CDLL("libxcb.so.1")
    library.xcb_get_input_focus.restype = ctypes.c_uint
    library.xcb_get_input_focus_reply.restype = ctypes.c_void_p
    library.xcb_get_input_focus_reply.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p]
    return library


@cache
def _libc() -> Any:
    return ctypes.CDLL(None)
