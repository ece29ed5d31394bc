"""Whose word counts: policy > command line > environment > user > machine > built-in, key by key.

Of a table that may stand several times (`[[source]]` …) the first of them that has any counts, with all of it.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, get_origin

from app.actions import allow_programs
from app.errors import UserError
from app.hotkey import hotkey_of
from app.password_free import without_value
from app.paths import machine_settings_file
from app.policy import Policy, read_installed, read_policy
from app.roles import limited
from app.settings import Settings
from app.settings_tables import REPEATED, SINGLE, Where, hints_of, tables_in, with_tables
from app.templates import check_templates
from app.update_checks import only_by_it
from app.words import _

__all__ = ["Layer", "Layers", "Origin", "all_layers", "layers_of", "load_settings", "loaded"]


class Origin(StrEnum):
    """Where a value came from, the weakest first."""

    BUILT_IN = "built-in"
    MACHINE = "machine"
    USER = "user"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command-line"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Layer:
    """What one of them says: its tables, as TOML would hold them."""

    origin: Origin
    where: Where
    tables: Mapping[str, Any]

    def has(self, table: str, key: str) -> bool:
        """Whether it says this; "" as the key of a table that may stand several times."""
        return table in self.tables and (table in REPEATED or key in self.tables[table])


_BUILT_IN = Layer(Origin.BUILT_IN, "", {})


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything that was said, the strongest last, and what came of it."""

    each: tuple[Layer, ...]
    settings: Settings

    def origin(self, table: str, key: str = "") -> Layer:
        """Who said what counts there."""
        return next((one for one in reversed(self.each) if one.has(table, key)), _BUILT_IN)

    def is_locked(self, table: str, key: str = "") -> bool:
        """Whether nobody at this desk can change it."""
        return self.origin(table, key).origin is Origin.POLICY


def load_settings(user: Path, machine: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """What both files (a missing one is empty) and the environment say. Raises UserError naming key, table and file."""
    return loaded(layers_of(user, machine, environ)).settings


def all_layers(user: Path, said: Sequence[str] = ()) -> tuple[Layer, ...]:
    """Those of this PC, for the user whose file this is. Raises UserError for what cannot be read."""
    return (*installed(read_installed()), *layers_of(user, machine_settings_file(), os.environ, said, read_policy()))


def installed(told: Policy) -> tuple[Layer, ...]:
    """What an installer was told is the machine's too, and its file counts before it."""
    return (Layer(Origin.MACHINE, told.where, told.tables),) if told.tables else ()


def layers_of(
    user: Path,
    machine: Path,
    environ: Mapping[str, str] = os.environ,
    said: Sequence[str] = (),
    policy: Policy | None = None,
) -> tuple[Layer, ...]:
    """The weakest first. `said`: TABLE.KEY=VALUE of the command line. Raises UserError for what cannot be read."""
    found = (
        Layer(Origin.MACHINE, machine, tables_in(machine)),
        Layer(Origin.USER, user, tables_in(user)),
        Layer(Origin.ENVIRONMENT, _("the environment"), _in_environment(environ)),
        Layer(Origin.COMMAND_LINE, _("the command line"), _on_command_line(said)),
    )
    return found if policy is None else (*found, Layer(Origin.POLICY, policy.where, policy.tables))


def loaded(layers: Sequence[Layer]) -> Layers:
    """Laid over each other and checked. Raises UserError naming key, table and where it stands."""
    settings, by_it = Settings(), Settings()
    for one in layers:
        settings = with_tables(settings, one.tables, one.where)
        if one.origin in (Origin.MACHINE, Origin.POLICY):
            by_it = with_tables(by_it, one.tables, one.where)
    machine = next(one.where for one in reversed(layers) if one.origin is Origin.MACHINE)
    _check_whole(settings, by_it, machine)
    return Layers(tuple(layers), settings)


def _check_whole(settings: Settings, by_it: Settings, machine: Where) -> None:
    """What one layer alone cannot tell. `by_it`: what those say whom only IT can write."""
    check_templates(settings.templates, settings.lines)
    allow_programs(settings.actions, by_it.desk.programs, settings.desk.programs, machine)
    limited(settings.desk.role, by_it.desk.role, machine)
    only_by_it(settings.updates, by_it.updates, machine)
    for one in fields(settings.desk):
        if one.name.startswith("hotkey_"):
            hotkey_of(getattr(settings.desk, one.name), one.name)


def _in_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """`OMOTE_<TABLE>_<KEY>`."""
    return _typed(
        (name, key.removeprefix(f"OMOTE_{name.upper()}_").lower(), value)
        for name in SINGLE
        for key, value in sorted(environ.items())
        if key.startswith(f"OMOTE_{name.upper()}_")
    )


def _on_command_line(said: Sequence[str]) -> dict[str, Any]:
    return _typed(_said(one) for one in said)


def _said(text: str) -> tuple[str, str, str]:
    setting, equals, value = text.partition("=")
    table, dot, key = setting.strip().partition(".")
    if not (equals and dot and table in SINGLE):
        raise UserError(
            _("--set {text} sets nothing.").format(text=without_value(text)),
            _("Write it as --set TABLE.KEY=VALUE; the tables are: {tables}.").format(tables=", ".join(SINGLE)),
        )
    return table, key, value.strip()


def _typed(texts: Iterator[tuple[str, str, str]]) -> dict[str, Any]:
    tables: dict[str, dict[str, Any]] = {}
    for table, key, text in texts:
        tables.setdefault(table, {})[key] = _from_text(text, hints_of(table).get(key))
    return tables


def _from_text(text: str, hint: Any) -> object:
    """What is no flag, number or list stays a text, and is refused as one."""
    flags: dict[str, object] = {"true": True, "false": False}
    if hint is bool:
        return flags.get(text, text)
    if get_origin(hint) is tuple:
        return [one.strip() for one in text.split(",") if one.strip()]
    return int(text) if hint is int and text.isascii() and text.isdigit() else text
