"""One of five: buttons side by side, chosen with the arrow keys, a digit or a click."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ui.plain_text import button

_LEVELS = range(1, 6)


class LevelRow(QWidget):
    """`names` of levels stand beside their digits; `told` is what a screen reader says of a level.

    Signals:
        entered: Enter on one of them.
        chosen: the operator has chosen one.
    """

    entered = Signal()
    chosen = Signal()

    def __init__(self, names: Mapping[int, str], told: Callable[[int], str]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for level in _LEVELS:
            one = button(f"{level} {names[level]}" if level in names else str(level), "choice")
            one.setCheckable(True)
            one.setAccessibleName(told(level))
            one.installEventFilter(self)
            self._group.addButton(one, level)
            row.addWidget(one, 2 if level in names else 1)
        self._group.idClicked.connect(lambda _level: self.chosen.emit())
        self.choose(0)

    @property
    def level(self) -> int:
        """What is chosen, 0 for nothing."""
        return max(self._group.checkedId(), 0)

    def choose(self, level: int) -> None:
        """Show this one, 0 for none; the keyboard comes to it by Tab."""
        self._group.setExclusive(False)
        for one in self._group.buttons():
            one.setChecked(self._group.id(one) == level)
        self._group.setExclusive(True)
        self.setFocusProxy(self._group.button(level or _LEVELS[0]))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.entered.emit()
                return True
            if event.text() in tuple("12345"):
                self.choose(int(event.text()))
                self.setFocus()
                self.chosen.emit()
                return True
        return False
