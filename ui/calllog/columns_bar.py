"""Which columns the list has: one box to tick for each."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.calllog.view import COLUMNS
from ui.calllog.words import titles
from ui.plain_text import without_mnemonic

_BESIDE = 5


class ColumnsBar(QWidget):
    """Signals: changed: others are ticked; there is always one.

    `chosen` are their names, in the list's order.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        named = titles()
        self._boxes = {name: QCheckBox(without_mnemonic(named[name])) for name in COLUMNS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, box in enumerate(self._boxes.values()):
            grid.addWidget(box, place // _BESIDE, place % _BESIDE)
            box.toggled.connect(self._on_box)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Those that are ticked."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def show_chosen(self, names: Sequence[str]) -> None:
        """Tick these, without saying that they changed."""
        for name, box in self._boxes.items():
            blocker = QSignalBlocker(box)
            box.setChecked(name in names)
            blocker.unblock()

    def _on_box(self) -> None:
        if not self.chosen:
            box = self.sender()
            if isinstance(box, QCheckBox):
                self.show_chosen([next(name for name, one in self._boxes.items() if one is box)])
            return
        self.changed.emit()
