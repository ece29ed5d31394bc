"""Chooses the platform's way to global hotkeys, and tells which of them could not be had, and why."""

import ctypes
import logging
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from app.hotkey import Hotkey
from app.screen import HotkeyTrouble

log = logging.getLogger(__name__)
Refused = tuple[tuple[str, HotkeyTrouble], ...]


class HotkeySystem(Protocol):
    """One platform's way."""

    @property
    def works(self) -> bool:
        """Whether it can be used here at all."""

    def add(self, hotkey: Hotkey, do: Callable[[], object]) -> bool:
        """Ask for one; False if another program has it."""

    def when_changed(self, tell: Callable[[Sequence[Hotkey]], object]) -> None:
        """`tell` which can't be had any more, and "none" too, when the keyboard has changed."""


def hotkey_system(platform: str) -> HotkeySystem | None:
    """By Qt's name of the platform; None where programs can't have global hotkeys."""
    if platform == "xcb":
        from ui.hotkeys.x11 import X11Hotkeys  # noqa: PLC0415 -- only X11 has its libraries

        return X11Hotkeys()
    if platform == "windows" and sys.platform == "win32":
        from ui.hotkeys.windows import WindowsHotkeys  # noqa: PLC0415 -- ctypes.wintypes is Windows' own

        return WindowsHotkeys(ctypes.windll.user32)
    return None


def set_hotkeys(
    system: HotkeySystem | None, wanted: Mapping[Hotkey, Callable[[], object]], tell: Callable[[Refused], object]
) -> None:
    """Ask for all of them; `tell` what is not granted, by the settings' own words: now, and when that changes."""
    if system is None or not system.works:
        _tell(wanted, HotkeyTrouble.NOT_HERE, tell)
        return
    system.when_changed(lambda taken: _tell(taken, HotkeyTrouble.TAKEN, tell))
    _tell([one for one, do in wanted.items() if not system.add(one, do)], HotkeyTrouble.TAKEN, tell)


def _tell(refused: Iterable[Hotkey], why: HotkeyTrouble, tell: Callable[[Refused], object]) -> None:
    told = tuple((one.words, why) for one in refused)
    for words, _why in told:
        log.info("hotkey %s: %s", words, why)
    tell(told)
