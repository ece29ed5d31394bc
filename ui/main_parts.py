"""What stands in the main window, apart from it: the first window of a start is to need none of this."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.screen import Status
from app.words import _
from ui.dial_bar import DialBar
from ui.key_sheet import KeySheet
from ui.language_line import LanguageLine
from ui.new_version_bar import NewVersionBar
from ui.operator_foot import OperatorFoot
from ui.pages.calls import CallsPage
from ui.plain_text import button, set_text
from ui.privacy_cover import PrivacyCover
from ui.reminder_bar import ReminderBar
from ui.rows import RowsView
from ui.secret_bar import SecretBar
from ui.status_line import break_words
from ui.theme import Tokens

_RAIL = 172


class MainParts:
    """Made with nobody looking, then put into the window at once."""

    def __init__(self, tokens: Tokens) -> None:
        self.calls, self.foot = CallsPage(tokens), OperatorFoot()
        self.reminder, self.language, self.dial = ReminderBar(), LanguageLine(), DialBar()
        self.secret, self.new_version = SecretBar(), NewVersionBar()
        self.rail = QWidget()
        self.rail.setObjectName("rail")
        self.rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rail.setFixedWidth(_RAIL)
        self.leave: QPushButton = button(_("Quit Omote"), "quiet")  # not every desktop has a tray

    def take_keys_for(self, window: QWidget) -> None:
        """The window itself may have the keyboard, with nothing in it that a key could press."""
        window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_without_activating(self, window: QWidget) -> None:
        """The keyboard stays with whoever has it."""
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        window.show()
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)

    def line(self, title: str, role: str) -> QPushButton:
        """One of the rail."""
        made: QPushButton = button(title, role)
        made.setCheckable(True)
        return made

    def rename(self, line: QPushButton, title: str) -> None:
        """What one of the rail says."""
        set_text(line, title)

    def cover(self, window: QWidget, rail: QWidget) -> PrivacyCover:
        """Over all but the rail."""
        return PrivacyCover(window, None, beside=rail)

    def keys(self, window: QWidget) -> KeySheet:
        """The sheet of its keys."""
        return KeySheet(window)

    def rows_seen(self, pages: QWidget) -> list[RowsView]:
        """The tables of the page that is seen."""
        return [rows for rows in pages.findChildren(RowsView) if rows.isVisible()]

    def show_status(self, status: Status) -> None:
        """What each says of it."""
        self.calls.show_status(replace(status, is_replaced=False))  # the bar says it
        self.secret.show_status(status)
        self.new_version.setVisible(status.is_replaced)

    def words_of_break(self, status: Status) -> str:
        """For the title; "" while nobody is on a break."""
        return " ".join(break_words(status))
