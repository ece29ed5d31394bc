"""`omote config`: whether settings are well formed, and what counts here and who said it."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.database_address import check_address
from app.errors import UserError
from app.paths import Profile
from app.settings_layers import Layer, Layers, Origin, all_layers, loaded
from app.settings_tables import REPEATED, SINGLE, as_tables
from app.terminal import say
from app.words import _

_WIDTH = 44  # columns, after which who said it stands


def config(args: argparse.Namespace, profile: Profile) -> int:
    """0 if all is well. Raises UserError with the first mistake. A FILE is taken as if it were the user's own."""
    path = args.file or profile.settings_file
    layers = loaded(all_layers(path, args.settings))
    check_address(layers.settings.database)
    if args.action == "check":
        return _tell_checked(path, is_named=args.file is not None)
    if args.json:
        say(json.dumps(list(rows_of(layers)), ensure_ascii=False, indent=1))
    else:
        for line in _lines(layers):
            say(line)
    return 0


def _tell_checked(path: Path, *, is_named: bool) -> int:
    if path.exists():
        say(_("{path}: the settings are well formed.").format(path=path))
        return 0
    if is_named:
        raise UserError(_("There is no file {path}.").format(path=path), _("Name a settings file that exists."))
    say(_("{path} does not exist: the built-in settings apply.").format(path=path))
    return 0


def rows_of(layers: Layers) -> Iterator[dict[str, Any]]:
    """One for each value; those of a table that may stand several times have its place, from 0 on."""
    for table in SINGLE:
        for key, value in as_tables(layers.settings, table)[0].items():
            yield _row(layers.origin(table, key), table, None, key, value)
    for table in REPEATED:
        for n, one in enumerate(as_tables(layers.settings, table)):
            for key, value in one.items():
                yield _row(layers.origin(table), table, n, key, value)


def _row(by: Layer, table: str, place: int | None, key: str, value: object) -> dict[str, Any]:
    told = {"table": table, "place": place, "key": key, "value": value, "origin": by.origin.value}
    return told | {"where": str(by.where), "locked": by.origin is Origin.POLICY}


def _lines(layers: Layers) -> Iterator[str]:
    """A settings file that says all of it, with who said it behind each line."""
    for table in SINGLE:
        yield f"[{table}]"
        for key, value in as_tables(layers.settings, table)[0].items():
            yield _said(f"{key} = {_as_toml(value)}", layers.origin(table, key))
        yield ""
    for table in REPEATED:
        for one in as_tables(layers.settings, table):
            yield _said(f"[[{table}]]", layers.origin(table))
            yield from (f"{key} = {_as_toml(value)}" for key, value in one.items())
            yield ""


def _said(line: str, by: Layer) -> str:
    where = f": {by.where}" if by.origin in (Origin.MACHINE, Origin.USER, Origin.POLICY) else ""
    return f"{line:<{_WIDTH}} # {_word(by.origin)}{where}"


def _word(origin: Origin) -> str:
    return {
        Origin.BUILT_IN: _("built-in"),
        Origin.MACHINE: _("machine"),
        Origin.USER: _("user"),
        Origin.ENVIRONMENT: _("environment"),
        Origin.COMMAND_LINE: _("command line"),
        Origin.POLICY: _("policy, locked"),
    }[origin]


def _as_toml(value: object) -> str:
    """JSON's texts, flags, numbers and lists are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
