"""Frozen values to JSON and back, by the types of their fields.

A field that was added later, with a default, is missing in what an older program stored: the default stands for it.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

_Reader = Callable[[Any], Any]


def as_json(value: object) -> Any:
    """Nothing but dicts, lists, texts, numbers, booleans and None."""
    for one, write in _WRITERS:
        if isinstance(value, one):
            return write(value)
    kind: Any = type(value)
    if (names := _names(kind)) is not None:
        return {name: as_json(getattr(value, name)) for name in names}
    if isinstance(value, tuple | list):
        return [as_json(one) for one in value]
    raise TypeError(f"{type(value).__name__} cannot be stored")


def from_json(hint: Any, stored: Any) -> Any:
    """The value of this type. Raises ValueError, TypeError or KeyError for what is none."""
    return _reader(hint)(stored)


@cache
def _reader(hint: Any) -> _Reader:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (kind,) = [one for one in get_args(hint) if one is not type(None)]
        read = _reader(kind)
        return lambda stored: None if stored is None else read(stored)
    if origin is tuple:
        one = _reader(get_args(hint)[0])
        return lambda stored: tuple([one(value) for value in stored])
    if (names := _names(hint)) is not None:
        return _record_reader(hint, names)
    leaf: _Reader = _LEAVES.get(hint, hint)  # an enum's class finds its member
    return leaf


@cache
def _names(kind: Any) -> tuple[str, ...] | None:
    """The fields of a dataclass or of a named tuple, None for anything else."""
    if is_dataclass(kind):
        return tuple(one.name for one in fields(kind))
    named: tuple[str, ...] | None = getattr(kind, "_fields", None)
    return named


def _record_reader(kind: Any, names: tuple[str, ...]) -> _Reader:
    hints = get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name in names}

    def read(stored: Mapping[str, Any]) -> Any:
        return kind(**{name: readers[name](value) for name, value in stored.items()})

    return read


_WRITERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Enum, lambda member: member.value),  # before str: many are texts
    (str | int | float | bool | None, lambda value: value),
    (datetime | date, lambda at: at.isoformat()),
    (UUID, str),
    (Decimal, int),  # a server's sum of whole numbers
)
_LEAVES: dict[Any, _Reader] = {
    str: str,
    int: int,
    float: float,
    bool: bool,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    UUID: UUID,
}
