"""A hotkey that works in every program, as the settings write it: "Ctrl+Alt+O"."""

import re
from dataclasses import dataclass
from enum import IntFlag

from app.errors import UserError
from app.words import _


class Modifier(IntFlag):
    """What is held down with the key."""

    SHIFT = 1
    CTRL = 2
    ALT = 4
    META = 8


_MODIFIERS = {"shift": Modifier.SHIFT, "ctrl": Modifier.CTRL, "alt": Modifier.ALT, "meta": Modifier.META}
_KEY = re.compile(r"[A-Z0-9]|F([1-9]|1[0-9]|2[0-4])")
_OFTEN_TYPED = Modifier(0), Modifier.SHIFT


@dataclass(frozen=True, slots=True)
class Hotkey:
    """`key` is a capital letter, a digit or "F1" to "F24"."""

    words: str
    key: str
    modifiers: Modifier

    @property
    def function_key(self) -> int:
        """1 for F1; 0 for a letter or a digit."""
        return int(self.key[1:]) if len(self.key) > 1 else 0


def hotkey_of(words: str, setting: str) -> Hotkey | None:
    """None for "", which sets none. Raises UserError for what no keyboard has, or what typing would press."""
    if not words.strip():
        return None
    *held, key = [part.strip() for part in words.split("+")]
    modifiers = Modifier(0)
    for one in held:
        modifiers |= _MODIFIERS.get(one.lower(), Modifier(0))
    are_known = all(one.lower() in _MODIFIERS for one in held)
    is_typed = modifiers in _OFTEN_TYPED and len(key) == 1
    if not are_known or is_typed or _KEY.fullmatch(key.upper()) is None:
        raise UserError(
            _('[desk] {setting} = "{words}" is no hotkey.').format(setting=setting, words=words),
            _('Write it like "Ctrl+Alt+O": Ctrl, Alt, Shift or Meta with a letter, a digit or F1 to F24.'),
        )
    return Hotkey(words, key.upper(), modifiers)
