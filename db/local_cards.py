"""What this desk saw lately, for the day its database is away: a bounded file of the desk's own, never the truth.

Bodies are `app`'s; here they are only kept, compressed. What is erased is overwritten. Any thread; raises
DatabaseUnavailable.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, Self, TypeVar

from db.local_file import Form, open_local, said_plainly

Result = TypeVar("Result")
Key = tuple[str, str | int]

FILE_NAME = "cards.db"
MOST = 2_000
_NUMBERS = """CREATE TABLE IF NOT EXISTS number (
    number TEXT PRIMARY KEY, seen_at TEXT NOT NULL, opened INTEGER, body BLOB NOT NULL) WITHOUT ROWID"""
_CARDS = "CREATE TABLE IF NOT EXISTS card (customer INTEGER PRIMARY KEY, seen_at TEXT NOT NULL, body BLOB NOT NULL)"
_AGES = tuple(f"CREATE INDEX IF NOT EXISTS ix_{one}_seen_at ON {one} (seen_at)" for one in ("number", "card"))
_FORM = Form(FILE_NAME, 1, (_NUMBERS, _CARDS, *_AGES))


@dataclass(frozen=True, slots=True)
class Seen:
    """A body, when it was true, and the customer whose card was open with it."""

    at: datetime
    body: str
    opened: int | None = None


class LocalCards:
    """The open file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def open(cls, folder: Path, now: datetime) -> Self:
        """Open or begin cards.db in `folder`; a damaged one is only a copy, and goes."""
        connection, damaged = open_local(folder, _FORM, now)
        if damaged is not None:
            damaged.unlink(missing_ok=True)
        connection.execute("PRAGMA secure_delete = ON")
        return cls(connection)

    def keep_number(self, number: str, seen: Seen) -> None:
        """Who rings with this number; the oldest beyond MOST go."""
        row = (number, seen.at.isoformat(), seen.opened, zlib.compress(seen.body.encode(), 1))
        self._write("INSERT OR REPLACE INTO number VALUES (?, ?, ?, ?)", row)
        self._trim("number", "number")

    def keep_card(self, customer: int, seen: Seen) -> None:
        """A customer's card; the oldest beyond MOST go."""
        row = (customer, seen.at.isoformat(), zlib.compress(seen.body.encode(), 1))
        self._write("INSERT OR REPLACE INTO card VALUES (?, ?, ?)", row)
        self._trim("card", "customer")

    def number(self, number: str) -> Seen | None:
        """What is kept of it."""
        return _seen(self._read("SELECT seen_at, body, opened FROM number WHERE number = ?", number))

    def card(self, customer: int) -> Seen | None:
        """What is kept of this customer."""
        return _seen(self._read("SELECT seen_at, body, NULL FROM card WHERE customer = ?", customer))

    def everything(self) -> list[tuple[Key, Seen]]:
        """All that is kept, by where it lies; a card is its customer's."""
        found = [("number", row) for row in self._read_all("SELECT number, seen_at, body, opened FROM number")]
        found += [("card", row) for row in self._read_all("SELECT customer, seen_at, body, customer FROM card")]
        return [((table, row[0]), seen) for table, row in found if (seen := _seen(row[1:])) is not None]

    def remove(self, keys: Iterable[Key]) -> None:
        """Nothing of these is left."""
        for table, key in keys:
            column = "number" if table == "number" else "customer"
            self._write(f"DELETE FROM {table} WHERE {column} = ?", (key,))  # noqa: S608 -- two names of our own
        self._write("PRAGMA wal_checkpoint(TRUNCATE)", ())

    def close(self) -> None:
        self._locked(self._connection.close)

    def _trim(self, table: str, key: str) -> None:
        old = f"SELECT {key} FROM {table} ORDER BY seen_at DESC LIMIT -1 OFFSET {MOST}"  # noqa: S608 -- our own names
        self._write(f"DELETE FROM {table} WHERE {key} IN ({old})", ())  # noqa: S608 -- our own names

    def _read_all(self, statement: str) -> list[Any]:
        return self._locked(lambda: self._connection.execute(statement).fetchall())

    def _read(self, statement: str, value: object) -> Any:
        return self._locked(lambda: self._connection.execute(statement, (value,)).fetchone())

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        self._locked(lambda: self._connection.execute(statement, values).fetchall())

    def _locked(self, action: Callable[[], Result]) -> Result:
        with self._lock, said_plainly():
            return action()


def _seen(row: tuple[str, bytes, int | None] | None) -> Seen | None:
    if row is None:
        return None
    at, body, opened = row
    return Seen(datetime.fromisoformat(at), zlib.decompress(body).decode(), opened)
