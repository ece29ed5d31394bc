"""The import's floor: the same clean rows written bare into the same migrated tables and indexes, one transaction."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import psycopg

from db.engine import FILE_NAME, open_engine
from db.migrate import bring_up_to_date
from db.search_tokens import SearchRow, tokens_of

_TABLES = ("customer", "phone_number", "customer_phone", "customer_search")
_AT_ONCE = 10_000
_CACHE_KB = 128 * 1024  # as the import has it
_BLOCK = 1 << 18


def sqlite_floor(imported: Path, folder: Path) -> float:
    """Seconds that `executemany` takes for the rows of `imported` in a new database; fetching them is not counted."""
    folder.mkdir()
    engine = open_engine("sqlite", folder)
    bring_up_to_date(engine)
    engine.dispose()
    source = sqlite3.connect(imported / FILE_NAME)
    target = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    for setting in ("foreign_keys = ON", "synchronous = NORMAL", f"cache_size = -{_CACHE_KB}"):
        target.execute(f"PRAGMA {setting}")
    took = _timed(lambda: target.execute("BEGIN IMMEDIATE"))
    for table in _TABLES:
        for rows in _batches(source, table):
            places = ", ".join("?" * len(rows[0]))
            took += _timed(lambda: target.executemany(f"INSERT INTO {table} VALUES ({places})", rows))  # noqa: B023
    for rows in _batches(source, "customer_search"):
        tokens = [(row[0], tokens_of(SearchRow(*row[:4]))) for row in rows]
        took += _timed(lambda: target.executemany("INSERT INTO customer_fts (rowid, tokens) VALUES (?, ?)", tokens))  # noqa: B023
    took += _timed(lambda: target.execute("COMMIT"))
    source.close()
    target.close()
    return took


def postgres_floor(imported: str, target: str) -> float:
    """Seconds that COPY takes for the rows of one database in another, from bytes that only have to be sent."""
    took = 0.0
    with psycopg.connect(imported) as source, psycopg.connect(target) as connection:
        for table in _TABLES:
            with TemporaryFile() as file, source.cursor() as reader, connection.cursor() as writer:
                with reader.copy(f"COPY {table} TO STDOUT".encode()) as copy:
                    for block in copy:
                        file.write(block)
                file.seek(0)
                started = time.perf_counter()
                with writer.copy(f"COPY {table} FROM STDIN".encode()) as copy:
                    while block := file.read(_BLOCK):
                        copy.write(block)
                took += time.perf_counter() - started
        return took + _timed(connection.commit)


def _batches(source: sqlite3.Connection, table: str) -> Iterator[list[tuple[Any, ...]]]:
    found = source.execute(f"SELECT * FROM {table} ORDER BY rowid")
    while rows := found.fetchmany(_AT_ONCE):
        yield rows


def _timed(job: Any) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started
