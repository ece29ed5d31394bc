"""A Core statement compiled once and asked straight on the driver: a ring asks ten, and SQLAlchemy's own road through
its execution context costs each of them 30 µs (0.25 ms together, at the pace of calls over 1 ms).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Dialect, Enum, SelectBase
from sqlalchemy.sql.visitors import cloned_traverse
from sqlalchemy.types import TypeEngine

from db.columns import UtcDateTime

Row = tuple[Any, ...]
Converter = Callable[[Iterable[Any]], Iterable[Any]]
"""Makes of a column as the driver gives it one of the values that the column's type means."""


@dataclass(frozen=True, slots=True)
class Direct:
    """A driver's own connection, past SQLAlchemy, and how its database is spoken to."""

    dialect: Dialect
    driver: Any


def direct(connection: Connection | Direct) -> Direct:
    """The driver's connection beneath."""
    if isinstance(connection, Direct):
        return connection
    return Direct(connection.dialect, connection.connection.driver_connection)


def ask(connection: Connection | Direct, statement: SelectBase, values: Mapping[str, object]) -> list[Row]:
    """All rows, converted as the columns' types say. The statement must be a module's constant: it is kept compiled.

    Raises the driver's own errors, which `db.engine.reading` understands.
    """
    way = direct(connection)
    prepared = _prepared(statement, way.dialect)
    return converted(
        way.driver.execute(prepared.text, {**prepared.constants, **values}).fetchall(), prepared.converters
    )


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Statements that are asked with the same values, by name; the first is the one without which there is nothing."""

    statements: Mapping[str, SelectBase]
    whole: SelectBase | None = None  # as one statement, where that is not simply all of them


def ask_each(connection: Connection | Direct, parts: Parts, values: Mapping[str, object]) -> dict[str, list[Row]]:
    """The rows of each part, one statement after the other; nothing more is asked where the first finds nothing."""
    way = direct(connection)
    answered: dict[str, list[Row]] = {}
    for name, prepared in _each_prepared(parts, way.dialect):
        rows = way.driver.execute(prepared.text, {**prepared.constants, **values}).fetchall()
        answered[name] = converted(rows, prepared.converters)
        if not rows and len(answered) == 1:
            break
    return answered


def converted(rows: list[Row], converters: Sequence[tuple[int, Converter]]) -> list[Row]:
    """Column by column: that way the loops run in C."""
    if not rows or not converters:
        return rows
    columns: list[Any] = list(zip(*rows, strict=True))
    for place, convert in converters:
        columns[place] = convert(columns[place])
    return list(zip(*columns, strict=True))


def compiled_text(statement: SelectBase, dialect: Dialect) -> tuple[str, dict[str, object]]:
    """The statement as text with its own constants written into it: a server that plans it once plans it for these.

    What is left of its values (SQLAlchemy adds an OFFSET on SQLite), beside those that are given when it is asked.
    """

    def write_in(value: Any) -> None:
        value.literal_execute = not value.required
        value.required = False  # it is given later

    whole = cloned_traverse(statement, {}, {"bindparam": write_in})
    compiled = whole.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    return str(compiled), {name: value for name, value in compiled.params.items() if value is not None}


def words_of(kind: Enum) -> Converter:
    """From texts to the members of the column's words."""
    assert kind.enum_class is not None
    members: dict[str | None, Any] = {member.value: member for member in kind.enum_class}
    return partial(map, {**members, None: None}.__getitem__)


def times_from_text(texts: Iterable[str | None]) -> list[datetime | None]:
    """ISO texts that tell their zone."""
    read: Any = datetime.fromisoformat  # where none is unknown the loop runs in C
    known = tuple(texts)
    return [None if text is None else read(text) for text in known] if None in known else list(map(read, known))


@dataclass(frozen=True, slots=True)
class _Prepared:
    text: str
    constants: dict[str, object]
    converters: Sequence[tuple[int, Converter]]


@cache
def _each_prepared(parts: Parts, dialect: Dialect) -> list[tuple[str, "_Prepared"]]:
    return [(name, _prepared(statement, dialect)) for name, statement in parts.statements.items()]


@cache
def _prepared(statement: SelectBase, dialect: Dialect) -> _Prepared:
    processors = [_converter(column.type, dialect) for column in statement.selected_columns]
    converters = tuple((place, one) for place, one in enumerate(processors) if one is not None)
    return _Prepared(*compiled_text(statement, dialect), converters)


def _converter(kind: TypeEngine[Any], dialect: Dialect) -> Converter | None:
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return words_of(kind)
    if isinstance(kind, UtcDateTime) and dialect.name == "sqlite":
        return times_from_text
    process: Any = kind.dialect_impl(dialect).result_processor(dialect, None)
    return partial(map, process) if process else None
