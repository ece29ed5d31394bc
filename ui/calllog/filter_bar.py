"""Which calls: the usual filters in one row, the others in a second that is unfolded, and a text to look for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.calllog.asked import Order, Sorted, Where
from app.calllog.call_log import LogChoices, View
from app.calllog.parts import Part, without
from app.calllog.view import Period
from app.words import _
from ui.calllog import words
from ui.calllog.customer_field import CustomerField
from ui.line_field import LineField
from ui.plain_text import button, cut, set_text
from ui.several_field import SeveralField

_PAUSE_MS = 200
_KINDS: dict[str, type] = {"operators": int, "dispositions": int}  # the records' keys
_ORDERS = (
    (Order.TIME, False), (Order.TIME, True), (Order.TALK, False), (Order.TALK, True), (Order.WAIT, False),
    (Order.WAIT, True),
)  # fmt: skip


class FilterBar(QWidget):
    """Signals: changed: what is wanted is another thing; `view` says what."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._view = View()
        self.text, self.where = LineField(), QComboBox()
        self._boxes = {
            name: QComboBox() for name in ("period", "order", "direction", "withheld", "talk_from", "talk_to")
        }
        self._several = {name: SeveralField(told) for name, told in words.everything().items()}
        self.customer = CustomerField()
        self._first, self._last = _day_box(today.replace(day=1)), _day_box(today)
        self._more, self._clear = button("", "quiet"), button(_("Clear the filters"), "quiet")
        self._whose = button("", "pin-note")
        self._second = QWidget()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._fill()
        self._lay_out()
        self._connect()
        self.show_view(View())

    @property
    def view(self) -> View:
        """As it is set."""
        return self._view

    def offer(self, found: LogChoices) -> None:
        """What stands in the records; what is chosen stays chosen, also if nobody has it any more."""
        for name, offered in words.offered(found).items():
            self._several[name].offer(offered)

    def show_view(self, view: View) -> None:
        """Set everything to this, without saying that it changed."""
        self._view = view
        blockers = [QSignalBlocker(one) for one in (*self._boxes.values(), self.text, self.where)]
        blockers += [QSignalBlocker(one) for one in (self._first, self._last)]
        for name, box in self._boxes.items():
            _choose(box, _ORDERS.index((view.order, view.is_rising)) if name == "order" else getattr(view, name))
        for name, field in self._several.items():
            field.tick([str(one) for one in getattr(view, name)])
        self.customer.show_customer("" if view.customer_id is None else str(view.customer_id), view.customer)
        self.text.setText(view.text)
        _choose(self.where, view.where)
        for edit, day in ((self._first, view.first), (self._last, view.last)):
            if day is not None:
                edit.setDate(QDate(day.year, day.month, day.day))
        for one in blockers:
            one.unblock()
        self._dress()

    def only_of(self, customer_id: int, name: str) -> None:
        """The calls of one customer alone."""
        self._take(replace(self._view, customer_id=customer_id, customer=name))

    def drop(self, part: Part) -> None:
        """This one is not wanted any more."""
        self._take(without(self._view, part))

    def order_by(self, order: Sorted) -> None:
        """As a heading was clicked."""
        self._take(replace(self._view, order=order.by, is_rising=order.is_rising))

    def _take(self, view: View) -> None:
        if view != self._view:
            self.show_view(view)
            self.changed.emit()

    def _read(self) -> None:
        """What the widgets say."""
        chosen = {name: box.currentData() for name, box in self._boxes.items()}
        order, is_rising = _ORDERS[chosen.pop("order")]
        chosen["period"] = Period(chosen["period"])  # Qt keeps the bare text
        days = (_python_day(self._first.date()), _python_day(self._last.date()))
        first, last = sorted(days) if chosen["period"] is Period.DAYS else (None, None)
        told: dict[str, Any] = {**chosen, "first": first, "last": last, "order": order, "is_rising": is_rising}
        told |= {"text": self.text.text().strip(), "where": Where(self.where.currentData())}
        told |= {name: tuple(map(_KINDS.get(name, str), field.keys)) for name, field in self._several.items()}
        if (key := self.customer.key) != ("" if self._view.customer_id is None else str(self._view.customer_id)):
            told |= {"customer_id": int(key) if key else None, "customer": self.customer.name}
        self._take(replace(self._view, **told))

    def _dress(self) -> None:
        view = self._view
        for one in (self._first, self._last):
            one.setVisible(view.period is Period.DAYS)
        n = view.more_set
        is_open = self._second.isVisibleTo(self)
        words_ = _("Fewer filters") if is_open else _("More filters")
        set_text(self._more, f"{words_} ({n})" if n else words_)
        self._whose.setVisible(view.customer_id is not None)
        set_text(self._whose, _("only {who} ×").format(who=cut(view.customer, 30)))
        self._clear.setVisible(replace(view, columns=(), order=Order.TIME, is_rising=False) != View(columns=()))
        self._boxes["order"].setEnabled(view.is_free_to_order)

    def _unfold(self) -> None:
        self._second.setVisible(not self._second.isVisibleTo(self))
        self._dress()

    def _on_clear(self) -> None:
        self._take(View(columns=self._view.columns, order=self._view.order, is_rising=self._view.is_rising))

    def _fill(self) -> None:
        self.text.setClearButtonEnabled(True)
        self.text.setPlaceholderText(_("Name, reading, part of a number, or words of a note"))
        self.text.setAccessibleName(_("Search the calls"))
        for where, told in ((Where.PEOPLE, _("in names and numbers")), (Where.NOTES, _("in notes"))):
            self.where.addItem(told, where)
        fixed: dict[str, Iterable[tuple[Any, str]]] = {
            "period": words.periods(),
            "direction": words.directions(),
            "withheld": words.withheld(),
            "order": list(enumerate(_order_words())),
            "talk_from": [(None, _("shortest talk: any")), *((n, _length_from(n)) for n in words.LENGTHS)],
            "talk_to": [(None, _("longest talk: any")), *((n, _length_to(n)) for n in words.LENGTHS)],
        }
        for name, offered in fixed.items():
            for value, told in offered:
                self._boxes[name].addItem(told, value)

    def _connect(self) -> None:
        for box in (*self._boxes.values(), self.where):
            box.currentIndexChanged.connect(lambda _index: self._read())
        for day in (self._first, self._last):
            day.dateChanged.connect(lambda _date: self._read())
        for field in (*self._several.values(), self.customer):
            field.changed.connect(self._read)
        self.text.textChanged.connect(lambda _text: self._pause.start())
        self.text.returnPressed.connect(self._read)
        self._pause.timeout.connect(self._read_text)
        self._more.clicked.connect(self._unfold)
        self._clear.clicked.connect(self._on_clear)
        self._whose.clicked.connect(lambda: self._take(replace(self._view, customer_id=None, customer="")))

    def _read_text(self) -> None:
        if not self.text.preedit:
            self._read()

    def _lay_out(self) -> None:
        named = words.titles() | {
            "period": _("Period"), "direction": _("Direction"), "withheld": _("Number shown or not"),
            "talk_from": _("Talked at least"), "talk_to": _("Talked at most"), "order": _("Order of the calls"),
        }  # fmt: skip
        for name, box in self._boxes.items():
            box.setAccessibleName(named[name])
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for name, field in self._several.items():
            field.setAccessibleName(words.filter_titles()[name])
        self.customer.setAccessibleName(_("Customer"))
        self.where.setAccessibleName(_("Where to look"))
        self._first.setAccessibleName(_("First day"))
        self._last.setAccessibleName(_("Last day"))
        search, usual, more = _row(), _row(), QGridLayout(self._second)
        search.addWidget(self.text, 1)
        search.addWidget(self.where)
        usual.addWidget(self._boxes["period"], 2)
        usual.addWidget(self._first)
        usual.addWidget(self._last)
        for name in ("outcomes", "lines", "operators"):
            usual.addWidget(self._several[name], 2)
        usual.addWidget(self._boxes["order"], 2)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(8)
        plain, several = self._boxes, self._several
        upper = (plain["direction"], plain["withheld"], several["queues"], several["dispositions"])
        for place, one in enumerate(upper):
            more.addWidget(one, 0, place)
            more.setColumnStretch(place, 1)
        more.addWidget(self.customer, 1, 0, 1, 2)
        more.addWidget(self._boxes["talk_from"], 1, 2)
        more.addWidget(self._boxes["talk_to"], 1, 3)
        foot = _row()
        for one in (self._more, self._whose, self._clear):
            foot.addWidget(one)
        foot.addStretch(1)
        self.tail = foot
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in (search, usual):
            column.addLayout(row)
        column.addWidget(self._second)
        column.addLayout(foot)
        self._second.hide()


def _row() -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(8)
    return made


def _choose(box: QComboBox, value: Any) -> None:
    """One that is not offered (any more) is offered again: a saved filter says what it filters by."""
    place = next((n for n in range(box.count()) if box.itemData(n) == value), -1)
    if place < 0:
        box.addItem(str(value), value)
        place = box.count() - 1
    box.setCurrentIndex(place)


def _order_words() -> list[str]:
    return [
        _("newest first"), _("oldest first"), _("longest talk first"), _("shortest talk first"),
        _("longest wait first"), _("shortest wait first"),
    ]  # fmt: skip


def _length_from(seconds: int) -> str:
    return _("talked {time} or longer").format(time=words.length(seconds))


def _length_to(seconds: int) -> str:
    return _("talked {time} or shorter").format(time=words.length(seconds))


def _day_box(day: date) -> QDateEdit:
    made = QDateEdit(QDate(day.year, day.month, day.day))
    made.setCalendarPopup(True)
    made.setDisplayFormat("yyyy-MM-dd")
    return made


def _python_day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
