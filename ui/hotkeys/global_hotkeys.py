"""Chooses the platform's way to global hotkeys, and tells which of them could not be had, and why."""

import ctypes
import logging
import sys
from collections.abc import Callable, Mapping
from typing import Protocol

from app.hotkey import Hotkey
from app.screen import HotkeyTrouble

log = logging.getLogger(__name__)


class HotkeySystem(Protocol):
    """One platform's way."""

    @property
    def works(self) -> bool:
        """Whether it can be used here at all."""

    def add(self, hotkey: Hotkey, do: Callable[[], object]) -> bool:
        """Ask for one; False if another program has it."""


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
    system: HotkeySystem | None, wanted: Mapping[Hotkey, Callable[[], object]]
) -> tuple[tuple[str, HotkeyTrouble], ...]:
    """Ask for all of them; what was not granted, by the settings' own words."""
    if system is None or not system.works:
        refused = tuple((hotkey.words, HotkeyTrouble.NOT_HERE) for hotkey in wanted)
    else:
        refused = tuple((one.words, HotkeyTrouble.TAKEN) for one, do in wanted.items() if not system.add(one, do))
    for words, why in refused:
        log.info("hotkey %s: %s", words, why)
    return refused
