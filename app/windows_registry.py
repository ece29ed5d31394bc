"""The Windows registry, read alone. Nothing of it exists elsewhere."""

import sys
from collections.abc import Mapping, Sequence

if sys.platform == "win32":
    import winreg

    class Key:
        """One open key. A value of several lines is a list of texts, a DWORD a number, a text a text."""

        def __init__(self, opened: winreg.HKEYType) -> None:
            self._opened = opened

        def values(self) -> Mapping[str, object]:
            """By name."""
            count = winreg.QueryInfoKey(self._opened)[1]
            return {name: value for name, value, _kind in (winreg.EnumValue(self._opened, n) for n in range(count))}

        def below(self) -> Sequence[str]:
            """The names of those below."""
            return [winreg.EnumKey(self._opened, n) for n in range(winreg.QueryInfoKey(self._opened)[0])]

        def key(self, name: str) -> "Key":
            """One of those below."""
            return Key(winreg.OpenKey(self._opened, name))

    def machine_key(path: str) -> tuple[Key | None, str]:
        """The machine's key, and how people write it."""
        return _first(path, ((winreg.HKEY_LOCAL_MACHINE, "HKLM"),))

    def policy_key(path: str) -> tuple[Key | None, str]:
        """The machine's key, else the user's, and how people write it."""
        return _first(path, ((winreg.HKEY_LOCAL_MACHINE, "HKLM"), (winreg.HKEY_CURRENT_USER, "HKCU")))

    def _first(path: str, roots: Sequence[tuple[int, str]]) -> tuple[Key | None, str]:
        for root, name in roots:
            try:
                return Key(winreg.OpenKey(root, path, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)), rf"{name}\{path}"
            except FileNotFoundError:
                continue
        return None, rf"HKLM\{path}"
