"""Two or three choices side by side, one of them chosen: by click or Space; the arrow keys go from one to the next."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from ui.plain_text import button


class ChoiceButtons(QWidget):
    """Signals: chosen, the key of another one."""

    chosen = Signal(str)

    def __init__(self, choices: Iterable[tuple[str, str]], key: str) -> None:
        super().__init__()
        self._group, self._keys = QButtonGroup(self), list[str]()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number, (one, words) in enumerate(choices):
            made = button(words, "choice")
            made.setCheckable(True)
            made.setChecked(one == key)
            made.setMinimumWidth(made.sizeHint().width() + 16)
            self._keys.append(one)
            self._group.addButton(made, number)
            row.addWidget(made)
        row.addStretch(1)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._keys[number]))

    @property
    def buttons(self) -> list[QAbstractButton]:
        """In their order."""
        return self._group.buttons()

    @property
    def key(self) -> str:
        """Of the one that is chosen."""
        return self._keys[self._group.checkedId()]
