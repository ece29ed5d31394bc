"""What SQLite forgets per connection is set on each one; every fault of either database has its own plain name."""

import os
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from db.engine import FILE_NAME, open_engine, reading, writing
from db.errors import DatabaseUnavailable, Trouble
from db.migrate import bring_up_to_date
from db.models import customer, household_member, operator
from db.prepared import ask
from tests.postgres_server import PostgresServer

NOON_IN_TOKYO = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=9)))


def _customer(**changes: object) -> dict[str, object]:
    return {
        "customer_no": "C-1",
        "kind": "person",
        "name": "髙橋",
        "lifecycle_stage": "active",
        "created_at": NOON_IN_TOKYO,
    } | changes


def test_every_connection_gets_the_settings_that_sqlite_forgets(sqlite_engine: Engine) -> None:
    with reading(sqlite_engine) as first, reading(sqlite_engine) as second:
        for connection in (first, second):
            pragmas = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
            }
            assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000, "synchronous": 1}


def test_a_second_engine_of_this_process_leaves_the_first_one_its_log(tmp_path: Path) -> None:
    """Else the next program that closes the file takes the log away under the first, which then reads nothing."""
    first = open_engine("sqlite", tmp_path)
    bring_up_to_date(first)
    with reading(first) as connection:
        connection.execute(select(customer))
        second = open_engine("sqlite", tmp_path)
        another = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM customer'); c.close()"
        )
        subprocess.run([sys.executable, "-c", another, str(tmp_path / FILE_NAME)], check=True)
        assert (tmp_path / f"{FILE_NAME}-wal").exists()
    for engine in (first, second):
        engine.dispose()


def test_a_row_that_refers_to_nobody_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(household_member.insert().values(household_id=1, customer_id=1, role="head"))


def test_a_word_outside_its_set_is_refused_even_by_bare_sql(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(customer.insert().values(_customer()))
    with pytest.raises(IntegrityError, match="ck_customer_kind"), writing(engine) as connection:
        connection.execute(text("UPDATE customer SET kind = 'robot'"))


def test_times_come_back_aware_and_in_utc(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(customer.insert().values(_customer()))
    with reading(engine) as connection:
        found = connection.execute(select(customer.c.created_at)).scalar_one()
    assert found == NOON_IN_TOKYO
    assert found.tzinfo is UTC


def test_times_sort_as_text_does_even_on_the_full_second(engine: Engine) -> None:
    times = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=step) for step in (0, 1, 999_999, 1_000_000)]
    with writing(engine) as connection:
        rows = [_customer(customer_no=str(place), created_at=at) for place, at in enumerate(times)]
        connection.execute(customer.insert(), list(reversed(rows)))
    with reading(engine) as connection:
        found = connection.execute(select(customer.c.created_at).order_by(customer.c.created_at)).scalars().all()
    assert list(found) == times


def test_a_time_without_its_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="without its zone"), writing(engine) as connection:
        connection.execute(customer.insert().values(_customer(created_at=datetime(2026, 1, 1))))  # noqa: DTZ001


def test_a_reader_sees_one_moment_while_another_writes(engine: Engine) -> None:
    count = text("SELECT count(*) FROM customer")
    with reading(engine) as reader:
        before = reader.execute(count).scalar_one()
        with writing(engine) as writer:
            writer.execute(customer.insert().values(_customer()))
        assert reader.execute(count).scalar_one() == before
    with reading(engine) as reader:
        assert reader.execute(count).scalar_one() == before + 1


def test_an_error_inside_a_writing_block_leaves_nothing(engine: Engine) -> None:
    def write_and_fail() -> None:
        with writing(engine) as connection:
            connection.execute(customer.insert().values(_customer()))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM customer")).scalar_one() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_only_the_owner_can_read_the_records(sqlite_engine: Engine, tmp_path: Path) -> None:
    with writing(sqlite_engine) as connection:
        connection.execute(operator.insert().values(login="sato", name="佐藤"))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob("omote.db*")}
    assert modes == dict.fromkeys(["omote.db", "omote.db-wal", "omote.db-shm"], 0o600)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable) as said:
        open_engine("sqlite", tmp_path / "nowhere")
    assert (said.value.reason, said.value.detail) == (Trouble.NO_FOLDER, str(tmp_path / "nowhere"))


