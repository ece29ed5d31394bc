"""The one crossing into Qt: any thread posts a callable, the Qt thread runs it.

Only frozen values and callables cross.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot


class UiThread(QObject):
    """Lives in the Qt thread; `post` may be called from anywhere and returns at once.

    Signals:
        _posted: a callable and its arguments, always queued.
    """

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, fn: Callable[..., object], *args: Any) -> None:
        """Run `fn(*args)` in the Qt thread, in the order of posting."""
        self._posted.emit((fn, args))

    def later(self, milliseconds: int, fn: Callable[[], object]) -> None:
        """Run `fn` in the Qt thread after a while; to be called in the Qt thread."""
        timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(fn)
        timer.timeout.connect(timer.deleteLater)
        timer.start(milliseconds)

    @Slot(object)
    def _run(self, job: tuple[Callable[..., object], tuple[Any, ...]]) -> None:
        fn, args = job
        fn(*args)
