"""What stands in the main window, apart from it: the first window of a start is to need none of this."""

from PySide6.QtWidgets import QWidget

from app.screen import Status
from ui.dial_bar import DialBar
from ui.key_sheet import KeySheet
from ui.language_line import LanguageLine
from ui.new_version_bar import NewVersionBar
from ui.operator_foot import OperatorFoot
from ui.pages.calls import CallsPage
from ui.privacy_cover import PrivacyCover
from ui.reminder_bar import ReminderBar
from ui.rows import RowsView
from ui.secret_bar import SecretBar
from ui.status_line import break_words
from ui.theme import Tokens


class MainParts:
    """Made with nobody looking, then put into the window at once."""

    def __init__(self, tokens: Tokens) -> None:
        self.calls, self.foot = CallsPage(tokens), OperatorFoot()
        self.reminder, self.language, self.dial = ReminderBar(), LanguageLine(), DialBar()
        self.secret, self.new_version = SecretBar(), NewVersionBar()

    def cover(self, window: QWidget, rail: QWidget) -> PrivacyCover:
        """Over all but the rail."""
        return PrivacyCover(window, None, beside=rail)

    def keys(self, window: QWidget) -> KeySheet:
        """The sheet of its keys."""
        return KeySheet(window)

    def rows_seen(self, pages: QWidget) -> list[RowsView]:
        """The tables of the page that is seen."""
        return [rows for rows in pages.findChildren(RowsView) if rows.isVisible()]

    def words_of_break(self, status: Status) -> str:
        """For the title; "" while nobody is on a break."""
        return " ".join(break_words(status))
