"""Desks, drafts and records for the tests of `app`; every test speaks English unless it switches."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.words import language, use_language
from db.engine import FILE_NAME, open_engine
from tests.app.desk_at_work import NOW, DeskAtWork
from tests.demo_records import make_demo_records
from tests.end_to_end.cut import filled_database
from tests.postgres_server import PostgresServer


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """`main` sets the language and the umask of the whole process."""
    before, umask = language(), os.umask(0o077)
    use_language("en")
    yield
    os.umask(umask)
    use_language(before)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demo's records as of NOW, made once, to be copied."""
    return make_demo_records(tmp_path_factory.mktemp("filled"), NOW)


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[str]:
    """The name of a server's database with the demo's records, which is dropped after the test."""
    name = filled_database(postgres)
    yield name
    postgres.drop(name)


@pytest.fixture
def engine(filled: Path, tmp_path: Path) -> Iterator[Engine]:
    """The demo's records, this test's own copy."""
    shutil.copy(filled, tmp_path / FILE_NAME)
    opened = open_engine("sqlite", tmp_path)
    yield opened
    opened.dispose()


@pytest.fixture
def desks(engine: Engine, tmp_path: Path) -> Iterator[Callable[..., DeskAtWork]]:
    """Sits operators down at desks of the same records and, unless told otherwise, the same drafts file."""
    made: list[DeskAtWork] = []

    def sit_down(**settings: object) -> DeskAtWork:
        made.append(DeskAtWork(engine, tmp_path, **settings))  # type: ignore[arg-type]
        return made[-1]

    yield sit_down
    for one in made:
        one.leave()


@pytest.fixture
def desk(desks: Callable[..., DeskAtWork]) -> DeskAtWork:
    """Sato's desk, with nothing set."""
    return desks()


@pytest.fixture
def cut(engine: Engine) -> Iterator[dict[str, bool]]:
    """While its "on" is set, every transaction that writes fails as a locked database does."""
    switch = {"on": False}

    def look(driver: Any, _record: object, _proxy: object) -> None:
        driver.execute(f"PRAGMA query_only = {'ON' if switch['on'] else 'OFF'}")

    event.listen(engine, "checkout", look)
    yield switch
    event.remove(engine, "checkout", look)
