"""A desk's first day in the windows: its page shows itself while no phone is set up and nobody has put it off."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.call import LIVE
from app.desk import Desk
from app.first_start.first_day import FirstDay
from app.first_start.first_start import FirstStart
from app.start_again import START_AGAIN
from app.words import _, language
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from ui.pages.first_start import FirstStartPage

_LOOK_EVERY_MS = 1_000


def show_first_day(day: FirstDay, main: MainWindow) -> None:
    """In this window."""
    main.secret.take_to(day.secrets)
    show_first_start(day.questions, main)


def show_first_start(first: FirstStart, main: MainWindow) -> None:
    """In this window, and at once if it is wanted. Where IT has set the desk up there is no such line."""
    if not first.is_offered:
        return
    number = main.add_page(_("First steps"), partial(_build, first, main))
    if first.is_wanted:
        main.go_to(number)
        main.seen.connect(lambda: main.page == number and main.build(number).setFocus())


def _build(first: FirstStart, main: MainWindow) -> "FirstStartPage":
    from ui.pages.first_start import FirstStartPage  # noqa: PLC0415 -- for who looks at it

    def put_off() -> None:
        first.put_off()
        main.go_to(0)

    page = FirstStartPage(first, language())
    page.wants_language.connect(main.language.wanted)
    page.wants_import.connect(lambda: main.go_to_title(_("Import and export")))
    page.put_off.connect(put_off)
    return page


def start_again_when_quiet(desk: Desk) -> None:
    """The program anew, as soon as no call is in work: a conversation would lose its card."""
    if any(call.state in LIVE for call in desk.calls):
        QTimer.singleShot(_LOOK_EVERY_MS, lambda: start_again_when_quiet(desk))
    else:
        QApplication.exit(START_AGAIN)
