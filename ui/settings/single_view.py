"""One group of single settings: a column of rows."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.setting_faults import Fault
from app.setting_words.groups import keys_of
from app.setting_words.key_words import KeyWords
from app.settings_draft import SettingsDraft
from app.settings_tables import hints_of
from ui.settings.controls import control_for
from ui.settings.setting_row import SettingRow

_ROLES = ("operator", "supervisor", "administrator")


class SingleView(QWidget):
    """Signals:
    edited: the draft says something else now.
    """

    edited = Signal()

    def __init__(self, table: str, draft: SettingsDraft, *, is_whole: bool) -> None:
        super().__init__()
        self._table, self._draft = table, draft
        self.rows: list[SettingRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 16, 16)
        self._column.setSpacing(18)
        hints = hints_of(table)
        for key, words in keys_of(table, is_whole=is_whole).items():
            self._add(key, hints[key], words)
        self.show_draft()

    def add_below(self, widget: QWidget) -> None:
        """Something that belongs to the group."""
        self._column.insertWidget(len(self.rows), widget)

    def show_draft(self) -> None:
        """All values as they stand now."""
        for row in self.rows:
            row.show_said(self._draft.said(self._table, row.key))

    def show_faults(self, faults: list[Fault]) -> None:
        """Each at its field."""
        by_key = {one.key: one.error for one in faults if one.table == self._table}
        for row in self.rows:
            row.show_fault(by_key.get(row.key))

    def narrow(self, keys: set[str] | None) -> None:
        """Only these; None: all."""
        for row in self.rows:
            row.setVisible(keys is None or row.key in keys)

    def go_to(self, fault: Fault) -> None:
        """The field that is wrong."""
        for row in self.rows:
            if row.key == fault.key:
                row.control.setFocus()

    def _add(self, key: str, hint: Any, words: KeyWords) -> None:
        allowed = self._allowed(key, words)
        row = SettingRow(key, allowed, control_for(key, hint, allowed, self._names(key)))
        row.edited.connect(lambda: self._edited(row))
        row.back.connect(lambda: self._reset(row))
        self.rows.append(row)
        self._column.addWidget(row)

    def _allowed(self, key: str, words: KeyWords) -> KeyWords:
        """A role that is more than IT gives is no choice."""
        most = self._draft.most_role
        if key != "role" or not most:
            return words
        allowed = ("", *_ROLES[: _ROLES.index(most) + 1])
        return replace(words, choices={role: words.choices[role] for role in allowed})

    def _names(self, key: str) -> list[str] | None:
        return [one.name for one in self._draft.saved.sources] if key == "dial_with" else None

    def _edited(self, row: SettingRow) -> None:
        self._draft.say(self._table, row.key, row.control.value)
        said = self._draft.said(self._table, row.key)
        row.show_origin(said)
        row.show_back(said)
        self.edited.emit()

    def _reset(self, row: SettingRow) -> None:
        self._draft.reset(self._table, row.key)
        row.show_said(self._draft.said(self._table, row.key))
        row.control.setFocus()
        self.edited.emit()
