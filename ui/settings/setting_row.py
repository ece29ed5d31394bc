"""One setting on the page: its label, its control, one line of help, who said it, and what is wrong with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.setting_words.key_words import KeyWords
from app.settings_draft import Lock, Said
from app.settings_layers import Origin
from app.words import _
from ui.plain_text import button, give_role, label, set_tip
from ui.settings.controls import Control, FlagControl


class SettingRow(QWidget):
    """Signals:
    edited: another value stands there.
    back: what counts without this user's word is wanted.
    """

    edited = Signal()
    back = Signal()

    def __init__(self, key: str, words: KeyWords, control: Control) -> None:
        super().__init__()
        self.key, self.words, self.control = key, words, control
        self._said, self._back = label("", "small"), button(_("Back to the default"), "quiet")
        self.fault = label("", "sign-bad")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self._lay_out()
        control.edited.connect(self.edited)
        self._back.clicked.connect(self.back)
        self._name()

    def show_said(self, said: Said) -> None:
        """A value with who said it; locked ones can be read, and nothing else."""
        self.control.show_value(said.value)
        self.show_origin(said)
        self.control.setEnabled(said.lock is None)
        self.show_back(said)

    def show_plain(self, *, is_locked: bool) -> None:
        """One of a list's, of which the list tells who said it."""
        self._said.setText("")
        self.control.setEnabled(not is_locked)
        self._back.hide()

    def show_back(self, said: Said) -> None:
        """The way back, where there is one."""
        self._back.setVisible(said.origin is Origin.USER and said.lock is None)

    def show_origin(self, said: Said) -> None:
        """Who said it, in words; what is built in needs none."""
        self._said.setText(origin_words(said))
        give_role(self._said, "locked" if said.lock is not None else "small")
        set_tip(self._said, str(said.where) if said.origin in (Origin.MACHINE, Origin.POLICY) else "")

    def show_fault(self, error: UserError | None) -> None:
        """What is wrong, in the words of a file's check."""
        self.fault.setText(f"▲ {error}" if error is not None else "")
        self.fault.setVisible(error is not None)
        self.control.field.setAccessibleDescription(str(error) if error is not None else self.words.help)

    def _name(self) -> None:
        field = self.control.field
        field.setAccessibleName(self.words.label)
        field.setAccessibleDescription(self.words.help)
        self._back.setAccessibleName(_("{setting}: back to the default").format(setting=self.words.label))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(top)
        if isinstance(self.control, FlagControl):
            top.addWidget(self.control, 1)
        else:
            top.addWidget(label(self.words.label, "setting", buddy_of=self.control.field), 1)
            column.addWidget(self.control)
        top.addWidget(self._said, 0, Qt.AlignmentFlag.AlignRight)
        top.addWidget(self._back)
        self._back.hide()
        if self.words.help:
            hint = label(self.words.help, "small")
            hint.setWordWrap(True)
            hint.setIndent(22 if isinstance(self.control, FlagControl) else 0)
            column.addWidget(hint)
        column.addWidget(self.fault)


def origin_words(said: Said) -> str:
    """Who said it."""
    if said.lock is Lock.MACHINE:
        return _("only IT can allow it")
    return {
        Origin.BUILT_IN: _("built in"),
        Origin.MACHINE: _("set by IT for this PC"),
        Origin.USER: _("set here"),
        Origin.ENVIRONMENT: _("set for this start"),
        Origin.COMMAND_LINE: _("set for this start"),
        Origin.POLICY: _("set by IT, locked"),
    }[said.origin]
