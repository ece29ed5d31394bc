"""Which column of the file goes where: a box per column, or a field that is dragged (or sent with Enter) onto it."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.importing.field_words import field_choices, field_words
from app.importing.import_desk import FileMapping, Preview
from app.words import _
from ui.plain_text import cut, label
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_FIELD = "application/x-omote-field"
_EXAMPLES, _LONGEST_EXAMPLE = 3, 24
_BOX = 236


class ColumnsView(QWidget):
    """All columns of the file, and beside them the fields that they can be.

    Signals:
        changed: the fields of all columns, in their order.
    """

    changed = Signal(tuple)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._table, self._fields = _ColumnTable(tokens), _FieldList(tokens)
        self._table.changed.connect(self._tell)
        self._fields.sent.connect(self._table.take)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._table, 1)
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(label(_("Drag onto a column:"), "heading", buddy_of=self._fields))
        side.addWidget(self._fields, 1)
        row.addLayout(side)

    def show_columns(self, preview: Preview, mapping: FileMapping) -> None:
        """The columns of another file, or of the same one as it holds something else."""
        self._table.show_columns(preview, mapping)
        self._fields.show_fields(mapping)

    def begin(self) -> None:
        """Take the keyboard to the columns."""
        self._table.setFocus()

    def set_fields(self, fields: Sequence[str]) -> None:
        """The columns go elsewhere, as somebody's file says."""
        self._table.set_fields(fields)
        self._tell()

    def _tell(self) -> None:
        fields = self._table.fields()
        self._fields.mark_used(fields)
        self.changed.emit(fields)


class _ColumnTable(RowsView):
    """Signals: changed, a column goes elsewhere."""

    changed = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__((Column(_("Column of the file")), Column(_("becomes"), _BOX + 16)), tokens)
        self.setAccessibleName(_("Columns of the file"))
        self.setAcceptDrops(True)
        self._boxes: list[_FieldBox] = []

    def show_columns(self, preview: Preview, mapping: FileMapping) -> None:
        choices = _choices(mapping)
        headings = [one or _("column {n}").format(n=n) for n, one in enumerate(mapping.headings, start=1)]
        examples = [_examples(preview, place) for place, _heading in enumerate(headings)]
        self.fill(
            [(Cell(one, few, is_strong=True), Cell("")) for one, few in zip(headings, examples, strict=True)],
            range(len(headings)),
        )
        self._boxes = [self._add_box(place, one, choices) for place, one in enumerate(headings)]
        self.set_fields(mapping.fields)
        self.setCurrentIndex(self.model().index(0, 0))

    def fields(self) -> tuple[str, ...]:
        return tuple([str(box.currentData()) for box in self._boxes])

    def set_fields(self, fields: Sequence[str]) -> None:
        for box, field in zip(self._boxes, fields, strict=True):
            box.setCurrentIndex(max(0, box.findData(field)))
            box.dim()

    def take(self, field: str) -> None:
        """The selected column becomes this field."""
        if (row := self.currentIndex().row()) >= 0:
            self._put(row, field)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(_FIELD):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self.rowAt(event.position().toPoint().y())
        if event.mimeData().hasFormat(_FIELD) and row >= 0:
            self.selectRow(row)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        row = self.rowAt(event.position().toPoint().y())
        if event.mimeData().hasFormat(_FIELD) and row >= 0:
            self._put(row, bytes(event.mimeData().data(_FIELD).data()).decode())
            event.acceptProposedAction()

    def _put(self, row: int, field: str) -> None:
        box = self._boxes[row]
        if (place := box.findData(field)) >= 0:
            box.setCurrentIndex(place)
            box.activated.emit(place)

    def _add_box(self, place: int, heading: str, choices: QStandardItemModel) -> "_FieldBox":
        box = _FieldBox(heading, choices)
        box.activated.connect(lambda: self.selectRow(place))
        box.activated.connect(box.dim)
        box.activated.connect(self.changed)
        self.setIndexWidget(self.model().index(place, 1), _centred(box))
        return box


class _FieldBox(QComboBox):
    """All boxes share one list: an address book has a hundred columns."""

    def __init__(self, heading: str, choices: QStandardItemModel) -> None:
        super().__init__()
        self.setAccessibleName(heading)
        self.setModel(choices)
        self.setMaxVisibleItems(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # who scrolls the list means the list

    def dim(self) -> None:
        """A column that is not taken stands back."""
        self.setProperty("role", "" if self.currentData() else "dim")
        self.style().unpolish(self)
        self.style().polish(self)


class _FieldList(RowsView):
    """Signals: sent, a field that was chosen with Enter or a double click for the selected column."""

    sent = Signal(str)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__((Column(""),), tokens)
        self.horizontalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        self.setFixedWidth(192)
        self.setDragEnabled(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.activated.connect(lambda index: self.sent.emit(self.key_at(index)))

    def show_fields(self, mapping: FileMapping) -> None:
        """The fields of what the file holds."""
        self._names = [name for name, _words in field_choices(mapping.kind) if name]
        self.mark_used(mapping.fields)

    def mark_used(self, fields: Sequence[str]) -> None:
        """Those that no column is yet stand out."""
        where = self.verticalScrollBar().value()
        self.fill([(_field_cell(name, fields),) for name in self._names], self._names)
        self.verticalScrollBar().setValue(where)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        field = str(self.current_key())
        about = QMimeData()
        about.setData(_FIELD, QByteArray(field.encode()))
        drag = QDrag(self)
        drag.setMimeData(about)
        drag.setPixmap(self._picture(field_words(field)))
        drag.exec(Qt.DropAction.CopyAction)

    def _picture(self, words: str) -> QPixmap:
        chip = label(words, "chip")
        chip.setParent(self.window())
        chip.adjustSize()
        picture = chip.grab()
        chip.deleteLater()
        return picture


def _choices(mapping: FileMapping) -> QStandardItemModel:
    model = QStandardItemModel()
    for field, words in field_choices(mapping.kind):
        item = QStandardItem(words)
        item.setData(field, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model


def _examples(preview: Preview, place: int) -> str:
    cells = [cells[place].strip() for _line, cells in preview.cells if place < len(cells)]
    few = [cut(" ".join(one.split()), _LONGEST_EXAMPLE) for one in dict.fromkeys(cells) if one][:_EXAMPLES]
    return " · ".join(few) or _("(empty)")


def _field_cell(name: str, used: Sequence[str]) -> Cell:
    return Cell(f"✓ {field_words(name)}", tone=Tone.QUIET) if name in used else Cell(field_words(name))


def _centred(box: QComboBox) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(8, 5, 8, 6)
    row.addWidget(box)
    return holder
