"""The settings in the windows: their page on the rail, what counts at once, and a word before the program ends."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.desk import Desk
from app.errors import UserError
from app.settings_draft import Key
from app.start_again import START_AGAIN
from app.updates.running import is_busy
from app.words import _, language
from ui.desktop import Desktop
from ui.main_window import MainWindow
from ui.plain_text import label
from ui.settings_place import SettingsPlace
from ui.theme import dress, tokens_for

if TYPE_CHECKING:
    from ui.settings.page import SettingsPage

_LOOK_EVERY_MS = 1_000


class SettingsView(QObject):
    """Whoever sets nothing up sees what is a matter of taste."""

    def __init__(self, desktop: Desktop, desk: Desk, place: SettingsPlace) -> None:
        super().__init__()
        self._desktop, self._desk, self._place = desktop, desk, place
        self._number, self._theme = 0, ""
        self._page: SettingsPage | None = None
        self._waits = QTimer(self, interval=_LOOK_EVERY_MS)
        self._waits.timeout.connect(self._restart_if_quiet)
        desktop.left.disconnect()
        desktop.left.connect(self.leave)
        desktop.add(self._add)
        desktop.tray.wants_settings.connect(self.open)
        desktop.tray.offer_settings()

    def open(self) -> None:
        """Somebody asked for the settings."""
        self._desktop.show_main()
        self._desktop.main.go_to(self._number)

    def leave(self) -> None:
        """The program is to end; what waits to be saved is told first."""
        if self._page is not None and self._page.is_at_work:
            self.open()
            self._page.ask_before_quit()
        else:
            QApplication.exit()

    def _add(self, main: MainWindow) -> None:
        self._page = None
        self._number = main.add_page(_("Settings"), lambda: SettingsHolder(self._filled), is_at_foot=True)

    def _filled(self, before: QWidget | None) -> QWidget | None:
        """What is to stand there instead: another page for another role, or for a file that can be read now."""
        from ui.settings.page import SettingsPage  # noqa: PLC0415 -- for who changes settings

        is_whole = self._desk.roles.sets_up
        if isinstance(before, SettingsPage) and (before.is_at_work or before.is_whole == is_whole):
            return None
        try:
            page = self._page = SettingsPage(self._place, is_whole=is_whole)
        except UserError as error:
            self._page = None
            return label(str(error), "empty")
        page.saved.connect(self._saved)
        page.left.connect(QApplication.exit)
        page.restarted.connect(self._restart)
        return page

    def _saved(self, changed: set[Key]) -> None:
        """What needs no new start."""
        if self._page is None:
            return
        desk = self._page.draft.saved.desk
        self._desktop.on_top = desk.on_top_while_ringing
        if ("desk", "theme") in changed:
            self._theme = desk.theme
            self._wear()

    def _wear(self) -> None:
        """Every window anew in these colours, as soon as nothing rings."""
        if self._desk.calls.is_ringing or self._desktop.main.page_at_work is not None:
            QTimer.singleShot(_LOOK_EVERY_MS, self, self._wear)
            return
        theme, self._theme = self._theme, ""
        application = QApplication.instance()
        if theme and isinstance(application, QApplication):
            tokens = self._desktop.tokens = tokens_for(theme)
            dress(application, tokens)
            self._desktop.tray.wear(tokens)
            before = self._page
            self._desktop.speak(language())
            if before is not None and self._page is not None:
                self._page.take_over(before)
            self._place.running.settle()

    def _restart(self) -> None:
        """As soon as no call is in work; what waits to be saved is not let go without a word."""
        if self._page is not None and self._page.is_at_work:
            self._page.bar.say(_("Save these changes first, or undo them."), "warning")
            return
        self._waits.start()
        self._restart_if_quiet()

    def _restart_if_quiet(self) -> None:
        page = self._page
        if page is None or not isValid(page) or page.is_at_work:
            self._waits.stop()
            return
        if is_busy(self._desk):
            page.bar.say(_("As soon as no call is in work."))
            return
        QApplication.exit(START_AGAIN)


class SettingsHolder(QWidget):
    """Where the page stands. `fill` is given what stands here, and gives what is to stand here instead, if anything."""

    def __init__(self, fill: Callable[[QWidget | None], QWidget | None]) -> None:
        super().__init__()
        self._fill = fill
        self.held: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._look()

    @property
    def is_at_work(self) -> bool:
        """Whether something waits to be saved."""
        return bool(getattr(self.held, "is_at_work", False))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def _look(self) -> None:
        made, before = self._fill(self.held), self.held
        if made is None:
            return
        self._column.addWidget(made)
        made.show()
        self.held = made
        if before is not None:
            self._column.removeWidget(before)
            before.deleteLater()
