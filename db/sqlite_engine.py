"""The embedded database: one file in the profile, private, in WAL mode, for one desk."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from db.private_file import make_private

FILE_NAME = "omote.db"
_WAIT_MS = 5000  # for another writer; readers never wait in WAL


def open_file(path: Path) -> Engine:
    """The engine of the file, which is made if need be. Raises DatabaseUnavailable."""
    make_private(path)
    engine = create_engine(URL.create("sqlite", database=str(path)), paramstyle="named")
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """SQLite forgets all of these with each connection, and has foreign keys off unless told."""
    connection.isolation_level = None  # the driver would begin late, and never for DDL: see db.engine
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    _set_wal(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")  # as some builds have it anyway: who is erased is overwritten


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
