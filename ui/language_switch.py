"""The other language without a restart: every window is built anew, and takes over what stood in the one before.

Never while it rings, nor while a page of the main window is at work whose answers the new one would not hear.
"""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.desk import Desk
from app.words import _, use_language
from ui.main_window import MainWindow
from ui.qt_words import speak_qt

_LAST_ANSWER_MS = 60_000  # later than any question to the records is given up


class LanguageSwitch(QObject):
    """Signals: due, the language in which the windows are to be built now."""

    due = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = ""

    def ask(self, language: str, main: MainWindow) -> None:
        """The operator wants this one: now, or as soon as nothing rings."""
        if (page := main.page_at_work) is not None:
            main.language.say(_("Finish with “{page}” first.").format(page=page))
            return
        self._wanted = language
        main.language.say(_("As soon as nothing rings."))
        self.look()

    def look(self) -> None:
        """Nothing rings any more, perhaps."""
        if self._wanted and not self._desk.calls.is_ringing:
            language, self._wanted = self._wanted, ""
            self.due.emit(language)


def speak(language: str) -> None:
    """What is built from now on speaks this language, Qt's own words too."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    speak_qt(application, use_language(language))


def let_go_later(window: QWidget) -> None:
    """Answers that are under way still find it."""
    QTimer.singleShot(_LAST_ANSWER_MS, window, window.deleteLater)
