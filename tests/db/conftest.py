"""Real SQLite files with the migrated schema, one per test."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from db.demo import fill_demo
from db.engine import FILE_NAME, open_engine, reading, writing
from db.migrate import bring_up_to_date

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
def engine(opened: Callable[[], Engine], migrated: Path, tmp_path: Path) -> Engine:
    """A database with the current schema, its first dispositions and nothing else in it."""
    shutil.copy(migrated, tmp_path / FILE_NAME)
    return opened()


@pytest.fixture
def demo(opened: Callable[[], Engine], filled: Path, tmp_path: Path) -> Engine:
    """The demo's records as of NOW."""
    shutil.copy(filled, tmp_path / FILE_NAME)
    return opened()


@pytest.fixture
def asked(engine: Engine) -> Callable[[Callable[[Connection], object]], dict[str, list[str]]]:
    """Runs a job, and tells each SELECT that SQLite itself saw with the steps of its query plan."""

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
