"""An opened file: what it holds, where its columns go, what its rows become, what is refused, and the way on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.importing.field_words import kind_words, whats_wrong
from app.importing.import_desk import FileMapping, ImportKind, Look, Preview, Refusal
from app.words import _
from ui.importing.columns_view import ColumnsView
from ui.importing.encoding_box import EncodingBox
from ui.importing.row_views import NamedRows, TakenRows
from ui.importing.run_bar import RunBar
from ui.plain_text import button, cut_label, label
from ui.theme import Tokens

_COLUMNS, _ROWS, _REFUSED, _ODD = range(4)


class FileView(QWidget):
    """Shows what the page knows; `bar` has the buttons of the import itself.

    Signals:
        kind_chosen, sheet_chosen, encoding_chosen: the file is to be read as something else.
        columns_changed: the fields of all columns.
        wants_other, wants_load, wants_save, wants_refused: the buttons.
    """

    kind_chosen = Signal(str)
    sheet_chosen = Signal(str)
    encoding_chosen = Signal(str)
    columns_changed = Signal(tuple)
    wants_other = Signal()
    wants_load = Signal()
    wants_save = Signal()
    wants_refused = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._name, self._about = cut_label("strong"), cut_label("small")
        self._kind, self._sheet = QComboBox(), QComboBox()
        for kind in ImportKind:
            self._kind.addItem(kind_words(kind), kind.value)
        self._encoding = EncodingBox()
        self._encoding_words = label(_("Encoding"), "small", buddy_of=self._encoding)
        self._sheet_words = label(_("Sheet"), "small", buddy_of=self._sheet)
        self._wrong = label("", "warning")
        self._wrong.setWordWrap(True)
        self._tabs, self._pages = QTabBar(), QStackedWidget()
        self.columns = ColumnsView(tokens)
        self._rows = TakenRows(tokens)
        self._refused = NamedRows(tokens, _("No row is refused, as far as is known."))
        self._odd = NamedRows(tokens, _("Nothing is odd, as far as is known."))
        self._load, self._save = button(_("Load columns…"), "quiet"), button(_("Save columns…"), "quiet")
        self._save_refused = button(_("Save the refused rows…"), "quiet")
        self._other = button(_("Another file"), "quiet")
        self.bar = RunBar()
        self._lay_out()
        self._connect()

    def show_file(self, look: Look) -> None:
        """A file, or the same one read as something else."""
        self._name.setText(look.file.source.path.name)
        self._about.setText(look.preview.described + (" · " + _("columns as last time") if look.as_last_time else ""))
        self._kind.setCurrentIndex(self._kind.findData(look.file.mapping.kind.value))
        self._sheet.clear()
        self._sheet.addItems(list(look.sheets))
        self._sheet.setCurrentText(look.sheet)
        for one in (self._sheet, self._sheet_words):
            one.setVisible(len(look.sheets) > 1)
        self._encoding.show_encoding(look.encoding)
        for one in (self._encoding, self._encoding_words):
            one.setVisible(look.is_text)
        self.columns.show_columns(look.preview, look.file.mapping)
        self._tabs.setCurrentIndex(_COLUMNS)
        self.show_mapping(look.file.mapping)
        self.show_preview(look.file.mapping, look.preview)

    def show_mapping(self, mapping: FileMapping) -> None:
        """Whether it can be imported with its columns like this."""
        wrong = whats_wrong(mapping)
        self._wrong.setText(f"△ {wrong}" if wrong else "")
        self._wrong.setVisible(bool(wrong))
        n, all_of_them = sum(map(bool, mapping.fields)), len(mapping.fields)
        self._tabs.setTabText(_COLUMNS, _("Columns: {n} of {all}").format(n=n, all=all_of_them))
        self.bar.say("")
        self.bar.make_ready(is_importable=not wrong, has_rule=mapping.kind is ImportKind.CUSTOMERS)

    def show_preview(self, mapping: FileMapping, preview: Preview) -> None:
        """What the first rows become."""
        self._rows.show_rows(mapping.kind, preview)
        of = _("Of the first {n} rows; trying it out looks at all of them.").format(n=f"{preview.looked_at:,}")
        self.show_refused(preview.refusals, len(preview.refusals), of)
        self.show_odd(preview.odd, len(preview.odd), of)

    def show_refused(self, rows: Sequence[Refusal], count: int, hint: str = "") -> None:
        """The rows that are not taken."""
        self._refused.show_rows(rows, hint)
        self._tabs.setTabText(_REFUSED, _("Refused: {n}").format(n=f"{count:,}") if count else _("Refused"))
        self._save_refused.setEnabled(bool(rows))

    def show_odd(self, rows: Sequence[Refusal], count: int, hint: str = "") -> None:
        """The rows that are taken, but that a person should look at."""
        self._odd.show_rows(rows, hint)
        self._tabs.setTabText(_ODD, _("Worth a look: {n}").format(n=f"{count:,}") if count else _("Worth a look"))

    def go_to_refused(self) -> None:
        """The rows that are not taken come to the front."""
        self._tabs.setCurrentIndex(_REFUSED)

    def hold(self, *, is_held: bool) -> None:
        """While an import runs nothing of it can be changed."""
        for one in (
            self._kind,
            self._sheet,
            self._encoding,
            self.columns,
            self._load,
            self._save,
            self._other,
            self._save_refused,
        ):
            one.setDisabled(is_held)

    def _on_tab(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        for one in (self._load, self._save):
            one.setVisible(number == _COLUMNS)
        self._save_refused.setVisible(number == _REFUSED)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        self._kind.activated.connect(lambda: self.kind_chosen.emit(self._kind.currentData()))
        self._sheet.activated.connect(lambda: self.sheet_chosen.emit(self._sheet.currentText()))
        self.columns.changed.connect(self.columns_changed)
        self._encoding.activated.connect(lambda: self.encoding_chosen.emit(self._encoding.encoding))
        self._other.clicked.connect(self.wants_other)
        self._load.clicked.connect(self.wants_load)
        self._save.clicked.connect(self.wants_save)
        self._save_refused.clicked.connect(self.wants_refused)
        self._on_tab(_COLUMNS)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self._wrong)
        tabs = QHBoxLayout()
        tabs.setSpacing(16)
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for title in (_("Columns"), _("First rows"), _("Refused"), _("Worth a look")):
            self._tabs.addTab(title)
        tabs.addWidget(self._tabs)
        tabs.addStretch(1)
        for one in (self._load, self._save, self._save_refused):
            tabs.addWidget(one)
        column.addLayout(tabs)
        for page in (self.columns, self._rows, self._refused, self._odd):
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)
        column.addWidget(self.bar)

    def _head(self) -> QHBoxLayout:
        row, names = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(8)
        names.setSpacing(2)
        names.addWidget(self._name)
        names.addWidget(self._about)
        row.addLayout(names, 1)
        row.addWidget(self._sheet_words)
        row.addWidget(self._sheet)
        row.addWidget(self._encoding_words)
        row.addWidget(self._encoding)
        row.addWidget(label(_("It holds"), "small", buddy_of=self._kind))
        row.addWidget(self._kind)
        row.addWidget(self._other)
        return row
