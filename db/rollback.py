"""Back to the records as they were before an upgrade: the copy that was made then takes the file's place.

The newer file is kept whole beside the backups; what was written into it since is counted, so that nobody loses it
unawares. Nothing here has a clock: the caller passes `now`.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.backup import copies_before_upgrades, copy_verified, make_private_folder, sync_folder
from db.errors import DatabaseUnavailable, Trouble, sqlite_said_plainly

COUNTED = ("customer", "call", "note_revision", "follow_up", "complaint_event", "purchase", "erasure_request")
"""The tables of which people would miss a row, or, of the last one, would not want one back."""


@dataclass(frozen=True, slots=True)
class WayBack:
    """`backup` holds revision `older`, taken at `at` (UTC); the records are of `newer`.

    `since`: table to how many rows it has now that the copy has not.
    """

    backup: Path
    at: datetime
    older: str
    newer: str
    since: Mapping[str, int]


def way_back(database: Path) -> WayBack | None:
    """To the newest copy of an older schema; None where there is none. Raises DatabaseUnavailable."""
    with sqlite_said_plainly():
        newer = _revision(database)
        older = [(one, _revision(one)) for one in copies_before_upgrades(database)]
        fitting = [(path, found) for path, found in older if found and found < newer]
        if not fitting:
            return None
        path, found = fitting[-1]
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return WayBack(path, at, found, newer, _written_since(database, path))


def go_back(database: Path, way: WayBack, now: datetime) -> Path:
    """Where the newer file is kept from now on.

    Raises DatabaseUnavailable, with everything as it was: LOCKED while any program has the records open, DISK_FULL
    without room for both files.
    """
    folder = database.parent / "backups" / "set-aside"
    make_private_folder(folder)
    kept = folder / f"omote-{way.newer}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
    older = database.with_name(database.name + ".older")
    with sqlite_said_plainly():
        _close_for_everybody(database)
        closed = database.stat().st_mtime_ns
        older.unlink(missing_ok=True)  # of a program that was killed
        copy_verified(way.backup, older)
        copy_verified(database, kept)
    if database.stat().st_mtime_ns != closed:  # a program that opens it goes back to WAL
        older.unlink()
        raise DatabaseUnavailable(Trouble.LOCKED, str(database))
    _take_its_place(older, database)
    return kept


def _take_its_place(older: Path, database: Path) -> None:
    """In one step: whoever is killed here finds the newer file or the older one, never none."""
    try:
        older.replace(database)
    except OSError as error:  # Windows: somebody has just opened it
        raise DatabaseUnavailable(Trouble.LOCKED, str(database)) from error
    sync_folder(database.parent)


def _close_for_everybody(database: Path) -> None:
    """Leaving WAL needs the file for oneself, so it fails while another program has it; what the log held goes in."""
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            raise DatabaseUnavailable(Trouble.LOCKED, str(database))


def _revision(path: Path) -> str:
    with closing(_to_read(path)) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
        return str(row[0]) if row else ""


def _written_since(database: Path, backup: Path) -> dict[str, int]:
    with closing(_to_read(database)) as connection:
        connection.execute("ATTACH ? AS before", (f"{backup.as_uri()}?mode=ro&immutable=1",))
        return {table: _more(connection, table) for table in COUNTED}


def _more(connection: sqlite3.Connection, table: str) -> int:
    is_old = connection.execute("SELECT 1 FROM before.sqlite_master WHERE name = ?", (table,)).fetchone()
    asked = f"SELECT count(*) FROM main.{table}"  # noqa: S608 -- our tables' names, here and below
    if is_old:
        asked += f" WHERE id NOT IN (SELECT id FROM before.{table})"  # noqa: S608
    return int(connection.execute(asked).fetchone()[0])


def _to_read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
