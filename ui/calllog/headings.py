"""The headings of the call log's list: a click on one puts the calls in its order, a second one turns it round."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QStandardItemModel

from app.calllog.asked import Order, Sorted
from app.calllog.view import View
from app.words import _
from ui.calllog.words import titles
from ui.plain_text import set_tip
from ui.rows import RowsView

ORDERS = {"time": Order.TIME, "talk": Order.TALK, "wait": Order.WAIT}


class Headings(QObject):
    """Only what the records can put in order a page at a time is; the others say why they are not.

    Signals:
        wanted: a Sorted.
    """

    wanted = Signal(object)

    def __init__(self, rows: RowsView, columns: Sequence[str], view: View) -> None:
        super().__init__(rows)
        self._columns, self._view, self._header = columns, view, rows.horizontalHeader()
        model = rows.model()
        assert isinstance(model, QStandardItemModel)  # what RowsView has
        self._items = [model.horizontalHeaderItem(number) for number in range(len(columns))]
        self._header.setSectionsClickable(True)
        self._header.viewport().setMouseTracking(True)
        self._header.viewport().installEventFilter(self)
        self._header.sectionClicked.connect(self._on_click)
        self.show_order(view)

    def show_order(self, view: View) -> None:
        """An arrow at the one that the calls are in the order of."""
        self._view, named = view, titles()
        for name, item in zip(self._columns, self._items, strict=True):
            is_it = ORDERS.get(name) is view.order and view.is_free_to_order
            item.setText(f"{named[name]} {'↑' if view.is_rising else '↓'}" if is_it else named[name])
            set_tip(item, self._tip(name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            over = self._header.logicalIndexAt(event.position().toPoint())
            can = over >= 0 and self._columns[over] in ORDERS and self._view.is_free_to_order
            shape = Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor
            self._header.viewport().setCursor(shape)
        return super().eventFilter(watched, event)

    def _tip(self, name: str) -> str:
        if not self._view.is_free_to_order:
            return _("What is found in notes stands in the order of the notes, the newest first.")
        if name in ORDERS:
            return _("Click: in this order; once more: turned round.")
        return _("Not in this order: all calls would have to be read for the first page. Filter by it instead.")

    def _on_click(self, column: int) -> None:
        order = ORDERS.get(self._columns[column])
        if order is not None and self._view.is_free_to_order:
            self.wanted.emit(Sorted(order, order is self._view.order and not self._view.is_rising))
