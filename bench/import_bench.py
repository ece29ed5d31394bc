"""A CP932 file from disk to records by the import's own processes, beside the bare writing of the same rows.

Meanwhile somebody saves small notes: straight into the records, and into the desk's outbox.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

from sqlalchemy import text

from app.clock import new_id
from app.importing.columns import Surroundings
from app.importing.files import ImportFile, open_file
from app.importing.job import ImportJob, RecordsAddress
from app.importing.mapping import checked, recognised
from app.importing.process import ImportRun
from app.importing.rules import Rules
from bench.big_databases import postgres_server
from bench.import_file import cp932_file
from bench.import_floor import postgres_floor, sqlite_floor
from bench.process_tree import Memory
from db.engine import open_engine, writing
from db.errors import DatabaseUnavailable
from db.importing.merge import Merged
from db.importing.staged import ImportPlan
from db.kinds import ImportKind
from db.migrate import bring_up_to_date
from db.outbox import OutboxFile

_NOTE_EVERY = 0.05
_DATABASE, _BARE = "import_bench", "import_bench_bare"


@dataclass(frozen=True, slots=True)
class Imported:
    """One import and its floor; times in seconds. `waited` is the longest that a small note took meanwhile."""

    rows: int
    took: float
    floor: float
    transaction: float
    waited_for_records: float
    waited_for_outbox: float
    peak_mb: float

    @property
    def ratio(self) -> float:
        """Our speed as a share of the floor's: the aim is 0.6."""
        return self.floor / self.took


def measure(rows: int) -> Iterator[tuple[str, Imported]]:
    """On SQLite, and on PostgreSQL where it is installed."""
    path = cp932_file(rows)
    with tempfile.TemporaryDirectory(prefix="omote-import-", dir=path.parent) as folder:
        yield "sqlite", _on_sqlite(path, rows, Path(folder))
        with postgres_server() as server:
            if server is not None:
                for name in (_DATABASE, _BARE):
                    server.drop(name)
                    server.run(f"CREATE DATABASE {name} TEMPLATE template0")
                yield "postgresql", _on_postgres(path, rows, Path(folder), server.url)
                for name in (_DATABASE, _BARE):
                    server.drop(name)


def _on_sqlite(path: Path, rows: int, folder: Path) -> Imported:
    ours = folder / "ours"
    ours.mkdir()
    one = _import(path, rows, RecordsAddress("sqlite", ours))
    floor = sqlite_floor(ours, folder / "bare")
    shutil.rmtree(folder / "bare")
    return one(floor)


def _on_postgres(path: Path, rows: int, folder: Path, url: Callable[[str], str]) -> Imported:
    one = _import(path, rows, RecordsAddress(url(_DATABASE), folder))
    engine = open_engine(url(_BARE), folder)
    bring_up_to_date(engine)
    engine.dispose()
    return one(postgres_floor(url(_DATABASE), url(_BARE)))


def _import(path: Path, rows: int, records: RecordsAddress) -> Callable[[float], Imported]:
    engine = open_engine(records.url, records.folder)
    bring_up_to_date(engine)
    ends: list[Any] = []
    with _notes(engine, records.folder) as waited:
        started = time.perf_counter()
        run = ImportRun(_job(path, records), lambda call, word: call(word), lambda _told: None, ends.append)
        memory = Memory(run.pid)
        run.wait()
        took = time.perf_counter() - started
        peak = memory.stop()
    engine.dispose()
    merged = ends[0]
    if not isinstance(merged, Merged) or merged.created != rows:
        raise RuntimeError(f"not everything was imported: {merged}")
    return lambda floor: Imported(rows, took, floor, merged.seconds, waited["records"], waited["outbox"], peak)


def _job(path: Path, records: RecordsAddress) -> ImportJob:
    source = open_file(path, ImportKind.CUSTOMERS)
    now = datetime.now(UTC)
    rules = Rules(checked(recognised(ImportKind.CUSTOMERS, source.headings)), Surroundings(now.date(), zone=UTC))
    return ImportJob(ImportFile(source, rules), ImportPlan(ImportKind.CUSTOMERS, path.name, "bench"), records, now)


@contextmanager
def _notes(engine: Any, folder: Path) -> Iterator[dict[str, float]]:
    """Small notes all the time, on two threads; the longest that each took, in seconds."""
    is_over, waited = Event(), {"records": 0.0, "outbox": 0.0}
    (folder / "drafts").mkdir(exist_ok=True)
    outbox = OutboxFile.open(folder / "drafts", datetime.now(UTC))

    def keep_on(name: str, write: Callable[[], object]) -> None:
        while not is_over.wait(_NOTE_EVERY):
            started = time.perf_counter()
            write()
            waited[name] = max(waited[name], time.perf_counter() - started)

    put = partial(outbox.put, new_id(), "a note of a few words", 1, datetime.now(UTC))
    jobs = {"records": partial(_note_into, engine), "outbox": put}
    threads = [Thread(target=keep_on, args=one, daemon=True) for one in jobs.items()]
    for thread in threads:
        thread.start()
    yield waited
    is_over.set()
    for thread in threads:
        thread.join()
    outbox.close()


def _note_into(engine: Any) -> None:
    """However long it takes: a time-out is only waited through."""
    is_written = False
    while not is_written:
        with suppress(DatabaseUnavailable), writing(engine) as connection:
            connection.execute(text(_NOTE), {"id": new_id().hex, "at": str(datetime.now(UTC))})
            is_written = True


_NOTE = "INSERT INTO note (id, kind, created_at) VALUES (:id, 'body', :at)"


def lines(name: str, one: Imported) -> Iterator[str]:
    """For people."""
    yield f"import of {one.rows:,} CP932 customers with their numbers, end to end, on {name}"
    yield f"  Omote               {one.took:8.1f} s {one.rows / one.took:10,.0f} rows/s"
    yield f"  the same rows, bare {one.floor:8.1f} s {one.rows / one.floor:10,.0f} rows/s"
    yield f"  share of the bare speed {one.ratio:.0%}; the aim is 60 %"
    yield f"  the one transaction took {one.transaction:.1f} s"
    yield f"  a note meanwhile took at most {one.waited_for_outbox:.3f} s into the desk's outbox"
    yield f"  and {one.waited_for_records:.1f} s straight into the records"
    yield f"  resident memory of all processes {one.peak_mb:,.0f} MB at most; the aim is 500"
