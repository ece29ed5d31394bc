"""A Core statement compiled once and asked straight on the driver: a ring asks nine, and SQLAlchemy's own road through
its execution context costs each of them 30 µs (0.25 ms together, at the pace of calls over 1 ms).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Enum, SelectBase
from sqlalchemy.types import TypeEngine

Row = list[Any]


def ask(connection: Connection, statement: SelectBase, values: Mapping[str, object]) -> list[Row]:
    """All rows, converted as the columns' types say. The statement must be a module's constant: it is kept compiled.

    Raises the driver's own errors, which `db.engine.reading` understands.
    """
    prepared = _prepared(statement, connection.dialect)
    driver: Any = connection.connection.driver_connection
    rows = map(list, driver.execute(prepared.text, {**prepared.constants, **values}))
    return [_converted(row, prepared.converters) for row in rows]


@dataclass(frozen=True, slots=True)
class _Prepared:
    text: str
    constants: Mapping[str, object]
    converters: tuple[tuple[int, Callable[[Any], Any]], ...]


@cache
def _prepared(statement: SelectBase, dialect: Dialect) -> _Prepared:
    compiled = statement.compile(dialect=dialect)
    processors = [_converter(column.type, dialect) for column in statement.selected_columns]
    converters = tuple((place, one) for place, one in enumerate(processors) if one is not None)
    return _Prepared(str(compiled), dict(compiled.params), converters)


def _converter(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    if isinstance(kind, Enum) and kind.enum_class is not None:
        words: dict[str | None, Any] = {member.value: member for member in kind.enum_class}
        return {**words, None: None}.__getitem__
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _converted(row: Row, converters: tuple[tuple[int, Callable[[Any], Any]], ...]) -> Row:
    for place, convert in converters:
        row[place] = convert(row[place])
    return row
