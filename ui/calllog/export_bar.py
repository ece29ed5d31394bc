"""All that is filtered into a file, while one works on: how far it is, what became of it, and a button to stop it."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.calllog.call_log import Asked
from app.errors import UserError
from app.exporting.export_desk import ExportDesk, ExportKind, ExportOrder, Written
from app.words import _, ngettext
from ui.plain_text import button, give_role, label

_ENDINGS = {"xlsx": "Excel (*.xlsx)", "csv": "CSV (*.csv)"}


class ExportBar(QWidget):
    """Hears an export as its ExportListener.

    Signals:
        wanted: the file is to be chosen; `ask_where` answers with what is filtered then.
    """

    wanted = Signal()

    def __init__(self, desk: ExportDesk) -> None:
        super().__init__()
        self._desk = desk
        self._path = Path()
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._count, self._said, self._begin, self._cancel = (
            label("", "small"),
            label("", "small"),
            button(_("Export these calls…")),
            button(_("Cancel")),
        )
        self._said.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._count)
        row.addWidget(self._said, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._begin)
        self._cancel.hide()
        self._begin.clicked.connect(self.wanted)
        self._cancel.clicked.connect(self._on_cancel)

    @property
    def is_at_work(self) -> bool:
        """Whether an export runs."""
        return not self._begin.isEnabled()

    def hint(self, words: str) -> None:
        """How many calls there are: it stands before what became of an export."""
        self._count.setText(words)

    def warn(self, words: str) -> None:
        """What did not work, while nothing is exported."""
        if not self.is_at_work:
            self._say(f"▲ {words}", "warning")

    def ask_where(self, asked: Asked) -> None:
        """A file's name; it is a window of its own, which nothing waits for."""
        dialog = QFileDialog(self, _("Export"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters(list(_ENDINGS.values()))
        dialog.setDefaultSuffix("xlsx")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "xlsx"))
        dialog.setDirectory(self._folder)
        dialog.selectFile(f"calls-{self._desk.today:%Y%m%d}.xlsx")
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen), asked))
        dialog.show()

    def export_to(self, path: Path, asked: Asked) -> None:
        """Whatever is filtered, into this file; its name says which kind."""
        if path.suffix.lower() not in (".xlsx", ".csv"):
            path = path.with_name(path.name + ".xlsx")
        self._folder, self._path = str(path.parent), path
        self._begin.setEnabled(False)
        self._cancel.setEnabled(True)
        self._cancel.show()
        self._say(_("Beginning…"))
        self._desk.begin(ExportOrder(ExportKind.CALLS, path, asked=asked), self)

    # --- ExportListener

    def export_tells(self, rows: int) -> None:
        """How far it is."""
        self._say(_("Written so far: {rows}").format(rows=_row_words(rows)))

    def export_ended(self, end: Written | UserError) -> None:
        """How it ended."""
        self._begin.setEnabled(True)
        self._cancel.hide()
        if isinstance(end, UserError):
            self._say(f"▲ {end}", "warning")
        else:
            self._say(_("✓ {rows} written to {path}.").format(rows=_row_words(end.rows), path=self._path), "result")

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._desk.cancel()

    def _say(self, words: str, role: str = "small") -> None:
        give_role(self._said, role)
        self._said.setText(words)


def _row_words(n: int) -> str:
    return ngettext("{n} row", "{n} rows", n).format(n=f"{n:,}")
