"""Ending an open Japanese conversion without losing its text, whatever the input method does when it is asked to."""

from typing import Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QInputMethodEvent


class Converting(Protocol):
    """A field that follows its input method: what is open, and what it has committed last."""

    preedit: str
    committed: str


def follow(field: Converting, event: QInputMethodEvent) -> None:
    """To be called with each event of the input method, before the field handles it."""
    field.preedit = event.preeditString()
    field.committed = event.commitString() or field.committed


def end_conversion(field: Converting) -> None:
    """Commit what is open.

    Qt's ibus plug-in ends it without its text where fcitx5 answers; none reaches a window without the keyboard.
    """
    open_text, field.committed = field.preedit, ""
    if open_text:
        QGuiApplication.inputMethod().commit()
    if open_text and not field.committed:
        QGuiApplication.inputMethod().reset()
    if open_text and not field.committed:
        ending = QInputMethodEvent()
        ending.setCommitString(open_text)
        QGuiApplication.sendEvent(cast("QObject", field), ending)
