"""INSERT that leaves an existing row alone or brings it up to date: SQLite and PostgreSQL spell it alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func
from sqlalchemy.dialects import sqlite


def add_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert the row unless one with its key is there; True if it was new."""
    key = next(iter(table.primary_key))
    statement = _insert(connection, table).values(row).on_conflict_do_nothing().returning(key)
    return connection.execute(statement).first() is not None  # psycopg counts no rows of such a statement


def add_or_update(connection: Connection, table: Table, row: Mapping[str, Any], changing: Sequence[str]) -> None:
    """Insert the row, or set its `changing` columns where one with its key is there; NULL never replaces a value."""
    statement = _insert(connection, table).values(row)
    keys = [column.name for column in table.primary_key]
    told = {name: func.coalesce(statement.excluded[name], table.c[name]) for name in changing}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=told))


def _insert(connection: Connection, table: Table) -> Any:
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 -- only where it is used

        return postgresql.insert(table)
    return sqlite.insert(table)
