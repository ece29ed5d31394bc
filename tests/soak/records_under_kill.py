"""The records that imports are killed over, in a file and on a server, read by somebody who knows nothing of us.

Keys are told by their place among their table's: a server counts on after a merge that was rolled back.
"""

import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import psycopg

from db.engine import FILE_NAME, open_engine
from db.migrate import bring_up_to_date
from tests.fakes.cuttable_way import CuttableWay
from tests.postgres_server import PostgresServer

_KEYS = {
    "customer": {"id": "customer"},
    "phone_number": {"id": "phone_number"},
    "customer_phone": {"id": "customer_phone", "customer_id": "customer", "phone_number_id": "phone_number"},
    "customer_search": {"customer_id": "customer"},
    "import_batch": {"id": "import_batch"},
    "import_range": {"batch_id": "import_batch", "first_id": "", "last_id": ""},
    "import_row": {"batch_id": "import_batch", "record_id": "customer"},
}
"""Tables, and the columns that hold a key, each with the table whose key it is ("": that of the row's `table_name`)."""
_SLICE = re.compile("[\ue000-\uf8ff].*")  # which 16,384 customers one is of, by the key
_LONGEST_AFTERLIFE_S = 120.0


class RecordsUnderKill(Protocol):
    """`again` puts everything back to what it was before the import; `settle` waits until the dead one is gone."""

    url: str
    folder: Path

    def keep(self) -> None: ...
    def again(self) -> None: ...
    def settle(self) -> None: ...
    def state(self) -> str: ...
    def hang_up(self) -> None: ...
    def cut(self) -> None: ...
    def mend(self) -> None: ...


class RecordsInFile:
    """An embedded database in `folder`."""

    url = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._before, self.folder = folder / "before", folder / "killed"
        self.folder.mkdir(parents=True)
        _migrate(self.url, self.folder)

    def keep(self) -> None:
        shutil.copytree(self.folder, self._before)

    def again(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._before, self.folder)

    def settle(self) -> None:
        """A file's import is gone with its processes."""

    def state(self) -> str:
        with closing(sqlite3.connect(self.folder / FILE_NAME)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert not connection.execute("PRAGMA foreign_key_check").fetchall()
            return _digest(connection)

    def hang_up(self) -> None:
        raise AssertionError("a file has nobody who could hang up")

    cut = hang_up

    def mend(self) -> None:
        """Nothing of it can be broken but by us."""


class RecordsOnServer:
    """A database of its own, reached over TCP by a way that can be cut."""

    def __init__(self, server: PostgresServer, way: CuttableWay, folder: Path) -> None:
        self._server, self._way, self.folder = server, way, folder
        self.folder.mkdir(parents=True)
        self._before, self._name = "", server.database()
        _migrate(server.url(self._name), folder)

    @property
    def url(self) -> str:
        return self._server.tcp_url(self._name, self._way.port)

    def keep(self) -> None:
        self.settle()
        self._before = self._name
        self._name = self._server.database(self._before)

    def again(self) -> None:
        self._server.drop(self._name)
        self._name = self._server.database(self._before)
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        self._way.open()

    def settle(self) -> None:
        """A server may go on for a while with what the dead one had asked for."""
        give_up = time.monotonic() + _LONGEST_AFTERLIFE_S
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
        with psycopg.connect(self._server.url("postgres"), autocommit=True) as beside:
            while beside.execute(asked, (self._name,)).fetchone() != (0,):
                assert time.monotonic() < give_up, "the server still works for an import that is dead"
                time.sleep(0.02)

    def state(self) -> str:
        self.settle()
        with psycopg.connect(self._server.url(self._name), autocommit=True) as connection:
            left = connection.execute("SELECT relname FROM pg_class WHERE relpersistence = 't'").fetchall()
            assert not left, f"temporary tables that nobody owns: {left}"
            return _digest(connection)

    def hang_up(self) -> None:
        """The server ends the import's connection."""
        self._server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self._name}'")

    def cut(self) -> None:
        self._way.cut()

    def mend(self) -> None:
        self._way.open()


@contextmanager
def records_in(kind: str, server: PostgresServer | None, folder: Path) -> Iterator[RecordsUnderKill]:
    """Empty records of today's schema: `kind` is "sqlite" or "postgresql"."""
    if kind == "sqlite":
        yield RecordsInFile(folder)
        return
    assert server is not None
    with CuttableWay(server.port) as way:
        yield RecordsOnServer(server, way, folder / "desk")


def _migrate(url: str, folder: Path) -> None:
    engine = open_engine(url, folder)
    bring_up_to_date(engine)
    engine.dispose()


def _digest(connection: Any) -> str:
    """Every row of the tables that an import of customers writes, in the order of their keys."""
    places: dict[str, dict[int, int]] = {}
    seen = sha256()
    for table, keys in _KEYS.items():
        asked = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in asked.description]
        rows = asked.fetchall()
        if "id" in keys:
            numbers = sorted(row[names.index("id")] for row in rows)
            places[table] = {number: place for place, number in enumerate(numbers)}
        told = sorted(repr(_placed(dict(zip(names, row, strict=True)), keys, places)) for row in rows)
        seen.update(f"{table}: {told}".encode())
    return seen.hexdigest()


def _placed(row: dict[str, Any], keys: dict[str, str], places: dict[str, dict[int, int]]) -> dict[str, Any]:
    for column, table in keys.items():
        if row[column] is not None:
            row[column] = places[table or row["table_name"]][int(row[column])]
    if row.get("tokens"):
        row["tokens"] = _SLICE.sub("", row["tokens"])
    return row
