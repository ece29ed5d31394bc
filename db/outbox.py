"""What a desk has written and its database has not taken yet: a small file of the desk's own, in the order of writing.

What `put` has returned from is on the disk: it outlives kill -9 and a power cut. Any thread; every method raises
DatabaseUnavailable.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, Self, TypeVar
from uuid import UUID

from db.local_file import Form, open_local, said_plainly, with_room
from db.reserve import Reserve

Result = TypeVar("Result")

FILE_NAME = "outbox.db"
_TABLE = """CREATE TABLE IF NOT EXISTS job (
    number INTEGER PRIMARY KEY AUTOINCREMENT, about TEXT NOT NULL, body TEXT NOT NULL, notes INTEGER NOT NULL,
    put_at TEXT NOT NULL, set_aside TEXT)"""
_ABOUT = "CREATE INDEX IF NOT EXISTS ix_job_about ON job (about)"
_FORM = Form(FILE_NAME, 1, (_TABLE, _ABOUT), sync="FULL")


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to write. `about` is the call that it belongs to, `body` what `app` understands."""

    number: int
    about: UUID
    body: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much there is: notes (and what else was entered), jobs, since when, and jobs that can't be written."""

    notes: int = 0
    jobs: int = 0
    since: datetime | None = None
    set_aside: int = 0


class OutboxFile:
    """The open outbox."""

    def __init__(self, connection: sqlite3.Connection, reserve: Reserve, damaged: Path | None) -> None:
        self._connection = connection
        self._reserve = reserve
        self._lock = Lock()
        self.damaged = damaged
        """Where a damaged file was moved when this one was begun anew; None if all was well."""

    @classmethod
    def open(cls, folder: Path, now: datetime) -> Self:
        """Open or begin outbox.db in `folder`, beside the drafts: they share what is held back for a full disk."""
        reserve = Reserve(folder)
        connection, damaged = with_room(reserve, lambda: open_local(folder, _FORM, now))
        connection.execute("PRAGMA secure_delete = ON")
        return cls(connection, reserve, damaged)

    def put(self, about: UUID, body: str, notes: int, now: datetime) -> None:
        """Add a job behind all others; `notes` counts what an operator has entered in it. On the disk on return."""
        self._write(
            "INSERT INTO job (about, body, notes, put_at) VALUES (?, ?, ?, ?)",
            (str(about), body, notes, now.isoformat()),
        )

    def oldest(self, most: int = 1) -> list[Job]:
        """What is to be written next, in order; nothing when nothing waits."""
        asked = "SELECT number, about, body FROM job WHERE set_aside IS NULL ORDER BY number LIMIT ?"
        return [_job(row) for row in self._read(asked, most)]

    def of(self, about: UUID) -> list[Job]:
        """Everything that waits about one call, oldest first."""
        return [
            _job(row)
            for row in self._read("SELECT number, about, body FROM job WHERE about = ? ORDER BY number", str(about))
        ]

    def all(self) -> list[Job]:
        """Everything that waits, oldest first."""
        return [_job(row) for row in self._read("SELECT number, about, body FROM job ORDER BY number")]

    def remove(self, numbers: Sequence[int]) -> None:
        """They are in the database."""
        marks = ", ".join("?" * len(numbers))
        self._write(f"DELETE FROM job WHERE number IN ({marks})", tuple(numbers))  # noqa: S608 -- places alone

    def set_aside(self, number: int, why: str) -> None:
        """It can't be written, by a mistake of ours: keep it, and let the others pass."""
        self._write("UPDATE job SET set_aside = ? WHERE number = ?", (why, number))

    def take_up_again(self) -> None:
        """What was set aside gets another chance: this program may be a newer one."""
        self._write("UPDATE job SET set_aside = NULL WHERE set_aside IS NOT NULL")

    def scrub(self) -> None:
        """Leave nothing of what was removed in the write-ahead log, unless somebody reads just now."""
        self._locked(lambda: self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    def waiting(self) -> Waiting:
        """How much there is."""
        asked = """SELECT coalesce(sum(notes) FILTER (WHERE set_aside IS NULL), 0),
            count(*) FILTER (WHERE set_aside IS NULL), min(put_at) FILTER (WHERE set_aside IS NULL), count(set_aside)
            FROM job"""
        ((notes, jobs, since, set_aside),) = self._read(asked)
        return Waiting(notes, jobs, datetime.fromisoformat(since) if since else None, set_aside)

    def close(self) -> None:
        """Nothing is lost: what waits is sent after the next start."""
        self._locked(self._connection.close)

    def _read(self, statement: str, *values: object) -> list[Any]:
        return self._locked(lambda: self._connection.execute(statement, values).fetchall())

    def _write(self, statement: str, values: tuple[object, ...] = ()) -> None:
        with self._lock:
            with_room(self._reserve, lambda: self._connection.execute(statement, values).fetchall())

    def _locked(self, action: Callable[[], Result]) -> Result:
        with self._lock, said_plainly():
            return action()


def _job(row: tuple[int, str, str]) -> Job:
    number, about, body = row
    return Job(number, UUID(about), body)
