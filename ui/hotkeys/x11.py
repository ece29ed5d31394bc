"""Global hotkeys on X11: passive grabs on the root window, over a connection of our own beside Qt's.

A native event filter would run Python for every event that Qt gets, pops included; this runs at a hotkey, and where the
keyboard gets another layout, which has the keys elsewhere: all are grabbed anew.
"""

import ctypes
import itertools
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from app.hotkey import Hotkey, Modifier

_MASKS = {Modifier.SHIFT: 1, Modifier.CTRL: 4, Modifier.ALT: 8, Modifier.META: 64}
_CAPS_LOCK, _NUM_LOCK = 2, 16
_LOCKS = [caps | num for caps, num in itertools.product((0, _CAPS_LOCK), (0, _NUM_LOCK))]
_FIRST_FUNCTION_KEY = 0xFFBD  # F1 is the next keysym
_ASYNC, _KEY_PRESS, _STATE_AT = 1, 2, 28
_MAPPING_CHANGED, _ANY_KEY, _ANY_MODIFIER = 34, 0, 0x8000
_SETTLE_MS = 100  # a change of layout is told key by key


class _Screens(ctypes.Structure):
    """xcb_screen_iterator_t; a screen's first field is its root window."""

    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class X11Hotkeys(QObject):
    """`add` grabs one; the display is the one that DISPLAY names. The server frees all when the program ends."""

    def __init__(self) -> None:
        super().__init__()
        self._xcb, self._symbols = _libraries()
        self._connection = ctypes.c_void_p(self._xcb.xcb_connect(None, None))
        self._known: dict[tuple[int, int], Callable[[], object]] = {}
        self._wanted: dict[Hotkey, Callable[[], object]] = {}
        self._tell_taken: Callable[[Sequence[Hotkey]], object] = lambda _taken: None
        self._settled = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settled.timeout.connect(self._grab_anew)
        if not self.works:
            return
        self._root = int(self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection)).data[0])
        self._table = ctypes.c_void_p(self._symbols.xcb_key_symbols_alloc(self._connection))
        self._told = QSocketNotifier(
            self._xcb.xcb_get_file_descriptor(self._connection), QSocketNotifier.Type.Read, self
        )
        self._told.activated.connect(self._read)

    @property
    def works(self) -> bool:
        """Whether there is such a display."""
        return not self._xcb.xcb_connection_has_error(self._connection)

    def add(self, hotkey: Hotkey, do: Callable[[], object]) -> bool:
        """False if another program has this key already, or this keyboard lacks it."""
        self._wanted[hotkey] = do
        return self._take(hotkey, do)

    def when_changed(self, tell: Callable[[Sequence[Hotkey]], object]) -> None:
        """`tell` which can't be had under another layout of the keyboard."""
        self._tell_taken = tell

    def _take(self, hotkey: Hotkey, do: Callable[[], object]) -> bool:
        code, mask = self._code_of(hotkey), sum(_MASKS[one] for one in hotkey.modifiers)
        if not code or not all(self._grab(code, mask | lock) for lock in _LOCKS):
            return False
        self._known[code, mask] = do
        return True

    def _code_of(self, hotkey: Hotkey) -> int:
        number = hotkey.function_key
        keysym = _FIRST_FUNCTION_KEY + number if number else ord(hotkey.key.lower())
        codes = self._symbols.xcb_key_symbols_get_keycode(self._table, keysym)
        if not codes:
            return 0
        code = int(codes[0])
        _free(codes)
        return code

    def _grab(self, code: int, mask: int) -> bool:
        cookie = self._xcb.xcb_grab_key_checked(self._connection, 0, self._root, mask, code, _ASYNC, _ASYNC)
        error = self._xcb.xcb_request_check(self._connection, cookie)
        if error:
            _free(error)
        return not error

    def _grab_anew(self) -> None:
        """The same keys, wherever they are now; one that another program had may be free."""
        self._xcb.xcb_ungrab_key(self._connection, _ANY_KEY, self._root, _ANY_MODIFIER)
        self._known.clear()
        self._tell_taken([hotkey for hotkey, do in self._wanted.items() if not self._take(hotkey, do)])
        self._read()  # what came while the server was asked waits behind its answers

    def _read(self) -> None:
        while event := self._xcb.xcb_poll_for_event(self._connection):
            kind, code = event[0] & 0x7F, event[1]
            if kind == _MAPPING_CHANGED:
                self._symbols.xcb_refresh_keyboard_mapping(self._table, event)
                self._settled.start()
            mask = event[_STATE_AT] & ~(_CAPS_LOCK | _NUM_LOCK) & 0xFF
            _free(event)
            if kind == _KEY_PRESS and (code, mask) in self._known:
                self._known[code, mask]()


def _libraries() -> tuple[Any, Any]:
    xcb, symbols = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL("libxcb-keysyms.so.1")  # Qt's xcb plug-in needs both
    pointer, octets = ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint8)
    for name, result, takes in (
        ("xcb_connect", pointer, [ctypes.c_char_p, pointer]),
        ("xcb_connection_has_error", ctypes.c_int, [pointer]),
        ("xcb_get_file_descriptor", ctypes.c_int, [pointer]),
        ("xcb_get_setup", pointer, [pointer]),
        ("xcb_setup_roots_iterator", _Screens, [pointer]),
        ("xcb_grab_key_checked", ctypes.c_uint, [pointer, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint16,
                                                 ctypes.c_uint8, ctypes.c_uint8, ctypes.c_uint8]),
        ("xcb_ungrab_key", ctypes.c_uint, [pointer, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint16]),
        ("xcb_request_check", pointer, [pointer, ctypes.c_uint]),
        ("xcb_poll_for_event", octets, [pointer]),
    ):  # fmt: skip
        function = getattr(xcb, name)
        function.restype, function.argtypes = result, takes
    asked: tuple[tuple[str, Any, list[Any]], ...] = (
        ("xcb_key_symbols_alloc", pointer, [pointer]),
        ("xcb_key_symbols_get_keycode", octets, [pointer, ctypes.c_uint32]),
        ("xcb_refresh_keyboard_mapping", ctypes.c_int, [pointer, octets]),
    )
    for name, result, takes in asked:
        function = getattr(symbols, name)
        function.restype, function.argtypes = result, takes
    return xcb, symbols


def _free(pointer: Any) -> None:
    free = ctypes.CDLL(None).free
    free.argtypes = [ctypes.c_void_p]
    free(ctypes.cast(pointer, ctypes.c_void_p))
