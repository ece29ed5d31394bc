"""How much the records hold, and how much room they take."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text

from db.engine import reading
from db.migrate import revision_of
from db.models import metadata


@dataclass(frozen=True, slots=True)
class Sizes:
    """`rows` by table, in the order of their names; `size` in bytes, with SQLite's log; `place` a file or a server."""

    place: str
    revision: str
    size: int
    rows: dict[str, int]


def sizes_of(engine: Engine) -> Sizes:
    """Counted at one moment. Raises DatabaseUnavailable."""
    with reading(engine) as connection:
        rows = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in sorted(metadata.tables.values(), key=lambda one: one.name)
        }
        return Sizes(_place(engine), revision_of(connection), _size(connection), rows)


def _place(engine: Engine) -> str:
    """Never with a password."""
    url = engine.url
    return str(url.database) if engine.dialect.name == "sqlite" else f"{url.host or 'localhost'}/{url.database}"


def _size(connection: Connection) -> int:
    if connection.dialect.name != "sqlite":
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    path = Path(str(connection.engine.url.database))
    files = (path.with_name(path.name + end) for end in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
