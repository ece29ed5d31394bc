"""Records into a file: what, of which days, as which kind of file; then how it goes and what became of it."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.exporting.export_desk import (
    REPLACE_OPTION,
    ExportDesk,
    ExportKind,
    ExportOrder,
    Lacking,
    Written,
    has_period,
    told_lost,
)
from app.words import _, ngettext
from ui.exporting.period import PeriodBox
from ui.plain_text import button, give_role, label

_READY, _RUNNING = range(2)
_XLSX, _CSV, _CP932 = "xlsx", "utf-8", "cp932"
_WIDTH = 320


class ExportView(QWidget):
    """Hears an export as its ExportListener."""

    def __init__(self, desk: ExportDesk) -> None:
        super().__init__()
        self._desk = desk
        self._order: ExportOrder | None = None
        self._is_cancelled = False
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._kind, self._form = QComboBox(), QComboBox()
        for kind, words in _kinds():
            self._kind.addItem(words, kind.value)
        for form, words in _forms():
            self._form.addItem(words, form)
        self._period = PeriodBox(desk.today)
        self._period_words = label(_("Of"), "small", buddy_of=self._period)
        self._said = label("", "line")
        self._said.setWordWrap(True)
        self._export, self._replace = button(_("Export…"), "primary"), button(_("Write 〓 in their places"))
        self._progress, self._bar, self._cancel = label("", "line"), QProgressBar(), button(_("Cancel"))
        self._rows = QStackedWidget()
        self._lay_out()
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._export.clicked.connect(self._ask_where)
        self._replace.clicked.connect(self._export_all_the_same)
        self._cancel.clicked.connect(self._on_cancel)
        self._on_kind()

    def export_to(self, path: Path) -> None:
        """What is chosen, into this file."""
        form = str(self._form.currentData())
        ending = ".xlsx" if form == _XLSX else ".csv"
        if path.suffix.lower() != ending:
            path = path.with_name(path.name + ending)
        self._folder = str(path.parent)
        kind = ExportKind(str(self._kind.currentData()))
        first, last = self._period.days if has_period(kind) else (None, None)
        self._begin(ExportOrder(kind, path, first, last, _CP932 if form == _CP932 else _CSV))

    # --- ExportListener

    def export_tells(self, rows: int) -> None:
        """How far it is; how many rows there are nobody counts before."""
        self._progress.setText(_("Written so far: {rows}").format(rows=_row_words(rows)))

    def export_ended(self, end: Written | UserError) -> None:
        """How it ended."""
        had_keyboard = self._cancel.hasFocus()
        self._rows.setCurrentIndex(_READY)
        self._hold(is_held=False)
        if had_keyboard:
            self._export.setFocus()
        if isinstance(end, UserError):
            self._replace.setVisible(end.option == REPLACE_OPTION)
            self._say(str(end) if self._is_cancelled else f"▲ {end}", "line" if self._is_cancelled else "alarm")
            return
        self._say(self._done_words(end), "result")

    # --- what is pressed

    def _ask_where(self) -> None:
        form = str(self._form.currentData())
        ending = "xlsx" if form == _XLSX else "csv"
        dialog = QFileDialog(self, _("Export"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters(["Excel (*.xlsx)" if form == _XLSX else "CSV (*.csv)"])
        dialog.setDefaultSuffix(ending)
        dialog.setDirectory(self._folder)
        dialog.selectFile(f"{self._kind.currentData()}-{self._desk.today:%Y%m%d}.{ending}")
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.show()

    def _export_all_the_same(self) -> None:
        if (order := self._order) is not None:
            self._begin(ExportOrder(order.kind, order.path, order.first, order.last, order.encoding, Lacking.REPLACED))

    def _begin(self, order: ExportOrder) -> None:
        had_keyboard = self._export.hasFocus() or self._replace.hasFocus()
        self._order, self._is_cancelled = order, False
        self._say("")
        self._hold(is_held=True)
        self._progress.setText(_("Beginning…"))
        self._cancel.setEnabled(True)
        self._rows.setCurrentIndex(_RUNNING)
        if had_keyboard:
            self._cancel.setFocus()
        self._desk.begin(order, self)

    @property
    def is_at_work(self) -> bool:
        """Whether an export runs."""
        return self._rows.currentIndex() == _RUNNING

    def _on_cancel(self) -> None:
        self._is_cancelled = True
        self._cancel.setEnabled(False)
        self._progress.setText(_("Cancelling…"))
        self._desk.cancel()

    def _on_kind(self) -> None:
        for one in (self._period_words, self._period):
            one.setVisible(has_period(ExportKind(str(self._kind.currentData()))))

    def _hold(self, *, is_held: bool) -> None:
        for one in (self._kind, self._form, self._period):
            one.setDisabled(is_held)

    def _say(self, text: str, role: str = "line") -> None:
        give_role(self._said, role)
        self._said.setText(text)
        self._said.setVisible(bool(text))
        if not text or role == "result":
            self._replace.hide()

    def _done_words(self, written: Written) -> str:
        name = self._order.path if self._order else ""
        words = [_("✓ {rows} written to {path}.").format(rows=_row_words(written.rows), path=name)]
        if written.lost:
            words.append(_("〓 stands in place of: {signs}").format(signs=told_lost(written.lost)))
        if written.cut:
            words.append(
                _("Texts cut because a cell of Excel's holds 32,767 characters: {count}").format(count=written.cut)
            )
        return "\n".join(words)

    def _lay_out(self) -> None:
        lines = QGridLayout()
        lines.setHorizontalSpacing(16)
        lines.setVerticalSpacing(12)
        lines.setColumnStretch(2, 1)
        told = (label(_("What"), "small", buddy_of=self._kind), self._kind)
        filed = (label(_("File"), "small", buddy_of=self._form), self._form)
        for row, (words, box) in enumerate((told, (self._period_words, self._period), filed)):
            lines.addWidget(words, row, 0)
            lines.addWidget(box, row, 1)
        for one in (self._kind, self._form):
            one.setMinimumWidth(_WIDTH)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._progress.setBuddy(self._bar)
        for made in (self._ready_row(), self._running_row()):
            self._rows.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(16)
        column.addLayout(lines)
        hint = label(_("The file holds personal data, readable by you alone. Delete it once it has served."), "small")
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addWidget(self._said)
        column.addWidget(self._rows)
        column.addStretch(1)
        self._said.hide()
        self._replace.hide()

    def _ready_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._export)
        row.addWidget(self._replace)
        row.addStretch(1)
        return made

    def _running_row(self) -> QWidget:
        made, words = QWidget(), QVBoxLayout()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        words.setSpacing(6)
        words.addWidget(self._progress)
        words.addWidget(self._bar)
        row.addLayout(words, 1)
        row.addWidget(self._cancel)
        return made


def _row_words(n: int) -> str:
    return ngettext("{n} row", "{n} rows", n).format(n=f"{n:,}")


def _kinds() -> list[tuple[ExportKind, str]]:
    return [
        (ExportKind.CUSTOMERS, _("Customers with their telephone numbers")),
        (ExportKind.CALLS, _("Calls with their notes")),
        (ExportKind.PURCHASES, _("Purchases")),
        (ExportKind.COMPLAINTS, _("Complaints")),
        (ExportKind.INTERACTIONS, _("Past contacts")),
    ]


def _forms() -> list[tuple[str, str]]:
    return [
        (_XLSX, _("Excel (.xlsx)")),
        (_CSV, _("CSV, UTF-8")),
        (_CP932, _("CSV, CP932 (Shift_JIS) for old programs")),
    ]
