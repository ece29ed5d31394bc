"""Brings the records' schema to this program's version, whole or not at all.

At a normal start one SELECT says that nothing is to do; Alembic (70 ms to import) is loaded only when something is.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, inspect, text

from db import maker
from db.backup import copy_before_upgrade
from db.dispositions import add_starters
from db.engine import reading, writing
from db.errors import DatabaseUnavailable, Trouble
from db.search_index import index_everything

HEAD = "0018"
"""The newest revision in db/migrations; revisions are counted, so that a later one can be told from a foreign one."""

_LOCK = 0x4F6D6F7465  # "Omote"
_SCRIPTS = Path(__file__).with_name("migrations")


class Schema(StrEnum):
    """What a start found, and did about it."""

    CURRENT = "current"
    CREATED = "created"
    UPGRADED = "upgraded"


class Step(StrEnum):
    """What may keep whoever waits for the records."""

    CREATE = "create"
    COPY = "copy"
    UPGRADE = "upgrade"


Tell = Callable[[Step], object]


def nobody(_step: Step) -> None:
    """The `Tell` of those whom nobody waits for."""


def bring_up_to_date(engine: Engine, program: str = "", tell: Tell = nobody) -> Schema:
    """Create or upgrade the schema if need be; an embedded database that is upgraded is copied first.

    `program`: the version that does it, so that an older one can say what it met.
    Raises DatabaseUnavailable: TOO_NEW for a later program's database, NOT_A_DATABASE for another program's.
    """
    with reading(engine) as connection:
        if revision_of(connection) == HEAD:
            return Schema.CURRENT
    with writing(engine) as connection:
        _wait_for_others(connection)
        found = revision_of(connection)  # another process may have been faster
        if found == HEAD:
            return Schema.CURRENT
        _refuse_foreign(connection, found)
        _keep_as_it_was(engine, found, tell)
        tell(Step.UPGRADE if found else Step.CREATE)
        _upgrade(connection)
        add_starters(connection)
        index_everything(connection)
        maker.sign(connection, program)
    if found:
        _send_older_desks_away(engine)
    return Schema.UPGRADED if found else Schema.CREATED


def make_ready(engine: Engine, program: str = "", tell: Tell = nobody) -> Schema:
    """What a desk may do: all of it to an embedded database; on a server it fills an empty one, and upgrades none.

    Raises DatabaseUnavailable as `bring_up_to_date` does, and TOO_OLD for a server's database of an earlier program.
    """
    if engine.dialect.name != "sqlite":
        with reading(engine) as connection:
            found = revision_of(connection)
        if found and found < HEAD:
            raise DatabaseUnavailable(Trouble.TOO_OLD, found)
    return bring_up_to_date(engine, program, tell)


def refuse_other_schemas(engine: Engine) -> None:
    """From now on look at each new connection: a server may be upgraded, or exchanged, while desks are open.

    Whoever then asks for a connection gets DatabaseUnavailable: TOO_OLD or TOO_NEW.
    """

    def look(driver: Any, _record: object) -> None:
        found = _revision_told_by(driver)
        if found != HEAD:
            raise DatabaseUnavailable(Trouble.TOO_NEW if found > HEAD else Trouble.TOO_OLD, found or "-")

    event.listen(engine, "connect", look)


def _revision_told_by(driver: Any) -> str:
    """On SQLite nothing else can open the file as a desk does; this is for servers."""
    if driver.execute("SELECT to_regclass('alembic_version')").fetchone()[0] is None:
        return ""
    row = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def is_up_to_date(engine: Engine) -> bool:
    """Whether there is nothing to bring up to date; changes nothing."""
    with reading(engine) as connection:
        return revision_of(connection) == HEAD


def _wait_for_others(connection: Connection) -> None:
    """On SQLite the transaction has the file's write lock already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def revision_of(connection: Connection) -> str:
    """The revision that the database says it has; "" if it has never had one."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or ""


def _refuse_foreign(connection: Connection, found: str) -> None:
    if found > HEAD:
        raise DatabaseUnavailable(Trouble.TOO_NEW, " ".join(filter(None, (found, maker.of(connection)))))
    if not found and inspect(connection).get_table_names():
        raise DatabaseUnavailable(Trouble.NOT_A_DATABASE, "tables of another program")


def _keep_as_it_was(engine: Engine, found: str, tell: Tell) -> None:
    """An embedded database is copied first, while nobody else can write; a server has an administrator."""
    if found and engine.dialect.name == "sqlite" and engine.url.database:
        tell(Step.COPY)
        copy_before_upgrade(Path(engine.url.database), found, HEAD)


def _send_older_desks_away(engine: Engine) -> None:
    """A desk looks at the schema when it connects: who is connected as this role comes back, and keeps what he has."""
    if engine.dialect.name == "postgresql":
        with writing(engine) as connection:
            connection.execute(text(_OLDER_DESKS), {"lock": "advisory"})


_OLDER_DESKS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND application_name = 'omote'
  AND pid <> pg_backend_pid() AND wait_event IS DISTINCT FROM :lock
"""


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 -- 70 ms that a normal start need not pay
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
