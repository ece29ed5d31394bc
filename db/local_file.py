"""Small SQLite files of the desk's own, beside the shared records: private, quick to say what is wrong, never deleted.

A damaged file is set aside under another name and begun anew. On a full disk the reserve is given up and tried again.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

from db.errors import DatabaseUnavailable, Trouble, sqlite_said_plainly, unavailable
from db.private_file import make_private
from db.reserve import Reserve

Result = TypeVar("Result")

_WAIT_MS = 200  # nobody else writes here; a virus scanner may hold it for a moment


@dataclass(frozen=True, slots=True)
class Form:
    """What a file is to be. `sync`: NORMAL outlives a killed program, FULL a power cut too, at each commit."""

    name: str
    version: int
    tables: tuple[str, ...]
    sync: Literal["NORMAL", "FULL"] = "NORMAL"


def open_local(folder: Path, form: Form, now: datetime) -> tuple[sqlite3.Connection, Path | None]:
    """The open file, in a folder made for it, and where a damaged one was moved (renamed after `now`).

    Raises DatabaseUnavailable: TOO_NEW for a later program's file.
    """
    _make_folder(folder)
    with said_plainly():
        return _open_or_begin(folder / form.name, form, now)


def with_room(reserve: Reserve, action: Callable[[], Result]) -> Result:
    """Do it; if the disk is full, give up the reserve and do it again. Raises DatabaseUnavailable."""
    try:
        with said_plainly():
            return action()
    except DatabaseUnavailable as error:
        if error.reason is not Trouble.DISK_FULL or not reserve.give_up():
            raise
    with said_plainly():
        return action()


@contextmanager
def said_plainly() -> Iterator[None]:
    """SQLite's and the system's errors as DatabaseUnavailable; bugs of ours stay what they are."""
    try:
        with sqlite_said_plainly():
            yield
    except OSError as error:
        raise DatabaseUnavailable(Trouble.READ_ONLY, str(error.filename or error)) from error


def _open_or_begin(path: Path, form: Form, now: datetime) -> tuple[sqlite3.Connection, Path | None]:
    try:
        return _connected(path, form), None
    except sqlite3.Error as error:
        plain = unavailable(error)
        if plain is None or plain.reason is not Trouble.NOT_A_DATABASE:
            raise
    set_aside = _move_away(path, now)
    return _connected(path, form), set_aside


def _connected(path: Path, form: Form) -> sqlite3.Connection:
    make_private(path)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, form)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, form: Form) -> None:
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {form.sync}")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise _damaged()
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > form.version:
        raise DatabaseUnavailable(Trouble.TOO_NEW, f"{form.name} {version}")
    for table in form.tables:
        connection.execute(table)
    connection.execute(f"PRAGMA user_version = {form.version}")


def _damaged() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("quick_check found damage")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _move_away(path: Path, now: datetime) -> Path:
    """Rename the damaged file, with its log, to a name of its own; two in one second get a number."""
    stem = f"{path.stem}-damaged-{now:%Y%m%dT%H%M%S}"
    target = next(
        candidate for count in range(1000) if not (candidate := path.with_name(f"{stem}-{count}.db")).exists()
    )
    path.rename(target)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(target.with_name(target.name + suffix))
    return target


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError as error:
        raise DatabaseUnavailable(Trouble.NO_FOLDER, str(folder.parent)) from error
    except OSError as error:
        raise DatabaseUnavailable(Trouble.READ_ONLY, str(folder)) from error
