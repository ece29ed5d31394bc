"""Settings: TOML tables into frozen values, unknown keys refused by name.

Order: command line > environment `OMOTE_<TABLE>_<KEY>` > user > machine > built-in.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from app.actions import ActionSettings, allow_programs, check_actions
from app.calllog.recording import check_recording
from app.disposition_checks import check_dispositions
from app.errors import UserError
from app.extension_plan import check_extensions
from app.figures.house_rules import check_rules
from app.file_errors import file_words
from app.hotkey import hotkey_of
from app.roles import limited
from app.source_checks import check_sources
from app.templates import TemplateSettings, check_templates
from app.words import _
from cti.source import SourceSettings
from cti.sources import SOURCES

Value = TypeVar("Value")
_SINGLE, _REPEATED = {"desk", "site", "database", "trace"}, {"source", "line", "disposition", "template", "action"}


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """`[desk]`. Empty `operator`: the operating system's login; empty `language`: the system's.

    `role`: what whoever uses this profile may see; "" for everything, or for what the machine's file says.
    `operator_at_start`: who sat here last, always `operator`, or somebody has to say so.
    `programs`: whether actions may start programs, which only the machine's file can allow.
    """

    operator: str = ""
    role: Literal["", "operator", "supervisor", "administrator"] = ""
    operator_at_start: Literal["last", "usual", "ask"] = "last"
    language: Literal["", "ja", "en"] = ""
    theme: Literal["system", "light", "dark"] = "system"
    on_top_while_ringing: bool = True
    disposition_required: bool = False
    hotkey_call: str = ""
    hotkey_note: str = ""
    hotkey_dial: str = ""
    dial_with: str = ""
    programs: bool = False


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """`[site]`. How the house numbers its telephones, what it dials for an outside line, who verifies complaints.

    `answered_within`, `short_call` (seconds), `service_level`, `repeat_days`, `report_zone`: the rules of its figures.
    `recording_url`: where the recording of a call lies.
    """

    extensions: tuple[str, ...] = ()
    outside_prefix: str = ""
    complaints_verified_by_another: bool = True
    answered_within: int = 20
    short_call: int = 5
    service_level: Literal["against", "left_out", "for"] = "against"
    repeat_days: int = 7
    report_zone: str = ""
    recording_url: str = ""


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """`[database]`. "sqlite" is the file of the profile, "postgresql://host/name" a team's server.

    `password_file`: instead of the keyring.
    """

    url: str = "sqlite"
    password_file: str = ""

    @property
    def is_server(self) -> bool:
        """Whether several desks share it."""
        return self.url != "sqlite"


@dataclass(frozen=True, slots=True)
class TraceSettings:
    """`[trace]`. Whether numbers are masked in traces (in logs they always are), and whether SIP messages are kept."""

    mask_numbers: bool = False
    wire: bool = False


@dataclass(frozen=True, slots=True)
class LineSettings:
    """`[[line]]`: a dialled number with a nickname."""

    dialled: str
    name: str = ""
    region: str = "JP"
    outside_prefix: str = ""
    pop: Literal["ring", "answer", "never"] = "ring"
    sound: str = ""


@dataclass(frozen=True, slots=True)
class DispositionSettings:
    """`[[disposition]]`: an outcome code or a group of them, in the order in which they are offered."""

    code: str
    ja: str
    en: str
    parent: str = ""
    needs_note: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    desk: DeskSettings = field(default_factory=DeskSettings)
    site: SiteSettings = field(default_factory=SiteSettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    trace: TraceSettings = field(default_factory=TraceSettings)
    sources: tuple[SourceSettings, ...] = ()
    lines: tuple[LineSettings, ...] = ()
    dispositions: tuple[DispositionSettings, ...] = ()
    templates: tuple[TemplateSettings, ...] = ()
    actions: tuple[ActionSettings, ...] = ()

    @property
    def home_region(self) -> str:
        """Where numbers without a country are: as on the first line."""
        regions = [*(line.region for line in self.lines), *(source.region for source in self.sources), "JP"]
        return regions[0]


def load_settings(user: Path, machine: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read both files (a missing one is empty) and the environment. Raises UserError naming key, table and file."""
    of_machine = _with_file(Settings(), machine)
    settings = _with_file(of_machine, user)
    check_templates(settings.templates, settings.lines)
    settings = _with_environment(settings, environ)
    allow_programs(settings.actions, of_machine.desk.programs, settings.desk.programs, machine)
    limited(settings.desk.role, of_machine.desk.role, machine)
    hotkey_of(settings.desk.hotkey_call, "hotkey_call")
    hotkey_of(settings.desk.hotkey_note, "hotkey_note")
    hotkey_of(settings.desk.hotkey_dial, "hotkey_dial")
    return settings


