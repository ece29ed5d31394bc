"""The main window's lines for supervisors, under those of the operator."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from app.supervision import Supervision
from app.words import _
from ui.main_window import MainWindow
from ui.pages.audit import AuditPage
from ui.pages.duplicates import DuplicatesPage
from ui.pages.import_export import ImportExportPage
from ui.theme import Tokens


def add_supervisor_pages(main: MainWindow, tokens: Tokens, supervision: Supervision) -> None:
    """Each is built when it is first chosen."""
    for title, build in _pages(tokens, supervision):
        main.add_page(title, build)


def _pages(tokens: Tokens, supervision: Supervision) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    yield _("Import and export"), partial(ImportExportPage, tokens, supervision.imports, supervision.exports)
    yield _("Duplicates"), partial(DuplicatesPage, tokens, supervision.duplicates)
    yield _("Audit log"), partial(AuditPage, tokens, supervision.audit)
