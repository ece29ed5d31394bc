"""The schema is created, upgraded, left alone or refused; migrations and models agree."""

import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, text

from db.engine import reading, writing
from db.errors import DatabaseUnavailable, Trouble
from db.migrate import HEAD, Schema, bring_up_to_date
from db.models import metadata


def _lines_of(engine: Engine) -> set[str]:
    """Every column, constraint and index as its own line, since the order of constraints means nothing."""
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'")
        ).all()
    return {f"{name}: {' '.join(line.split()).strip(',')}" for name, sql in rows for line in sql.split("\n")}


def test_a_new_file_gets_the_whole_schema(opened: Callable[[], Engine]) -> None:
    engine = opened()
    assert bring_up_to_date(engine) is Schema.CREATED
    assert bring_up_to_date(engine) is Schema.CURRENT
    with reading(engine) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD


def test_migrations_build_what_the_models_say(engine: Engine) -> None:
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrations_and_models_agree_on_every_check_default_and_index(engine: Engine, tmp_path: Path) -> None:
    modelled = create_engine(f"sqlite:///{tmp_path / 'modelled.db'}")
    metadata.create_all(modelled)
    built = _lines_of(modelled)
    modelled.dispose()
    assert _lines_of(engine) == built
    assert any("ck_complaint_state CHECK" in line for line in _lines_of(engine))


def test_the_constant_names_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", "db/migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_migrations_never_import_the_models() -> None:
    for revision in Path("db/migrations").rglob("*.py"):
        assert not re.search(r"^\s*(from|import)\s+(db|app)\b", revision.read_text("utf-8"), re.MULTILINE), revision


def test_a_start_with_a_current_schema_never_loads_alembic(engine: Engine, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from db.engine import open_engine; from db.migrate import bring_up_to_date;"
        f"print(bring_up_to_date(open_engine('sqlite', Path({str(tmp_path)!r}))),"
        " 'alembic' in sys.modules, 'sqlalchemy.orm' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["current", "False", "False"]


def test_an_older_database_is_copied_before_it_is_upgraded(engine: Engine, tmp_path: Path) -> None:
    """Head's own schema under an older number: what the upgrade then trips over is not this test's affair."""
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(CommandError):  # no migration leads away from 0000
        bring_up_to_date(engine)
    (copy,) = (tmp_path / "backups" / "before-upgrades").iterdir()
    assert copy.name == f"omote-0000-before-{HEAD}-1.db"


def test_a_new_or_a_current_database_is_not_copied(opened: Callable[[], Engine], tmp_path: Path) -> None:
    assert bring_up_to_date(opened()) is Schema.CREATED
    assert bring_up_to_date(opened()) is Schema.CURRENT
    assert not (tmp_path / "backups").exists()


def test_a_later_programs_database_is_refused_and_left_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailable) as refused:
        bring_up_to_date(engine)
    assert (refused.value.reason, refused.value.detail) == (Trouble.TOO_NEW, "9999")


def test_another_programs_database_is_refused_and_left_alone(opened: Callable[[], Engine], tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "omote.db") as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(DatabaseUnavailable) as refused:
        bring_up_to_date(opened())
    assert refused.value.reason is Trouble.NOT_A_DATABASE
    with sqlite3.connect(tmp_path / "omote.db") as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
    other.close()


_KILLED_AT_THE_LAST_TABLE = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from db.engine import open_engine
from db.migrate import bring_up_to_date

engine = open_engine("sqlite", Path(sys.argv[1]))

@event.listens_for(engine, "before_cursor_execute")
def kill(connection, cursor, statement, parameters, context, executemany):
    if "CREATE TABLE note_revision" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

bring_up_to_date(engine)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_program_killed_in_its_migration_leaves_the_old_schema(opened: Callable[[], Engine], tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED_AT_THE_LAST_TABLE, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    engine = opened()
    with reading(engine) as connection:
        assert connection.execute(text("SELECT name FROM sqlite_master")).all() == []
    assert bring_up_to_date(engine) is Schema.CREATED


def test_two_programs_starting_at_once_build_one_schema(opened: Callable[[], Engine]) -> None:
    engines = [opened() for _ in range(4)]
    found: list[Schema] = []
    threads = [threading.Thread(target=lambda e=engine: found.append(bring_up_to_date(e))) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [Schema.CREATED, *[Schema.CURRENT] * 3]
