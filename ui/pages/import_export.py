"""The page on which files come in and go out: two tabs."""

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.exporting.export_desk import ExportDesk
from app.importing.import_desk import ImportDesk
from app.words import _
from ui.exporting.export_view import ExportView
from ui.pages.imports import ImportsPage
from ui.theme import Tokens


class ImportExportPage(QWidget):
    """Import is in front."""

    def __init__(self, tokens: Tokens, imports: ImportDesk, exports: ExportDesk) -> None:
        super().__init__()
        self._tabs, self._views = QTabBar(), QStackedWidget()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._imports, self._exports = ImportsPage(tokens, imports), ExportView(exports)
        for title, view in ((_("Import"), self._imports), (_("Export"), self._exports)):
            self._tabs.addTab(title)
            self._views.addWidget(view)
        self._tabs.currentChanged.connect(self._views.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._tabs)
        column.addWidget(self._views, 1)

    @property
    def is_at_work(self) -> bool:
        """Whether a file is open, comes in or goes out."""
        return self._imports.is_at_work or self._exports.is_at_work
