"""Notes as they are being typed: a small file of the desk's own, written at every key, never in the shared database.

A put is with the operating system when it returns, so a killed program loses nothing; `sync` outlives a power cut.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from db.local_file import Form, open_local, said_plainly, with_room
from db.reserve import Reserve

FILE_NAME = "drafts.db"
_TABLE = """CREATE TABLE IF NOT EXISTS draft (
    call_id TEXT PRIMARY KEY, operator TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, handover TEXT NOT NULL,
    disposition TEXT NOT NULL, about TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID"""
_PUT = """INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (call_id) DO UPDATE SET
    operator = excluded.operator, seq = excluded.seq, body = excluded.body, handover = excluded.handover,
    disposition = excluded.disposition, about = excluded.about, updated_at = excluded.updated_at
    WHERE excluded.seq > draft.seq"""
_FORM = Form(FILE_NAME, 1, (_TABLE,))


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
        reserve = Reserve(folder)
        connection, set_aside = with_room(reserve, lambda: open_local(folder, _FORM, now))
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
        with said_plainly():
            rows = self._connection.execute("SELECT * FROM draft WHERE operator = ? ORDER BY updated_at", (operator,))
            return tuple(map(_draft, rows))

    def sync(self) -> None:
        """Bring what was put to the disk itself; also keeps the write-ahead log so short that it fits a full disk."""
        self._write("PRAGMA wal_checkpoint(PASSIVE)")
        self._reserve.take_back()

    def close(self) -> None:
        """Sync and close."""
        with said_plainly():
            self._connection.close()

    def _write(self, statement: str, row: tuple[object, ...] = ()) -> None:
        with_room(self._reserve, lambda: self._connection.execute(statement, row).fetchall())


def _draft(row: tuple[str, str, int, str, str, str, str, str]) -> Draft:
    call_id, operator, seq, body, handover, disposition, about, updated_at = row
    at = datetime.fromisoformat(updated_at)
    return Draft(UUID(call_id), operator, seq, body, handover, disposition, at, json.loads(about))
