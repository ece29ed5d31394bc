"""The box in which a column's field is chosen, and how it looks on the lines that are not selected."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import Tokens

IS_TAKEN = Qt.ItemDataRole.UserRole + 3
Index = QModelIndex | QPersistentModelIndex


def box_place(cell: QRect) -> QRect:
    """Where the box stands in its cell."""
    return cell.adjusted(8, 5, -8, -6)


class FieldBox(QComboBox):
    """The box of the selected column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def offer(self, choices: Mapping[str, str]) -> None:
        """All that a column can be."""
        self.clear()
        for field, words in choices.items():
            self.addItem(words, field)

    def show_field(self, field: str, heading: str) -> None:
        """What the column is now."""
        self.setAccessibleName(heading)
        self.setCurrentIndex(max(0, self.findData(field)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # who scrolls the list means the list


class BoxLook(QStyledItemDelegate):
    """A line's box as it looks at rest; a column that is not taken stands back."""

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent)
        self._font = QFont(parent.font())
        self._font.setPixelSize(13)
        self._ink, self._quiet = QColor(tokens.ink), QColor(tokens.ink2)
        self._line, self._surface, self._selected = (
            QColor(one) for one in (tokens.line, tokens.surface, tokens.selected)
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area, is_taken = option.rect, bool(index.data(IS_TAKEN))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self._selected)
        painter.setPen(self._line)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        place = box_place(area)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._surface if is_taken else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._draw_arrow(painter, place)
        painter.setFont(self._font)
        painter.setPen(self._ink if is_taken else self._quiet)
        painter.drawText(place.adjusted(9, 0, -30, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.restore()

    def _draw_arrow(self, painter: QPainter, place: QRect) -> None:
        x, y = place.right() - 15, place.center().y()
        painter.setPen(QPen(self._quiet, 1.6))
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
