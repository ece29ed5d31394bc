"""What the live board's windows show: asked every few seconds while one of them can be seen, and never otherwise."""

from datetime import datetime, timedelta
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.error_words import error_words
from app.live.live_desk import LiveDesk, LiveNow
from app.words import _
from ui import wording

LOOK_MS, TICK_MS = 5_000, 1_000


class LiveFeed(QObject):
    """`now` is the last look; clocks run on from it by the time that has passed since.

    Signals:
        changed: there is another look, or none could be had.
        ticked: a second has passed.
    """

    changed = Signal()
    ticked = Signal()

    def __init__(self, live: LiveDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._live = live
        self._watchers: list[QWidget] = []
        self._heard_at = monotonic()
        self._is_asking = False
        self.now: LiveNow | None = None
        self.trouble = ""
        self._looks, self._ticks = QTimer(self, interval=LOOK_MS), QTimer(self, interval=TICK_MS)
        self._looks.timeout.connect(self._on_look)
        self._ticks.timeout.connect(self.ticked)

    def watch(self, watcher: QWidget) -> None:
        """Somebody shows it."""
        self._watchers.append(watcher)

    def begin(self) -> None:
        """A watcher has come to the screen."""
        for timer in (self._looks, self._ticks):
            if not timer.isActive():
                timer.start()
        self._look()

    @property
    def at(self) -> datetime | None:
        """The moment that clocks are to show."""
        if self.now is None or self.trouble:  # who can't be asked may have done something else since
            return self.now.at if self.now else None
        return self.now.at + timedelta(seconds=monotonic() - self._heard_at)

    def _on_look(self) -> None:
        if any(one.isVisible() and not one.window().isMinimized() for one in self._watchers):
            self._look()
        elif not any(one.isVisible() for one in self._watchers):
            self._looks.stop()
            self._ticks.stop()

    def _look(self) -> None:
        """A look that takes long is waited for: no second one beside it."""
        if not self._is_asking:
            self._is_asking = True
            self._live.look(self._told, self._failed)

    def _told(self, now: LiveNow) -> None:
        self._is_asking, self.now, self.trouble, self._heard_at = False, now, "", monotonic()
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._is_asking, self.trouble = False, error_words(error)
        if self.now is not None:
            as_of = _("As of {when}.").format(when=wording.clock_time(self.now.at))
            self.trouble = f"{self.trouble} {as_of}"
        self.changed.emit()
