"""The control that fits a setting's kind: each shows a value as the settings have it, and gives it back."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QPlainTextEdit, QWidget

from app.choices import Choice
from app.setting_words.key_words import KeyWords
from app.words import _
from ui.choice_field import ChoiceField, FreeField
from ui.keys import is_ours
from ui.line_field import LineField
from ui.plain_text import button, label, without_mnemonic

_WIDE, _MIDDLE, _NARROW = 460, 320, 96
_FIELD = 1000  # of the room, until it is as wide as it wants to be
_KEY = "="  # before a value, since a field's "" means that nothing is chosen
FILES = {"password_file": "", "ca_file": "*.pem *.crt *.cer", "certificate": "*.pem", "sound": "*.wav"}
"""Settings that name a file, and what such files are called."""


class Control(QWidget):
    """`field` is what the keyboard goes to.

    Signals:
        edited: another value stands here now.
    """

    edited = Signal()

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self.field = field
        self.setFocusProxy(field)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(field, _FIELD)
        self._row.addStretch(1)

    @property
    def value(self) -> Any:
        """What stands here."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """This one, telling nobody."""
        raise NotImplementedError


class FlagControl(Control):
    """On or off; its own words stand beside it."""

    def __init__(self, words: str) -> None:
        self._box = QCheckBox(without_mnemonic(words))
        super().__init__(self._box)
        self._box.clicked.connect(self.edited)

    @property
    def value(self) -> bool:
        return self._box.isChecked()

    def show_value(self, value: Any) -> None:
        self._box.setChecked(bool(value))


class ChoiceControl(Control):
    """One of a few, in words."""

    def __init__(self, choices: Mapping[str, str]) -> None:
        self._list = ChoiceField()
        super().__init__(self._list)
        self._list.setMaximumWidth(_WIDE)
        self._list.offer([Choice(_KEY + value, (words,)) for value, words in choices.items()])
        self._list.changed.connect(self.edited)

    @property
    def value(self) -> str:
        return self._list.key.removeprefix(_KEY)

    def show_value(self, value: Any) -> None:
        self._list.choose(_KEY + str(value))


class NameControl(Control):
    """One of the names that other settings have, or another one."""

    def __init__(self, names: Sequence[str]) -> None:
        self._list = FreeField()
        super().__init__(self._list)
        self._list.setMaximumWidth(_MIDDLE)
        self._list.offer([Choice(one, (one,)) for one in names if one])
        self._list.changed.connect(self.edited)

    @property
    def value(self) -> str:
        return self._list.words

    def show_value(self, value: Any) -> None:
        if self._list.words != value:
            self._list.choose(str(value))


class LineControl(Control):
    """One line of text."""

    def __init__(self, width: int = _WIDE) -> None:
        self._line = LineField()
        super().__init__(self._line)
        self._line.setMaximumWidth(width)
        self._line.textEdited.connect(lambda _text: self.edited.emit())

    @property
    def value(self) -> Any:
        return self._line.text()

    def show_value(self, value: Any) -> None:
        if self._line.text() != str(value):
            self._line.setText(str(value))
            self._line.setCursorPosition(0)


class NumberControl(LineControl):
    """A whole number with its unit; what is none stays as it was typed, and is refused as in a file."""

    def __init__(self, unit: str) -> None:
        super().__init__(_NARROW)
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._row.insertWidget(1, label(unit, "small"))

    @property
    def value(self) -> int | str:
        text = self._line.text().strip()
        return int(text) if text.isascii() and text.removeprefix("-").isdigit() else text


class FileControl(LineControl):
    """A path, typed or looked for."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self._pattern = pattern
        self._look = button(_("Choose…"))
        self._row.insertWidget(1, self._look)
        self._look.clicked.connect(self._choose)

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if self._pattern:
            dialog.setNameFilters([f"{self._pattern} ({self._pattern})", _("All files") + " (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self._line.setText(path)
        self.edited.emit()


class _LongText(QPlainTextEdit):
    """Tab leads on, and the program's own keys stay its own."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setObjectName("setting")
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 26)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_ours(event):
            event.ignore()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(_WIDE, self.height())


class TextControl(Control):
    """A text of several lines."""

    def __init__(self, lines: int = 5) -> None:
        self._text = _LongText(lines)
        super().__init__(self._text)
        self._text.setMaximumWidth(_WIDE)
        self._is_filling = False
        self._text.textChanged.connect(self._changed)

    @property
    def value(self) -> Any:
        return self._text.toPlainText()

    def show_value(self, value: Any) -> None:
        if self.value != value:
            self._is_filling = True
            self._text.setPlainText(self._written(value))
            self._is_filling = False

    def _written(self, value: Any) -> str:
        return str(value)

    def _changed(self) -> None:
        if not self._is_filling:
            self.edited.emit()


class LinesControl(TextControl):
    """A list, one entry per line; empty lines are none."""

    def __init__(self) -> None:
        super().__init__(3)

    @property
    def value(self) -> tuple[str, ...]:
        return tuple(one.strip() for one in self._text.toPlainText().splitlines() if one.strip())

    def _written(self, value: Any) -> str:
        return "\n".join(value)


def control_for(key: str, hint: Any, words: KeyWords, names: Sequence[str] | None = None) -> Control:
    """`names`: what other settings are called, where this one may name one of them."""
    if hint is bool:
        return FlagControl(words.label)
    if hint is int:
        return NumberControl(words.unit)
    if get_origin(hint) is tuple and get_args(hint):
        return LinesControl()
    return ChoiceControl(words.choices) if words.choices else _for_text(key, names)


def _for_text(key: str, names: Sequence[str] | None) -> Control:
    if names is not None:
        return NameControl(names)
    if key in FILES:
        return FileControl(FILES[key])
    return TextControl() if key == "text" else LineControl()