def test_a_file_that_can_not_be_opened_for_writing_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()  # also when the tests run as root, whom modes don't stop
    with pytest.raises(DatabaseUnavailable) as said:
        open_engine("sqlite", tmp_path)
    assert said.value.reason is Trouble.READ_ONLY


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(DatabaseUnavailable) as said:
        open_engine("sqlite", tmp_path)
    tmp_path.chmod(0o700)
    assert said.value.reason is Trouble.READ_ONLY


def test_a_url_of_a_database_not_known_yet_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable) as said:
        open_engine("mysql://host/customers", tmp_path)
    assert (said.value.reason, said.value.detail) == (Trouble.NOT_SUPPORTED, "mysql")


def test_a_file_that_is_no_database_is_said_and_left_alone(opened: Callable[[], Engine], tmp_path: Path) -> None:
    diary = b"Dear diary, " * 100
    (tmp_path / FILE_NAME).write_bytes(diary)
    with pytest.raises(DatabaseUnavailable) as said:
        bring_up_to_date(opened())
    assert said.value.reason is Trouble.NOT_A_DATABASE
    assert (tmp_path / FILE_NAME).read_bytes() == diary


def test_a_lock_that_another_program_holds_is_said(sqlite_engine: Engine, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with sqlite_engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")  # stays with this pooled connection
    with pytest.raises(DatabaseUnavailable) as said, writing(sqlite_engine) as connection:
        connection.execute(text("INSERT INTO household (name) VALUES ('x')"))
    other.close()
    assert said.value.reason is Trouble.LOCKED


def test_a_full_disk_is_said_and_nothing_is_half_written(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:  # SQLite's own full disk; stays with this pooled connection
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    rows = [_customer(customer_no=str(place), memo="x" * 1000) for place in range(100)]
    with pytest.raises(DatabaseUnavailable) as said, writing(sqlite_engine) as connection:
        connection.execute(customer.insert(), rows)
    assert said.value.reason is Trouble.DISK_FULL
    with reading(sqlite_engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM customer")).scalar_one() == 0


def test_a_mistake_of_our_own_is_not_called_an_unavailable_database(engine: Engine) -> None:
    with pytest.raises(Exception, match="nowhere") as raised, reading(engine) as connection:
        connection.execute(text("SELECT * FROM nowhere"))
    assert not isinstance(raised.value, DatabaseUnavailable)


def _refused(url: str, tmp_path: Path) -> Trouble:
    engine = open_engine(url, tmp_path)
    with pytest.raises(DatabaseUnavailable) as said, reading(engine):
        raise AssertionError("it let us in")
    engine.dispose()
    return said.value.reason


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert _refused(f"postgresql://omote@127.0.0.1:{port}/customers", tmp_path) is Trouble.UNREACHABLE


def test_a_server_without_our_database_is_said(postgres: PostgresServer, tmp_path: Path) -> None:
    assert _refused(postgres.url("nowhere"), tmp_path) is Trouble.NO_DATABASE


def test_a_server_that_hangs_up_is_said_and_found_again(postgres_engine: Engine, postgres: PostgresServer) -> None:
    asked: Any = select(func.count()).select_from(customer)
    with reading(postgres_engine) as connection:
        assert ask(connection, asked, {}) == [(0,)]
    postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    with pytest.raises(DatabaseUnavailable) as said, reading(postgres_engine) as connection:
        ask(connection, asked, {})
    assert said.value.reason is Trouble.UNREACHABLE
    with reading(postgres_engine) as connection:
        assert ask(connection, asked, {}) == [(0,)]


def test_a_password_is_asked_for_and_never_part_of_the_address(postgres: PostgresServer, tmp_path: Path) -> None:
    asked: list[str] = []

    def password() -> str:
        asked.append("once")
        return "hunter2"

    engine = open_engine(postgres.url("postgres"), tmp_path, password)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    engine.dispose()
    assert asked == ["once"]
    assert "hunter2" not in repr(engine)
