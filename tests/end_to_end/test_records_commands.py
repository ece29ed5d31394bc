"""`omote db …` as an administrator types it."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import FILE_NAME
from tests.end_to_end.running_program import Folder, environment, omote
from tests.postgres_server import PostgresServer, server_programs


def db(folder: Path, *words: str | Path) -> tuple[int, str, str]:
    done = omote("db", *words, "--profile", folder)
    return done.returncode, done.stdout, done.stderr


def test_sound_records_pass_every_check(folder: Folder) -> None:
    status, told, errors = db(folder.path, "check")
    assert (status, errors) == (0, "")
    assert {line.partition(" ")[0] for line in told.splitlines()} == {"ok"}


def test_a_row_that_refers_to_nobody_is_found(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.path / FILE_NAME)) as connection:
        connection.execute("UPDATE purchase SET customer_id = 999999999 WHERE id = 1")
        connection.commit()
    status, told, errors = db(folder.path, "check")
    assert status == 1
    (fault,) = [line for line in told.splitlines() if line.startswith("fault  references between rows: ")]
    assert "purchase 1 → customer" in fault
    assert errors == "omote: 1 check found a fault. Take a backup as it is now, then call IT: docs/database.md.\n"
    status, told, errors = db(folder.path, "check", "--json")
    found = {one["check"]: one for one in json.loads(told)}
    assert (status, errors.startswith("omote: 1 check")) == (1, True)
    assert found["references"]["level"] == "fault"
    assert "purchase 1 → customer" in found["references"]["facts"]
    assert {one["level"] for name, one in found.items() if name != "references"} == {"ok"}


def test_a_customer_whom_no_search_would_find_is_told(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.path / FILE_NAME)) as connection:
        connection.execute("DELETE FROM customer_search WHERE customer_id = 1")
        connection.commit()
    status, told, _errors = db(folder.path, "check")
    assert status == 1
    assert "fault  what search finds customers and notes by: customer 1" in told


def test_an_index_that_is_missing_is_found(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.path / FILE_NAME)) as connection:
        (name,) = connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'ix_%' LIMIT 1").fetchone()
        connection.execute(f"DROP INDEX {name}")
        connection.commit()
    status, told, _errors = db(folder.path, "check")
    assert status == 1
    assert "fault  tables, columns and indexes: add_index" in told


def test_backup_writes_a_new_file_and_never_over_an_old_one(folder: Folder, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    status, told, errors = db(folder.path, "backup", target)
    assert (status, errors) == (0, "")
    assert told.startswith(f"The records are in {target}: ")
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT count(*) FROM customer").fetchone()[0] > 0
    size = target.stat().st_size
    assert db(folder.path, "backup", target) == (
        1, "", f"omote: {target} is there already. Choose another name, or remove it.\n",
    )  # fmt: skip
    assert target.stat().st_size == size


def test_backup_into_a_folder_that_is_not_there_says_so(folder: Folder, tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "copy.db"
    assert db(folder.path, "backup", target)[::2] == (
        1, f"omote: The records were not copied: {target.parent} is missing.\n",
    )  # fmt: skip


def test_stats_tell_sizes_counts_and_where_backups_go(folder: Folder) -> None:
    status, told, _errors = db(folder.path, "stats", "--json")
    stats = json.loads(told)
    assert status == 0
    assert stats["rows"]["customer"] > 0
    assert stats["place"] == str(folder.path / FILE_NAME)
    assert stats["backup"] == {"folder": str(folder.path / "backups"), "newest": None, "size": None}
    assert f"no backup yet; they go to {folder.path / 'backups'}" in db(folder.path, "stats")[1]


def test_looking_at_records_that_are_not_there_makes_none(tmp_path: Path) -> None:
    status, told, errors = db(tmp_path, "stats")
    assert (status, told) == (1, "")
    assert errors.startswith("omote: The folder of the records is missing.")
    assert not (tmp_path / FILE_NAME).exists()


def test_upgrade_creates_and_then_finds_nothing_to_do(tmp_path: Path) -> None:
    for _ in range(2):
        assert db(tmp_path, "upgrade") == (0, "The records have the schema of this program.\n", "")


def test_a_damaged_file_is_said_in_one_line(folder: Folder) -> None:
    (folder.path / FILE_NAME).write_bytes(b"not a database" * 1000)
    for end in ("-wal", "-shm"):
        (folder.path / (FILE_NAME + end)).unlink(missing_ok=True)
    status, _told, errors = db(folder.path, "check")
    assert status == 1
    assert errors.startswith("omote: The records file is damaged.")
    assert errors.count("\n") == 1
    shutil.rmtree(folder.path)


# --- a team's server


@pytest.fixture
def team(tmp_path: Path, postgres: PostgresServer) -> Iterator[Folder]:
    """A profile whose records are an empty database of a server."""
    name = postgres.database()
    yield Folder(tmp_path / "team", None, more=f'[database]\nurl = "{postgres.tcp_url(name)}"\n')
    postgres.drop(name)


def test_an_administrator_fills_looks_at_and_copies_a_servers_database(team: Folder, tmp_path: Path) -> None:
    assert db(team.path, "upgrade") == (0, "The records have the schema of this program.\n", "")
    status, told, errors = db(team.path, "check")
    assert (status, errors) == (0, "")
    assert told.splitlines()[0] == "-      pages and indexes of the file: the server's own affair"
    assert json.loads(db(team.path, "stats", "--json")[1])["backup"] is None
    programs = server_programs()
    assert programs is not None
    target = tmp_path / "copy.dump"
    done = omote(
        "db", "backup", target, "--profile", team.path, env=environment(PATH=f"{programs}:{os.environ['PATH']}")
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert target.read_bytes().startswith(b"PGDMP")


def test_a_password_that_the_shell_has_is_not_given_to_pg_dump(team: Folder, tmp_path: Path) -> None:
    db(team.path, "upgrade")
    programs = server_programs()
    assert programs is not None
    (tmp_path / "bin").mkdir()
    watched = tmp_path / "bin" / "pg_dump"
    watched.write_text(f'#!/bin/sh\n[ -z "$PGPASSWORD" ] || exit 9\nexec {programs}/pg_dump "$@"\n')
    watched.chmod(0o755)
    stale = environment(PGPASSWORD="another server's", PATH=f"{watched.parent}:{os.environ['PATH']}")
    assert omote("db", "backup", tmp_path / "copy.dump", "--profile", team.path, env=stale).returncode == 0


def test_without_pg_dump_we_say_what_to_type_where_it_is(team: Folder, tmp_path: Path) -> None:
    db(team.path, "upgrade")
    done = omote("db", "backup", tmp_path / "x", "--profile", team.path, env=environment(PATH=""))
    assert done.returncode == 1
    assert "pg_dump is not installed here. Type where it is: pg_dump --format=custom" in done.stderr


def test_a_password_in_the_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    url = "postgresql://omote:hunter2@127.0.0.1/x"
    folder = Folder(tmp_path / "team", None, more=f'[database]\nurl = "{url}"\n')
    status, told, errors = db(folder.path, "stats")
    assert (status, told) == (1, "")
    assert errors == (
        f"omote: url in [database] of {folder.path / 'settings.toml'} is a password, or holds one."
        " Take it out there, and type: omote secret set database\n"
    )


def test_a_server_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "team", None, more='[database]\nurl = "postgresql://omote@127.0.0.1:9/x"\n')
    status, _told, errors = db(folder.path, "stats")
    assert status == 1
    assert errors.startswith("omote: The database server cannot be reached.")
