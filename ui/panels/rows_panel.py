"""A panel that is one table: columns, one row per record, words for when there is none, and the row that was opened.

More rows are asked for when the last ones come near; what goes wrong then stands under this list and nowhere else.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.further_rows import FIRST, PAGE
from app.pop import CustomerFacts
from ui.panels.list_end import ListEnd
from ui.panels.row_story import RowStory, Story
from ui.plain_text import label
from ui.rows import ROW_HEIGHT, Cell, Column, RowsView
from ui.theme import Tokens

_NEAR = 12 * ROW_HEIGHT
_MOST_KEPT = 4 * PAGE
_AT_A_TIME, _BETWEEN_MS = 10, 4
_SETTLE_MS = 400  # a list may be so high that nobody has to scroll; at a ring there is no time to look


class RowsPanel(QWidget):
    """Subclasses say `key`, `title`, `columns`, `empty`, and what stands in the row of a record.

    Signals:
        wants_more: this customer's records behind this last one; `add` or `fail` answers.
        turned: whether a row stands open in place of the list.
        wants_story: what the facts do not have of the record that was opened; `tell` or `fail_story` answers.
        wants_earlier: the versions before the texts of the row that stands open.
    """

    key = ""
    is_paged = False
    wants_more = Signal(object, object)  # a desk's own keys are longer than Qt's int
    wants_story = Signal(object)
    wants_earlier = Signal()
    turned = Signal(bool)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.view, self._end = RowsView(self.columns(), tokens), ListEnd()
        self.view.setAccessibleName(self.name())
        self._story: RowStory | None = None
        self._empty = label(self.empty(), "empty")
        self.records: list[Any] = []
        self._now: datetime | None = None
        self._coming: list[Any] = []
        self._has_more = self._is_asked = False
        self._opened: Any = None
        self._customer: int | None = None
        self.view.activated.connect(self._open)
        self._room_changed = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._room_changed.timeout.connect(self._look)
        self.view.verticalScrollBar().valueChanged.connect(self._look)
        self.view.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._room_changed.start())
        self._end.retried.connect(self._ask)
        self._lay_out()

    def take_over(self, before: "RowsPanel") -> None:
        """What was typed into the same panel of another window."""

    def fill(self, facts: CustomerFacts, now: datetime) -> None:
        """Show what these facts say; `now` is aware UTC."""
        records, place, opened = list(self.records_of(facts, now)), 0, None
        is_same = facts.customer.customer_id == self._customer
        if is_same:  # read on while something of the customer changed
            place, opened = self.view.verticalScrollBar().value(), self._opened
            records += self._still_behind(records)
        self._customer, self._now, self.records = facts.customer.customer_id, now, records
        self._coming, self._has_more, self._is_asked = [], self.is_paged and len(records) >= FIRST, False
        self._end.be_quiet()
        self.view.fill([self.row(one, now) for one in records], [self.key_of(one) for one in records])
        self.view.verticalScrollBar().setValue(place)
        self._stay_open(opened)

    def _still_behind(self, first: Sequence[Any]) -> list[Any]:
        """What was read behind the first rows; a bounded part of it, since the list can go on from there."""
        before, now = {self.key_of(one) for one in self.records}, {self.key_of(one) for one in first}
        behind = self.records[max(0, FIRST - len(now - before)) :] if self.is_paged else []
        return [one for one in behind if self.key_of(one) not in now][:_MOST_KEPT]

    def _stay_open(self, opened: Any) -> None:
        """The row that was opened, as it reads now; else the list."""
        key = self.key_of(opened) if opened is not None else None
        record = next((one for one in self.records if self.key_of(one) == key), None) if opened is not None else None
        if record is None:
            self._close()
        elif record != opened:
            self._tell_story_of(record)

    def add(self, records: Sequence[Any]) -> None:
        """The page that was asked for."""
        self._has_more = len(records) >= PAGE
        self._end.be_quiet()
        self._coming = [self.record_of(one) for one in records]
        self._take_in()

    def _take_in(self) -> None:
        """A few at a time: what has to be drawn goes in between."""
        if self._now is None or not self._coming:
            return
        now, few = self._now, self._coming[:_AT_A_TIME]
        self._coming = self._coming[_AT_A_TIME:]
        self.records += few
        self.view.append([self.row(one, now) for one in few], [self.key_of(one) for one in few])
        self._is_asked = bool(self._coming)
        if self._coming:
            QTimer.singleShot(_BETWEEN_MS, self, self._take_in)

    def ends_with(self, last: Any) -> bool:
        """Whether what was asked for behind this record is still wanted."""
        return self._is_asked and not self._coming and bool(self.records) and self.last_of(self.records) is last

    def fail(self, why: str) -> None:
        """The page did not come; what is shown stays."""
        self._end.fail(why)

    def tell(self, record: Any, more: Any) -> None:
        """The rest of the row that stands open, unless that is another one by now."""
        if self._story is not None and self._opened is record and self._now is not None:
            self._story.end.be_quiet()
            self._story.tell(self.story(record, self._now, more))

    def fail_story(self, record: Any, why: str) -> None:
        """The rest did not come."""
        if self._story is not None and self._opened is record:
            self._story.end.fail(why)

    @property
    def has_open_row(self) -> bool:
        """Whether a row stands open in place of the list."""
        return self._opened is not None

    @property
    def in_hand(self) -> Any:
        """The record of the row that stands open, else of the one on which the keyboard is; None for neither."""
        if self._opened is not None:
            return self._opened if self.isVisible() else None
        index = self.view.currentIndex()
        return self.records[index.row()] if self.window().focusWidget() is self.view and index.isValid() else None

    def _look(self) -> None:
        bar = self.view.verticalScrollBar()
        if self._has_more and not self._is_asked and bar.maximum() - bar.value() < _NEAR and self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self._is_asked = True
        self._end.wait()
        self.wants_more.emit(self._customer, self.last_of(self.records))

    def _open(self, index: QModelIndex) -> None:
        self._tell_story_of(self.records[index.row()])
        assert self._story is not None
        self._story.setFocus()

    def _tell_story_of(self, record: Any) -> None:
        self._opened = record
        if self._story is None:
            self._story = RowStory()
            self._story.closed.connect(self._go_back)
            self._story.retried.connect(self._ask_for_story)
            self._story.wants_earlier.connect(self.wants_earlier)
            self._stack.addWidget(self._story)
        assert self._now is not None
        self._story.tell(self.story(record, self._now, None))
        self._stack.setCurrentWidget(self._story)
        self.turned.emit(True)
        self._ask_for_story()

    def _ask_for_story(self) -> None:
        if self._story is not None and self.has_more_to_tell(self._opened):
            self._story.end.wait()
            self.wants_story.emit(self._opened)

    def _go_back(self) -> None:
        self._close()
        self.view.setFocus()

    def _close(self) -> None:
        self._opened = None
        if self._story is not None:
            self._story.end.be_quiet()
            self.turned.emit(False)
        self._stack.setCurrentWidget(self._list if self.records else self._empty)

    def _lay_out(self) -> None:
        self._list = QWidget()
        whole_list = QVBoxLayout(self._list)
        whole_list.setContentsMargins(0, 0, 0, 0)
        whole_list.setSpacing(0)
        whole_list.addWidget(self.view, 1)
        whole_list.addWidget(self._end)
        self._stack = QStackedLayout()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(self._stack, 1)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)

    def name(self) -> str:
        """The tab's words where there is no room for more."""
        raise NotImplementedError

    def title(self, facts: CustomerFacts) -> str:
        """The tab's words, with a count where there is one."""
        raise NotImplementedError

    def columns(self) -> Sequence[Column]:
        """The table's head."""
        raise NotImplementedError

    def empty(self) -> str:
        """What will be here one day."""
        raise NotImplementedError

    def records_of(self, facts: CustomerFacts, now: datetime) -> Sequence[Any]:
        """What stands in the card, one row each."""
        raise NotImplementedError

    def record_of(self, told: Any) -> Any:
        """What stands in a row for something that a page brought."""
        return told

    def last_of(self, records: Sequence[Any]) -> Any:
        """What the next page is behind."""
        return records[-1]

    def key_of(self, record: Any) -> object:
        """What the record is told apart by, and led to (`app.headline.Place`)."""
        raise NotImplementedError

    def row(self, record: Any, now: datetime) -> Sequence[Cell]:
        """Its cells."""
        raise NotImplementedError

    def story(self, record: Any, now: datetime, more: Any) -> Story:
        """All its text; `more` is what was asked for, None as long as it has not come."""
        raise NotImplementedError

    def has_more_to_tell(self, record: Any) -> bool:
        """Whether the records know more of it than the card."""
        return False
