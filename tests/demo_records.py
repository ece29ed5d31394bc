"""The demo's records as a database file, made once for many tests, each of which copies it."""

from datetime import datetime
from pathlib import Path

from db.demo import History, fill_demo
from db.engine import FILE_NAME, open_engine, writing
from db.migrate import bring_up_to_date


def make_demo_records(folder: Path, now: datetime, history: History | None = None) -> Path:
    """The file, migrated and filled as of `now`, with nothing left open."""
    engine = open_engine("sqlite", folder)
    bring_up_to_date(engine)
    with writing(engine) as connection:
        fill_demo(connection, now, history)
    engine.dispose()
    return folder / FILE_NAME
