"""One of several tables while it is being changed: it says no more than it has to, as people would write it."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from app.settings_tables import class_of, hints_of

Row = Mapping[str, Any]
_MAY_BE_EMPTY = ("ja", "en")  # needed, but one of them stands for the other


def value_in(table: str, row: Row, key: str) -> Any:
    """What counts: the row's word, else what is so where nobody says anything."""
    value = row.get(key, _default(table, row, key))
    return tuple(value) if isinstance(value, list) else "" if value is MISSING else value


def with_value(table: str, row: Row, key: str, value: Any) -> dict[str, Any]:
    """The row with another value: no line for what is so anyway, none for what is needed and empty."""
    default = _default(table, row, key)
    is_empty = default is MISSING and value == "" and key not in _MAY_BE_EMPTY
    if is_empty or (value == default and key not in row):
        return {one: said for one, said in row.items() if one != key}
    return {**row, key: list(value) if isinstance(value, tuple) else value}


def of_kind(row: Row, kind: str) -> dict[str, Any]:
    """The same source as one of another kind: what that does not know is left out."""
    known = hints_of("source", kind)
    return {"name": row.get("name", ""), "kind": kind} | {
        key: value for key, value in row.items() if key in known and key not in ("kind", "name")
    }


def new_row(table: str) -> dict[str, Any]:
    """What nobody has filled in."""
    return {"ja": "", "en": ""} if table == "disposition" else {"kind": "sip"} if table == "source" else {}


def is_needed(table: str, row: Row, key: str) -> bool:
    """Whether it can't be left empty."""
    return _default(table, row, key) is MISSING and key not in _MAY_BE_EMPTY


def _default(table: str, row: Row, key: str) -> Any:
    if (table, key) == ("source", "kind"):
        return "sip"
    cls = class_of(table, str(row.get("kind", "sip")))
    return next((one.default for one in fields(cls) if one.name == key), MISSING) if cls is not None else MISSING
