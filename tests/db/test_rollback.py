"""Records of an older schema are upgraded whole or not at all, and can go back as they were; nothing is lost."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from db import migrate
from db.backup import copies_before_upgrades
from db.engine import FILE_NAME, open_engine, reading, writing
from db.errors import DatabaseUnavailable, Trouble
from db.health import look_at
from db.migrate import HEAD, Schema, bring_up_to_date, refuse_other_schemas
from db.rollback import go_back, way_back
from tests.app.command_line import omote

OLDER = "0014"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DUMP = Path(__file__).with_name("old_schemas") / "0001.sqlite.sql"


def brought_to(engine: Engine, revision: str) -> None:
    """By the migrations themselves, as a program of that day did."""
    config = Config()
    config.set_main_option("script_location", "db/migrations")
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@pytest.fixture(scope="session")
def of_older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records with customers, notes and complaints, of schema 0014."""
    folder = tmp_path_factory.mktemp("older")
    with closing(sqlite3.connect(folder / FILE_NAME)) as old:
        old.executescript(DUMP.read_text("utf-8"))
    engine = open_engine("sqlite", folder)
    brought_to(engine, OLDER)
    engine.dispose()
    with closing(sqlite3.connect(folder / FILE_NAME)) as old:
        old.execute("PRAGMA journal_mode = DELETE")
    return folder / FILE_NAME


@pytest.fixture
def database(of_older: Path, tmp_path: Path) -> Path:
    shutil.copy(of_older, tmp_path / FILE_NAME)
    return tmp_path / FILE_NAME


def upgraded(database: Path, program: str = "") -> Schema:
    engine = open_engine("sqlite", database.parent)
    try:
        return bring_up_to_date(engine, program)
    finally:
        engine.dispose()


def content(path: Path) -> list[object]:
    """Its whole schema and every row, whatever pages they stand in; the search stands in tables of its own."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        tables = [name for kind, name, sql in schema if kind == "table" and not sql.startswith("CREATE VIRTUAL")]
        return [*schema, *((one, connection.execute(f'SELECT * FROM "{one}"').fetchall()) for one in tables)]


def revision(path: Path) -> str:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def write_note(database: Path, words: str) -> None:
    """A note of today, as the newer program would write it."""
    with closing(sqlite3.connect(database)) as connection:
        note, at = uuid4().bytes, connection.execute("SELECT created_at FROM note LIMIT 1").fetchone()[0]
        connection.execute(
            "INSERT INTO note (id, kind, created_at, version_id) SELECT ?, kind, ?, 1 FROM note LIMIT 1", (note, at)
        )
        connection.execute(
            "INSERT INTO note_revision (id, note_id, number, text, at) VALUES (?, ?, 1, ?, ?)",
            (uuid4().bytes, note, words, at),
        )
        connection.commit()


def test_records_go_back_as_they_were_and_the_newer_ones_are_kept_whole(database: Path) -> None:
    before = content(database)
    assert upgraded(database) is Schema.UPGRADED
    write_note(database, "アップグレード後のメモ")
    newer = content(database)
    way = way_back(database)
    assert way is not None
    assert (way.older, way.newer) == (OLDER, HEAD)
    assert {table: n for table, n in way.since.items() if n} == {"note_revision": 1}
    kept = go_back(database, way, NOW)
    assert content(database) == before
    assert content(kept) == newer
    assert kept.name == f"omote-{HEAD}-20261123T090000Z.db"


def test_the_older_program_opens_them_and_the_newer_one_upgrades_them_again(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgraded(database)
    way = way_back(database)
    assert way is not None
    go_back(database, way, NOW)
    with monkeypatch.context() as of_that_day:
        of_that_day.setattr(migrate, "HEAD", OLDER)
        assert upgraded(database) is Schema.CURRENT
    assert upgraded(database) is Schema.UPGRADED
    engine = open_engine("sqlite", database.parent)
    assert [one.wrong for one in look_at(engine) if one.wrong] == []
    engine.dispose()


def test_nothing_goes_back_while_a_program_has_the_records_open(database: Path) -> None:
    upgraded(database)
    engine = open_engine("sqlite", database.parent)
    way = way_back(database)
    assert way is not None
    with reading(engine) as connection:
        connection.execute(text("SELECT count(*) FROM customer")).scalar_one()
        with pytest.raises(DatabaseUnavailable) as said:
            go_back(database, way, NOW)
    assert said.value.reason is Trouble.LOCKED
    engine.dispose()
    assert revision(database) == HEAD


def test_without_a_copy_of_an_older_schema_there_is_no_way_back(database: Path) -> None:
    assert way_back(database) is None
    upgraded(database)
    for copy in copies_before_upgrades(database):
        copy.unlink()
    assert way_back(database) is None


def test_a_copy_that_was_damaged_is_not_gone_back_to(database: Path) -> None:
    upgraded(database)
    way = way_back(database)
    assert way is not None
    with way.backup.open("r+b") as file:
        file.seek(40_960)
        file.write(b"\x00" * 20_000)
    with pytest.raises(DatabaseUnavailable) as said:
        go_back(database, way, NOW)
    assert said.value.reason is Trouble.NOT_A_DATABASE
    assert revision(database) == HEAD


_KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from db.engine import open_engine
from db.migrate import bring_up_to_date

engine, at = open_engine("sqlite", Path(sys.argv[1])), int(sys.argv[2])
count = 0

@event.listens_for(engine, "before_cursor_execute")
def kill(connection, cursor, statement, parameters, context, executemany):
    global count
    count += 1
    if count == at:
        os.kill(os.getpid(), signal.SIGKILL)

bring_up_to_date(engine)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("at", [2, 20, 40, 55])
def test_whoever_is_killed_in_the_upgrade_loses_nothing_and_the_next_start_goes_on(database: Path, at: int) -> None:
    before = content(database)
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(database.parent), str(at)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert content(database) == before
    assert upgraded(database) is Schema.UPGRADED
    assert {revision(one) for one in copies_before_upgrades(database)} == {OLDER}


_FULL = """
import sys
from pathlib import Path
from db.engine import open_engine
from db.errors import DatabaseUnavailable
from db.migrate import bring_up_to_date

