"""The schema is created, upgraded, left alone or refused; migrations and models agree."""

import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, text

from db.customers import owners_of
from db.engine import open_engine, reading, writing
from db.errors import DatabaseUnavailable, Trouble
from db.migrate import HEAD, Schema, Step, bring_up_to_date
from db.models import metadata
from db.models.search import is_modelled
from db.pop import customer_facts


def _lines_of(engine: Engine) -> set[str]:
    """Every column, constraint and index by itself: their order means nothing, nor whether one was added later."""
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT name, sql FROM sqlite_master"
                " WHERE sql IS NOT NULL AND name != 'alembic_version' AND type != 'trigger'"  # no model knows them
            )
        ).all()
    return {f"{name}: {part}" for name, sql in rows for part in _parts(" ".join(sql.split()))}


def _parts(sql: str) -> list[str]:
    """The columns and constraints of a CREATE TABLE; anything else whole."""
    if not sql.startswith("CREATE TABLE"):
        return [sql]
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    parts = [part.strip() for part in re.split(r",(?![^(]*\))", body)]
    return [one for part in parts for one in _without_inline_constraint(part)]


def _without_inline_constraint(part: str) -> list[str]:
    """A column that was added later carries its constraint with it."""
    column, inline, constraint = part.partition(" CONSTRAINT ")
    if not inline:
        return [part]
    name, kind, rest = constraint.split(" ", 2)
    if kind == "REFERENCES":
        kind, rest = f"FOREIGN KEY({column.split()[0]})", f"REFERENCES {rest}"
    return [column, f"CONSTRAINT {name} {kind} {rest}"]


def test_a_new_file_gets_the_whole_schema(opened: Callable[[], Engine]) -> None:
    engine = opened()
    assert bring_up_to_date(engine) is Schema.CREATED
    assert bring_up_to_date(engine) is Schema.CURRENT
    with reading(engine) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD


def test_migrations_build_what_the_models_say(engine: Engine) -> None:
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_modelled})
        assert compare_metadata(context, metadata) == []


def test_migrations_and_models_agree_on_every_check_default_and_index(sqlite_engine: Engine, tmp_path: Path) -> None:
    modelled = create_engine(f"sqlite:///{tmp_path / 'modelled.db'}")
    metadata.create_all(modelled)
    built = _lines_of(modelled)
    modelled.dispose()
    assert _lines_of(sqlite_engine) == built
    assert any("ck_complaint_state CHECK" in line for line in _lines_of(sqlite_engine))


_ON_SERVER = """
SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default)
FROM information_schema.columns WHERE table_schema = 'public'
"""


def test_they_agree_on_the_server_too(
    postgres_engine: Engine, on_server: Callable[[str], Engine], tmp_path: Path
) -> None:
    modelled = on_server("template0")
    with writing(modelled) as connection:
        metadata.create_all(connection)
    built, migrated = (_on_server(engine) for engine in (modelled, postgres_engine))
    assert {line for line in migrated if "alembic_version" not in line} == built
    assert any("ck_complaint_state CHECK" in line for line in built)


def _on_server(engine: Engine) -> set[str]:
    """Without the casts and brackets that a dump spells differently."""
    with reading(engine) as connection:
        lines = connection.execute(text(_ON_SERVER)).scalars()
        return {re.sub(r"::(character varying|text)(\[\])?|[()]", "", line) for line in lines}


def test_the_constant_names_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", "db/migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_migrations_never_import_the_models() -> None:
    for revision in Path("db/migrations").rglob("*.py"):
        assert not re.search(r"^\s*(from|import)\s+(db|app)\b", revision.read_text("utf-8"), re.MULTILINE), revision


