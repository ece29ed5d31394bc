"""Python's collector of circles runs in Qt's thread alone: what it finds may be a widget or a font.

Left to itself it runs in whichever thread makes the next object; a widget that dies beside the thread that draws may
stop both for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class Collector(QObject):
    """From its making on; looks every second whether there is enough to collect, by Python's own thresholds."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()


def collect_if_due() -> None:
    """The oldest generation whose threshold is passed, and with it all younger ones."""
    counted, thresholds = gc.get_count(), gc.get_threshold()
    due = [age for age, (count, most) in enumerate(zip(counted, thresholds, strict=True)) if count > most]
    if due:
        gc.collect(due[-1])
