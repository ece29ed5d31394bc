"""TOML tables into settings: what is unknown, misspelt or of another kind is refused by name."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from app.actions import ActionSettings, check_actions
from app.calllog.recording import check_recording
from app.disposition_checks import check_dispositions
from app.errors import UserError
from app.extension_plan import check_extensions
from app.figures.house_rules import check_rules
from app.file_errors import file_words
from app.password_free import refuse_passwords
from app.settings import DispositionSettings, LineSettings, Settings
from app.source_checks import check_sources
from app.templates import TemplateSettings
from app.update_checks import check_updates
from app.words import _
from cti.source import SourceSettings
from cti.sources import SOURCES

Value = TypeVar("Value")
Where = Path | str
"""The file of a table, or what else its words came from."""
SINGLE = ("desk", "site", "database", "trace", "updates")
REPEATED = {
    "source": "sources", "line": "lines", "disposition": "dispositions", "template": "templates", "action": "actions",
}  # fmt: skip
"""Tables that may stand several times, and the field of Settings that holds them."""


def tables_in(path: Path) -> dict[str, Any]:
    """A file's tables, none where there is no file. Raises UserError for what cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(
            _("The settings file {path} cannot be read: {error}.").format(path=path, error=file_words(error)),
            _("Correct the file, or remove it to start with the built-in settings."),
        ) from error


def with_tables(settings: Settings, tables: Mapping[str, Any], where: Where) -> Settings:
    """These settings with what the tables say in place of theirs. Raises UserError naming key, table and file."""
    refuse_passwords(tables, where)
    for name in sorted(tables.keys() - set(SINGLE) - REPEATED.keys()):
        raise _unknown(name, "", where)
    for name in SINGLE:
        if name in tables:
            changed = _replaced(getattr(settings, name), _table(tables[name], name, where), name, where)
            settings = replace(settings, **{name: changed})
    check_extensions(settings.site.extensions, where)
    check_recording(settings.site.recording_url, where)
    check_rules(settings.site, where)
    check_updates(settings.updates, where)
    found = [name for name in REPEATED if name in tables]
    lists: dict[str, Any] = {REPEATED[one]: _made_all(one, _list(tables[one], one, where), where) for one in found}
    return replace(settings, **lists)


def hints_of(table: str, kind: str = "sip") -> dict[str, Any]:
    """What type each key of a table has; of a `[[source]]` those of its kind. Empty for no table of ours."""
    if table in SINGLE:
        return get_type_hints(type(getattr(Settings(), table)))
    cls = class_of(table, kind)
    return ({"kind": str} if table == "source" else {}) | (get_type_hints(cls) if cls is not None else {})


def class_of(table: str, kind: str = "sip") -> type[Any] | None:
    """What one of several tables becomes, a `[[source]]` by its kind; None for no such table or kind."""
    if table == "source":
        return next((one.settings for one in SOURCES if one.kind == kind), None)
    return _MADE_OF.get(table)


def as_tables(settings: Settings, table: str) -> list[dict[str, Any]]:
    """What the file would have to say to mean these: one table, or as many as there are of that name."""
    if table in SINGLE:
        return [asdict(getattr(settings, table))]
    return [_kind(one) | asdict(one) for one in getattr(settings, REPEATED[table])]


def _kind(one: object) -> dict[str, str]:
    return next(({"kind": known.kind} for known in SOURCES if known.settings is type(one)), {})


def _table(value: object, name: str, where: Where) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise UserError(
        _("[{table}] in {path} is not a table.").format(table=name, path=where),
        _("Write it as [{table}] with one key = value per line.").format(table=name),
    )


def _list(value: object, name: str, where: Where) -> list[Any]:
    if isinstance(value, list):
        return value
    raise UserError(
        _("[{table}] in {path} has single brackets.").format(table=name, path=where),
        _("There may be several: write [[{table}]].").format(table=name),
    )


def _made_all(name: str, tables: list[Any], where: Where) -> tuple[Any, ...]:
    each = [_table(one, name, where) for one in tables]
    if name == "source":
        sources = tuple(_source(one, where) for one in each)
        check_sources(sources, where)
        return sources
    made = tuple(_made(_MADE_OF[name], one, name, where) for one in each)
    if name == "action":
        check_actions(made, where)
    if name == "disposition":
        check_dispositions(made, where)
    return made


_MADE_OF: dict[str, type[Any]] = {
    "line": LineSettings,
    "disposition": DispositionSettings,
    "template": TemplateSettings,
    "action": ActionSettings,
}


def _source(table: dict[str, Any], where: Where) -> SourceSettings:
    kind = table.get("kind", "sip")
    for known in SOURCES:
        if known.kind == kind:
            rest = {key: value for key, value in table.items() if key != "kind"}
            made: SourceSettings = _made(known.settings, rest, "source", where)
            return made
    raise UserError(
        _('[[source]] in {path} has kind = "{kind}", which is not known.').format(path=where, kind=kind),
        _("Known kinds: {kinds}.").format(kinds=", ".join(known.kind for known in SOURCES)),
    )


def _made(cls: type[Value], table: dict[str, Any], name: str, where: Where) -> Value:
    values = _checked(cls, table, name, where)
    try:
        return cls(**values)
    except TypeError as error:
        needed = next(f.name for f in fields(cls) if f.name not in values)  # type: ignore[arg-type]
        raise UserError(
            _('[[{table}]] in {path} has no "{key}".').format(table=name, path=where, key=needed),
            _("Add the line: {key} = …").format(key=needed),
        ) from error


def _replaced(current: Value, table: dict[str, Any], name: str, where: Where) -> Value:
    return replace(current, **_checked(type(current), table, name, where))  # type: ignore[type-var]


def _checked(cls: type[Any], table: dict[str, Any], name: str, where: Where) -> dict[str, Any]:
    hints = get_type_hints(cls)
    for key in table.keys() - hints.keys():
        raise _unknown(key, name, where)
    return {key: _fitting(value, hints[key], f"{name}.{key}", where) for key, value in table.items()}


def _fitting(value: object, hint: Any, setting: str, where: Where) -> object:
    if get_origin(hint) is Literal and value in get_args(hint):
        return value
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_fitting(one, get_args(hint)[0], setting, where) for one in value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    allowed = " | ".join(repr(one) for one in get_args(hint)) if get_origin(hint) is Literal else _hint_word(hint)
    raise UserError(
        _("{where} in {path} is {value!r}.").format(where=setting, path=where, value=value),
        _("It must be: {allowed}.").format(allowed=allowed),
    )


def _hint_word(hint: Any) -> str:
    words = {str: _('a text in "quotes"'), bool: "true | false", int: _("a whole number")}
    return words.get(hint, _("a list in [brackets]"))


def _unknown(key: str, table: str, where: Where) -> UserError:
    part = f"[{table}]" if table else _("the file")
    return UserError(
        _('Unknown setting "{key}" in {where} of {path}.').format(key=key, where=part, path=where),
        _("Correct or remove that line; docs/settings.md lists every setting."),
    )
