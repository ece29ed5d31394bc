"""Which column of the file goes where: a box per column, or a field that is dragged (or sent with Enter) onto it."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.importing.field_words import field_choices, field_words
from app.importing.import_desk import FileMapping, Preview
from app.words import _
from ui.importing.field_box import IS_TAKEN, BoxLook, FieldBox, box_place
from ui.plain_text import cut, label
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_FIELD = "application/x-omote-field"
_EXAMPLES, _LONGEST_EXAMPLE = 3, 24
_BOX = 216


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
    """Every line looks as if it had its box; the selected one has it: a file may have a thousand columns.

    Signals: changed, a column goes elsewhere.
    """

    changed = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__((Column(_("Column of the file")), Column(_("becomes"), _BOX + 16)), tokens)
        self.setAccessibleName(_("Columns of the file"))
        self.setAcceptDrops(True)
        self._fields: list[str] = []
        self._words: dict[str, str] = {}
        self._box = FieldBox(self.viewport())
        self._box.hide()
        self.setItemDelegateForColumn(1, BoxLook(tokens, self))
        self._box.activated.connect(self._on_box)
        self.selectionModel().currentRowChanged.connect(self._move_box)
        self.clicked.connect(self._on_click)
        self.activated.connect(self._open_box)
        self._soon = QTimer(self, singleShot=True, interval=0)  # once all columns have their new places
        self._soon.timeout.connect(self._move_box)
        self.horizontalHeader().sectionResized.connect(self._soon.start)

    def show_columns(self, preview: Preview, mapping: FileMapping) -> None:
        self._words = dict(field_choices(mapping.kind))
        self._box.offer(self._words)
        headings = [one or _("column {n}").format(n=n) for n, one in enumerate(mapping.headings, start=1)]
        examples = [_examples(preview, place) for place, _heading in enumerate(headings)]
        self.fill(
            [(Cell(one, few, is_strong=True), Cell("")) for one, few in zip(headings, examples, strict=True)],
            range(len(headings)),
        )
        self.set_fields(mapping.fields)
        self.selectRow(0)
        self._move_box()

    def fields(self) -> tuple[str, ...]:
        return tuple(self._fields)

    def set_fields(self, fields: Sequence[str]) -> None:
        self._fields = list(fields)
        for row, field in enumerate(fields):
            self._show_field(row, field)
        self._move_box()

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

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._move_box()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def _put(self, row: int, field: str) -> None:
        if field in self._words:
            self._fields[row] = field
            self._show_field(row, field)
            self.selectRow(row)
            self._move_box()
            self.changed.emit()

    def _show_field(self, row: int, field: str) -> None:
        index = self.model().index(row, 1)
        self.model().setData(index, self._words.get(field, field))
        self.model().setData(index, bool(field), IS_TAKEN)

    def _move_box(self) -> None:
        """To the selected line."""
        row = self.currentIndex().row()
        self._box.setVisible(0 <= row < len(self._fields))
        if self._box.isVisibleTo(self):
            self._box.setGeometry(box_place(self.visualRect(self.model().index(row, 1))))
            self._box.show_field(self._fields[row], str(self.model().index(row, 0).data()).split("\n")[0])

    def _on_box(self) -> None:
        self._put(self.currentIndex().row(), str(self._box.currentData()))

    def _on_click(self, index: QModelIndex) -> None:
        if index.column() == 1:
            self._open_box()

    def _open_box(self) -> None:
        self._box.setFocus()
        self._box.showPopup()


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


def _examples(preview: Preview, place: int) -> str:
    cells = [cells[place].strip() for _line, cells in preview.cells if place < len(cells)]
    few = [cut(" ".join(one.split()), _LONGEST_EXAMPLE) for one in dict.fromkeys(cells) if one][:_EXAMPLES]
    return " · ".join(few) or _("(empty)")


def _field_cell(name: str, used: Sequence[str]) -> Cell:
    return Cell(f"✓ {field_words(name)}", tone=Tone.QUIET) if name in used else Cell(field_words(name))
