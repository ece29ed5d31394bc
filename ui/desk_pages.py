"""The pages of the main window that are the operator's own work, and how much of it waits, told on the rail."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.desk import Desk
from app.missed import MissedNow
from app.words import _
from ui.main_window import MainWindow
from ui.pages.missed import MissedPage
from ui.theme import Tokens

_PAUSE_MS = 700


class DeskPages(QObject):
    """Asks soon after something has changed, once for many changes, and never while nobody looks.

    Signals:
        opened: the id of a past call that the operator opens.
    """

    opened = Signal(object)

    def __init__(self, main: MainWindow, tokens: Tokens, desk: Desk) -> None:
        super().__init__(main)
        self._main, self._tokens, self._desk = main, tokens, desk
        self._missed: MissedPage | None = None
        self._missed_now = MissedNow()
        self._due = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._due.timeout.connect(self.ask_now)
        self._missed_at = main.add_page(_("To call back"), self._build_missed)
        desk.missed.changed.append(self.ask_now)
        main.seen.connect(self.ask_now)

    def ask(self) -> None:
        """Something has changed in the records."""
        if self._main.isVisible() and not self._due.isActive():
            self._due.start()

    def ask_now(self) -> None:
        """All that the rail counts."""
        self._desk.missed.ask(self._show_missed, self._desk.board.records_failed)

    def _build_missed(self) -> MissedPage:
        page = self._missed = MissedPage(self._tokens, self._desk.missed, self._desk.board.records_failed)
        page.opened.connect(self.opened)
        page.fill(self._missed_now)
        return page

    def _show_missed(self, now: MissedNow) -> None:
        self._missed_now = now
        self._main.show_count(self._missed_at, len(now.listed.to_call) + len(now.listed.withheld))
        if self._missed is not None:
            self._missed.fill(now)
