"""What a screen reader hears, by AT-SPI: a process of its own in the session, which prints a program's tree as JSON.

libatspi is spoken to as it is; its Python binding would need packages of the system's Python.
"""

import ctypes
import json
import sys
import time
from ctypes import c_bool, c_char_p, c_int, c_void_p
from ctypes.util import find_library
from typing import Any

LIBRARY = "libatspi.so.0"
_PATIENCE = 20.0
_MOST_CHILDREN, _DEEPEST = 400, 30
_STATES = {"focusable": 11, "focused": 12, "showing": 25}  # AtspiStateType
_CALLS: dict[str, tuple[Any, list[Any]]] = {
    "atspi_init": (c_int, []),
    "atspi_get_desktop": (c_void_p, [c_int]),
    "atspi_accessible_get_child_count": (c_int, [c_void_p, c_void_p]),
    "atspi_accessible_get_child_at_index": (c_void_p, [c_void_p, c_int, c_void_p]),
    "atspi_accessible_get_name": (c_char_p, [c_void_p, c_void_p]),
    "atspi_accessible_get_role_name": (c_char_p, [c_void_p, c_void_p]),
    "atspi_accessible_get_state_set": (c_void_p, [c_void_p]),
    "atspi_state_set_contains": (c_bool, [c_void_p, c_int]),
    "atspi_accessible_get_text_iface": (c_void_p, [c_void_p]),
    "atspi_text_get_text": (c_char_p, [c_void_p, c_int, c_int, c_void_p]),
}


def is_there() -> bool:
    """Whether this machine has what a screen reader needs."""
    return find_library("atspi") is not None


class Reader:
    """Follows a program's tree."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(LIBRARY)
        for name, (result, arguments) in _CALLS.items():
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments
        self._library.atspi_init()

    def program(self, name: str) -> int:
        """The program of this name, once it has told of itself."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            for one in self._children(self._library.atspi_get_desktop(0)):
                if name in self._name(one):
                    return one
            time.sleep(0.2)
        raise SystemExit(f"no program {name!r} tells a screen reader of itself")

    def tree(self, one: int, depth: int = 0) -> dict[str, Any]:
        """What it is called, what it is, what it reads, and what is in it."""
        states = self._library.atspi_accessible_get_state_set(one)
        told = {state: self._library.atspi_state_set_contains(states, number) for state, number in _STATES.items()}
        role = (self._library.atspi_accessible_get_role_name(one, None) or b"").decode()
        children = [] if depth > _DEEPEST else [self.tree(child, depth + 1) for child in self._children(one)]
        return told | {"name": self._name(one), "role": role, "text": self._text(one), "children": children}

    def _children(self, one: int) -> list[int]:
        count = self._library.atspi_accessible_get_child_count(one, None)
        found = (
            self._library.atspi_accessible_get_child_at_index(one, place, None)
            for place in range(min(count, _MOST_CHILDREN))
        )
        return [child for child in found if child]

    def _name(self, one: int) -> str:
        return (self._library.atspi_accessible_get_name(one, None) or b"").decode()

    def _text(self, one: int) -> str:
        text = self._library.atspi_accessible_get_text_iface(one)
        return (self._library.atspi_text_get_text(text, 0, -1, None) or b"").decode() if text else ""


def main() -> None:
    """The tree of the program that is named on the command line."""
    reader = Reader()
    sys.stdout.write(json.dumps(reader.tree(reader.program(sys.argv[1]))))


if __name__ == "__main__":
    main()
