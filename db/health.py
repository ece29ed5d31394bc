"""Is the database well? Each look tells what it found wrong; nothing here changes anything."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, text

from db.call_log.kept import wrong_lines
from db.engine import reading
from db.migrate import HEAD, revision_of
from db.models import metadata
from db.models.search import is_modelled
from db.search_index import not_indexed
from db.totals import wrong_totals

MOST_TOLD = 20


class Look(StrEnum):
    """What is looked at, in this order."""

    INTEGRITY = "integrity"
    REFERENCES = "references"
    REVISION = "revision"
    SCHEMA = "schema"
    SEARCH = "search"
    TOTALS = "totals"
    CALL_LOG = "call_log"


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found wrong, as bare facts; nothing: all is well. None: this kind of database answers for itself."""

    look: Look
    wrong: tuple[str, ...] | None


def look_at(engine: Engine) -> list[Found]:
    """Every look at one moment of the records. Raises DatabaseUnavailable when they can't be read at all."""
    with reading(engine) as connection:
        return [Found(look, one(connection)) for look, one in _LOOKS.items()]


def _integrity(connection: Connection) -> tuple[str, ...] | None:
    """A server has checksums and an administrator."""
    if connection.dialect.name != "sqlite":
        return None
    told = connection.execute(text(f"PRAGMA integrity_check({MOST_TOLD})")).scalars().all()
    return () if told == ["ok"] else tuple(str(one) for one in told)


def _references(connection: Connection) -> tuple[str, ...] | None:
    """SQLite holds them only for programs that ask for it; a server holds them for all."""
    if connection.dialect.name != "sqlite":
        return None
    rows = connection.execute(text("PRAGMA foreign_key_check")).fetchmany(MOST_TOLD)
    return tuple(f"{row[0]} {row[1]} → {row[2]}" for row in rows)


def _revision(connection: Connection) -> tuple[str, ...]:
    found = revision_of(connection)
    return () if found == HEAD else (f"{found or '-'} ≠ {HEAD}",)


def _schema(connection: Connection) -> tuple[str, ...]:
    """Tables, columns and indexes as this program knows them, and no other."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 -- 70 ms that only this look needs
    from alembic.migration import MigrationContext  # noqa: PLC0415

    context = MigrationContext.configure(connection, opts={"include_name": is_modelled})
    different: list[Any] = compare_metadata(context, metadata)
    return tuple(" ".join(str(part) for part in one)[:200] for one in different[:MOST_TOLD])


def _search(connection: Connection) -> tuple[str, ...]:
    """Whoever is missing there is found by number alone."""
    customers, notes = not_indexed(connection, MOST_TOLD)
    return (*(f"customer {key}" for key in customers), *(f"note {key}" for key in notes))


def _totals(connection: Connection) -> tuple[str, ...]:
    """What the cards count, counted anew; an older schema keeps no totals."""
    if revision_of(connection) != HEAD:
        return ()
    return tuple(f"customer {one}" for one in wrong_totals(connection, MOST_TOLD))


def _call_log(connection: Connection) -> tuple[str, ...]:
    """What supervisors read of calls; an older schema keeps no log."""
    return wrong_lines(connection, MOST_TOLD) if revision_of(connection) == HEAD else ()


_LOOKS: dict[Look, Callable[[Connection], tuple[str, ...] | None]] = {
    Look.INTEGRITY: _integrity,
    Look.REFERENCES: _references,
    Look.REVISION: _revision,
    Look.SCHEMA: _schema,
    Look.SEARCH: _search,
    Look.TOTALS: _totals,
    Look.CALL_LOG: _call_log,
}