def test_a_start_with_a_current_schema_never_loads_alembic(sqlite_engine: Engine, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from db.engine import open_engine; from db.migrate import bring_up_to_date;"
        f"print(bring_up_to_date(open_engine('sqlite', Path({str(tmp_path)!r}))),"
        " 'alembic' in sys.modules, 'sqlalchemy.orm' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["current", "False", "False"]


def test_an_older_database_is_copied_before_it_is_upgraded(sqlite_engine: Engine, tmp_path: Path) -> None:
    """Head's own schema under an older number: what the upgrade then trips over is not this test's affair."""
    with writing(sqlite_engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(CommandError):  # no migration leads away from 0000
        bring_up_to_date(sqlite_engine)
    (copy,) = (tmp_path / "backups" / "before-upgrades").iterdir()
    assert copy.name == f"omote-0000-before-{HEAD}-1.db"


def test_a_new_or_a_current_database_is_not_copied(opened: Callable[[], Engine], tmp_path: Path) -> None:
    assert bring_up_to_date(opened()) is Schema.CREATED
    assert bring_up_to_date(opened()) is Schema.CURRENT
    assert not (tmp_path / "backups").exists()


def test_a_later_programs_database_is_refused_and_left_alone(own_engine: Engine) -> None:
    with writing(own_engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailable) as refused:
        bring_up_to_date(own_engine)
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


def test_two_programs_starting_at_once_build_one_schema_on_the_server(on_server: Callable[[str], Engine]) -> None:
    engine = on_server("template0")
    found: list[Schema] = []
    threads = [threading.Thread(target=lambda: found.append(bring_up_to_date(engine))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [Schema.CREATED, *[Schema.CURRENT] * 3]


OLD_SCHEMAS = Path(__file__).with_name("old_schemas")
"""Dumps of a small demo as each released schema kept it: `<revision>.<database>.sql`."""


def test_every_released_schema_has_its_dump() -> None:
    released = {f"{one}.{kind}.sql" for one in _RELEASED for kind in ("sqlite", "postgresql")}
    assert {one.name for one in OLD_SCHEMAS.iterdir()} == released


_RELEASED = ("0001",)  # 0.1; with a release its schema is added here, and dumped


@pytest.mark.parametrize("dump", sorted(OLD_SCHEMAS.glob("*.sqlite.sql")), ids=lambda dump: str(dump.name))
def test_an_old_file_becomes_as_a_new_one_and_keeps_its_rows(
    dump: Path, opened: Callable[[], Engine], sqlite_engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("old")
    with closing(sqlite3.connect(folder / "omote.db")) as old:
        old.executescript(dump.read_text("utf-8"))
    engine = open_engine("sqlite", folder)
    assert bring_up_to_date(engine) is Schema.UPGRADED
    assert _lines_of(engine) == _lines_of(sqlite_engine)
    _has_kept_its_rows(engine)
    with reading(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()


@pytest.mark.parametrize("dump", sorted(OLD_SCHEMAS.glob("*.postgresql.sql")), ids=lambda dump: str(dump.name))
def test_an_old_servers_records_become_as_new_ones_and_keep_their_rows(
    dump: Path, on_server: Callable[[str], Engine], postgres_engine: Engine
) -> None:
    engine = on_server("template0")
    with writing(engine) as connection:
        connection.exec_driver_sql(dump.read_text("utf-8").replace("%", "%%"))
    assert bring_up_to_date(engine) is Schema.UPGRADED
    assert _on_server(engine) == _on_server(postgres_engine)
    _has_kept_its_rows(engine)


def _has_kept_its_rows(engine: Engine) -> None:
    with reading(engine) as connection:
        owners = owners_of(connection, 81335814111)
        facts = customer_facts(connection, owners[0].customer_id)
        text_of_note = connection.execute(text("SELECT text FROM note_revision ORDER BY number LIMIT 1")).scalar_one()
    assert facts is not None
    assert (facts.customer.customer_no, bool(facts.purchases), bool(facts.complaints)) == ("C-000001", True, True)
    assert text_of_note == "配送の件。明日また電話する。"


def test_whoever_waits_is_told_what_is_made_and_nothing_where_nothing_is_to_do(tmp_path: Path) -> None:
    engine, told = open_engine("sqlite", tmp_path), list[Step]()
    bring_up_to_date(engine, tell=told.append)
    assert told == [Step.CREATE]
    bring_up_to_date(engine, tell=told.append)
    assert told == [Step.CREATE]
    engine.dispose()
