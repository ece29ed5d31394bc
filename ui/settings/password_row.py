"""A password on the page: typed, never shown, and put into the keyring alone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.errors import UserError
from app.trying import Trying
from app.words import _
from ui.line_field import LineField
from ui.plain_text import button, give_role, label

_FIELD = 300


class PasswordRow(QWidget):
    """What is typed counts for a try, too, before it is kept.

    Signals:
        kept: the keyring has another one, or none, under this name.
    """

    kept = Signal(str)

    def __init__(self, trying: Trying) -> None:
        super().__init__()
        self._trying, self._name, self._asked = trying, "", 0
        self.field = LineField()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaximumWidth(_FIELD)
        self.field.setAccessibleName(_("Password"))
        self.keep, self.remove = button(_("Put into the keyring")), button(_("Remove"), "quiet")
        self.said = label("", "small")
        self.said.setWordWrap(True)
        self._lay_out()
        self.keep.clicked.connect(self._keep)
        self.field.returnPressed.connect(self._keep)
        self.remove.clicked.connect(lambda: self._put(""))
        self.field.textChanged.connect(self._show_buttons)
        self._show_buttons()

    @property
    def typed(self) -> str:
        """What stands there and has not been kept."""
        return self.field.text()

    def stand_for(self, name: str, *, is_enabled: bool = True) -> None:
        """Whose password this is; asks whether there is one."""
        if name != self._name:
            self._name = name
            self.field.clear()
            self.remove.hide()
            self._ask()
        self.field.setEnabled(is_enabled and bool(name))
        self._show_buttons()

    def _ask(self) -> None:
        self._asked += 1
        asked = self._asked
        self._say("")
        if self._name:
            self._trying.password(self._name, lambda told: self._told(asked, told))

    def _keep(self) -> None:
        if self.keep.isEnabled():
            self._put(self.field.text())

    def _put(self, password: str) -> None:
        self._asked += 1
        asked = self._asked
        self._say(_("The keyring may ask you to unlock it…"))
        self._trying.keep(self._name, password, lambda told: self._kept(asked, told))

    def _kept(self, asked: int, told: bool | UserError) -> None:
        if isValid(self) and asked == self._asked and not isinstance(told, UserError):
            self.field.clear()
            self.kept.emit(self._name)
        self._told(asked, told)

    def _told(self, asked: int, told: bool | UserError) -> None:
        if not isValid(self) or asked != self._asked:
            return
        if isinstance(told, UserError):
            self._say(f"▲ {told}", "warning")
            return
        self._say(_("The keyring holds it.") if told else _("The keyring holds none yet."))
        self.remove.setVisible(told)

    def _say(self, words: str, role: str = "small") -> None:
        give_role(self.said, role)
        self.said.setText(words)

    def _show_buttons(self) -> None:
        self.keep.setEnabled(bool(self._name) and bool(self.field.text()) and self.field.isEnabled())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1000)
        row.addWidget(self.keep)
        row.addWidget(self.remove)
        row.addStretch(1)
        self.remove.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(label(_("Password"), "setting", buddy_of=self.field))
        column.addLayout(row)
        column.addWidget(self.said)
