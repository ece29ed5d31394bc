"""Global hotkeys on Windows: RegisterHotKey for this thread; Qt hands WM_HOTKEY to a native event filter."""

import ctypes
import ctypes.wintypes
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from app.hotkey import Hotkey, Modifier

_MASKS = {Modifier.ALT: 1, Modifier.CTRL: 2, Modifier.SHIFT: 4, Modifier.META: 8}
_NO_REPEAT, _WM_HOTKEY, _VK_F1 = 0x4000, 0x0312, 0x70


class User32(Protocol):
    """What is needed of user32.dll; 0 means that it failed. Windows frees all when the program ends."""

    def RegisterHotKey(self, window: int | None, number: int, mask: int, key: int, /) -> int: ...


class WindowsHotkeys(QAbstractNativeEventFilter):
    """`add` registers one; each gets the next number."""

    def __init__(self, user32: User32) -> None:
        super().__init__()
        self._user32 = user32
        self._known: dict[int, Callable[[], object]] = {}
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)

    works = True

    def add(self, hotkey: Hotkey, do: Callable[[], object]) -> bool:
        """False if another program has this key already."""
        number, mask = len(self._known) + 1, sum(_MASKS[one] for one in hotkey.modifiers)
        key = _VK_F1 + hotkey.function_key - 1 if hotkey.function_key else ord(hotkey.key)
        if not self._user32.RegisterHotKey(None, number, mask | _NO_REPEAT, key):
            return False
        self._known[number] = do
        return True

    def when_changed(self, tell: Callable[[Sequence[Hotkey]], object]) -> None:
        """Windows knows them by what they mean: another layout changes nothing."""

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Qt asks for every message of the thread: all but ours goes on."""
        told = ctypes.wintypes.MSG.from_address(int(message))
        if told.message == _WM_HOTKEY and told.wParam in self._known:
            self._known[told.wParam]()
            return True, 0
        return False, 0
