"""The connection for rings stands ready, sees one moment, and is replaced when it has died."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, func, select, text

from db.engine import open_engine, writing
from db.errors import DatabaseUnavailable, Trouble
from db.models import customer
from db.prepared import ask, direct
from db.standing import StandingReader
from tests.db.conftest import NOW, ONLY_SQLITE
from tests.postgres_server import PostgresServer

ONLY_POSTGRES = pytest.mark.parametrize("engine", ["postgres"], indirect=True)
HOW_MANY = select(func.count()).select_from(customer)


@pytest.fixture
def reader(engine: Engine) -> Iterator[StandingReader]:
    made = StandingReader(engine)
    yield made
    made.close()


def _count(connection: Connection) -> int:
    ((count,),) = ask(connection, HOW_MANY, {})
    return int(count)


def _add(engine: Engine, key: int) -> None:
    row = {"id": key, "customer_no": str(key), "kind": "person", "name": "髙橋", "lifecycle_stage": "active"}
    with writing(engine) as connection:
        connection.execute(customer.insert().values(row | {"created_at": NOW}))


def test_one_connection_serves_every_ring_and_sees_what_was_written_between(
    engine: Engine, reader: StandingReader
) -> None:
    first = reader.read(lambda connection: (direct(connection).driver, _count(connection)))
    _add(engine, 1)
    second = reader.read(lambda connection: (direct(connection).driver, _count(connection)))
    assert first[0] is second[0]
    assert (first[1], second[1]) == (0, 1)


@ONLY_SQLITE
def test_what_one_ring_asks_is_of_one_moment(engine: Engine, reader: StandingReader) -> None:
    def twice(connection: Connection) -> tuple[int, int]:
        before = _count(connection)
        _add(engine, 1)
        return before, _count(connection)

    assert reader.read(twice) == (0, 0)


def test_an_error_of_a_job_leaves_the_connection_usable(reader: StandingReader) -> None:
    def fails(_connection: Connection) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        reader.read(fails)
    assert reader.read(_count) == 0


def test_what_is_asked_through_sqlalchemy_leaves_the_connection_usable(reader: StandingReader) -> None:
    assert reader.read(lambda connection: connection.execute(HOW_MANY).scalar_one()) == 0
    assert reader.read(_count) == 0


def test_a_closed_reader_takes_a_connection_anew(reader: StandingReader) -> None:
    reader.read(_count)
    reader.close()
    assert reader.read(_count) == 0


@ONLY_POSTGRES
def test_a_connection_that_the_server_has_cut_is_replaced(engine: Engine, reader: StandingReader) -> None:
    def process(connection: Connection) -> int:
        return int(direct(connection).driver.info.backend_pid)

    before = reader.read(process)
    with writing(engine) as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": before})
    with pytest.raises(DatabaseUnavailable) as raised:
        reader.read(_count)
    assert raised.value.reason is Trouble.UNREACHABLE
    assert reader.read(process) != before


def test_a_server_without_the_database_is_said_plainly(postgres: PostgresServer, tmp_path: object) -> None:
    engine = open_engine(postgres.url("nowhere"), tmp_path)  # type: ignore[arg-type] -- of no use to a server
    with pytest.raises(DatabaseUnavailable) as raised:
        StandingReader(engine).read(_count)
    assert raised.value.reason is Trouble.NO_DATABASE
    engine.dispose()
