"""What can be taken back in a note, kept with its draft: only the steps that have changed are written."""

import sqlite3
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

TABLES = (
    """CREATE TABLE IF NOT EXISTS undo (
    call_id TEXT NOT NULL, field TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, removed TEXT NOT NULL,
    inserted TEXT NOT NULL, PRIMARY KEY (call_id, field, number)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS undo_mark (
    call_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, body_done INTEGER NOT NULL, handover_done INTEGER NOT NULL)
    WITHOUT ROWID""",
)
_PUT = "INSERT OR REPLACE INTO undo VALUES (?, ?, ?, ?, ?, ?)"
_MARK = "INSERT OR REPLACE INTO undo_mark VALUES (?, ?, ?, ?)"


class Step(NamedTuple):
    """At this letter `removed` gave way to `inserted`."""

    at: int
    removed: str
    inserted: str


@dataclass(frozen=True, slots=True)
class Steps:
    """Oldest first; the first `done` of them stand in the text, the others were taken back.

    `first` numbers the oldest: those before it were dropped to keep this short.
    """

    steps: tuple[Step, ...] = ()
    done: int = 0
    first: int = 0


NO_STEPS = Steps()
_Fields = tuple[Steps, Steps]  # of the note's body, of the words for the next handler


class UndoRows:
    """The steps of all drafts, in the transactions of whoever owns the connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kept: dict[UUID, _Fields] = {}

    def put(self, call_id: UUID, seq: int, fields: _Fields) -> None:
        """Write what differs from what was kept; `keep` once it is committed."""
        before = self._kept.get(call_id, (NO_STEPS, NO_STEPS))
        for name, old, new in zip(("body", "handover"), before, fields, strict=True):
            if old.steps is not new.steps:
                self._put(str(call_id), name, old, new)
        self._connection.execute(_MARK, (str(call_id), seq, fields[0].done, fields[1].done))

    def keep(self, call_id: UUID, fields: _Fields) -> None:
        """These are in the file now."""
        self._kept[call_id] = fields

    def remove(self, call_id: UUID) -> None:
        """The draft goes, and they with it."""
        self._kept.pop(call_id, None)
        for statement in ("DELETE FROM undo WHERE call_id = ?", "DELETE FROM undo_mark WHERE call_id = ?"):
            self._connection.execute(statement, (str(call_id),))

    def of(self, call_id: UUID, seq: int) -> _Fields:
        """The steps of this version of a draft; none where they are of another."""
        mark = self._connection.execute(
            "SELECT body_done, handover_done FROM undo_mark WHERE call_id = ? AND seq = ?", (str(call_id), seq)
        ).fetchone()
        if mark is None:
            return NO_STEPS, NO_STEPS
        found = self._read(call_id, "body", mark[0]), self._read(call_id, "handover", mark[1])
        self._kept[call_id] = found
        return found

    def _read(self, call_id: UUID, field: str, done: int) -> Steps:
        asked = "SELECT number, at, removed, inserted FROM undo WHERE call_id = ? AND field = ? ORDER BY number"
        rows = self._connection.execute(asked, (str(call_id), field)).fetchall()
        return Steps(tuple(Step(*row[1:]) for row in rows), done, rows[0][0] if rows else 0)

    def _put(self, call_id: str, field: str, old: Steps, new: Steps) -> None:
        last = new.first + len(new.steps)
        if not old.steps or old.first < new.first or last < old.first + len(old.steps):
            self._connection.execute(
                "DELETE FROM undo WHERE call_id = ? AND field = ? AND NOT number BETWEEN ? AND ?",
                (call_id, field, new.first, last - 1),
            )
        for number, step in enumerate(new.steps, new.first):
            place = number - old.first
            if not (0 <= place < len(old.steps) and old.steps[place] is step):
                self._connection.execute(_PUT, (call_id, field, number, *step))
