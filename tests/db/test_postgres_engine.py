"""A server's own ways to say no, and what a desk does with a schema that is not its own."""

import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text

from db.engine import open_engine, reading, writing
from db.errors import DatabaseUnavailable, Trouble, unavailable
from db.health import look_at
from db.migrate import HEAD, Schema, make_ready, refuse_other_schemas
from db.pace import Pace
from db.sizes import sizes_of
from tests.fakes.cuttable_way import CuttableWay
from tests.postgres_server import PostgresServer


def refused(url: str, tmp_path: Path, pace: Pace = Pace.DESK) -> DatabaseUnavailable:
    engine = open_engine(url, tmp_path, pace=pace)
    with pytest.raises(DatabaseUnavailable) as said, reading(engine):
        raise AssertionError("it let us in")
    engine.dispose()
    return said.value


def test_a_server_without_tls_is_refused_where_tls_is_asked_for(postgres: PostgresServer, tmp_path: Path) -> None:
    assert refused(postgres.tcp_url("postgres") + "?sslmode=require", tmp_path).reason is Trouble.TLS


def test_an_authority_that_is_missing_is_a_matter_of_tls(postgres: PostgresServer, tmp_path: Path) -> None:
    url = postgres.tcp_url("postgres") + "?sslmode=verify-full&sslrootcert=/nowhere/ca.pem"
    assert refused(url, tmp_path).reason is Trouble.TLS


def test_a_role_that_the_server_does_not_know_is_refused(postgres: PostgresServer, tmp_path: Path) -> None:
    url = postgres.url("postgres").replace("omote@", "nobody_here@")
    assert refused(url, tmp_path).reason is Trouble.REFUSED


def test_a_role_that_may_not_connect_any_more_times_is_told_so(postgres: PostgresServer, tmp_path: Path) -> None:
    postgres.run("DROP ROLE IF EXISTS crowded")
    postgres.run("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
    url = postgres.url("postgres").replace("omote@", "crowded@")
    assert refused(url, tmp_path).reason is Trouble.TOO_MANY


@pytest.mark.parametrize(
    ("told", "trouble"),
    [
        ('FATAL:  ユーザー"omote"のパスワード認証に失敗しました', Trouble.REFUSED),
        ('FATAL:  データベース"omote"は存在しません', Trouble.NO_DATABASE),
        ('FATAL:  ロール"omote"は存在しません', Trouble.REFUSED),
        ("FATAL:  現在クライアント数が多すぎます", Trouble.TOO_MANY),
        ("FATAL:  no pg_hba.conf entry for host", Trouble.REFUSED),
        ("server closed the connection unexpectedly", Trouble.UNREACHABLE),
    ],
)
def test_a_server_that_speaks_japanese_is_understood_too(told: str, trouble: Trouble) -> None:
    found = unavailable(psycopg.OperationalError(f"connection failed: {told}"))
    assert found is not None
    assert found.reason is trouble


def test_an_address_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable) as said:
        open_engine("postgresql://host:port/name", tmp_path)
    assert said.value.reason is Trouble.NOT_SUPPORTED


@pytest.mark.parametrize(("pace", "limit"), [(Pace.RING, "1s"), (Pace.DESK, "15s"), (Pace.UNHURRIED, "0")])
def test_who_waits_has_a_limit_and_an_import_has_none(
    postgres: PostgresServer, tmp_path: Path, pace: Pace, limit: str
) -> None:
    engine = open_engine(postgres.url("postgres"), tmp_path, pace=pace)
    with reading(engine) as connection:
        assert connection.execute(text("SHOW statement_timeout")).scalar_one() == limit
    engine.dispose()


@pytest.mark.parametrize(("pace", "jit"), [(Pace.RING, "off"), (Pace.DESK, "off"), (Pace.UNHURRIED, "on")])
def test_nothing_that_somebody_waits_for_is_compiled_first(
    postgres: PostgresServer, tmp_path: Path, pace: Pace, jit: str
) -> None:
    engine = open_engine(postgres.url("postgres"), tmp_path, pace=pace)
    with reading(engine) as connection:
        assert connection.execute(text("SHOW jit")).scalar_one() == jit
    engine.dispose()


