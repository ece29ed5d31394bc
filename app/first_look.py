"""How the first window looks: language and colours, read before the settings themselves can be.

What is wrong with the settings is said when all of them are read; here the next best counts.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.kept_json import KeptJson
from app.paths import Profile, machine_settings_file
from app.words import LANGUAGES

_THEMES = ("system", "light", "dark")
_POLICY = Path("/etc/omote/policy.toml")


class FirstLook(NamedTuple):
    """`language` is "" for the system's."""

    language: str
    theme: str


def first_look(profile: Profile, said: Sequence[str] = (), environ: Mapping[str, str] = os.environ) -> FirstLook:
    """The strongest word of all, as `settings_layers` has them; a language chosen in the window before that."""
    told = list(_desks(profile, said, environ))
    chosen = KeptJson(profile.language_file, "the language").read()
    return FirstLook(
        _first([chosen, *_all("language", told)], LANGUAGES, ""), _first(_all("theme", told), _THEMES, "system")
    )


def _desks(profile: Profile, said: Sequence[str], environ: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """Each one's `[desk]`, the strongest first."""
    yield _policy()
    yield dict(one.removeprefix("desk.").split("=", 1) for one in said if one.startswith("desk.") and "=" in one)
    prefix = "OMOTE_DESK_"
    yield {key.removeprefix(prefix).lower(): value for key, value in environ.items() if key.startswith(prefix)}
    yield _desk_of(profile.settings_file)
    yield _desk_of(machine_settings_file())
    yield _installed()


def _policy() -> Mapping[str, Any]:
    if sys.platform.startswith("linux"):
        return _desk_of(_POLICY)
    from app.errors import UserError  # noqa: PLC0415 -- these systems keep it where more is needed to read it
    from app.policy import read_policy  # noqa: PLC0415

    try:
        found = read_policy().tables.get("desk")
    except UserError:
        return {}
    return found if isinstance(found, dict) else {}


def _installed() -> Mapping[str, Any]:
    if sys.platform != "win32":
        return {}
    from app.policy import read_installed  # noqa: PLC0415 -- as above

    found = read_installed().tables.get("desk")
    return found if isinstance(found, dict) else {}


def _desk_of(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return {}
    import tomllib  # noqa: PLC0415 -- not every desk has settings of its own

    try:
        found = tomllib.loads(text).get("desk")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _all(key: str, told: Sequence[Mapping[str, Any]]) -> list[object]:
    return [one[key] for one in told if key in one]


def _first(told: Sequence[object], known: Sequence[str], else_: str) -> str:
    """The first word that means something; one of the settings may be empty, and then it is no word."""
    return next((one for one in told if isinstance(one, str) and one in known), else_)
