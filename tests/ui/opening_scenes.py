"""What an operator sees before there is a desk: what is being opened, or why it cannot be."""

from PySide6.QtWidgets import QWidget

from app.trouble_words import user_error
from app.words import _
from db.errors import DatabaseUnavailable, Trouble
from tests.ui.running import RunningDesk
from ui.main_window import MainWindow

Shown = tuple[QWidget, list[str]]


def _begun(desk: RunningDesk) -> MainWindow:
    """The window of a start, which is not furnished yet."""
    window = MainWindow(desk.desktop.tokens)
    desk.qtbot.addWidget(window)
    window.show()
    return window


def opening(desk: RunningDesk) -> Shown:
    """The records are being opened."""
    return _begun(desk), [_("Opening the records…")]


def cannot_open(desk: RunningDesk) -> Shown:
    """A newer program has upgraded them."""
    window = _begun(desk)
    error = user_error(DatabaseUnavailable(Trouble.TOO_NEW, "0099 1.4.0"))
    window.opening.fail(str(error))
    return window, [str(error), _("Quit Omote")]
