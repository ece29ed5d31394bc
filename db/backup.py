"""Verified copies of the embedded database, taken from one moment of it while the desk writes on.

Nothing here has a clock: the caller passes `now`. What was kept before is touched only once the new copy is known good.
"""

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.errors import DatabaseUnavailable, Trouble, sqlite_said_plainly

KEPT = 7
KEPT_OF_UPGRADES = 3
_PAGES = 256  # a slice is 1 MB: the desk's own writes and reads come in between
_PAUSE_S = 0.002
_SLICES_PER_SYNC = 32  # a flush of a whole gigabyte at the end would hold up the desk's commits
_ROOM = 64 << 20  # a backup must not be what fills the disk under somebody who is typing
_NAME, _FORMAT = "omote-*.db", "omote-%Y%m%dT%H%M%SZ.db"


class Stopped(Exception):  # noqa: N818 -- the program ends: not a mistake
    """The copy was given up because `is_wanted` said so; nothing is left of it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy: when it was taken (UTC), and how many bytes it has."""

    path: Path
    at: datetime
    size: int


def always() -> bool:
    """Nobody gives the copy up."""
    return True


class Backups:
    """The daily copies in one folder, the newest KEPT of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def newest(self) -> Backup | None:
        """The last good copy; None if there is none, or the folder can't be read."""
        kept = self._all()
        return kept[-1] if kept else None

    def take(self, source: Path, now: datetime, is_wanted: Callable[[], bool] = always) -> Backup:
        """Copy and verify; then the oldest beyond KEPT go. Raises DatabaseUnavailable or Stopped: all old ones stay."""
        make_private_folder(self.folder)
        target = self.path_at(now)
        copy_verified(source, target, is_wanted)
        for old in [one for one in self._all() if one.path != target][: -(KEPT - 1)]:
            with suppress(OSError):
                old.path.unlink()
        return Backup(target, now, target.stat().st_size)

    def path_at(self, now: datetime) -> Path:
        """Where a copy made at this moment stands."""
        return self.folder / now.astimezone(UTC).strftime(_FORMAT)

    def _all(self) -> list[Backup]:
        """Oldest first."""
        found = []
        with suppress(OSError):
            for path in self.folder.glob(_NAME):
                with suppress(ValueError, OSError):  # another file, or one that has just gone
                    at = datetime.strptime(path.name, _FORMAT).replace(tzinfo=UTC)
                    found.append(Backup(path, at, path.stat().st_size))
        return sorted(found, key=lambda one: one.at)


def copy_before_upgrade(source: Path, found: str, wanted: str) -> Path:
    """A copy of the database as revision `found` left it, kept apart from the daily ones."""
    folder = _of_upgrades(source)
    make_private_folder(folder)
    _need_room(source, folder, also=source.stat().st_size)  # what is rebuilt stands in the log until it is whole
    stem = f"omote-{found}-before-{wanted}"
    target = next(one for n in range(1, 1000) if not (one := folder / f"{stem}-{n}.db").exists())
    copy_verified(source, target)
    for old in [one for one in copies_before_upgrades(source) if one != target][: -(KEPT_OF_UPGRADES - 1)]:
        with suppress(OSError):
            old.unlink()
    return target


def copies_before_upgrades(source: Path) -> list[Path]:
    """Those of this database, oldest first."""
    return sorted(_of_upgrades(source).glob(_NAME), key=lambda one: one.stat().st_mtime_ns)


def _of_upgrades(source: Path) -> Path:
    return source.parent / "backups" / "before-upgrades"


def copy_verified(source: Path, target: Path, is_wanted: Callable[[], bool] = always) -> None:
    """Copy `source` to the new file `target`, and give it that name only after it was read back whole.

    Raises DatabaseUnavailable (READ_ONLY: `target` can't be written, or is there already) or Stopped.
    """
    unfinished = target.with_name(target.name + ".part")
    with _said_plainly(target):
        if target.exists():
            raise DatabaseUnavailable(Trouble.READ_ONLY, str(target))
        unfinished.unlink(missing_ok=True)  # of a program that was killed
        _need_room(source, target.parent)
        try:
            expected = _copy(source, unfinished, is_wanted)
            _verify(unfinished, expected, is_wanted)
            unfinished.rename(target)
        finally:
            unfinished.unlink(missing_ok=True)
        sync_folder(target.parent)


