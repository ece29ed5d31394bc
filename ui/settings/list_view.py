"""One group of which there may be several: a list with its buttons, and the form of whichever is chosen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.setting_faults import Fault
from app.setting_rows import new_row
from app.settings_draft import SettingsDraft
from app.settings_file import NAMED_BY
from app.settings_layers import Origin
from app.words import _
from ui.plain_text import button, cut, give_role, label, set_tip
from ui.settings.row_form import RowForm
from ui.settings.setting_row import origin_words

_HEIGHT = 124


class ListView(QWidget):
    """Signals:
    edited: the draft says something else now.
    """

    edited = Signal()

    def __init__(self, table: str, draft: SettingsDraft, form: RowForm, title: str) -> None:
        super().__init__()
        self._table, self._draft, self.form = table, draft, form
        self._rows: list[dict[str, Any]] = []
        self.list, self._said = QListWidget(), label("", "small")
        self.list.setAccessibleName(title)
        self.list.setFixedHeight(_HEIGHT)
        self.list.setObjectName("settings")
        self.add, self.copy, self.remove = button(_("Add")), button(_("Copy")), button(_("Remove"))
        self.up, self.down = button(_("Up")), button(_("Down"))
        self.back = button(_("Back to the default"), "quiet")
        self._lay_out()
        self._connect()
        self.show_draft()

    @property
    def place(self) -> int:
        """Of the chosen one; -1 for none."""
        return self.list.currentRow()

    def show_draft(self) -> None:
        """As they stand now; the place of the chosen one stays."""
        at = max(0, self.place)
        self._rows = [dict(one) for one in self._draft.said_of_list(self._table).value]
        self._fill(at)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """At the form's field, and a sign in the list."""
        mine = [one for one in faults if one.table == self._table]
        wrong = {one.place for one in mine}
        for n, row in enumerate(self._rows):
            self.list.item(n).setText(("▲ " if n in wrong else "") + self._title(row))
        self.form.show_faults([one for one in mine if one.place == self.place])

    def narrow(self, keys: set[str] | None) -> None:
        """Only these of the form's; None: all."""
        self.form.narrow(keys)

    def go_to(self, fault: Fault) -> None:
        """The field that is wrong."""
        if fault.place is not None:
            self.list.setCurrentRow(fault.place)
            self.form.go_to(fault.key)

    def _edited_form(self) -> None:
        if self.place >= 0:
            self._rows[self.place] = dict(self.form.row)
            self.list.item(self.place).setText(self._title(self._rows[self.place]))
            self._put()

    def _put(self) -> None:
        self._draft.put_rows(self._table, self._rows)
        self._show_said()
        self.edited.emit()

    def _changed(self, at: int) -> None:
        self._fill(at)
        self._put()

    def _add(self) -> None:
        key = NAMED_BY[self._table]
        taken = {str(one.get(key, "")) for one in self._rows}
        row = new_row(self._table)
        if self._table in ("source", "template", "action"):
            row[key] = _unused({"source": _("telephone"), "template": _("Template")}.get(self._table, _("Link")), taken)
        self._rows.append(row)
        self._changed(len(self._rows) - 1)
        self.form.take_focus()

    def _copy(self) -> None:
        key = NAMED_BY[self._table]
        taken = {str(one.get(key, "")) for one in self._rows}
        row = self._rows[self.place]
        made = dict(row) | {key: _unused(str(row.get(key, "")), taken)}
        self._rows.insert(self.place + 1, made)
        self._changed(self.place + 1)
        self.form.take_focus()

    def _remove(self) -> None:
        at = self.place
        del self._rows[at]
        self._changed(min(at, len(self._rows) - 1))
        self.list.setFocus()

    def _move(self, by: int) -> None:
        at, to = self.place, self.place + by
        self._rows[at], self._rows[to] = self._rows[to], self._rows[at]
        self._changed(to)

    def _reset(self) -> None:
        self._draft.reset(self._table)
        self.show_draft()
        self.edited.emit()

    def _fill(self, at: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for row in self._rows:
            self.list.addItem(QListWidgetItem(self._title(row)))
        self.list.setCurrentRow(at if at < len(self._rows) else len(self._rows) - 1)
        self.list.blockSignals(False)
        self._show_chosen()
        self._show_said()

    def _show_chosen(self) -> None:
        is_locked = self._draft.said_of_list(self._table).lock is not None
        at, last = self.place, len(self._rows) - 1
        if at >= 0:
            self.form.show_row(self._rows[at], is_locked=is_locked)
        self.form.setVisible(at >= 0)
        for one, is_open in (
            (self.add, True), (self.copy, at >= 0), (self.remove, at >= 0), (self.up, at > 0),
            (self.down, 0 <= at < last),
        ):  # fmt: skip
            one.setEnabled(is_open and not is_locked)

    def _show_said(self) -> None:
        said = self._draft.said_of_list(self._table)
        words = (
            [origin_words(said)] if said.origin is not Origin.BUILT_IN else [_("none yet")] if not said.value else []
        )
        if said.origin is Origin.MACHINE:
            words.append(_("What you change here makes a list of your own, in place of this one."))
        self._said.setText(" · ".join(words))
        give_role(self._said, "locked" if said.lock is not None else "small")
        set_tip(self._said, str(said.where) if said.origin in (Origin.MACHINE, Origin.POLICY) else "")
        self.back.setVisible(said.origin is Origin.USER)

    def _title(self, row: dict[str, Any]) -> str:
        named = str(row.get(NAMED_BY[self._table], "")) or _("(no name)")
        other = {"line": "name", "disposition": "ja", "source": "server"}.get(self._table, "")
        more = str(row.get(other, "") or (row.get("en", "") if self._table == "disposition" else ""))
        return cut(f"{named}   {more}" if more else named)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._chosen())
        self.add.clicked.connect(self._add)
        self.copy.clicked.connect(self._copy)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.back.clicked.connect(self._reset)
        self.form.edited.connect(self._edited_form)

    def _chosen(self) -> None:
        self._show_chosen()
        self.edited.emit()

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(6)
        for one in (self.add, self.copy, self.remove):
            beside.addWidget(one)
        beside.addStretch(1)
        order = QVBoxLayout()
        order.setSpacing(6)
        order.addWidget(self.up)
        order.addWidget(self.down)
        order.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.list, 1)
        top.addLayout(beside)
        top.addLayout(order)
        said = QHBoxLayout()
        self._said.setWordWrap(True)
        said.addWidget(self._said, 1)
        said.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 16, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(said)
        column.addWidget(self.form)
        column.addStretch(1)


def _unused(name: str, taken: set[str]) -> str:
    if name and name not in taken:
        return name
    return next(made for n in range(2, len(taken) + 3) if (made := f"{name} {n}") not in taken)
