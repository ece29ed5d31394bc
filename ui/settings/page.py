"""The page of the settings: groups that people know, a search that narrows them, one form at a time, and a foot."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.setting_faults import Fault
from app.setting_words.groups import Group, found_in, groups
from app.settings_draft import Key
from app.words import _, ngettext
from ui.line_field import LineField
from ui.plain_text import label
from ui.settings.list_view import ListView
from ui.settings.records_try import RecordsTry
from ui.settings.row_form import RowForm
from ui.settings.save_bar import SaveBar
from ui.settings.single_view import SingleView
from ui.settings.source_tries import SourceTries
from ui.settings.tab_order import down_the_page
from ui.settings_place import SettingsPlace

_LIST, _CHECK_AFTER_MS = 168, 150
AT_ONCE: frozenset[Key] = frozenset({("desk", "theme"), ("desk", "on_top_while_ringing")})
"""What counts as soon as it is saved."""
View = SingleView | ListView


class SettingsPage(QWidget):
    """What is changed here stays while other pages are looked at, until it is saved or let go.

    Signals:
        saved: the keys that were written, a set of `Key`.
        restarted: Omote is to start anew.
        left: it is to end, whatever waits here.
    """

    saved = Signal(object)
    restarted = Signal()
    left = Signal()

    def __init__(self, place: SettingsPlace, *, is_whole: bool) -> None:
        """Raises UserError for settings that can't be read."""
        super().__init__()
        self._place, self.is_whole, self.draft = place, is_whole, place.draft()
        self._groups = groups(is_whole=is_whole)
        self.search, self.list, self._views = LineField(), QListWidget(), QStackedWidget()
        self.bar = SaveBar()
        self.views: dict[str, View] = {}
        self._tries: list[RecordsTry] = []
        self._due = QTimer(self, singleShot=True, interval=_CHECK_AFTER_MS)
        self._due.timeout.connect(self.check)
        self._lay_out()
        self._connect()
        self.list.setCurrentRow(0)

    @property
    def is_at_work(self) -> bool:
        """Whether something waits to be saved."""
        return self.draft.is_changed

    def open(self, table: str) -> View:
        """Its group, as if somebody had chosen it."""
        self.search.clear()
        self.list.setCurrentRow([one.table for one in self._groups].index(table))
        return self.views[table]

    def check(self) -> list[Fault]:
        """What stands here now, said at each field."""
        faults = self.draft.faults()
        for view in self.views.values():
            view.show_faults(faults)
        changed = {table for table, _key in self.draft.changed}
        wrong = {one.table for one in faults}
        for n, group in enumerate(self._groups):
            sign = "▲ " if group.table in wrong else "• " if group.table in changed else ""
            self.list.item(n).setText(sign + group.title)
        self.bar.show_changes(len(self.draft.changed))
        if faults:
            n = len(faults)
            words = ngettext("▲ {n} value has to be corrected first.", "▲ {n} values have to be corrected first.", n)
            self.bar.say(words.format(n=n), "sign-bad")
        return faults

    def save(self) -> bool:
        """All that waits, if nothing is wrong with it."""
        if faults := self.check():
            self._go_to(faults[0])
            return False
        try:
            changed = self.draft.save()
        except UserError as error:
            self.bar.say(f"▲ {error}", "sign-bad")
            return False
        self._show_draft()
        self.check()
        needs_start = changed - AT_ONCE
        self.bar.say(_("✓ Saved. It counts after the next start.") if needs_start else _("✓ Saved."), "state")
        if needs_start:
            self.bar.offer_restart()
        self.saved.emit(changed)
        return True

    def take_over(self, before: "SettingsPage") -> None:
        """The same as that one, which stood here in other colours."""
        self.list.setCurrentRow(before.list.currentRow())
        self.bar.take_over(before.bar)

    def ask_before_quit(self) -> None:
        """Something waits here, and the program is to end."""
        self.bar.ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.draft.is_changed:  # somebody may have written the file meanwhile
            self._read_again()

    def _read_again(self) -> None:
        try:
            self.draft.read_again()
        except UserError as error:
            self.bar.say(f"▲ {error}", "sign-bad")
            return
        self._show_draft()

    def _show_draft(self) -> None:
        for view in self.views.values():
            view.show_draft()
        for one in self._tries:
            one.show_draft()

    def _edited(self) -> None:
        self._due.start()
        self.bar.show_changes(len(self.draft.changed))
        for one in self._tries:
            one.show_draft()

    def _undo(self) -> None:
        self.draft.undo()
        self._read_again()
        self.check()
        self.bar.say("")

    def _go_to(self, fault: Fault) -> None:
        if fault.table:
            self.open(fault.table).go_to(fault)
            self.check()
        else:
            self.bar.say(f"▲ {fault.error}", "sign-bad")

    def _chosen(self, row: int) -> None:
        if row < 0:
            return
        group = self._groups[row]
        if group.table not in self.views:
            self.views[group.table] = self._built(group)
        view = self.views[group.table]
        page = view.property("scrolled")
        self._views.setCurrentWidget(page)
        self._narrow(group, view)
        self._order()

    def _order(self) -> None:
        """Tab leads from the groups down the form that is seen, and to the foot."""
        view = self.views.get(self._groups[self.list.currentRow()].table)
        if view is not None:
            down_the_page(self.search, self.list, view, self.bar)

    def _built(self, group: Group) -> View:
        view = self._list_view(group) if group.is_list else self._single_view(group)
        view.edited.connect(self._edited)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 16, 4, 16)
        column.setSpacing(4)
        column.addWidget(label(group.title, "title"))
        hint = label(group.help, "small")
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addSpacing(12)
        column.addWidget(view)
        column.addStretch(1)
        area.setWidget(inner)
        self._views.addWidget(area)
        view.setProperty("scrolled", area)
        return view

    def _single_view(self, group: Group) -> SingleView:
        view = SingleView(group.table, self.draft, is_whole=self.is_whole)
        if group.table == "database":
            tries = RecordsTry(self._place, self.draft)
            self._tries.append(tries)
            view.add_below(tries)
        return view

    def _list_view(self, group: Group) -> ListView:
        form = RowForm(group.table, partial(self._names, group.table), is_whole=self.is_whole)
        if group.table == "source":
            tries = SourceTries(self._place)
            form.add(tries)
            form.shown.connect(lambda: tries.show_row(form.row))
        form.built.connect(self._order)
        return ListView(group.table, self.draft, form, group.title)

    def _names(self, table: str, key: str) -> list[str] | None:
        """What other settings are called, as they stand here."""
        if key == "line":
            return [str(one.get("name", "")) for one in self.draft.said_of_list("line").value]
        if key == "parent":
            return [str(one.get("code", "")) for one in self.draft.said_of_list(table).value]
        return None

    def _search(self, typed: str) -> None:
        """Groups without what is meant step back, and so do the fields of the one that is seen."""
        for n, group in enumerate(self._groups):
            self.list.item(n).setHidden(bool(typed.strip()) and not set(found_in(group, typed, is_whole=self.is_whole)))
        seen = [n for n in range(self.list.count()) if not self.list.item(n).isHidden()]
        if seen and self.list.currentRow() not in seen:
            self.list.setCurrentRow(seen[0])
        self._none.setVisible(not seen)
        group = self._groups[self.list.currentRow()]
        self._narrow(group, self.views[group.table])

    def _narrow(self, group: Group, view: View) -> None:
        typed = self.search.text()
        view.narrow(set(found_in(group, typed, is_whole=self.is_whole)) if typed.strip() else None)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._chosen)
        self.search.textChanged.connect(self._search)
        self.bar.saved.connect(self.save)
        self.bar.undone.connect(self._undo)
        self.bar.restarted.connect(self.restarted)
        self.bar.left.connect(self.left)

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(_("Search the settings"))
        self.search.setAccessibleName(_("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName(_("Groups of settings"))
        self.list.setObjectName("groups")
        for group in self._groups:
            self.list.addItem(QListWidgetItem(group.title))
        self._none = label(_("Nothing is called so."), "small")
        self._none.hide()
        side = QWidget()
        side.setFixedWidth(_LIST)
        left = QVBoxLayout(side)
        left.setContentsMargins(16, 16, 0, 16)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self._none)
        left.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self._views, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.bar)
