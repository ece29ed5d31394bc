"""What the main window shows on a desk's first day: what is not set up yet, and a password that nobody has."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.keyring_patience import Keyring
from app.screen import SourceStatus, Status
from app.words import _
from cti.events import SourceState
from tests.ui.running import NOW, RunningDesk

Shown = tuple[QWidget, list[str]]


def password_missing(desk: RunningDesk) -> Shown:
    """Somebody has set the desk up, and left its password to whoever works there."""
    lacks = Status(sources=(SourceStatus("desk phone", SourceState.NO_SECRET, "201", NOW),))
    desk.desktop.show_main()
    desk.desktop.show_status(replace(lacks, keyring=Keyring.LOCKED))
    return desk.desktop.main, [_("Keep"), _("no password: enter it in the main window")]


START: tuple[tuple[str, Callable[[RunningDesk], Shown]], ...] = (("password-missing", password_missing),)
