"""Notes as they are being typed: a small file of the desk's own, written at every key, never in the shared database.

A put is with the operating system when it returns, so a killed program loses nothing; `sync` outlives a power cut.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID

from db.errors import DatabaseUnavailable, Trouble, unavailable
from db.reserve import Reserve

Result = TypeVar("Result")

FILE_NAME = "drafts.db"
_VERSION = 1
_WAIT_MS = 200  # nobody else writes here; a virus scanner may hold it for a moment
_TABLE = """CREATE TABLE IF NOT EXISTS draft (
    call_id TEXT PRIMARY KEY, operator TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, handover TEXT NOT NULL,
    disposition TEXT NOT NULL, about TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID"""
_PUT = """INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (call_id) DO UPDATE SET
    operator = excluded.operator, seq = excluded.seq, body = excluded.body, handover = excluded.handover,
    disposition = excluded.disposition, about = excluded.about, updated_at = excluded.updated_at
    WHERE excluded.seq > draft.seq"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an operator has typed about a call so far. `seq` grows with every key: the greater one wins.

    `disposition` is a code or ""; `about` is what the strip needs to show the call again (JSON's types only).
    """

    call_id: UUID
    operator: str
    seq: int
    body: str
    handover: str
    disposition: str
    updated_at: datetime
    about: Mapping[str, Any] = field(default_factory=dict)


class DraftFile:
    """The open drafts file. One thread at a time; every method raises DatabaseUnavailable."""

    def __init__(self, connection: sqlite3.Connection, reserve: Reserve, set_aside: Path | None) -> None:
        self._connection = connection
        self._reserve = reserve
        self.set_aside = set_aside
        """Where a damaged file was moved when this one was begun anew; None if all was well."""

    @classmethod
    def open(cls, folder: Path, now: datetime) -> Self:
        """Open or begin drafts.db in `folder`; a damaged file is renamed after `now`, never deleted."""
        _make_folder(folder)
        reserve = Reserve(folder)
        connection, set_aside = _with_room(reserve, lambda: _open_or_begin(folder / FILE_NAME, now))
        reserve.take()
        return cls(connection, reserve, set_aside)

    @property
    def is_on_reserve(self) -> bool:
        """Whether the disk was so full that the reserve was given up: the operator should be told for as long.

        A `sync` that finds room again ends it.
        """
        return self._reserve.is_gone

    def put(self, draft: Draft) -> None:
        """Keep this version unless a newer one is kept already; with the operating system on return."""
        about = json.dumps(dict(draft.about), ensure_ascii=False)
        row = (
            str(draft.call_id), draft.operator, draft.seq, draft.body, draft.handover,
            draft.disposition, about, draft.updated_at.isoformat(),
        )  # fmt: skip
        self._write(_PUT, row)

    def remove(self, call_id: UUID) -> None:
        """The note is in the records: forget the draft."""
        self._write("DELETE FROM draft WHERE call_id = ?", (str(call_id),))

    def all(self, operator: str) -> tuple[Draft, ...]:
        """This operator's drafts, oldest change first."""
        with _said_plainly():
            rows = self._connection.execute("SELECT * FROM draft WHERE operator = ? ORDER BY updated_at", (operator,))
            return tuple(map(_draft, rows))

    def sync(self) -> None:
        """Bring what was put to the disk itself; also keeps the write-ahead log so short that it fits a full disk."""
        self._write("PRAGMA wal_checkpoint(PASSIVE)")
        self._reserve.take_back()

    def close(self) -> None:
        """Sync and close."""
        with _said_plainly():
            self._connection.close()

    def _write(self, statement: str, row: tuple[object, ...] = ()) -> None:
        _with_room(self._reserve, lambda: self._connection.execute(statement, row).fetchall())


def _with_room(reserve: Reserve, action: Callable[[], Result]) -> Result:
    """Do it; if the disk is full, give up the reserve and do it again."""
    try:
        with _said_plainly():
            return action()
    except DatabaseUnavailable as error:
        if error.reason is not Trouble.DISK_FULL or not reserve.give_up():
            raise
    with _said_plainly():
        return action()


def _draft(row: tuple[str, str, int, str, str, str, str, str]) -> Draft:
    call_id, operator, seq, body, handover, disposition, about, updated_at = row
    at = datetime.fromisoformat(updated_at)
    return Draft(UUID(call_id), operator, seq, body, handover, disposition, at, json.loads(about))


def _open_or_begin(path: Path, now: datetime) -> tuple[sqlite3.Connection, Path | None]:
    try:
        return _connected(path), None
    except sqlite3.Error as error:
        plain = unavailable(error)
        if plain is None or plain.reason is not Trouble.NOT_A_DATABASE:
            raise
    set_aside = _move_away(path, now)
    return _connected(path), set_aside


def _connected(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its -wal and -shm the same mode
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise _damaged()
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > _VERSION:
        raise DatabaseUnavailable(Trouble.TOO_NEW, f"{FILE_NAME} {version}")
    connection.execute(_TABLE)
    connection.execute(f"PRAGMA user_version = {_VERSION}")


def _damaged() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("quick_check found damage")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _move_away(path: Path, now: datetime) -> Path:
    """Rename the damaged file, with its log, to a name of its own; two in one second get a number."""
    stem = f"drafts-damaged-{now:%Y%m%dT%H%M%S}"
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


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        plain = unavailable(error)
        if plain is None:
            raise
        raise plain from error
    except OSError as error:
        raise DatabaseUnavailable(Trouble.READ_ONLY, str(error.filename or error)) from error
