"""Notes as they are being typed: a small file of the desk's own, written at every key, never in the shared database.

A put is with the operating system when it returns, so a killed program loses nothing; `sync` outlives a power cut.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, Self
from uuid import UUID

from db.errors import DatabaseUnavailable, Trouble
from db.local_file import Form, open_local, said_plainly, with_room
from db.reserve import Reserve
from db.undo_steps import NO_STEPS, TABLES, Steps, UndoRows

FILE_NAME = "drafts.db"
_TABLE = """CREATE TABLE IF NOT EXISTS draft (
    call_id TEXT PRIMARY KEY, operator TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, handover TEXT NOT NULL,
    disposition TEXT NOT NULL, about TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID"""
_PUT = """INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (call_id) DO UPDATE SET
    operator = excluded.operator, seq = excluded.seq, body = excluded.body, handover = excluded.handover,
    disposition = excluded.disposition, about = excluded.about, updated_at = excluded.updated_at
    WHERE excluded.seq > draft.seq"""
_FORM = Form(FILE_NAME, 1, (_TABLE, *TABLES))


@dataclass(frozen=True, slots=True)
class Draft:
    """What an operator has typed about a call so far. `seq` grows with every key: the greater one wins.

    `disposition` is a code or ""; `about` is what the strip needs to show the call again (JSON's types only). The steps
    are what can be taken back in body and handover.
    """

    call_id: UUID
    operator: str
    seq: int
    body: str
    handover: str
    disposition: str
    updated_at: datetime
    about: Mapping[str, Any] = field(default_factory=dict)
    body_steps: Steps = NO_STEPS
    handover_steps: Steps = NO_STEPS


class DraftFile:
    """The open drafts file. One thread at a time, but `sync` may have one of its own.

    Every method raises DatabaseUnavailable.
    """

    def __init__(self, connection: sqlite3.Connection, reserve: Reserve, set_aside: Path | None) -> None:
        self._connection = connection
        self._syncer = sqlite3.connect(_path(connection), isolation_level=None, check_same_thread=False)
        self._syncing = Lock()
        # a put never waits for the disk: whatever it wrote to the log is flushed before the syncer copies it
        for pragma in ("secure_delete = ON", "synchronous = OFF", "wal_autocheckpoint = 0"):
            connection.execute(f"PRAGMA {pragma}")
        for pragma in ("busy_timeout = 200", "synchronous = NORMAL"):
            self._syncer.execute(f"PRAGMA {pragma}")
        self._undo = UndoRows(connection)
        self._reserve = reserve
        self.set_aside = set_aside
        """Where a damaged file was moved when this one was begun anew; None if all was well."""

    @classmethod
    def open(cls, folder: Path, now: datetime) -> Self:
        """Open or begin drafts.db in `folder`; a damaged file is renamed after `now`, never deleted."""
        reserve = Reserve(folder)
        connection, set_aside = with_room(reserve, lambda: open_local(folder, _FORM, now))
        reserve.take()
        file = cls(connection, reserve, set_aside)
        with suppress(DatabaseUnavailable):  # a kill may have come before it; a failing disk tells at the first key
            file.scrub()
        return file

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
        steps = (draft.body_steps, draft.handover_steps)

        def write() -> None:
            if self._connection.execute(_PUT, row).rowcount:
                self._undo.put(draft.call_id, draft.seq, steps)

        self._change(write)
        self._undo.keep(draft.call_id, steps)

    def remove(self, call_id: UUID) -> None:
        """The note is in the records: forget the draft."""

        def write() -> None:
            self._connection.execute("DELETE FROM draft WHERE call_id = ?", (str(call_id),))
            self._undo.remove(call_id)

        self._change(write)

    def all(self, operator: str) -> tuple[Draft, ...]:
        """This operator's drafts, oldest change first."""
        with said_plainly():
            rows = self._connection.execute("SELECT * FROM draft WHERE operator = ? ORDER BY updated_at", (operator,))
            return tuple(self._draft(row) for row in rows.fetchall())

    def everybodys(self) -> tuple[Draft, ...]:
        """All drafts, whoever writes them."""
        with said_plainly():
            return tuple(self._draft(row) for row in self._connection.execute("SELECT * FROM draft").fetchall())

    def sync(self) -> None:
        """Bring what was put to the disk itself; also keeps the write-ahead log so short that it fits a full disk."""
        with self._syncing:
            self._checkpoint("PASSIVE")
        self._reserve.take_back()

    def scrub(self) -> None:
        """Overwrite what earlier versions have left in the write-ahead log: a card number was typed, and must be gone.

        The file itself keeps nothing: `secure_delete` overwrites there. Raises LOCKED while somebody else reads.
        """
        with self._syncing:
            if self._checkpoint("RESTART"):
                raise DatabaseUnavailable(Trouble.LOCKED, "the drafts are being read by another program")
            with said_plainly():
                _overwrite(Path(f"{_path(self._connection)}-wal"))
            self._checkpoint("TRUNCATE")

    def close(self) -> None:
        """Sync and close."""
        with self._syncing, said_plainly():
            self._connection.close()
            self._syncer.close()  # the last one out brings the log into the file, and this one flushes it

    def _checkpoint(self, mode: str) -> bool:
        """Whether somebody was in the way."""
        ask = f"PRAGMA wal_checkpoint({mode})"
        ((busy, _pages, _done),) = with_room(self._reserve, lambda: self._syncer.execute(ask).fetchall())
        return bool(busy)

    def _change(self, write: Callable[[], None]) -> None:
        """All of it or nothing."""

        def in_one() -> None:
            with _transaction(self._connection):
                write()

        with_room(self._reserve, in_one)

    def _draft(self, row: tuple[str, str, int, str, str, str, str, str]) -> Draft:
        call_id, operator, seq, body, handover, disposition, about, updated_at = row
        at = datetime.fromisoformat(updated_at)
        steps = self._undo.of(UUID(call_id), seq)
        return Draft(UUID(call_id), operator, seq, body, handover, disposition, at, json.loads(about), *steps)


def subjects_of_drafts(folder: Path) -> tuple[tuple[UUID, Mapping[str, Any]], ...]:
    """Whom the drafts in there are about, as a program that may be writing them has left them: nothing is touched."""
    path = folder / FILE_NAME
    if not path.exists():
        return ()
    with said_plainly(), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        rows = connection.execute("SELECT call_id, about FROM draft").fetchall()
        return tuple((UUID(call_id), json.loads(about)) for call_id, about in rows)


def _path(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise


def _overwrite(log: Path) -> None:
    """Nothing reads it any more: all of it is in the file, and the next writer begins it anew."""
    with suppress(FileNotFoundError), log.open("r+b") as file:
        left = log.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 16)))
        file.flush()
        os.fsync(file.fileno())
