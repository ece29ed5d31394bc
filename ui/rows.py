"""The one table of every panel and page: a C++ item model, two-line cells, hairlines instead of boxes.

Items hold both lines in their text, so a screen reader reads what the eye sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.face import Face
from ui.plain_text import cut
from ui.theme import Tokens

Index = QModelIndex | QPersistentModelIndex
_CELL = Qt.ItemDataRole.UserRole + 1
KEY = Qt.ItemDataRole.UserRole + 2
_PADDING, _MARGIN = 8, 5
ROW_HEIGHT = 48


class Tone(StrEnum):
    """How a cell is coloured; a sign or a word always says the same."""

    PLAIN = "ink"
    QUIET = "ink2"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Cell:
    """One or two lines of text. A click on the first dials the number `dials`, on the second `second_dials`."""

    text: str
    second: str = ""
    tone: Tone = Tone.PLAIN
    is_strong: bool = False
    dials: str = ""
    second_dials: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in pixels, 0 for the one that takes what is left."""

    title: str
    width: int = 0
    is_right: bool = False


class RowsView(QTableView):
    """Shows rows of cells; `fill` replaces all of them.

    Signals:
        wants_dial: the number that was clicked on, as it stands in the cell.
    """

    wants_dial = Signal(str)

    def __init__(self, columns: Sequence[Column], tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows = QStandardItemModel(0, len(columns), self)
        self._rows.setHorizontalHeaderLabels([column.title for column in columns])
        self.setModel(self._rows)
        # its owner may know a better one
        self.setAccessibleName(", ".join(column.title for column in columns if column.title))
        self._drawn = _TwoLines(tokens, [column.is_right for column in columns], self)
        self.setItemDelegate(self._drawn)
        self.setMouseTracking(True)
        self._dress()

    def fill(self, rows: Sequence[Sequence[Cell]], keys: Sequence[object] = ()) -> None:
        """Replace all rows; `keys` name them for `key_at`, and the selected one stays selected."""
        selected = self.current_key()
        self.setUpdatesEnabled(False)
        self._rows.setRowCount(0)
        self._add(rows, keys)
        if selected is not None and selected in keys:
            self.setCurrentIndex(self._rows.index(keys.index(selected), 0))
        self.setUpdatesEnabled(True)
        self.executeDelayedItemsLayout()  # else it is done inside the next paint, which then paints everything twice

    def append(self, rows: Sequence[Sequence[Cell]], keys: Sequence[object]) -> None:
        """More rows behind the last; nothing that is seen moves."""
        self.setUpdatesEnabled(False)
        self._add(rows, keys)
        self.setUpdatesEnabled(True)

    def _add(self, rows: Sequence[Sequence[Cell]], keys: Sequence[object]) -> None:
        for number, row in enumerate(rows):
            items = [_item(cell, column) for cell, column in zip(row, self._columns, strict=True)]
            if number < len(keys):
                items[0].setData(keys[number], KEY)
            self._rows.appendRow(items)

    def key_at(self, index: Index) -> object:
        """The key of the row that `index` lies in."""
        return self._rows.index(index.row(), 0).data(KEY)

    def current_key(self) -> object:
        """The key of the row that is selected, None if none is."""
        index = self.currentIndex()
        return self.key_at(index) if index.isValid() else None

    def select(self, key: object) -> None:
        """Select the row of this key, and bring it into sight; nothing where it is not there."""
        for row in range(self._rows.rowCount()):
            if self._rows.item(row).data(KEY) == key:
                self.setCurrentIndex(self._rows.index(row, 0))
                self.scrollTo(self._rows.index(row, 0))
                return

    def dial_current(self) -> bool:
        """Dial the number of the selected row; False if it has none."""
        row = self.currentIndex().row()
        cells = [self._rows.index(row, column).data(_CELL) for column in range(len(self._columns))] if row >= 0 else []
        number = next((one.dials or one.second_dials for one in cells if one.dials or one.second_dials), "")
        if number:
            self.wants_dial.emit(number)
        return bool(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._number_at(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        number = self._number_at(event.position().toPoint())
        if number and event.button() is Qt.MouseButton.LeftButton:
            self.wants_dial.emit(number)

    def _number_at(self, where: QPoint) -> str:
        """The number that is written here, "" for none."""
        index = self.indexAt(where)
        cell: Cell | None = index.data(_CELL)
        if cell is None or not (cell.dials or cell.second_dials):
            return ""
        return self._drawn.number_at(cell, where - self.visualRect(index).topLeft())

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        header.setFixedHeight(32)
        for number, column in enumerate(self._columns):
            side = Qt.AlignmentFlag.AlignRight if column.is_right else Qt.AlignmentFlag.AlignLeft
            self._rows.horizontalHeaderItem(number).setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            mode = QHeaderView.ResizeMode.Fixed if column.width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(number, mode)
            if column.width:
                header.resizeSection(number, column.width)


def _item(cell: Cell, column: Column) -> QStandardItem:
    first, second = cut(cell.text), cut(cell.second)
    item = QStandardItem(f"{first}\n{second}" if second else first)
    item.setData(cell, _CELL)
    if column.is_right:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight)
    return item


class _TwoLines(QStyledItemDelegate):
    """First line in the cell's tone, second smaller and quiet, a hairline below.

    A pop draws thirty cells, in Python that has just rested: so few calls into Qt, none of its flags put together here,
    and text is measured only where it might not fit.
    """

    def __init__(self, tokens: Tokens, is_right: Sequence[bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._is_right = is_right
        self._colours = {tone: QColor(getattr(tokens, tone.value)) for tone in Tone}
        self._link = QColor(tokens.accent)
        self._line, self._selected = QColor(tokens.line), QColor(tokens.selected)
        self._first, self._bold = Face(parent.font(), 13), Face(parent.font(), 13, QFont.Weight.DemiBold)
        self._small = Face(parent.font(), 12)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: Any = option.rect  # PySide says that getRect gives an object
        left, top, width, height = rect.getRect()
        if option.state.value & _IS_SELECTED:
            painter.fillRect(left, top, width, height, self._selected)
        painter.fillRect(left, top + height - 1, width, 1, self._line)
        cell: Cell = index.data(_CELL)
        is_right = self._is_right[index.column()]
        left, width, height = left + _PADDING, width - 2 * _PADDING, height - 2 * _MARGIN
        upper = height * 11 // 20 if cell.second else height
        painter.setPen(self._link if cell.dials else self._colours[cell.tone])
        face = self._bold if cell.is_strong else self._first
        face.write(painter, (left, top + _MARGIN, width, upper), cell.text, is_right=is_right)
        if cell.second:
            painter.setPen(self._link if cell.second_dials else self._colours[Tone.QUIET])
            below = left, top + _MARGIN + upper - 1, width, height - upper
            self._small.write(painter, below, cell.second, is_right=is_right)

    def number_at(self, cell: Cell, where: QPoint) -> str:
        """What the line of text at this place of the cell dials; "" beside the text."""
        is_second = bool(cell.second) and where.y() > _MARGIN + (ROW_HEIGHT - 2 * _MARGIN) * 11 // 20
        face = self._small if is_second else self._bold if cell.is_strong else self._first
        is_on_text = _PADDING <= where.x() <= _PADDING + face.width(cell.second if is_second else cell.text)
        return (cell.second_dials if is_second else cell.dials) if is_on_text else ""


_IS_SELECTED = QStyle.StateFlag.State_Selected.value
