"""Whether what the records need is in this program: both drivers, both dialects, the migrations. Opens no records."""

import sqlite3
from pathlib import Path

from sqlalchemy import create_engine, make_url

from db.engine import open_engine
from db.health import look_at
from db.migrate import HEAD, bring_up_to_date
from db.models import metadata


def drivers() -> str:
    """Which ones answer, with the libraries inside them; ImportError or sqlite3.Error if one does not."""
    import psycopg  # noqa: PLC0415 -- 60 ms that a desk with a file need not pay

    memory = sqlite3.connect(":memory:")
    memory.execute("CREATE VIRTUAL TABLE words USING fts5(tokens, tokenize='ascii')")
    memory.close()
    major, minor = divmod(psycopg.pq.version(), 10_000)
    inside = f"{psycopg.pq.__impl__}, libpq {major}.{minor}"
    return f"SQLite {sqlite3.sqlite_version}; psycopg {psycopg.__version__} ({inside})"


def dialects() -> str:
    """Each writes a statement for a real table; none connects."""
    table = metadata.sorted_tables[0]
    engines = [create_engine(make_url(address)) for address in ("sqlite://", "postgresql+psycopg://localhost/none")]
    for engine in engines:
        str(table.select().compile(engine))
    return ", ".join(f"{engine.dialect.name}+{engine.dialect.driver}" for engine in engines)


def migrations(folder: Path) -> str:
    """All of them, on an empty file in `folder`; RuntimeError if what comes out is not what the program knows."""
    engine = open_engine("sqlite", folder)
    try:
        bring_up_to_date(engine)
        wrong = [f"{found.look}: {fact}" for found in look_at(engine) for fact in found.wrong or ()]
    finally:
        engine.dispose()
    if wrong:
        raise RuntimeError("; ".join(wrong))
    return f"0001–{HEAD}"
