"""Which column of a file is which field: recognised by its heading, told in a file, or remembered from last time."""

import json
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.file_errors import file_words
from app.importing.fields import FIELDS, PHONE_FIELDS
from app.importing.headings import field_of, folded
from app.words import _
from db.kinds import ImportKind

IGNORED = ""
_MAPPING_OPTION = "--mapping, docs/import.md"
_MOST_REMEMBERED = 100


@dataclass(frozen=True, slots=True)
class Mapping:
    """`fields` says for each heading of the file which field it is, "" for a column that is not taken."""

    kind: ImportKind
    headings: tuple[str, ...]
    fields: tuple[str, ...]

    def columns(self, field: str) -> list[int]:
        """The places of the columns that are this field."""
        return [place for place, one in enumerate(self.fields) if one == field]


def recognised(kind: ImportKind, headings: Sequence[str], told: dict[str, str] | None = None) -> Mapping:
    """By the headings; `told` (heading -> field) has the last word. May still lack what is needed: see `checked`."""
    by_heading = {folded(heading): field for heading, field in (told or {}).items()}
    fields = [by_heading.get(folded(one), field_of(one, kind)) for one in headings]
    if "name" not in fields and "family_name" not in fields and "given_name" in fields:
        fields[fields.index("given_name")] = "name"  # 名 alone is the whole name
    return Mapping(kind, tuple(headings), tuple(fields))


def checked(mapping: Mapping) -> Mapping:
    """The same; raises UserError if a field is needed but missing or stands twice."""
    _check_repeated(mapping)
    missing = missing_fields(mapping)
    if missing:
        raise UserError(
            _("No column of the file is {fields}.").format(fields=", ".join(missing)),
            _("Columns: {columns}. Say which one it is. Nothing was imported.").format(
                columns=", ".join(mapping.headings[:30])
            ),
            _MAPPING_OPTION,
        )
    return mapping


def require_headings(told: dict[str, str], headings: Sequence[str], path: Path) -> None:
    """A mapping that names a column which the file has not is for another file, or misspelt. Raises UserError."""
    there = set(map(folded, headings))
    for heading, field in told.items():
        if field and folded(heading) not in there:
            raise UserError(
                _('The file has no column "{heading}", which {path} names.').format(heading=heading, path=path),
                _("Columns: {columns}. Nothing was imported.").format(columns=", ".join(headings[:30])),
            )


def missing_fields(mapping: Mapping) -> list[str]:
    """The fields that are needed and that no column is."""
    if mapping.kind is ImportKind.CUSTOMERS:
        return [] if {"name", "family_name", "company"} & set(mapping.fields) else ["name"]
    return [name for name, field in FIELDS[mapping.kind].items() if field.is_needed and name not in mapping.fields]


def repeated_fields(mapping: Mapping) -> dict[str, list[str]]:
    """The fields that may be one column only and are several: field -> headings."""
    fields = [name for name, field in FIELDS[mapping.kind].items() if not field.may_repeat]
    named = {name: [mapping.headings[place] or "?" for place in mapping.columns(name)] for name in fields}
    return {name: headings for name, headings in named.items() if len(headings) > 1}


def read_mapping(path: Path, kind: ImportKind) -> dict[str, str]:
    """Heading -> field from a TOML file with a table [columns]. Raises UserError."""
    try:
        table: Any = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(
            _("The mapping {path} cannot be read: {error}.").format(path=path, error=file_words(error)),
            _("It is a TOML file with a table [columns]: docs/import.md shows one."),
        ) from error
    columns = table.get("columns")
    if not isinstance(columns, dict) or table.keys() != {"columns"}:
        raise UserError(
            _("The mapping {path} must hold a table [columns] and nothing else.").format(path=path),
            _('Write one line per column: "heading of the file" = "field".'),
        )
    return {heading: _known(field, kind, path) for heading, field in columns.items()}


def write_mapping(mapping: Mapping, path: Path) -> None:
    """The same columns as a file that `read_mapping` reads. Raises UserError."""
    pairs = [(heading, field) for heading, field in zip(mapping.headings, mapping.fields, strict=True) if heading]
    lines = [f"{_quoted(heading)} = {_quoted(field)}" for heading, field in dict(pairs).items()]
    try:
        path.write_text("\n".join(["[columns]", *lines, ""]), encoding="utf-8")
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {error}.").format(path=path, error=file_words(error)),
            _("Choose another place."),
        ) from error


class RememberedMappings:
    """What was told about a heading line is known when the next file with it comes. One small JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def told(self, kind: ImportKind, headings: Sequence[str]) -> dict[str, str]:
        """Heading -> field as last time, {} if such a file was never told about."""
        known = self._read().get(_key(kind, headings), {})
        return {heading: field for heading, field in known.items() if field == IGNORED or field in FIELDS[kind]}

    def remember(self, mapping: Mapping) -> None:
        """Keep what differs from what would be recognised anyway."""
        plain = recognised(mapping.kind, mapping.headings)
        both = zip(mapping.headings, mapping.fields, plain.fields, strict=True)
        told = {heading: field for heading, field, by_itself in both if heading and field != by_itself}
        known = self._read()
        known.pop(key := _key(mapping.kind, mapping.headings), None)
        if told:
            known[key] = told
        self._write(dict(list(known.items())[-_MOST_REMEMBERED:]))

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}  # nothing remembered, or another hand's file: recognising goes on without
        return known if isinstance(known, dict) else {}

    def _write(self, known: dict[str, dict[str, str]]) -> None:
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
        beside.replace(self._path)


def _check_repeated(mapping: Mapping) -> None:
    for name, headings in repeated_fields(mapping).items():
        raise UserError(
            _("Two columns of the file are {field}: {columns}.").format(field=name, columns=", ".join(headings)),
            _("Say which one counts. Nothing was imported."),
            _MAPPING_OPTION,
        )
    twice = [one for one, count in Counter(mapping.headings).items() if one and count > 1]
    for heading in twice:
        if any(field for one, field in zip(mapping.headings, mapping.fields, strict=True) if one == heading):
            raise UserError(
                _('The heading "{heading}" stands in the file twice.').format(heading=heading),
                _("Rename one of the two columns. Nothing was imported."),
            )


def _quoted(text: str) -> str:
    """As a TOML string; JSON's escapes are TOML's too, DEL apart."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _known(field: object, kind: ImportKind, path: Path) -> str:
    if field == IGNORED or (isinstance(field, str) and field in FIELDS[kind]):
        return str(field)
    raise UserError(
        _('{path}: "{field}" is no field of {kind}.').format(path=path, field=field, kind=kind),
        _("Known: {names}.").format(names=", ".join(FIELDS[kind])),
    )


def _key(kind: ImportKind, headings: Sequence[str]) -> str:
    return "|".join((kind, *sorted(map(folded, headings))))


def label_of(field: str) -> str:
    """The label that a column's telephone numbers get, "" for a column of all kinds."""
    return PHONE_FIELDS[field]
