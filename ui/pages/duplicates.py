"""The page of customers who may be recorded twice: pairs to decide, side by side, and the merges of the past."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.duplicate_words import field_words
from app.duplicates import Comparison, Duplicates, PastMerge, Suspect, Undone
from app.error_words import error_words
from app.words import _
from ui.duplicates.comparison_view import ComparisonView
from ui.duplicates.past_view import PastView
from ui.duplicates.waiting import Waiting
from ui.duplicates.words import pair_names, pair_reasons, side_name
from ui.plain_text import button, give_role, label
from ui.rows import Cell, Column, RowsView
from ui.theme import Tokens

_PAIRS, _PAST = range(2)
_LEAST, _MOST = 150, 264  # pixels for the list


class DuplicatesPage(QWidget):
    """Nothing here waits. A search is begun by hand: among a million customers it takes its time."""

    def __init__(self, tokens: Tokens, duplicates: Duplicates) -> None:
        super().__init__()
        self._duplicates = duplicates
        self._pairs: list[Suspect] = []
        self._take_back: Callable[[], object] | None = None
        self._tabs, self._pages, self._lists = QTabBar(), QStackedWidget(), QStackedWidget()
        self._list, self.comparison = RowsView((Column(""),), tokens), ComparisonView(tokens)
        self.past, self.waiting = PastView(tokens), Waiting()
        self._said, self._why, self._in_full = label("", "line"), label("", "line"), label("", "small")
        self._hint = label(_("Click the value that is right, or use ← → (B: both)."), "small")
        self._undo, self._again = button(_("Undo"), "link"), button(_("Look again"), "quiet")
        self._merge, self._not_same = button(_("Make them one"), "primary"), button(_("Not the same"))
        self._later = button(_("Later"))
        self._lay_out()
        self._connect()

    @property
    def is_at_work(self) -> bool:
        """Whether there are pairs to decide, or they are being looked for."""
        return bool(self._pairs) or self.waiting.is_looking

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_past()

    # --- the search

    def _look(self) -> None:
        self.waiting.look()
        self._lists.setCurrentWidget(self.waiting)
        self._again.hide()
        self._duplicates.look(self._found, self._not_found, self.waiting.show_progress)

    def _found(self, pairs: Sequence[Suspect]) -> None:
        self._pairs = list(pairs)
        self.waiting.rest(_("No two customers look like one."))
        self._show_list()

    def _not_found(self, error: Exception) -> None:
        self.waiting.rest(_("The search came to no end."))
        self._failed(error)

    def _show_list(self) -> None:
        before = self._list.currentIndex().row()
        self._list.fill([_row(one) for one in self._pairs], [_key(one) for one in self._pairs])
        n = len(self._pairs)
        self._tabs.setTabText(_PAIRS, _("To decide: {n}").format(n=f"{n:,}") if n else _("To decide"))
        self._lists.setCurrentIndex(0 if n else 1)
        self._again.setVisible(bool(n) and self._tabs.currentIndex() == _PAIRS)
        if not n:
            self.comparison.show_pair(None)
        elif not self._list.selectionModel().hasSelection():
            self._list.selectRow(min(max(before, 0), n - 1))

    # --- a pair

    def _current(self) -> Suspect | None:
        key = self._list.current_key()
        return next((one for one in self._pairs if _key(one) == key), None)

    def _compare(self) -> None:
        if (pair := self._current()) is not None:
            self._hold(is_held=True)
            self._why.setText(pair_reasons(pair))
            self._duplicates.compare(pair.first_id, pair.second_id, partial(self._compared, pair), self._failed)

    def _compared(self, pair: Suspect, seen: Comparison | None) -> None:
        if seen is None:
            self._say(
                _("▲ {names}: one of them was merged or erased meanwhile.").format(names=pair_names(pair)), "alarm"
            )
            self._drop(lambda one: one == pair)
        elif pair == self._current():
            self.comparison.show_pair(seen)
            self._hold(is_held=False)

    def _on_merge(self) -> None:
        if (wish := self.comparison.wish()) is not None:
            self._hold(is_held=True)
            seen, choices = wish
            self._duplicates.merge(seen, choices, partial(self._merged, seen), self._refused)

    def _merged(self, seen: Comparison, number: int) -> None:
        gone, kept = seen.right, seen.left
        said = _("✓ {gone} is now part of {kept}.").format(gone=side_name(gone), kept=side_name(kept))
        self._say(said, "result", partial(self._undo_merge, number))
        self._drop(lambda one: gone.customer_id in _key(one))
        self._ask_past()

    def _on_not_same(self) -> None:
        if (pair := self._current()) is not None:
            self._hold(is_held=True)
            self._duplicates.not_the_same(*_key(pair), lambda _none: self._parted(pair), self._refused)

    def _parted(self, pair: Suspect) -> None:
        said = _("✓ {names}: not the same. They will not be offered again.").format(names=pair_names(pair))
        self._say(said, "result", partial(self._offer_again, pair))
        self._drop(lambda one: one == pair)

    def _offer_again(self, pair: Suspect) -> None:
        def back(_none: object) -> None:
            self._say(_("✓ {names}: to decide again.").format(names=pair_names(pair)), "result")
            self._pairs.insert(0, pair)
            self._show_list()

        self._duplicates.ask_again(*_key(pair), back, self._failed)

    def _on_later(self) -> None:
        """It goes behind all others."""
        if (pair := self._current()) is not None:
            row = self._list.currentIndex().row()
            self._pairs = [*(one for one in self._pairs if one != pair), pair]
            self._show_list()
            self._list.selectRow(min(row, len(self._pairs) - 1))

    def _drop(self, is_gone: Callable[[Suspect], bool]) -> None:
        """Take decided pairs off the list; the next one comes up."""
        self._pairs = [one for one in self._pairs if not is_gone(one)]
        self._show_list()

    # --- the past

    def _ask_past(self) -> None:
        self._duplicates.past_merges(self._show_past, self._failed)

    def _show_past(self, merges: Sequence[PastMerge]) -> None:
        self.past.show_past(merges)
        n = sum(one.undone_at is None for one in merges)
        self._tabs.setTabText(_PAST, _("Merged: {n}").format(n=n) if n else _("Merged"))

    def _undo_merge(self, number: int) -> None:
        self._duplicates.undo(number, self._undone, self._failed)

    def _undone(self, undone: Undone) -> None:
        said = _("✓ They are two customers again.")
        if undone.stayed:
            stayed = _(", ").join(map(field_words, undone.stayed))
            said += " " + _("Changed since, and left as it is: {fields}.").format(fields=stayed)
        self._say(said, "result")
        self._ask_past()

    # --- words

    def _say(self, text: str, role: str, take_back: Callable[[], object] | None = None) -> None:
        give_role(self._said, role)
        self._said.setText(text)
        self._said.show()
        self._take_back = take_back
        self._undo.setVisible(take_back is not None)

    def _failed(self, error: Exception) -> None:
        self._say(f"▲ {error_words(error)}", "alarm")

    def _refused(self, error: Exception) -> None:
        """Somebody was faster: both as they are now, or the next pair."""
        self._failed(error)
        self._compare()

    def _hold(self, *, is_held: bool) -> None:
        for one in (self._merge, self._not_same, self._later):
            one.setDisabled(is_held)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        self._list.selectionModel().currentRowChanged.connect(self._compare)
        self._merge.clicked.connect(self._on_merge)
        self._not_same.clicked.connect(self._on_not_same)
        self._later.clicked.connect(self._on_later)
        self.comparison.selectionModel().currentRowChanged.connect(self._show_in_full)
        self.comparison.picked.connect(self._show_in_full)
        self._again.clicked.connect(self._look)
        self.waiting.begun.connect(self._look)
        self.waiting.ended.connect(self._duplicates.give_up)
        self._undo.clicked.connect(self._on_undo)
        self.past.wants_undo.connect(self._undo_merge)

    def _show_in_full(self) -> None:
        self._in_full.setText(self.comparison.in_full())
        self._in_full.setVisible(bool(self._in_full.text()))

    def _on_undo(self) -> None:
        take_back, self._take_back = self._take_back, None
        self._undo.hide()
        if take_back is not None:
            take_back()

    def _on_tab(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        self._again.setVisible(number == _PAIRS and bool(self._pairs))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        head, said = QHBoxLayout(), QHBoxLayout()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for title in (_("To decide"), _("Merged")):
            self._tabs.addTab(title)
        head.addWidget(self._tabs)
        head.addStretch(1)
        head.addWidget(self._again)
        column.addLayout(head)
        self._said.setWordWrap(True)
        for hidden in (self._said, self._undo, self._again):
            hidden.hide()
        said.setSpacing(12)
        said.addWidget(self._said, 1)
        said.addWidget(self._undo)
        column.addLayout(said)
        self._pages.addWidget(self._deciding())
        self._pages.addWidget(self.past)
        column.addWidget(self._pages, 1)

    def _deciding(self) -> QWidget:
        whole = QWidget()
        row, side, buttons = QHBoxLayout(whole), QVBoxLayout(), QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self._list.horizontalHeader().hide()
        self._list.setMinimumWidth(_LEAST)
        self._list.setMaximumWidth(_MOST)
        self._list.setAccessibleName(_("Pairs to decide"))
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for one in (self._later, self._not_same, self._merge):
            buttons.addWidget(one)
        self._hint.setWordWrap(True)
        side.setSpacing(8)
        for words in (self._why, self._in_full):
            words.setWordWrap(True)
        side.addWidget(self._why)
        side.addWidget(self.comparison, 1)
        side.addWidget(self._in_full)
        side.addWidget(self._hint)
        side.addLayout(buttons)
        row.addWidget(self._list, 3)
        row.addLayout(side, 7)
        self._lists.addWidget(whole)
        self._lists.addWidget(self.waiting)
        self._lists.setCurrentWidget(self.waiting)
        return self._lists


def _key(pair: Suspect) -> tuple[int, int]:
    return pair.first_id, pair.second_id


def _row(pair: Suspect) -> Sequence[Cell]:
    return (Cell(pair_names(pair), pair_reasons(pair), is_strong=True),)
