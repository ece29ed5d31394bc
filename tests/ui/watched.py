"""A canary for text that is read as markup: a picture whose every opening is seen, a port that nobody may call.

The kernel is asked (inotify), since Qt opens files without Python's knowledge.
"""

import ctypes
import os
import socket
from pathlib import Path

from PySide6.QtGui import QColor, QImage

_IN_OPEN = 0x20


class WatchedFile:
    """A real PNG; `was_opened` tells whether anybody has opened it since it was last asked. Linux only."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "canary.png"
        picture = QImage(8, 8, QImage.Format.Format_RGB32)
        picture.fill(QColor("red"))
        assert picture.save(str(self.path))
        libc = ctypes.CDLL(None, use_errno=True)
        self._watch = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        added = libc.inotify_add_watch(self._watch, os.fsencode(self.path), _IN_OPEN)
        assert min(self._watch, added) >= 0, os.strerror(ctypes.get_errno())

    @property
    def was_opened(self) -> bool:
        try:
            return bool(os.read(self._watch, 4096))
        except BlockingIOError:
            return False

    def close(self) -> None:
        os.close(self._watch)


class WatchedPort:
    """A TCP port of loopback that listens and sees every connection."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.number: int = self._socket.getsockname()[1]

    @property
    def was_called(self) -> bool:
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()
