"""One connection that sees the records and what was staged beside them: attached files on SQLite, temporary tables on
PostgreSQL, where the server drops them with the connection. The statements of a merge are the same on both.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, text

from db.columns import UtcDateTime
from db.engine import driver_errors, writing
from db.importing.layout import SQLITE_TYPES, Layout
from db.importing.parts import StagingPlace, careless

Row = Sequence[Any]
_POSTGRES = {
    "key": "BIGINT", "integer": "INTEGER", "text": "TEXT", "time": "TIMESTAMPTZ", "date": "DATE", "uuid": "UUID",
}  # fmt: skip
_CACHE_KB = 128 * 1024  # the indexes that are filled at random places stay in it
_BATCH = 5_000
_MERGING = 0x6F6D6F7465  # "omote": what a merge holds on a server, so that others can wait for its end
_NOTICES_THE_DEAD = 140_000  # since PostgreSQL 14 a server can look whether who asked is still there


class Workbench:
    """Close it when the merge is over: nothing of it stays. Raises the driver's errors, as SQLAlchemy wraps them."""

    def __init__(self, engine: Engine, place: StagingPlace | None = None) -> None:
        self.connection: Connection = engine.connect()
        driver: Any = self.connection.connection.driver_connection
        self._driver = driver
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._place = place
        self._words = _WORDS[engine.dialect.name]
        if self.is_sqlite:
            self._attach(place.work_path if place else "", "work")
            self._parts = [f"part{number}" for number, _ in enumerate(place.parts())] if place else []
            for name, path in zip(self._parts, place.parts() if place else [], strict=True):
                self._attach(path, name)
            self._driver.execute(f"PRAGMA main.cache_size = -{_CACHE_KB}")
        elif driver.info.server_version >= _NOTICES_THE_DEAD:
            with suppress(*driver_errors()):  # a server on Windows can't
                driver.execute("SET client_connection_check_interval = '1s'")

    def close(self) -> None:
        """Drop what was found out: the connection's attached files and temporary tables are nobody else's business."""
        self.connection.invalidate()
        self.connection.close()

    def run(self, statement: str, **values: Any) -> int:
        """Run a statement whose {words} are spelled for this database; how many rows it wrote."""
        return int(self._execute(statement, values).rowcount)

    def ask(self, statement: str, **values: Any) -> list[Row]:
        """All rows of a short answer."""
        return [tuple(row) for row in self._execute(statement, values)]

    def one(self, statement: str, **values: Any) -> Any:
        """The first value of the answer."""
        return self._execute(statement, values).scalar()

    def made(self, batch: int, table: str) -> tuple[int, int]:
        """The first and the last key that an import made in a table; (0, -1) for none."""
        found = self.ask(_MADE, batch=batch, table=table)
        return (found[0][0], found[0][1]) if found else (0, -1)

    def count(self, table: str) -> int:
        """How many rows a table of the bench has."""
        return int(self.one(f"SELECT count(*) FROM {table}"))

    def stream(self, statement: str, **values: Any) -> Iterator[list[Row]]:
        """Rows of a long answer in batches, so that a million never lie in memory. Only while comparing."""
        if self.is_sqlite:
            for rows in self._execute(statement, values).partitions(_BATCH):
                yield [tuple(row) for row in rows]
            return
        self._execute(f"DECLARE batches NO SCROLL CURSOR FOR {statement}", values)
        while rows := self.ask(f"FETCH {_BATCH} FROM batches"):
            yield rows
        self._execute("CLOSE batches", {})

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows into a table of the bench."""
        if rows:
            mark = "?" if self.is_sqlite else "%s"
            places = ", ".join([mark] * len(rows[0]))
            self._driver.cursor().executemany(f"INSERT INTO {table} VALUES ({places})", rows)

    def make(self, layout: Layout) -> None:
        """An empty table of the bench; an older one of this name is dropped."""
        kinds = SQLITE_TYPES if self.is_sqlite else _POSTGRES
        words = [f"{name} {kinds[kind]}" for name, kind in map(str.split, layout.columns)]
        if layout.key:
            words[0] += " PRIMARY KEY"
        if layout.counted:
            words.append("at INTEGER PRIMARY KEY" if self.is_sqlite else "at BIGSERIAL PRIMARY KEY")
        self._driver.execute(f"DROP TABLE IF EXISTS {self._name(layout.name)}")
        temporary = "" if self.is_sqlite else "TEMP "
        self._driver.execute(f"CREATE {temporary}TABLE {self._name(layout.name)} ({', '.join(words)})")

    def index(self, table: str, columns: str) -> None:
        """Make `table` quick to search by `columns`; PostgreSQL also learns what is in it."""
        where = "work." if self.is_sqlite else ""
        name = f"{where}ix_{table}_{columns.split(',', maxsplit=1)[0]}"
        self._driver.execute(f"CREATE INDEX {name} ON {table} ({columns})")
        self.learn(table)

    def learn(self, table: str) -> None:
        """Let PostgreSQL count what is in a table before it plans."""
        if not self.is_sqlite:
            self._driver.execute(f"ANALYZE {table}")

    def gather(self, layout: Layout) -> None:
        """Bring what the workers staged into one table, in the order of the file."""
        self.make(layout)
        if self.is_sqlite:
            self._gather_here(layout)
        else:
            self._gather_there(layout)

    def tidy(self, tables: Sequence[str]) -> None:
        """After a big transaction: SQLite's log is worked into the file, PostgreSQL learns what is there now."""
        if self.is_sqlite:
            self._driver.execute("PRAGMA wal_checkpoint(PASSIVE)")
            return
        for table in tables:
            self._driver.execute(f"ANALYZE {table}")

    def sources(self, layout: Layout) -> list[str]:
        """The tables that hold what was staged: on SQLite each worker's own, which is much less to copy."""
        return [f"{part}.{layout.name}" for part in self._parts] if self.is_sqlite else [layout.name]

    @contextmanager
    def comparing(self) -> Iterator[None]:
        """Reads one moment of the records, and writes to the bench."""
        with self._transaction("BEGIN" if self.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ"):
            yield

    @contextmanager
    def merging(self, sizes: Mapping[str, int]) -> Iterator[dict[str, int]]:
        """The one transaction that changes the records; gives for each table the key after which new rows are counted.

        On SQLite nobody else can write meanwhile. On PostgreSQL the keys are taken before, which needs the table for
        an instant: who counts on at the same time gets others.
        """
        if self.is_sqlite:
            with self._transaction("BEGIN IMMEDIATE"):
                yield {table: self.one(f"SELECT coalesce(max(id), 0) FROM {table}") for table in sizes}
            return
        bases = {table: self._reserve(table, size) for table, size in sizes.items() if size}
        with self._transaction("BEGIN"):
            self._driver.execute(f"SELECT pg_advisory_xact_lock({_MERGING})")
            yield {table: bases.get(table, 0) for table in sizes}

    def _reserve(self, table: str, size: int) -> int:
        with self._transaction("BEGIN"):
            self._driver.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
            sequence = self.one("SELECT pg_get_serial_sequence(:name, 'id')", name=table)
            first = int(self.one("SELECT nextval(:name)", name=sequence))
            self.run("SELECT setval(:name, :last)", name=sequence, last=first + size - 1)
        return first - 1

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._driver.execute(begin)
        try:
            yield
        except BaseException:
            self._driver.execute("ROLLBACK")
            raise
        self._driver.execute("COMMIT")

    def _execute(self, statement: str, values: Mapping[str, Any]) -> Any:
        times = [bindparam(name, type_=UtcDateTime()) for name, one in values.items() if isinstance(one, datetime)]
        spelled = statement.format_map(self._words) if "{" in statement else statement
        return self.connection.execute(text(spelled).bindparams(*times), values)

    def _name(self, table: str) -> str:
        return f"work.{table}" if self.is_sqlite else table

    def _attach(self, path: Path | str, name: str) -> None:
        self._driver.execute(f"ATTACH ? AS {name}", (str(path),))
        careless(self._driver, name, "MEMORY")  # a merge that has to be made again is rolled back

    def _gather_here(self, layout: Layout) -> None:
        arms = " UNION ALL ".join(f"SELECT * FROM {one}" for one in self.sources(layout))
        if arms:
            self._driver.execute(f"INSERT INTO work.{layout.name} ({layout.names}) {arms} ORDER BY 1, 2")

    def _gather_there(self, layout: Layout) -> None:
        assert self._place is not None
        cursor = self._driver.cursor()
        with cursor.copy(f"COPY {layout.name} ({layout.names}) FROM STDIN") as copy:
            for row in self._place.staged(layout):
                copy.write_row(row)
        self.learn(layout.name)


def wait_for_merging(engine: Engine) -> None:
    """Until no merge is under way: a server may still be keeping what a dead import had told it to keep.

    Raises DatabaseUnavailable.
    """
    if engine.dialect.name != "sqlite":
        with writing(engine) as connection:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MERGING})"))


_MADE = "SELECT first_id, last_id FROM import_range WHERE batch_id = :batch AND table_name = :table"
_WORDS = {
    "sqlite": {
        "counted": "CAST(substr(", "counted_end": ", 3) AS INTEGER)",
        "key": "", "key_end": "", "new_key": "lower(hex(randomblob(16)))",
        "time": "", "time_end": "",
    },
    "postgresql": {
        "counted": "CAST(substring(", "counted_end": " from '^C-([0-9]{1,15})$') AS BIGINT)",
        "key": "CAST(", "key_end": " AS UUID)", "new_key": "gen_random_uuid()",
        "time": "CAST(", "time_end": " AS TIMESTAMPTZ)",
    },
}  # fmt: skip
"""Where the two differ. `counted`…`counted_end`: the number in a customer number like ours; `key`…`key_end`: text as
the key of a row that a desk made; `time`…`time_end`: text as a time."""
