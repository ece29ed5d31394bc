"""What a main window says of versions: the page about this one, and the bar once another has been installed."""

from PySide6.QtWidgets import QApplication

from app.about import about_this
from app.desk import Desk
from app.start_again import START_AGAIN
from app.updates.running import is_busy
from app.words import _
from ui.main_window import MainWindow
from ui.pages.about import AboutPage


def show_versions(main: MainWindow, desk: Desk) -> None:
    """The page has no line on the rail: who wants it asks for it."""
    number = main.add_page(_("About Omote"), lambda: AboutPage(about_this(), lambda: desk.board.status.newer))
    main.show_line(number, is_shown=False)
    main.wants_about.connect(lambda: _read(main, number))
    main.new_version.is_busy = lambda: is_busy(desk)
    main.new_version.wants_restart.connect(lambda: _start_again(main))


def _start_again(main: MainWindow) -> None:
    """Unless a page is at work, or holds what nobody has saved yet."""
    if (page := main.page_at_work) is not None:
        main.new_version.refuse(_("Finish with “{page}” first.").format(page=page))
    else:
        QApplication.exit(START_AGAIN)


def _read(main: MainWindow, number: int) -> None:
    main.go_to(number)
    main.showNormal()
    main.raise_()
    main.activateWindow()
