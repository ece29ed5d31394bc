"""What IT has set for everybody and nobody at the desk can change.

Linux: `/etc/omote/policy.toml`. Windows: the registry below `SOFTWARE\\Policies\\Omote` of the machine, else of the
user, a key for each table; a table that may stand several times has keys `1`, `2` … in it. macOS: managed preferences.
"""

import plistlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, get_origin
from xml.parsers.expat import ExpatError

from app.errors import UserError
from app.file_errors import file_words
from app.settings_tables import REPEATED, Where, hints_of, tables_in
from app.words import _

LINUX = Path("/etc/omote/policy.toml")
MACOS = Path("/Library/Managed Preferences/jp.omote.Omote.plist")
WINDOWS = r"SOFTWARE\Policies\Omote"
INSTALLED = r"SOFTWARE\Omote\Settings"


@dataclass(frozen=True, slots=True)
class Policy:
    """Its tables as TOML would hold them, and where they stand."""

    where: Where
    tables: Mapping[str, Any]


class RegistryKey(Protocol):
    """What is read of a key of the Windows registry."""

    def values(self) -> Mapping[str, object]: ...
    def below(self) -> Sequence[str]: ...
    def key(self, name: str) -> "RegistryKey": ...


def read_policy() -> Policy:
    """What this machine has; empty tables where there is none. Raises UserError for what cannot be read."""
    if sys.platform == "win32":
        from app.windows_registry import policy_key  # noqa: PLC0415 -- there is no registry elsewhere

        return in_registry(*policy_key(WINDOWS))
    return in_property_list(MACOS) if sys.platform == "darwin" else Policy(LINUX, tables_in(LINUX))


def read_installed() -> Policy:
    """What a Windows installer was told (`LANGUAGE=ja`), or IT wrote there. No policy: any file counts before it."""
    if sys.platform == "win32":
        from app.windows_registry import machine_key  # noqa: PLC0415 -- there is no registry elsewhere

        return in_registry(*machine_key(INSTALLED))
    return Policy("", {})


def in_registry(root: RegistryKey | None, where: str) -> Policy:
    """The tables below this key; names of keys and values count in any case, as the registry has it."""
    if root is None:
        return Policy(where, {})
    tables: dict[str, Any] = {}
    for name in root.below():
        found, table = root.key(name), name.lower()
        tables[table] = (
            [_table(found.key(one), table) for one in sorted(found.below(), key=_in_order)]
            if table in REPEATED
            else _table(found, table)
        )
    return Policy(where, tables)


def in_property_list(path: Path) -> Policy:
    """A dictionary for each table; a list of them where it may stand several times."""
    try:
        with path.open("rb") as file:
            return Policy(path, plistlib.load(file))
    except FileNotFoundError:
        return Policy(path, {})
    except (OSError, plistlib.InvalidFileException, ExpatError, ValueError) as error:
        words = file_words(error) if isinstance(error, OSError) else _("it is no property list")
        raise UserError(
            _("The policy {path} cannot be read: {error}.").format(path=path, error=words),
            _("Ask IT: the profile that sets it has to be delivered again."),
        ) from error


def _table(key: RegistryKey, table: str) -> dict[str, Any]:
    told = {name.lower(): value for name, value in key.values().items()}
    hints = hints_of(table, str(told.get("kind", "sip")))
    return {name: _as_toml(value, hints.get(name)) for name, value in told.items()}


def _as_toml(value: object, hint: Any) -> object:
    """The registry has no flags: a DWORD of 0 or 1 is one where a flag is wanted."""
    if hint is bool and value in (0, 1):
        return bool(value)
    if get_origin(hint) is tuple and isinstance(value, str):
        return [one.strip() for one in value.split(";") if one.strip()]
    return value


def _in_order(name: str) -> tuple[int, str]:
    return (int(name) if name.isdecimal() else sys.maxsize, name)
