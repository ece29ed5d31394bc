"""The way to the records: an engine for the profile's database file or the team's server, and two kinds of transaction.

Reading takes one snapshot; writing takes SQLite's write lock first, so that it waits its turn instead of failing
half-way.
"""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from db.errors import DatabaseUnavailable, Trouble, unavailable
from db.pace import Pace
from db.sqlite_engine import FILE_NAME, open_file

__all__ = ["FILE_NAME", "open_engine", "reading", "said_plainly", "writing"]

Password = Callable[[], str | None]

_READ = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
_WRITE = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN"}


def open_engine(
    url: str, folder_for_sqlite: Path, password: Password = lambda: None, pace: Pace = Pace.UNHURRIED
) -> Engine:
    """The engine behind the setting `url`; "sqlite" is omote.db in the profile's folder. Touches no table yet.

    `password` is asked when a server wants one, on the thread that connects; `pace` is for servers alone. Raises
    DatabaseUnavailable if the folder is missing or can't be written, or for a kind of database not known yet.
    """
    if url == "sqlite":
        return open_file(folder_for_sqlite / FILE_NAME)
    if url.startswith(("postgresql://", "postgres://")):
        from db.postgres_engine import open_server  # noqa: PLC0415 -- 60 ms that a single desk need not pay

        return open_server(url, password, pace)
    raise DatabaseUnavailable(Trouble.NOT_SUPPORTED, url.partition("://")[0])


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the records; raises DatabaseUnavailable."""
    with _transaction(engine, _READ) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is kept whole or not at all; raises DatabaseUnavailable."""
    with _transaction(engine, _WRITE) as connection:
        yield connection


@contextmanager
def _transaction(engine: Engine, beginnings: dict[str, str]) -> Iterator[Connection]:
    """Begun by hand and not by an engine event, since one event slows down every statement."""
    with said_plainly(), engine.connect() as connection, connection.begin(), _dropped_when_dead(connection):
        driver: Any = connection.connection.driver_connection
        driver.execute(beginnings[engine.dialect.name])
        yield connection


@contextmanager
def _dropped_when_dead(connection: Connection) -> Iterator[None]:
    """`db.prepared.ask` goes past SQLAlchemy, which then does not see that the server has hung up."""
    try:
        yield
    except driver_errors():
        if not connection.invalidated and getattr(connection.connection.driver_connection, "closed", False):
            connection.invalidate()
            connection.engine.dispose()  # a server that has hung up on one has hung up on all
        raise


@contextmanager
def said_plainly() -> Iterator[None]:
    """A driver's error as DatabaseUnavailable, if it is that."""
    try:
        yield
    except driver_errors() as error:
        plain = unavailable(error.orig if isinstance(error, DBAPIError) else error)
        if plain is None:
            raise
        raise plain from error


def driver_errors() -> tuple[type[Exception], ...]:
    """What a driver may raise; psycopg only where it has been loaded."""
    psycopg = sys.modules.get("psycopg")
    return (DBAPIError, sqlite3.Error, *([psycopg.Error] if psycopg else []))
