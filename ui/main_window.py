"""The main window: a rail with its pages on the left, the chosen page beside it.

Only the first page is built at start; another one costs nothing until somebody looks at it. The window itself stands
before any: it says what is being opened, and what it will hold is not imported yet.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.words import _
from ui.fit_screen import fitting
from ui.opening_view import OpeningView
from ui.tokens import Tokens

if TYPE_CHECKING:
    from app.screen import Status
    from app.window_places import WindowPlaces
    from ui.main_parts import MainParts


class MainWindow(QWidget):
    """Today's calls first; other pages are added by title. `places`: where windows that they open have stood.

    Until it is furnished and revealed it shows `opening` alone.

    Signals:
        wants_quit: the operator ends the program.
        seen: it has come to the screen, perhaps after a long time.
        wants_card: the id of a customer whose card is wanted from one of its pages.
        wants_dial: a number on one of its pages, and the id of the customer whose it is, or None.
        wants_about: what this program is shall be read.
    """

    wants_quit = Signal()
    seen = Signal()
    wants_card = Signal(object)
    wants_dial = Signal(object, object)
    wants_about = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.resize(fitting(QSize(1000, 700)))
        self.setWindowTitle("Omote")
        self.opening = OpeningView(tokens)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(self.opening)
        self.places: WindowPlaces | None = None

    def furnish(self, parts: "MainParts") -> None:
        """All that it is to hold; seen at once where nobody looks yet, else when it is revealed."""
        parts.take_keys_for(self)
        self._parts, self.calls, self.foot = parts, parts.calls, parts.foot
        self.reminder, self.language, self.dial = parts.reminder, parts.language, parts.dial
        self.secret, self.new_version = parts.secret, parts.new_version
        self._pages, self._builders = QStackedWidget(), list[Callable[[], QWidget]]()
        self._titles: list[str] = []
        self._break = ""
        self._lines: list[QPushButton] = []
        self._rail, self._buttons = QVBoxLayout(), QButtonGroup(self)
        self._body = QWidget()
        self._lay_out(self._body)
        self._whole.addWidget(self._body)
        self.add_page(_("Today's calls"), lambda: self.calls)
        self._buttons.button(0).setChecked(True)
        self.go_to(0)
        self._buttons.idClicked.connect(self.go_to)
        self.calls.wants_dial.connect(self.wants_dial)
        self.cover = parts.cover(self, self._rail_widget)
        self.cover.uncovered.connect(self._focus_for_work)
        self.keys = parts.keys(self)
        self.keys.offer(_("About Omote"), self.wants_about.emit)
        if not self.isVisible():
            self.reveal()

    @property
    def is_revealed(self) -> bool:
        """Whether there is more to see than what is being opened."""
        return self._whole.currentWidget() is not self.opening

    def reveal(self) -> None:
        """In place of what was being opened."""
        if self.is_revealed:
            return
        self._whole.setCurrentWidget(self._body)
        self._title()
        if self.isVisible():
            self._focus_for_work()
            self.seen.emit()

    def add_page(self, title: str, build: Callable[[], QWidget], *, is_at_foot: bool = False) -> int:
        """One more line of the rail, by its number; `build` is called when it is first chosen.

        `is_at_foot`: small, beside the way out, as it is seldom wanted.
        """
        number = len(self._builders)
        line = self._parts.line(title, "quiet" if is_at_foot else "rail")
        self._builders.append(build)
        self._titles.append(title)
        self._lines.append(line)
        self._buttons.addButton(line, number)
        if is_at_foot:
            self._foot_line.insertWidget(0, line)
        else:
            self._rail.insertWidget(number, line)
        self._pages.addWidget(QWidget())
        return number

    def show_line(self, number: int, *, is_shown: bool) -> None:
        """A page that is not for whoever works here has no line; one that is seen gives way to the first."""
        self._lines[number].setVisible(is_shown)
        if not is_shown and self.page == number:
            self.go_to(0)

    def show_count(self, number: int, count: int) -> None:
        """How much waits behind a line of the rail; nothing is said of 0."""
        title = self._titles[number]
        self._parts.rename(self._lines[number], f"{title}  {count}" if count else title)

    def go_to(self, number: int) -> None:
        """Show the page, and build it if this is the first time."""
        self.build(number)
        self._pages.setCurrentIndex(number)
        self._buttons.button(number).setChecked(True)
        self._title()

    def go_to_title(self, title: str) -> None:
        """The page of this line of the rail, if there is one."""
        if title in self._titles:
            self.go_to(self._titles.index(title))

    def build(self, number: int) -> QWidget:
        """The page, which nobody need look at."""
        built = self._pages.widget(number)
        assert built is not None  # each line has one
        if type(built) is QWidget:
            self._pages.removeWidget(built)
            built.deleteLater()
            built = self._builders[number]()
            self._pages.insertWidget(number, built)
        return built

    def number_of(self, page: QWidget) -> int:
        """Which line of the rail leads to it."""
        return self._pages.indexOf(page)

    @property
    def page(self) -> int:
        """The one that is seen."""
        return self._pages.currentIndex()

    def dial_current(self) -> None:
        """The selected row of the page that is seen, if it has a number."""
        for rows in self._parts.rows_seen(self._pages):
            if rows.dial_current():
                return

    def appear(self) -> None:
        """Be seen, without taking the keyboard from another program."""
        self._parts.show_without_activating(self)

    @property
    def page_at_work(self) -> str | None:
        """The title of a page that waits for answers, or holds what is not decided yet."""
        built = ((title, self._pages.widget(number)) for number, title in enumerate(self._titles))
        return next((title for title, page in built if getattr(page, "is_at_work", False)), None)

    def show_status(self, status: "Status") -> None:
        """The states of phone and records stand on the first page, a break in the title too."""
        self._parts.show_status(status)
        self._break = self._parts.words_of_break(status)
        self._title()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.is_revealed:
            self._focus_for_work()
            self.seen.emit()

    def _focus_for_work(self) -> None:
        """On nothing that a stray Space could press, and on nothing that can't be seen."""
        asks = self.foot.field
        if self.cover.is_on:
            self.cover.setFocus()
        else:
            (self if asks.isHidden() else asks).setFocus()

    def _title(self) -> None:
        if not self.is_revealed:
            return
        page = self._buttons.checkedId()
        title = f"Omote – {self._titles[page]}" if page > 0 else _("Omote – today's calls")
        self.setWindowTitle(f"{self._break} – Omote" if self._break else title)

    def _lay_out(self, body: QWidget) -> None:
        self._rail_widget = self._parts.rail
        leave = self._parts.leave
        leave.clicked.connect(self.wants_quit)
        side = QVBoxLayout(self._rail_widget)
        side.setContentsMargins(8, 16, 8, 16)
        self._rail.setSpacing(2)
        side.addLayout(self._rail)
        side.addStretch(1)
        side.addWidget(self.foot)
        last = QVBoxLayout()
        last.setContentsMargins(13, 0, 0, 0)  # where the words of the lines above begin
        last.addWidget(self.language)
        self._foot_line = QHBoxLayout()
        self._foot_line.setSpacing(14)
        self._foot_line.addWidget(leave)
        self._foot_line.addStretch(1)
        last.addLayout(self._foot_line)
        side.addLayout(last)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail_widget)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.dial)
        beside.addWidget(self.reminder)
        beside.addWidget(self.secret)
        beside.addWidget(self.new_version)
        beside.addWidget(self._pages, 1)
        row.addLayout(beside, 1)
