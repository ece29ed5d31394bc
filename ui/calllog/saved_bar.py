"""Filters under names: one is chosen, what is set is saved, one is forgotten. All in place, without a dialog."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.words import _
from ui.line_field import LineField
from ui.plain_text import button, cut


class SavedBar(QWidget):
    """Signals: chosen, saved, forgotten: a name."""

    chosen = Signal(str)
    saved = Signal(str)
    forgotten = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._list, self._name = QComboBox(), LineField()
        self._save, self._keep, self._forget = (
            button(_("Save these filters"), "quiet"),
            button(_("Save under this name")),
            button(""),
        )
        self._forget.setText(_("Forget"))
        self._lay_out()
        self.offer(())

    def offer(self, names: Iterable[str], chosen: str = "") -> None:
        """What was saved; `chosen` is what is set."""
        blocker = QSignalBlocker(self._list)
        self._list.clear()
        self._list.addItem(_("saved filters"), "")
        for name in names:
            self._list.addItem(cut(name, 40), name)
        self._list.setCurrentIndex(max(0, self._list.findData(chosen)))
        blocker.unblock()
        self._fold()

    def is_other(self) -> None:
        """What is set is not what was saved any more."""
        blocker = QSignalBlocker(self._list)
        self._list.setCurrentIndex(0)
        blocker.unblock()
        self._fold()

    def _fold(self) -> None:
        self._list.setVisible(self._list.count() > 1)
        for one in (self._name, self._keep):
            one.hide()
        self._save.show()
        self._forget.setVisible(self._list.currentIndex() > 0)

    def _on_save(self) -> None:
        for one in (self._name, self._keep):
            one.show()
        self._save.hide()
        self._name.setText(str(self._list.currentData() or ""))
        self._name.setFocus()

    def _on_keep(self) -> None:
        if name := self._name.text().strip():
            self.saved.emit(name)

    def _on_choice(self) -> None:
        self._fold()
        if name := self._list.currentData():
            self.chosen.emit(str(name))

    def _lay_out(self) -> None:
        self._list.setAccessibleName(_("Saved filters"))
        self._name.setPlaceholderText(_("Name of these filters"))
        self._name.setAccessibleName(_("Name of these filters"))
        self._name.setMaxLength(100)
        self._name.setFixedWidth(180)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for one in (self._list, self._save, self._name, self._keep, self._forget):
            row.addWidget(one)
        self._list.currentIndexChanged.connect(lambda _index: self._on_choice())
        self._save.clicked.connect(self._on_save)
        self._keep.clicked.connect(self._on_keep)
        self._name.returnPressed.connect(self._on_keep)
        self._forget.clicked.connect(lambda: self.forgotten.emit(str(self._list.currentData())))
