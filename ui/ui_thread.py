"""The way into the Qt thread: whatever another thread posts here runs there, in order, as a queued call.

Between slices of work Qt gets its turn: a flood of calls must not keep keys, paints and timers waiting.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

SLICE = 0.008  # seconds: half a frame


class UiThread(QObject):
    """Lives in the Qt thread; `post` may be called from anywhere and returns at once.

    Signals:
        _posted: there is something to do, always queued.
    """

    _posted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._jobs: deque[tuple[Callable[..., object], tuple[Any, ...]]] = deque()
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._work)
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, fn: Callable[..., object], *args: Any) -> None:
        """Run `fn(*args)` in the Qt thread, in the order of posting."""
        self._jobs.append((fn, args))
        self._posted.emit()

    def later(self, milliseconds: int, fn: Callable[[], object]) -> None:
        """Run `fn` in the Qt thread after a while; to be called in the Qt thread."""
        timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(fn)
        timer.timeout.connect(timer.deleteLater)
        timer.start(milliseconds)

    @Slot()
    def _run(self) -> None:
        if not self._pause.isActive():
            self._work()

    def _work(self) -> None:
        """Until all is done or the slice is over. Qt runs queued calls back to back: only a timer lets others in."""
        over = time.monotonic() + SLICE
        try:
            while self._jobs:
                fn, args = self._jobs.popleft()
                fn(*args)
                if time.monotonic() > over:
                    break
        finally:
            if self._jobs:
                self._pause.start()