def make_private_folder(folder: Path) -> None:
    """For this user only. Raises DatabaseUnavailable."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DatabaseUnavailable(Trouble.READ_ONLY, str(folder)) from error


@dataclass(frozen=True, slots=True)
class _Content:
    """What a database holds: its revision, and the rows of each table."""

    revision: tuple[object, ...]
    rows: tuple[tuple[str, int], ...]


def _copy(source: Path, target: Path, is_wanted: Callable[[], bool]) -> _Content:
    """In slices, but of one moment: without an open snapshot every write of the desk would begin the copy anew."""
    with _synced(target) as sync, closing(_connected(source)) as origin, closing(_connected(target)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        origin.execute("BEGIN")
        content = _content(origin, is_wanted)
        slices = 0

        def breathe(_status: int, _left: int, _total: int) -> None:
            nonlocal slices
            slices += 1
            _go_on(is_wanted)
            if slices % _SLICES_PER_SYNC == 0:
                sync()
            time.sleep(_PAUSE_S)

        origin.backup(copy, pages=_PAGES, progress=breathe)
        return content


def _verify(path: Path, expected: _Content, is_wanted: Callable[[], bool]) -> None:
    """Every page, every index entry, and as many rows as the original had at that moment."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
        copy.set_progress_handler(lambda: not is_wanted(), 1_000_000)
        try:
            found = copy.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.OperationalError:
            _go_on(is_wanted)
            raise
        if found != ("ok",):
            raise DatabaseUnavailable(Trouble.NOT_A_DATABASE, str(found[0]) if found else "integrity_check")
        if _content(copy, is_wanted) != expected:
            raise DatabaseUnavailable(Trouble.NOT_A_DATABASE, "the copy has other rows than the original")


def _content(connection: sqlite3.Connection, is_wanted: Callable[[], bool]) -> _Content:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    rows = []
    for (name,) in connection.execute(named).fetchall():
        _go_on(is_wanted)
        quoted = '"' + name.replace('"', '""') + '"'
        rows.append((name, connection.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0]))  # noqa: S608 -- a table's own name, quoted
    has_revision = any(name == "alembic_version" for name, _ in rows)
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchall() if has_revision else []
    return _Content(tuple(value for (value,) in revision), tuple(rows))


def _go_on(is_wanted: Callable[[], bool]) -> None:
    if not is_wanted():
        raise Stopped


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA busy_timeout = 5000")
    return connection


@contextmanager
def _synced(target: Path) -> Iterator[Callable[[], None]]:
    """A new file that its owner alone can read; gives the way to bring it to the disk, and does so at the end."""
    file = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        yield lambda: os.fsync(file)
        os.fsync(file)
    finally:
        os.close(file)


def _need_room(source: Path, folder: Path, also: int = 0) -> None:
    """For a copy, and so many bytes `also`."""
    log = source.with_name(source.name + "-wal")
    needed = source.stat().st_size + (log.stat().st_size if log.exists() else 0) + _ROOM + also
    if shutil.disk_usage(folder).free < needed:
        raise DatabaseUnavailable(Trouble.DISK_FULL, str(folder))


def sync_folder(folder: Path) -> None:
    """The new name too outlives a power cut; Windows has no such call, and does it by itself."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def _said_plainly(target: Path) -> Iterator[None]:
    try:
        with sqlite_said_plainly():
            yield
    except FileNotFoundError as error:
        raise DatabaseUnavailable(Trouble.NO_FOLDER, str(error.filename or target)) from error
    except OSError as error:
        trouble = Trouble.DISK_FULL if error.errno in _FULL else Trouble.READ_ONLY
        raise DatabaseUnavailable(trouble, str(error.filename or target)) from error


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
