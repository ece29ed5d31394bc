"""A complaint is given to another: to whom, and why, in place; Enter goes on, Escape puts it away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.choices import Choice
from app.words import _
from ui.choice_field import ChoiceField
from ui.line_field import LineField
from ui.plain_text import cut_label

_NOBODY = "*"  # no login is like that


class HandoverForm(QWidget):
    """Who takes it from somebody says why.

    Signals:
        wished: a login, "" for nobody, and the reason.
        left: Escape.
    """

    wished = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before = ""
        self.to, self.why, self.told = ChoiceField(), LineField(), cut_label("warning")
        self.to.setAccessibleName(_("Give to"))
        self.to.setPlaceholderText(_("Give to"))
        self.why.setAccessibleName(_("Why, for the record"))
        self.why.setPlaceholderText(_("Why, for the record"))
        self.to.changed.connect(self._go_on)
        self.to.entered.connect(self._go_on)
        self.why.returnPressed.connect(self._wish)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self.to, 0, 0)
        grid.addWidget(self.why, 0, 1)
        grid.addWidget(self.told, 1, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.hide()

    def begin(self, handler: str, operators: Sequence[tuple[str, str]]) -> None:
        """`handler` has it now."""
        self._before = handler
        nobody = Choice(_NOBODY, (_("nobody"),), _NOBODY)
        self.to.offer([*(Choice(login, (name,), login) for login, name in operators), nobody])
        self.to.choose(handler or _NOBODY)
        self.why.clear()
        self._say("")
        self.show()
        self.to.setFocus(Qt.FocusReason.OtherFocusReason)
        self.to.open_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        if self.isVisible():
            self._say("")
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wish(self) -> None:
        if self.why.preedit:
            return
        login, why = "" if self.to.key == _NOBODY else self.to.key, self.why.text().strip()
        if login == self._before:
            self._say(_("He has it already: choose another."))
            self.to.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._before and not why:
            self._say(_("Say why it is given away."))
        else:
            self.hide()
            self.wished.emit(login, why)

    def _say(self, words: str) -> None:
        self.told.setText(f"▲ {words}" if words else "")
        self.told.setVisible(bool(words))