try:
    bring_up_to_date(open_engine("sqlite", Path(sys.argv[1])))
except DatabaseUnavailable as error:
    print(error.reason, error.detail)
"""


def test_a_disk_without_room_is_told_before_the_upgrade_begins(database: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=48m tmpfs {disk}"
    if subprocess.run(["unshare", "-rm", "sh", "-c", mount], capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED: a full disk needs a user namespace that may mount a tmpfs")
    tried = f"cp {database} {disk}/ && '{sys.executable}' -c '{_FULL}' {disk} && cp {disk}/omote.db {tmp_path}/after"
    within = f"{mount} && {tried}"
    before = content(database)
    done = subprocess.run(["unshare", "-rm", "sh", "-c", within], capture_output=True, text=True, check=False)
    assert done.stdout.split() == [Trouble.DISK_FULL, str(disk / "backups" / "before-upgrades")], done.stderr
    assert content(tmp_path / "after") == before


def test_a_newer_programs_records_are_refused_with_the_version_that_made_them(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgraded(database, "1.2.3")
    monkeypatch.setattr(migrate, "HEAD", OLDER)
    with pytest.raises(DatabaseUnavailable) as said:
        upgraded(database)
    assert (said.value.reason, said.value.detail) == (Trouble.TOO_NEW, f"{HEAD} 1.2.3")


# --- a server


@pytest.fixture
def on_server_older(on_server: Callable[[str], Engine]) -> Engine:
    engine = on_server("template0")
    with writing(engine) as connection:
        connection.exec_driver_sql(DUMP.with_name("0001.postgresql.sql").read_text("utf-8").replace("%", "%%"))
    brought_to(engine, OLDER)
    return engine


def test_a_desk_that_is_connected_while_another_upgrades_the_server_is_turned_away_at_its_next_word(
    on_server_older: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = on_server_older.url.render_as_string(hide_password=False).replace("+psycopg", "")
    desk = open_engine(url, Path())
    with monkeypatch.context() as of_that_day:
        of_that_day.setattr(migrate, "HEAD", OLDER)
        refuse_other_schemas(desk)
        with reading(desk) as connection:
            assert connection.execute(text("SELECT count(*) FROM customer")).scalar_one()
        with monkeypatch.context() as of_today:
            of_today.setattr(migrate, "HEAD", HEAD)
            assert bring_up_to_date(on_server_older, "1.2.3") is Schema.UPGRADED
        troubles = []
        for _attempt in range(2):  # that its connection is gone, then why
            with pytest.raises(DatabaseUnavailable) as said, writing(desk) as connection:
                connection.execute(text("SELECT 1"))
            troubles.append(said.value.reason)
        assert troubles[-1] is Trouble.TOO_NEW
    desk.dispose()


def test_a_servers_records_say_which_version_made_them(
    on_server_older: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_up_to_date(on_server_older, "1.2.3")
    monkeypatch.setattr(migrate, "HEAD", OLDER)
    with pytest.raises(DatabaseUnavailable) as said:
        bring_up_to_date(on_server_older)
    assert said.value.detail == f"{HEAD} 1.2.3"


# --- as an administrator types it


def test_the_command_says_what_it_would_do_and_does_it_only_with_yes(database: Path) -> None:
    folder = database.parent
    upgraded(database)
    write_note(database, "後から書いたもの")
    told = omote(folder, "db", "rollback")
    assert told.returncode == 0
    assert f"from schema {HEAD} back to {OLDER}" in told.stdout
    assert "Written since then, and not in them afterwards: 1 note." in told.stdout
    assert "Nothing has been changed." in told.stdout
    assert revision(database) == HEAD
    done = omote(folder, "db", "rollback", "--yes")
    assert done.returncode == 0, done.stderr
    (kept,) = (folder / "backups" / "set-aside").iterdir()
    assert f"The newer ones are kept in {kept}." in done.stdout
    assert revision(database) == OLDER
    again = omote(folder, "db", "rollback", "--yes")
    assert (again.returncode, "There is no copy of these records from before an upgrade." in again.stderr) == (1, True)


def test_the_command_is_refused_while_a_program_has_the_records_open(database: Path) -> None:
    upgraded(database)
    engine = open_engine("sqlite", database.parent)
    with reading(engine):
        done = omote(database.parent, "db", "rollback", "--yes")
    engine.dispose()
    assert done.returncode == 1
    assert "Another program has the records open; nothing has been changed." in done.stderr
    assert revision(database) == HEAD


def test_whoever_meets_newer_records_is_told_whose_they_are(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upgraded(database, "1.2.3")
    monkeypatch.setattr(migrate, "HEAD", OLDER)
    done = omote(database.parent, "db", "upgrade")
    assert done.returncode == 1
    assert done.stderr == (
        "omote: The records were written by a newer Omote. Update this one."
        f" They are of Omote 1.2.3 (schema {HEAD}); docs/database.md says how to go back.\n"
    )
