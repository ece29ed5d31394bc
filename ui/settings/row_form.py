"""The form of one table that may stand several times: its own keys alone, what is seldom needed folded away."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.setting_faults import Fault
from app.setting_rows import of_kind, value_in, with_value
from app.setting_words.groups import is_seldom, keys_of
from app.settings_draft import Said
from app.settings_layers import Origin
from app.settings_tables import hints_of
from app.words import _
from ui.plain_text import button, set_text
from ui.settings.controls import control_for
from ui.settings.setting_row import SettingRow

_SPACE = 18
Names = Callable[[str], Sequence[str] | None]
"""What other settings are called, where a key may name one of them."""


class RowForm(QWidget):
    """Built anew for another kind of source. `row` is what stands there.

    Signals:
        edited: the row says something else now.
        shown: another row, or another word of it, stands there.
        built: its fields are new ones.
    """

    edited = Signal()
    shown = Signal()
    built = Signal()

    def __init__(self, table: str, names: Names, *, is_whole: bool) -> None:
        super().__init__()
        self._table, self._names, self._is_whole = table, names, is_whole
        self.row: Mapping[str, Any] = {}
        self._kind, self._is_open, self._is_locked = "", False, False
        self._only: set[str] | None = None
        self.rows: list[SettingRow] = []
        self._others: list[QWidget] = []
        self.more = button("", "quiet")
        self._first, self._between, self._seldom = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(_SPACE)
        column.addLayout(self._first)
        column.addLayout(self._between)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._seldom)
        for one in (self._first, self._between, self._seldom):
            one.setSpacing(_SPACE)
        self.more.clicked.connect(self._fold)

    def show_row(self, row: Mapping[str, Any], *, is_locked: bool) -> None:
        """Another one."""
        self.row, self._is_locked = row, is_locked
        kind = str(row.get("kind", "sip")) if self._table == "source" else ""
        if kind != self._kind or not self.rows:
            self._build(kind)
            self.built.emit()
        for one in self.rows:
            one.show_said(Said(value_in(self._table, row, one.key), Origin.BUILT_IN, ""))
            one.show_plain(is_locked=is_locked)
        self._show_seldom()
        self.shown.emit()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Each at its field."""
        by_key = {one.key: one.error for one in faults}
        for one in self.rows:
            one.show_fault(by_key.get(one.key))
        if any(is_seldom(self._table, key, self._kind) for key in by_key) and not self._is_open:
            self._fold()

    def narrow(self, keys: set[str] | None) -> None:
        """Only these; None: all, but what is seldom needed."""
        self._only = keys
        self._show_seldom()

    def open(self) -> None:
        """Also what is seldom needed."""
        if not self._is_open:
            self._fold()

    def go_to(self, key: str) -> None:
        """This field."""
        for one in self.rows:
            if one.key == key:
                one.control.setFocus()

    def take_focus(self) -> None:
        """Its first field."""
        if self.rows:
            self.rows[0].control.setFocus()

    def add(self, widget: QWidget) -> None:
        """Something that belongs to the form, above what is seldom needed."""
        self._others.append(widget)
        self._between.addWidget(widget)

    def _build(self, kind: str) -> None:
        self._kind = kind
        for gone in self.rows:
            self._first.removeWidget(gone)
            self._seldom.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.rows = []
        hints = hints_of(self._table, kind or "sip")
        known = keys_of(self._table, kind or "sip", is_whole=self._is_whole)
        for key in sorted(known, key=lambda key: is_seldom(self._table, key, kind)):
            row = SettingRow(key, known[key], control_for(key, hints[key], known[key], self._names(key)))
            row.edited.connect(partial(self._edited, row))
            self.rows.append(row)
            (self._seldom if is_seldom(self._table, key, kind) else self._first).addWidget(row)

    def _edited(self, row: SettingRow) -> None:
        value = row.control.value
        if (self._table, row.key) == ("source", "kind"):
            self.row = of_kind(self.row, value)
            self.show_row(self.row, is_locked=self._is_locked)
            self.go_to("kind")
        else:
            self.row = with_value(self._table, self.row, row.key, value)
            self.shown.emit()
        self.edited.emit()

    def _fold(self) -> None:
        self._is_open = not self._is_open
        self._show_seldom()

    def _show_seldom(self) -> None:
        seldom = [one for one in self.rows if is_seldom(self._table, one.key, self._kind)]
        is_set = any(one.key in self.row for one in seldom)
        for one in self.rows:
            is_open = one not in seldom or self._is_open or (is_set and one.key in self.row)
            one.setVisible(is_open if self._only is None else one.key in self._only)
        for other in self._others:
            other.setVisible(self._only is None)
        self.more.setVisible(bool(seldom) and self._only is None)
        words = _("Fewer settings") if self._is_open else _("Further settings ({n})").format(n=len(seldom))
        set_text(self.more, words)