def test_a_statement_beyond_its_limit_is_a_state_and_no_bug(postgres: PostgresServer, tmp_path: Path) -> None:
    engine = open_engine(postgres.url("postgres"), tmp_path, pace=Pace.RING)
    with pytest.raises(DatabaseUnavailable) as said, reading(engine) as connection:
        connection.execute(text("SELECT pg_sleep(20)"))
    assert said.value.reason is Trouble.LOCKED
    engine.dispose()


@contextmanager
def silent_server() -> Iterator[int]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    kept.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        for one in kept:
            one.close()
        thread.join()


def test_a_server_that_says_nothing_is_given_up_after_the_connect_timeout(tmp_path: Path) -> None:
    with silent_server() as port:
        assert refused(f"postgresql://omote@127.0.0.1:{port}/x", tmp_path).reason is Trouble.UNREACHABLE


def test_a_server_that_hangs_in_the_midst_of_a_question_is_given_up(postgres: PostgresServer, tmp_path: Path) -> None:
    with CuttableWay(postgres.port) as way:
        engine = open_engine(postgres.tcp_url("postgres", way.port), tmp_path, pace=Pace.RING)
        with reading(engine) as connection:
            connection.execute(text("SELECT 1"))
        way.hang()
        with pytest.raises(DatabaseUnavailable) as said, reading(engine):
            raise AssertionError("it answered")
        assert said.value.reason is Trouble.UNREACHABLE
        way.open()
        with reading(engine) as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
        engine.dispose()


def test_a_server_that_hangs_up_between_two_questions_of_a_transaction_is_a_state_and_no_bug(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    engine = open_engine(postgres.url("postgres"), tmp_path, pace=Pace.DESK)

    def ask_twice() -> None:
        with reading(engine) as connection:
            pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            postgres.run(f"SELECT pg_terminate_backend({pid})")
            connection.execute(text("SELECT 1"))

    with pytest.raises(DatabaseUnavailable) as said:
        ask_twice()
    assert said.value.reason is Trouble.UNREACHABLE
    engine.dispose()


# --- schemas


def set_revision(engine: Engine, revision: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


@pytest.fixture
def on_head(on_server: Callable[[str], Engine], migrated_on_server: str) -> Engine:
    """A server's database of its own, with today's schema."""
    return on_server(migrated_on_server)


def test_a_desk_fills_an_empty_servers_database(on_server: Callable[[str], Engine]) -> None:
    engine = on_server("template0")
    assert make_ready(engine) is Schema.CREATED
    assert make_ready(engine) is Schema.CURRENT


def test_a_desk_never_upgrades_a_servers_database(on_head: Engine) -> None:
    set_revision(on_head, "0001")
    with pytest.raises(DatabaseUnavailable) as said:
        make_ready(on_head)
    assert (said.value.reason, said.value.detail) == (Trouble.TOO_OLD, "0001")


@pytest.mark.parametrize(("revision", "trouble"), [("0001", Trouble.TOO_OLD), ("9999", Trouble.TOO_NEW)])
def test_a_server_that_comes_back_with_another_schema_is_not_written_to(
    on_head: Engine, revision: str, trouble: Trouble
) -> None:
    refuse_other_schemas(on_head)
    set_revision(on_head, revision)
    on_head.dispose()  # its connections are gone, as after a restart
    with pytest.raises(DatabaseUnavailable) as said, writing(on_head):
        raise AssertionError("it let us in")
    assert said.value.reason is trouble
    engine = open_engine(on_head.url.render_as_string(hide_password=False).replace("+psycopg", ""), Path())
    set_revision(engine, HEAD)
    engine.dispose()
    with writing(on_head) as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


# --- what an administrator asks


def test_a_servers_database_is_looked_at_as_far_as_it_is_ours(on_head: Engine) -> None:
    assert [one.wrong for one in look_at(on_head)] == [None, None, (), (), (), (), ()]
    sizes = sizes_of(on_head)
    assert sizes.revision == HEAD
    assert sizes.size > 1_000_000
    assert "postgres" not in sizes.place


def test_pg_dump_is_what_backs_a_server_up(on_head: Engine, tmp_path: Path) -> None:
    from tests.postgres_server import server_programs

    programs = server_programs()
    assert programs is not None
    url = on_head.url.render_as_string(hide_password=False).replace("+psycopg", "")
    target = tmp_path / "copy.dump"
    subprocess.run([programs / "pg_dump", "--format=custom", f"--file={target}", url], check=True)
    assert target.read_bytes().startswith(b"PGDMP")
