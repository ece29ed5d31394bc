"""The embedded database backs itself up: of one moment, verified, seven kept, and never at the cost of an old copy."""

import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.backup import KEPT, Backups, Stopped, copy_before_upgrade, copy_verified
from db.engine import FILE_NAME, writing
from db.errors import DatabaseUnavailable, Trouble
from db.health import Look, look_at
from db.sizes import sizes_of

NOW = datetime(2026, 11, 21, 5, 12, tzinfo=UTC)


def customers_in(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM customer").fetchone()[0])


@pytest.fixture
def source(sqlite_demo: Engine, tmp_path: Path) -> Path:
    """The demo's records, open in a program."""
    return tmp_path / FILE_NAME


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "backups")


def test_a_backup_holds_all_rows_and_only_its_owner_can_read_it(source: Path, backups: Backups) -> None:
    taken = backups.take(source, NOW)
    assert customers_in(taken.path) == customers_in(source) > 0
    assert stat.S_IMODE(taken.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(backups.folder.stat().st_mode) == 0o700
    assert backups.newest == taken


def test_a_backup_opens_as_records_do_and_is_well(source: Path, backups: Backups, opened: Callable[[], Engine]) -> None:
    taken = backups.take(source, NOW)
    before = sizes_of(opened()).rows
    for end in ("", "-wal", "-shm"):
        source.with_name(source.name + end).unlink(missing_ok=True)
    shutil.copy(taken.path, source)
    restored = opened()
    assert sizes_of(restored).rows == before
    assert [one.wrong for one in look_at(restored)] == [()] * len(Look)


def test_seven_are_kept_and_the_oldest_goes_first(source: Path, backups: Backups) -> None:
    taken = [backups.take(source, NOW + timedelta(days=day)) for day in range(KEPT + 2)]
    kept = sorted(backups.folder.glob("omote-*.db"))
    assert kept == [one.path for one in taken[-KEPT:]]
    assert KEPT == 7


def test_a_file_that_is_no_backup_is_left_alone(source: Path, backups: Backups) -> None:
    backups.take(source, NOW)
    mine = backups.folder / "omote-before-my-holidays.db"
    mine.write_bytes(b"mine")
    for day in range(KEPT + 1):
        backups.take(source, NOW + timedelta(days=1 + day))
    assert mine.read_bytes() == b"mine"


def test_a_damaged_database_is_said_and_no_old_copy_goes(source: Path, backups: Backups) -> None:
    for day in range(KEPT):
        backups.take(source, NOW + timedelta(days=day))
    kept = sorted(backups.folder.iterdir())
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'customer'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with source.open("r+b") as file:
        file.seek((page - 1) * size + 12)
        file.write(b"\xff" * 64)
    with pytest.raises(DatabaseUnavailable) as told:
        backups.take(source, NOW + timedelta(days=30))
    assert told.value.reason is Trouble.NOT_A_DATABASE
    assert sorted(backups.folder.iterdir()) == kept


def test_a_row_that_is_missing_from_an_index_is_found(source: Path, tmp_path: Path) -> None:
    def change(*statements: str) -> None:
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    change("CREATE TABLE t (a)", "CREATE INDEX i ON t (a)", "INSERT INTO t VALUES (1)")
    change(
        "CREATE TABLE kept AS SELECT * FROM sqlite_master WHERE name = 'i'",
        "DELETE FROM sqlite_master WHERE name = 'i'",
    )
    change("INSERT INTO t VALUES (2)", "INSERT INTO sqlite_master SELECT * FROM kept")
    with pytest.raises(DatabaseUnavailable) as told:
        copy_verified(source, tmp_path / "copy.db")
    assert told.value.reason is Trouble.NOT_A_DATABASE
    assert not (tmp_path / "copy.db").exists()


def test_the_desk_writes_on_while_a_copy_is_of_one_moment(sqlite_demo: Engine, source: Path, backups: Backups) -> None:
    """Without a snapshot every commit would begin the copy anew."""
    with writing(sqlite_demo) as connection:
        connection.exec_driver_sql("CREATE TABLE filler (body TEXT)")
        for _ in range(60):
            connection.exec_driver_sql("INSERT INTO filler VALUES (zeroblob(400000))")
    done, written = threading.Event(), [0]

    def desk() -> None:
        while not done.is_set():
            with writing(sqlite_demo) as connection:
                connection.exec_driver_sql("INSERT INTO filler VALUES ('one more')")
            written[0] += 1

    thread = threading.Thread(target=desk)
    thread.start()
    try:
        taken = backups.take(source, NOW)
    finally:
        done.set()
        thread.join()
    with closing(sqlite3.connect(taken.path)) as copy:
        (rows,) = copy.execute("SELECT count(*) FROM filler").fetchone()
    assert 60 <= rows < 60 + written[0]


def test_a_program_that_ends_gives_the_copy_up_and_leaves_nothing(source: Path, backups: Backups) -> None:
    with pytest.raises(Stopped):
        backups.take(source, NOW, lambda: False)
    assert list(backups.folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_backup_killed_half_way_is_never_taken_for_one(source: Path, backups: Backups) -> None:
    program = (
        "import os, signal, sys; from datetime import datetime, UTC; from pathlib import Path;"
        "from db.backup import Backups\n"
        "def dies():\n"
        "    part = list(Path(sys.argv[2]).glob('*.part'))\n"
        "    if part and part[0].stat().st_size: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return True\n"
        "Backups(Path(sys.argv[2])).take(Path(sys.argv[1]), datetime(2026, 11, 21, 5, 12, tzinfo=UTC), dies)"
    )
    killed = subprocess.run([sys.executable, "-c", program, source, backups.folder], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert backups.newest is None
    assert list(backups.folder.glob("*.part"))
    backups.take(source, NOW)
    assert not list(backups.folder.glob("*.part"))


def test_a_folder_that_cannot_be_written_is_said(source: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file in its place")
    with pytest.raises(DatabaseUnavailable) as told:
        Backups(tmp_path / "backups").take(source, NOW)
    assert told.value.reason is Trouble.READ_ONLY


def test_a_file_that_is_there_is_never_overwritten(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    target.write_text("mine")
    with pytest.raises(DatabaseUnavailable):
        copy_verified(source, target)
    assert target.read_text() == "mine"


_ON_A_SMALL_DISK = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
import db.backup
from db.backup import Backups
from db.errors import DatabaseUnavailable, Trouble

source, disk, now = Path(sys.argv[1]), Path(sys.argv[2]), datetime(2026, 11, 21, tzinfo=UTC)
backups = Backups(disk / "backups")
for room in (db.backup._ROOM, 0):
    db.backup._ROOM = room
    if not room:
        backups.take(source, now)
        while True:
            try:
                with (disk / "hog").open("ab", buffering=0) as hog:
                    hog.write(bytes(4096))
            except OSError:
                break
    import shutil
    if not room:
        shutil.disk_usage = lambda _folder: type("u", (), {"free": 1 << 40})  # it filled up a moment later
    try:
        backups.take(source, now + timedelta(days=1))
    except DatabaseUnavailable as error:
        assert error.reason is Trouble.DISK_FULL, error
    else:
        raise AssertionError("a full disk was not noticed")
print([one.name for one in (disk / "backups").iterdir()])
"""


def test_a_really_full_disk_is_said_and_the_old_copy_stays(source: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    probe = ["unshare", "-rm", "sh", "-c", f"mount -t tmpfs -o size=16m tmpfs {disk}"]
    if shutil.which("unshare") is None or subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("NOT TESTED: a full disk needs a user namespace that may mount a tmpfs")
    filling = f'{probe[-1]} && exec {sys.executable} -c "$0" {source} {disk}'
    done = subprocess.run([*probe[:-1], filling, _ON_A_SMALL_DISK], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['omote-20261121T000000Z.db']"


def test_copies_of_upgrades_are_kept_apart_and_three_of_them(source: Path, backups: Backups) -> None:
    daily = backups.take(source, NOW)
    made = [copy_before_upgrade(source, "0001", "0002") for _ in range(5)]
    assert sorted(made[0].parent.glob("*")) == sorted(made[-3:])
    assert backups.newest == daily
    assert customers_in(made[-1]) == customers_in(source)