def _with_file(settings: Settings, path: Path) -> Settings:
    tables = _tables(path)
    for name in tables.keys() - _SINGLE - _REPEATED:
        raise _unknown(name, "", path)
    for name in _SINGLE & tables.keys():
        changed = _replaced(getattr(settings, name), _table(tables[name], name, path), name, path)
        settings = replace(settings, **{name: changed})
    check_extensions(settings.site.extensions, path)
    check_recording(settings.site.recording_url, path)
    check_rules(settings.site, path)
    if "source" in tables:
        settings = replace(settings, sources=_sources(_list(tables["source"], "source", path), path))
    if "line" in tables:
        settings = replace(settings, lines=_all_made(LineSettings, tables["line"], "line", path))
    if "template" in tables:
        settings = replace(settings, templates=_all_made(TemplateSettings, tables["template"], "template", path))
    if "action" in tables:
        settings = replace(settings, actions=_all_made(ActionSettings, tables["action"], "action", path))
        check_actions(settings.actions, path)
    if "disposition" in tables:
        settings = replace(
            settings, dispositions=_dispositions(_list(tables["disposition"], "disposition", path), path)
        )
    return settings


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(
            _("The settings file {path} cannot be read: {error}.").format(path=path, error=file_words(error)),
            _("Correct the file, or remove it to start with the built-in settings."),
        ) from error


def _table(value: object, name: str, path: Path) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise UserError(
        _("[{table}] in {path} is not a table.").format(table=name, path=path),
        _("Write it as [{table}] with one key = value per line.").format(table=name),
    )


def _list(value: object, name: str, path: Path) -> list[Any]:
    if isinstance(value, list):
        return value
    raise UserError(
        _("[{table}] in {path} has single brackets.").format(table=name, path=path),
        _("There may be several: write [[{table}]].").format(table=name),
    )


def _sources(tables: list[Any], path: Path) -> tuple[SourceSettings, ...]:
    made = tuple(_source(_table(one, "source", path), path) for one in tables)
    check_sources(made, path)
    return made


def _dispositions(tables: list[Any], path: Path) -> tuple[DispositionSettings, ...]:
    made = tuple(_made(DispositionSettings, _table(one, "disposition", path), "disposition", path) for one in tables)
    check_dispositions(made, path)
    return made


def _source(table: dict[str, Any], path: Path) -> Any:
    kind = table.pop("kind", "sip")
    for known in SOURCES:
        if known.kind == kind:
            return _made(known.settings, table, "source", path)
    raise UserError(
        _('[[source]] in {path} has kind = "{kind}", which is not known.').format(path=path, kind=kind),
        _("Known kinds: {kinds}.").format(kinds=", ".join(known.kind for known in SOURCES)),
    )


def _all_made(cls: type[Value], tables: object, name: str, path: Path) -> tuple[Value, ...]:
    return tuple(_made(cls, _table(one, name, path), name, path) for one in _list(tables, name, path))


def _made(cls: type[Value], table: dict[str, Any], name: str, path: Path) -> Value:
    values = _checked(cls, table, name, path)
    try:
        return cls(**values)
    except TypeError as error:
        needed = next(f.name for f in fields(cls) if f.name not in values)  # type: ignore[arg-type]
        raise UserError(
            _('[[{table}]] in {path} has no "{key}".').format(table=name, path=path, key=needed),
            _("Add the line: {key} = …").format(key=needed),
        ) from error


def _replaced(current: Value, table: dict[str, Any], name: str, path: Path) -> Value:
    return replace(current, **_checked(type(current), table, name, path))  # type: ignore[type-var]


def _checked(cls: type[Any], table: dict[str, Any], name: str, path: Path | str) -> dict[str, Any]:
    hints = get_type_hints(cls)
    for key in table.keys() - hints.keys():
        raise _unknown(key, name, path)
    return {key: _fitting(value, hints[key], f"{name}.{key}", path) for key, value in table.items()}


def _fitting(value: object, hint: Any, where: str, path: Path | str) -> object:
    if get_origin(hint) is Literal and value in get_args(hint):
        return value
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_fitting(one, get_args(hint)[0], where, path) for one in value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    allowed = " | ".join(repr(one) for one in get_args(hint)) if get_origin(hint) is Literal else _hint_word(hint)
    raise UserError(
        _("{where} in {path} is {value!r}.").format(where=where, path=path, value=value),
        _("It must be: {allowed}.").format(allowed=allowed),
    )


def _hint_word(hint: Any) -> str:
    words = {str: _('a text in "quotes"'), bool: "true | false", int: _("a whole number")}
    return words.get(hint, _("a list in [brackets]"))


def _unknown(key: str, table: str, path: Path | str) -> UserError:
    where = f"[{table}]" if table else _("the file")
    return UserError(
        _('Unknown setting "{key}" in {where} of {path}.').format(key=key, where=where, path=path),
        _("Correct or remove that line; docs/settings.md lists every setting."),
    )


def _with_environment(settings: Settings, environ: Mapping[str, str]) -> Settings:
    for name in sorted(_SINGLE):
        prefix = f"OMOTE_{name.upper()}_"
        found = {key[len(prefix) :].lower(): value for key, value in environ.items() if key.startswith(prefix)}
        if found:
            settings = replace(settings, **{name: _from_texts(getattr(settings, name), found, name)})
    check_rules(settings.site, _("the environment"))
    return settings


def _from_texts(current: Value, texts: dict[str, str], name: str) -> Value:
    hints = get_type_hints(type(current))
    values = {key: _from_text(text, hints.get(key)) for key, text in texts.items()}
    return replace(current, **_checked(type(current), values, name, _("the environment")))  # type: ignore[type-var]


def _from_text(text: str, hint: Any) -> object:
    """What is no flag and no number stays a text, and is refused as one."""
    flags: dict[str, object] = {"true": True, "false": False}
    if hint is bool:
        return flags.get(text, text)
    return int(text) if hint is int and text.isascii() and text.isdigit() else text
