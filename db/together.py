"""Several statements as one: a server answers them in a single round trip, as one row with one JSON array."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Date, Dialect, Enum, FromClause, ScalarSelect, SelectBase, Uuid, func, select
from sqlalchemy.types import TypeEngine

from db.columns import UtcDateTime
from db.prepared import Converter, Direct, Parts, Row, compiled_text, converted, direct, words_of


def as_json(rows: SelectBase | FromClause) -> ScalarSelect[Any]:
    """The rows as an array of arrays, null if there are none."""
    told = rows.subquery() if isinstance(rows, SelectBase) else rows
    return select(func.json_agg(func.json_build_array(*told.c))).scalar_subquery()


def ask_together(
    connection: Connection | Direct, parts: Parts, values: Mapping[str, object]
) -> dict[str, list[Row] | None]:
    """The rows of each part, converted as its columns' types say; None for a part that was not answered."""
    way = direct(connection)
    prepared = _prepared(parts, way.dialect)
    ((answer,),) = way.driver.execute(prepared.text, {**prepared.constants, **values}).fetchall()
    return {
        name: None if rows is None else converted(rows, converters)
        for (name, converters), rows in zip(prepared.converters, answer, strict=True)
    }


@dataclass(frozen=True, slots=True)
class _Prepared:
    text: str
    constants: dict[str, object]
    converters: Sequence[tuple[str, Sequence[tuple[int, Converter]]]]


@cache
def _prepared(parts: Parts, dialect: Dialect) -> _Prepared:
    statements = parts.statements
    whole = select(func.json_build_array(*map(as_json, statements.values()))) if parts.whole is None else parts.whole
    converters = tuple((name, _converters(statement)) for name, statement in statements.items())
    return _Prepared(*compiled_text(whole, dialect), converters)


def _converters(part: SelectBase) -> Sequence[tuple[int, Converter]]:
    found = [_converter(column.type) for column in part.selected_columns]
    return tuple((place, one) for place, one in enumerate(found) if one is not None)


def _converter(kind: TypeEngine[Any]) -> Converter | None:
    """From what JSON has for the column's type."""
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return words_of(kind)
    return next((read for type_, read in _READERS.items() if isinstance(kind, type_)), None)


def _times(texts: Iterable[str | None]) -> list[datetime | None]:
    """In the zone of the server's session."""
    read = datetime.fromisoformat
    times = [None if text is None else read(text) for text in texts]
    return [one if one is None or one.tzinfo is UTC else one.astimezone(UTC) for one in times]


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


_READERS: dict[Any, Converter] = {UtcDateTime: _times, Date: partial(map, _date), Uuid: partial(map, _uuid)}
