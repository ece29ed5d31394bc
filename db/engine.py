"""The way to the records: an engine for the profile's database file, and its two kinds of transaction.

Reading takes one snapshot; writing takes the write lock first, so that it waits its turn instead of failing half-way.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from db.errors import DatabaseUnavailable, Trouble, unavailable

FILE_NAME = "omote.db"
_WAIT_MS = 5000  # for another writer; readers never wait in WAL


def open_engine(url: str, folder_for_sqlite: Path) -> Engine:
    """The engine behind the setting `url`; "sqlite" is omote.db in the profile's folder. Touches no table yet.

    Raises DatabaseUnavailable if the folder is missing or can't be written, or for a kind of database not known yet.
    """
    if url != "sqlite":
        raise DatabaseUnavailable(Trouble.NOT_SUPPORTED, url.partition("://")[0])
    path = folder_for_sqlite / FILE_NAME
    _make_private(path)
    engine = create_engine(URL.create("sqlite", database=str(path)), paramstyle="named")
    event.listen(engine, "connect", _prepare)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the records; raises DatabaseUnavailable."""
    with _said_plainly(), engine.connect() as connection, connection.begin():
        _begin(connection, "BEGIN")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is kept whole or not at all; raises DatabaseUnavailable."""
    with _said_plainly(), engine.connect() as connection, connection.begin():
        _begin(connection, "BEGIN IMMEDIATE")
        yield connection


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        plain = unavailable(error.orig)
        if plain is None:
            raise
        raise plain from error
    except sqlite3.Error as error:
        plain = unavailable(error)
        if plain is None:
            raise
        raise plain from error


def _make_private(path: Path) -> None:
    """Create the file readable by its owner only; SQLite gives its -wal and -shm the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except FileNotFoundError as error:
        raise DatabaseUnavailable(Trouble.NO_FOLDER, str(path.parent)) from error
    except OSError as error:
        raise DatabaseUnavailable(Trouble.READ_ONLY, str(path)) from error


def _prepare(connection: Any, _record: Any) -> None:
    """SQLite forgets all of these with each connection, and has foreign keys off unless told."""
    connection.isolation_level = None  # the driver would begin late, and never for DDL: see _begin
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    _set_wal(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def _set_wal(connection: Any) -> None:
    """The first switch of a new file to WAL fails at once, whatever the timeout, while another program opens it."""
    give_up = time.monotonic() + _WAIT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: Connection, statement: str) -> None:
    """By hand and not by an engine event, since one event slows down every statement."""
    driver: Any = connection.connection.driver_connection
    driver.execute(statement)
