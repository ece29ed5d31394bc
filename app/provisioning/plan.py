"""What a file would change in the settings of a user or of the machine; checked whole before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.database_address import check_address
from app.errors import UserError
from app.settings import Settings
from app.settings_file import SettingsFile
from app.settings_layers import Layer, Layers, Origin, loaded
from app.settings_tables import REPEATED, SINGLE, with_tables
from app.words import _


@dataclass(frozen=True, slots=True)
class Plan:
    """`changed` names what would be another value: desk.operator, [[source]]. `settings` are those that then count."""

    file: SettingsFile
    changed: tuple[str, ...]
    settings: Settings

    def write(self) -> None:
        """All of it, or nothing. Raises UserError."""
        self.file.save()


def plan(tables: Mapping[str, Any], source: Path, target: Path, layers: Sequence[Layer], origin: Origin) -> Plan:
    """`tables` of the file `source`, for the layer `origin`, which is the file `target`.

    Raises UserError for what `omote config check` would refuse, and for what a policy has locked to something else.
    """
    alone = loaded(_with(layers, Layer(origin, source, tables)))
    check_address(with_tables(Settings(), tables, source).database)
    _refuse_locked(tables, source, alone)
    file = SettingsFile(target)
    changed = tuple(_change(file, tables))
    return Plan(file, changed, loaded(_with(layers, Layer(origin, target, file.tables))).settings)


def _with(layers: Sequence[Layer], mine: Layer) -> list[Layer]:
    """Of the machine's own settings a user's file must not decide."""
    above = [] if mine.origin is Origin.USER else [Origin.USER]
    return [mine if one.origin is mine.origin else one for one in layers if one.origin not in above]


def _refuse_locked(tables: Mapping[str, Any], source: Path, layers: Layers) -> None:
    wanted = with_tables(Settings(), tables, source)
    for table, key, name in _names(tables):
        if layers.is_locked(table, key) and _value(wanted, table, key) != _value(layers.settings, table, key):
            raise UserError(
                _("{name} is locked: {where} says something else.").format(
                    name=name, where=layers.origin(table, key).where
                ),
                _("Take it out of {path}, or change the policy. Nothing was written.").format(path=source),
            )


def _names(tables: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Table, key and how it is told; "" as the key of a table that may stand several times."""
    single = [(one, key, f"{one}.{key}") for one in SINGLE if one in tables for key in tables[one]]
    return single + [(one, "", f"[[{one}]]") for one in REPEATED if one in tables]


def _value(settings: Settings, table: str, key: str) -> object:
    return getattr(settings, REPEATED[table]) if table in REPEATED else getattr(getattr(settings, table), key)


def _change(file: SettingsFile, tables: Mapping[str, Any]) -> list[str]:
    changed = []
    for table, key, name in _names(tables):
        before = file.text
        if key:
            file.change(table, key, tables[table][key])
        else:
            file.put_list(table, tables[table])
        if file.text != before:
            changed.append(name)
    return changed
