"""What Qt says by itself (menus of text fields, the names of scroll buttons), in the program's language."""

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

_NAME = "qt-words"


def speak_qt(app: QApplication, language: str) -> None:
    """From now on, in place of the language before; Qt's own is English."""
    for before in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(before)
        before.deleteLater()
    words = QTranslator(app)
    words.setObjectName(_NAME)
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
