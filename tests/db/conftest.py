"""Real SQLite files with the migrated schema, one per test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import open_engine
from db.migrate import bring_up_to_date


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
def engine(opened: Callable[[], Engine]) -> Engine:
    """A database with the current schema and nothing in it."""
    engine = opened()
    bring_up_to_date(engine)
    return engine
