"""Every key of the program, said once: what to press, what it does, and where. The sheet of keys is made of these."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.words import _


class Where(StrEnum):
    """What a key is about; the sheet's headings, in this order."""

    CALL = "call"
    NOTE = "note"
    LISTS = "lists"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Key:
    """`presses` in Qt's portable spelling, any of them does it; `shown` on the sheet if that says it better."""

    presses: tuple[str, ...]
    where: Where
    does: Callable[[], str]
    shown: str = ""

    @property
    def words(self) -> str:
        """What stands on the sheet and in tips: "Ctrl+Enter"."""
        return self.shown or self.presses[0]


FINISH = Key(("Ctrl+Return", "Ctrl+Enter"), Where.CALL, lambda: _("Finish this call"), "Ctrl+Enter")
NOT_MINE = Key(("Ctrl+M",), Where.CALL, lambda: _("Not mine: a colleague took it"))
NEXT_CALL = Key(("Ctrl+PgDown",), Where.CALL, lambda: _("The next call in the strip"))
PREVIOUS_CALL = Key(("Ctrl+PgUp",), Where.CALL, lambda: _("The call before it in the strip"))
NTH_CALL = Key(
    tuple(f"Alt+{digit}" for digit in range(1, 10)), Where.CALL, lambda: _("That call of the strip"), "Alt+1 … 9"
)
RINGING_CALL = Key(("Ctrl+G",), Where.CALL, lambda: _("To the other call that rings"))
COMPLAIN = Key(("Ctrl+K",), Where.CALL, lambda: _("Make a complaint of it; Enter saves it"))
PROMISE = Key(("Ctrl+J",), Where.CALL, lambda: _("Promise a follow-up; Enter saves it"))
CHOOSE = Key(tuple("123456789"), Where.CALL, lambda: _("Choose who is calling"), "1 … 9")
SHEET = Key(("?", "F1"), Where.ANYWHERE, lambda: _("Show these keys, or put them away"), "?  F1")
TEMPLATE = Key(("Ctrl+T",), Where.NOTE, lambda: _("Insert a template"))
UNDO = Key(("Ctrl+Z",), Where.NOTE, lambda: _("Take back what was typed last, also after a restart"))
REDO = Key(("Ctrl+Shift+Z", "Ctrl+Y"), Where.NOTE, lambda: _("The same again"), "Ctrl+Y")
VERSIONS = Key(("Ctrl+H",), Where.NOTE, lambda: _("Earlier versions of this note"))
NEXT_FIELD = Key(("Tab",), Where.ANYWHERE, lambda: _("To the next field or button"))
OPEN_ROW = Key(("Return",), Where.LISTS, lambda: _("Open what is selected in a list"), "Enter")
CLOSE_ROW = Key(("Escape",), Where.LISTS, lambda: _("Back to the list from what was opened"), "Esc")
DONE = Key(("Ctrl+D",), Where.LISTS, lambda: _("Mark what is selected as done, or take that back"))
LATER = Key(("Ctrl+L",), Where.LISTS, lambda: _("Put the selected follow-up off"))
NOT_REACHED = Key(("Ctrl+R",), Where.LISTS, lambda: _("Nobody was reached: count it, and put it off"))

SWITCH = Key(("Ctrl+O",), Where.ANYWHERE, lambda: _("Another operator sits down here"))
BREAK = Key(("Ctrl+B",), Where.ANYWHERE, lambda: _("Begin a break, or end it"))
PRIVACY = Key(("F4",), Where.ANYWHERE, lambda: _("Cover the customers in all windows, or show them again"))
ANSWER = Key(("Ctrl+Shift+A",), Where.CALL, lambda: _("Answer the call on the card"))
HANG_UP = Key(("Ctrl+Shift+H",), Where.CALL, lambda: _("Hang up, or reject what rings"))
HOLD = Key(("Ctrl+Shift+O",), Where.CALL, lambda: _("Let the caller wait, or talk on"))
MUTE = Key(("Ctrl+Shift+M",), Where.CALL, lambda: _("Turn the microphone off, or on again"))
PRESS_KEYS = Key(("Ctrl+Shift+K",), Where.CALL, lambda: _("Press keys of the telephone; Esc puts them away"))
TRANSFER = Key(("Ctrl+Shift+T",), Where.CALL, lambda: _("Hand the call on to somebody"))
DIAL = Key(("Ctrl+Shift+D",), Where.ANYWHERE, lambda: _("Dial the number of the card, or of the selected row"))
COPY_NUMBER = Key(("F2",), Where.CALL, lambda: _("Copy the number"))
COPY_NAME = Key(("F3",), Where.CALL, lambda: _("Copy the name"))
COPY_CARD = Key(("F5",), Where.CALL, lambda: _("Copy the whole card as text"))
SAY = Key(("Ctrl+Return", "Ctrl+Enter"), Where.LISTS, lambda: _("Save a review, or send a reply to one"), "Ctrl+Enter")
"""Stands on its button."""
BIG = Key(("F11",), Where.ANYWHERE, lambda: _("The live board on a second screen; there: fill the screen"))
"""Of supervisors: stands on the page itself, not on everybody's sheet."""

KEYS = (
    *(FINISH, NOT_MINE, COMPLAIN, PROMISE, NEXT_CALL, PREVIOUS_CALL, NTH_CALL, RINGING_CALL, CHOOSE),
    *(ANSWER, HANG_UP, HOLD, MUTE, PRESS_KEYS, TRANSFER),
    *(COPY_NUMBER, COPY_NAME, COPY_CARD),
    *(TEMPLATE, UNDO, REDO, VERSIONS),
    *(OPEN_ROW, CLOSE_ROW, DONE, LATER, NOT_REACHED),
    *(DIAL, BREAK, SWITCH, PRIVACY, NEXT_FIELD, SHEET),
)
"""In the sheet's order."""


def is_ours(event: QKeyEvent) -> bool:
    """Whether a key with Ctrl is one of the program's: text fields of Qt would take some of them for their own."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    pressed = QKeySequence(event.keyCombination())
    return any(pressed == QKeySequence(press) for key in KEYS for press in key.presses if key.where is Where.CALL)


def bind(key: Key, widget: QWidget, do: Callable[[], object]) -> None:
    """In the window of `widget`, each press of the key does it once, however long it is held.

    A plain letter or sign reaches a text field first: it works only when nobody is typing.
    """
    for press in key.presses:
        bind_press(press, widget, do)


def bind_press(press: str, widget: QWidget, do: Callable[[], object]) -> None:
    """One of a key's presses, where each does something of its own."""
    shortcut = QShortcut(QKeySequence(press), widget, do, context=Qt.ShortcutContext.WindowShortcut)
    shortcut.setAutoRepeat(False)
