"""Real databases with the migrated schema, one per test: a SQLite file, and a database of a PostgreSQL server."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from db.demo import fill_demo
from db.dispositions import add_starters
from db.engine import FILE_NAME, open_engine, reading, writing
from db.migrate import bring_up_to_date
from tests.postgres_server import PostgresServer

ONLY_SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
NOW = datetime(2026, 11, 21, 14, 12, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the current schema, made once by the migrations, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    engine = open_engine("sqlite", folder)
    bring_up_to_date(engine)
    engine.dispose()
    return folder / FILE_NAME


@pytest.fixture(scope="session")
def filled(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demo's records as of NOW, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copy(migrated, folder)
    engine = open_engine("sqlite", folder)
    with writing(engine) as connection:
        fill_demo(connection, NOW)
    engine.dispose()
    return folder / FILE_NAME


@pytest.fixture(scope="session")
def migrated_on_server(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with the current schema, to be used as a template."""
    name = postgres.database()
    engine = open_engine(postgres.url(name), tmp_path_factory.getbasetemp())
    bring_up_to_date(engine)
    engine.dispose()
    return name


@pytest.fixture(scope="session")
def filled_on_server(
    postgres: PostgresServer, migrated_on_server: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a database with the demo's records as of NOW, to be used as a template."""
    name = postgres.database(migrated_on_server)
    engine = open_engine(postgres.url(name), tmp_path_factory.getbasetemp())
    with writing(engine) as connection:
        fill_demo(connection, NOW)
    engine.dispose()
    return name


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """Opens engines for this test's folder, and closes them after it."""
    engines: list[Engine] = []

    def open_here() -> Engine:
        engines.append(open_engine("sqlite", tmp_path))
        return engines[-1]

    yield open_here
    for engine in engines:
        engine.dispose()


@pytest.fixture
def on_server(postgres: PostgresServer, tmp_path: Path) -> Iterator[Callable[[str], Engine]]:
    """Opens a new database made from a template, and drops it after the test."""
    made: list[tuple[Engine, str]] = []

    def open_copy(template: str) -> Engine:
        name = postgres.database(template)
        made.append((open_engine(postgres.url(name), tmp_path), name))
        return made[-1][0]

    yield open_copy
    for engine, name in made:
        engine.dispose()
        postgres.drop(name)


@pytest.fixture
def sqlite_engine(opened: Callable[[], Engine], migrated: Path, tmp_path: Path) -> Engine:
    """A database file with the current schema, its first dispositions and nothing else in it."""
    shutil.copy(migrated, tmp_path / FILE_NAME)
    return opened()


@pytest.fixture(scope="session")
def emptied_on_server(postgres: PostgresServer, migrated_on_server: str) -> str:
    """The name of a database that is emptied for each test: whoever changes its schema takes another."""
    return postgres.database(migrated_on_server)


@pytest.fixture
def postgres_engine(postgres: PostgresServer, emptied_on_server: str, tmp_path: Path) -> Iterator[Engine]:
    """The same on PostgreSQL."""
    postgres.empty(emptied_on_server)
    engine = open_engine(postgres.url(emptied_on_server), tmp_path)
    with writing(engine) as connection:
        add_starters(connection)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def own_engine(request: pytest.FixtureRequest) -> Engine:
    """Both, one after the other, each with a schema that the test may change."""
    if request.param == "sqlite":
        made: Engine = request.getfixturevalue("sqlite_engine")
        return made
    opened: Engine = request.getfixturevalue("on_server")(request.getfixturevalue("migrated_on_server"))
    return opened


@pytest.fixture
def sqlite_demo(opened: Callable[[], Engine], filled: Path, tmp_path: Path) -> Engine:
    """The demo's records as of NOW in a file."""
    shutil.copy(filled, tmp_path / FILE_NAME)
    return opened()


@pytest.fixture
def postgres_demo(on_server: Callable[[str], Engine], filled_on_server: str) -> Engine:
    """The same on PostgreSQL."""
    return on_server(filled_on_server)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Both, one after the other, with the current schema."""
    made: Engine = request.getfixturevalue(f"{request.param}_engine")
    return made


@pytest.fixture(params=["sqlite", "postgres"])
def demo(request: pytest.FixtureRequest) -> Engine:
    """Both, one after the other, with the demo's records as of NOW."""
    made: Engine = request.getfixturevalue(f"{request.param}_demo")
    return made


@pytest.fixture
def asked(engine: Engine) -> Callable[[Callable[[Connection], object]], dict[str, list[str]]]:
    """Runs a job, and tells each SELECT that SQLite itself saw with the steps of its query plan (ONLY_SQLITE)."""

    def watch(job: Callable[[Connection], object]) -> dict[str, list[str]]:
        seen: list[str] = []
        with reading(engine) as connection:
            driver: Any = connection.connection.driver_connection
            driver.set_trace_callback(seen.append)
            job(connection)
            driver.set_trace_callback(None)
            selects = [statement for statement in seen if statement.startswith("SELECT")]
            return {one: [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {one}")] for one in selects}

    return watch
