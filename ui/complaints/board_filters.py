"""Which complaints a supervisor wants to see: how grave, whose, about what; each choice says how many are open."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from app.complaint_board import BoardChoice, BoardChoices
from app.words import _
from ui.plain_text import button

_ALL, _GRAVEST = 0, 5


class BoardFilters(QWidget):
    """Signals: changed, another choice was made."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.severity, self.handler, self.product = QComboBox(), QComboBox(), QComboBox()
        self.category, self.cause = QComboBox(), QComboBox()
        self._clear = button(_("Show all"), "link")
        for box, words, name in (
            (self.severity, _("Any severity"), _("Severity")),
            (self.handler, _("Any handler"), _("Handler")),
            (self.product, _("Any product"), _("Product")),
            (self.category, _("Any category"), _("Category")),
            (self.cause, _("Any cause"), _("Cause")),
        ):
            box.addItem(words, None)
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for level in range(_GRAVEST, 0, -1):
            self.severity.addItem(_("severity {level}").format(level=level), level)
        self._lay_out()
        for box in self._boxes:
            box.currentIndexChanged.connect(self._on_changed)
        self._clear.clicked.connect(self.clear)

    @property
    def is_any(self) -> bool:
        """Whether nothing is asked for."""
        return all(box.currentIndex() == _ALL for box in self._boxes)

    def offer(self, choices: BoardChoices) -> None:
        """These from now on; what is chosen stays."""
        _offer(self.handler, choices.handlers, _("nobody"))
        _offer(self.product, choices.products, _("no product"))
        _offer(self.category, choices.categories, "—")
        _offer(self.cause, choices.causes, _("no cause yet"))

    def clear(self) -> None:
        """Everything is wanted again."""
        for box in self._boxes:
            box.blockSignals(True)
            box.setCurrentIndex(_ALL)
            box.blockSignals(False)
        self._on_changed()

    @property
    def _boxes(self) -> tuple[QComboBox, ...]:
        return self.severity, self.handler, self.product, self.category, self.cause

    def _on_changed(self) -> None:
        self._clear.setVisible(not self.is_any)
        self.changed.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box in self._boxes:
            row.addWidget(box, 1)
        row.addWidget(self._clear)
        self._clear.hide()


def _offer(box: QComboBox, choices: Sequence[BoardChoice], none: str) -> None:
    chosen = box.currentData()
    box.blockSignals(True)
    while box.count() > 1:
        box.removeItem(1)
    for one in choices:
        name = one.name or one.value or none
        box.addItem(_("{name} ({n})").format(name=name, n=one.opened) if one.opened else name, one.value)
    box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else _ALL)
    box.blockSignals(False)
