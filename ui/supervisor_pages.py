"""The main window's lines for supervisors and administrators, under those of the operator."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from app.roles import Roles
from app.supervision import Supervision
from app.words import _
from ui.live.page import LivePage
from ui.main_window import MainWindow
from ui.pages.audit import AuditPage
from ui.pages.call_log import CallLogPage
from ui.pages.complaints import ComplaintsPage
from ui.pages.duplicates import DuplicatesPage
from ui.pages.import_export import ImportExportPage
from ui.pages.persons import PersonsPage
from ui.pages.reports import ReportsPage
from ui.pages.reviews import ReviewsPage
from ui.theme import Tokens


class SupervisorPages:
    """Each is built when it is first chosen, and has no line for whoever may not see it."""

    def __init__(self, main: MainWindow, tokens: Tokens, supervision: Supervision, roles: Roles) -> None:
        self._main, self._roles = main, roles
        self._numbers = [main.add_page(title, build) for title, build in _pages(main, tokens, supervision)]
        self._for_administrators = main.add_page(_("Personal data"), partial(PersonsPage, tokens, supervision.persons))
        roles.changed.append(self.show)
        self.show()

    def show(self) -> None:
        """As the role is now."""
        for number in self._numbers:
            self._main.show_line(number, is_shown=self._roles.sees_all)
        self._main.show_line(self._for_administrators, is_shown=self._roles.sets_up)

    def leave(self) -> None:
        """Others have taken their place."""
        self._roles.changed.remove(self.show)


def _pages(main: MainWindow, tokens: Tokens, supervision: Supervision) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    yield _("Complaints"), partial(_complaints, main, tokens, supervision)
    yield _("Live board"), partial(LivePage, tokens, supervision.live, lambda: main.places)
    yield _("Reports"), partial(ReportsPage, tokens, supervision.reports)
    yield _("Call log"), partial(_call_log, main, tokens, supervision)
    yield _("Reviews"), partial(_reviews, main, tokens, supervision)
    yield _("Import and export"), partial(ImportExportPage, tokens, supervision.imports, supervision.exports)
    yield _("Duplicates"), partial(DuplicatesPage, tokens, supervision.duplicates)
    yield _("Audit log"), partial(AuditPage, tokens, supervision.audit)


def _complaints(main: MainWindow, tokens: Tokens, supervision: Supervision) -> ComplaintsPage:
    page = ComplaintsPage(tokens, supervision.complaints)
    page.wants_card.connect(main.wants_card)
    return page


def _call_log(main: MainWindow, tokens: Tokens, supervision: Supervision) -> CallLogPage:
    page = CallLogPage(tokens, supervision.call_log, supervision.audit, supervision.reviewing)
    page.wants_dial.connect(main.wants_dial)
    page.wants_card.connect(main.wants_card)
    return page


def _reviews(main: MainWindow, tokens: Tokens, supervision: Supervision) -> ReviewsPage:
    page = ReviewsPage(tokens, supervision.call_log, supervision.audit, supervision.reviewing)
    page.wants_dial.connect(main.wants_dial)
    page.wants_card.connect(main.wants_card)
    return page
