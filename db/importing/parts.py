"""The place where an import is staged: a folder beside the database, with one SQLite file per worker.

Nothing of it is ever waited for on a disk: a file that a crash has left half-written is thrown away unread.
"""

import heapq
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from operator import itemgetter
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from db.errors import unavailable
from db.importing.layout import FLATTENED, LAYOUTS, ODD, REFUSAL, SQLITE_TYPES, Layout
from db.importing.staged import Refusal, Staged
from db.kinds import ImportKind

_FOLDER = "import"
_BATCH = 1_000
_MOST_TRIES = 10


class ImportRunning(Exception):  # noqa: N818 -- a state, not a mistake
    """Another import of this profile has the place."""


class StagingPlace:
    """`records_folder`/import, this import's alone until it is left. Raises ImportRunning.

    Each import has a folder of its own in it: the workers of one that was killed live a moment longer, and what they
    would write then must come into no other import, nor stay. `left_behind` tells that one was killed; what it had
    staged is gone.
    """

    def __init__(self, records_folder: Path) -> None:
        self._place = records_folder / _FOLDER
        self._place.mkdir(mode=0o700, exist_ok=True)
        self._lock = _locked(self._place / "lock.db")
        self.left_behind = self._clear()
        self.folder = Path(mkdtemp(prefix="run-", dir=self._place))

    def part_path(self, number: int) -> Path:
        """The file of one worker."""
        return self.folder / f"part-{number}.db"

    def parts(self) -> list[Path]:
        """The files that workers have written."""
        return sorted(self.folder.glob("part-*.db"))

    def staged(self, layout: Layout) -> Iterator[tuple[Any, ...]]:
        """The rows that all workers staged, in the order of the file."""
        parts = [sqlite3.connect(path) for path in self.parts()]
        try:
            arms: list[Iterator[tuple[Any, ...]]] = [
                part.execute(f"SELECT * FROM {layout.name} ORDER BY 1, 2") for part in parts
            ]
            yield from heapq.merge(*arms, key=itemgetter(0))
        finally:
            for part in parts:
                part.close()

    def odd(self) -> Iterator[list[Refusal]]:
        """What is odd about rows that were taken, in batches."""
        found = self.staged(ODD)
        while batch := [Refusal(*row) for row in islice(found, _BATCH)]:
            yield batch

    @property
    def work_path(self) -> Path:
        """Where the merge notes what it finds out."""
        return self.folder / "work.db"

    def leave(self) -> None:
        """Remove everything but the lock: taken away, two imports could each have one."""
        self._clear()
        self._lock.close()

    def _clear(self) -> bool:
        stale = [one for one in self._place.iterdir() if not one.name.startswith("lock.db")]
        for one in stale:
            _remove(one)
        return bool(stale)


def _remove(one: Path) -> None:
    """A worker that lives a moment longer may put a file into a folder that is just being emptied."""
    if not one.is_dir():
        one.unlink()
        return
    for _again in range(_MOST_TRIES):
        with suppress(OSError):
            rmtree(one)
        if not one.exists():
            return
    rmtree(one)


def _locked(path: Path) -> sqlite3.Connection:
    """SQLite's own lock on a file ends with the process, however it ends, on every system."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        connection.close()
        raise ImportRunning from error
    return connection


class Part:
    """What one worker stages."""

    def __init__(self, path: Path | str, kind: ImportKind) -> None:
        self._kind = kind
        self._inserts = {one.name: _insert(one) for one in (*LAYOUTS[kind], REFUSAL, ODD)}
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._file = sqlite3.connect(path, isolation_level=None)
        careless(self._file)
        for layout in (*LAYOUTS[kind], REFUSAL, ODD):
            self._file.execute(f"CREATE TABLE {layout.name} ({columns_of(layout)})")

    def add(self, rows: Iterable[Staged], refusals: Sequence[Refusal] = (), odd: Sequence[Refusal] = ()) -> None:
        """Stage checked rows, those that were refused, and what is odd about those that were taken.

        Raises DatabaseUnavailable: the disk may be full.
        """
        try:
            self._write(rows, refusals, odd)
        except sqlite3.Error as error:
            raise unavailable(error) or error from error

    def _write(self, rows: Iterable[Staged], refusals: Sequence[Refusal], odd: Sequence[Refusal]) -> None:
        self._file.execute("BEGIN")
        for name, tuples in FLATTENED[self._kind](rows).items():
            self._file.executemany(self._inserts[name], tuples)
        self._file.executemany(self._inserts[REFUSAL.name], refusals)
        self._file.executemany(self._inserts[ODD.name], odd)
        self._file.execute("COMMIT")

    def close(self) -> None:
        """Nothing more is to come."""
        self._file.close()


def careless(connection: sqlite3.Connection, name: str = "main", journal: str = "OFF") -> None:
    """Without sync, and without a journal on the disk: what is lost with a crash is made again by the next import.

    A file that may be rolled back needs a journal in memory all the same.
    """
    connection.execute(f"PRAGMA {name}.journal_mode = {journal}")
    connection.execute(f"PRAGMA {name}.synchronous = OFF")


def columns_of(layout: Layout) -> str:
    """The columns of a staged table in SQLite's words."""
    words = [f"{name} {SQLITE_TYPES[kind]}" for name, kind in map(str.split, layout.columns)]
    return ", ".join([words[0] + " PRIMARY KEY", *words[1:]] if layout.key else words)


def _insert(layout: Layout) -> str:
    places = ", ".join("?" * len(layout.columns))
    return f"INSERT INTO {layout.name} VALUES ({places})"
