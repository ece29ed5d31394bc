"""What a database says of itself, whoever asks: for the diagnosis, before anything is brought up to date."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, text

from db.engine import reading
from db.migrate import HEAD, revision_of


@dataclass(frozen=True, slots=True)
class Glimpse:
    """`program` as it calls itself; `revision` ("" if empty) beside this program's; `now` by a server's clock."""

    program: str
    revision: str
    wanted: str
    now: datetime | None


def glimpse_of(engine: Engine) -> Glimpse:
    """Changes nothing. Raises DatabaseUnavailable."""
    with reading(engine) as connection:
        revision = revision_of(connection)
        if engine.dialect.name == "sqlite":
            version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
            return Glimpse(f"SQLite {version}", revision, HEAD, None)
        version, now = connection.execute(text("SELECT current_setting('server_version'), clock_timestamp()")).one()
        return Glimpse(f"PostgreSQL {version}", revision, HEAD, now.astimezone(UTC))
