"""Every report over all calls of a big database, beside the same SQL run bare on the driver, in turn."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any

from sqlalchemy import Engine, event

from app.figures.asked import Asked
from app.figures.report_desk import ReportKind
from app.figures.reports import REPORTS
from bench.big_calls import Log, fill_log
from bench.big_databases import postgres_database, postgres_server, sqlite_database
from bench.spelling import RUNG_AT
from db.engine import reading

AIM_SECONDS = 2.0
_ALL = timedelta(days=5 * 366)  # that is how long ago the first call was
Statement = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds, the median of the rounds; `n` is the report's, `bare` its statements alone."""

    n: int
    ours: float
    bare: float


def measure(log: Log, rounds: int) -> dict[str, dict[str, Figure]]:
    """By kind of database and report."""
    made = {}
    for kind, opened in (("SQLite", _on_sqlite), ("PostgreSQL", _on_postgres)):
        with opened(log) as engine:
            if engine is not None:
                made[kind] = {one.value: _figure(engine, one, rounds) for one in ReportKind}
    return made


def lines(figures: dict[str, dict[str, Figure]], calls: int) -> Iterator[str]:
    """A table for people."""
    yield f"reports over {calls:,} calls, s"
    for kind, reports in figures.items():
        yield f"{kind:24}{'n':>12}{'Omote':>9}{'bare SQL':>10}{'ratio':>8}"
        for name, one in reports.items():
            yield f"  {name:22}{one.n:12,}{one.ours:9.2f}{one.bare:10.2f}{one.ours / one.bare:8.2f}"
        slowest = max(reports.values(), key=lambda one: one.ours)
        yield f"  slowest {slowest.ours:.2f} s; the aim is {AIM_SECONDS:.0f} s"


def _figure(engine: Engine, kind: ReportKind, rounds: int) -> Figure:
    statements, n = _asked(engine, kind)
    ours, bare = [], []
    for _round in range(rounds):
        ours.append(_timed(lambda: _report(engine, kind)))
        bare.append(_timed(lambda: _bare(engine, statements)))
    return Figure(n, sorted(ours)[rounds // 2], sorted(bare)[rounds // 2])


def _asked(engine: Engine, kind: ReportKind) -> tuple[Sequence[Statement], int]:
    """What the report sends to the driver, and its n; it warms the caches for both."""
    heard: list[Statement] = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        heard.append((statement, values))

    event.listen(engine, "before_cursor_execute", hear)
    n = _report(engine, kind)
    event.remove(engine, "before_cursor_execute", hear)
    return heard, n


def _report(engine: Engine, kind: ReportKind) -> int:
    today = RUNG_AT.date()
    asked = Asked(today - _ALL, today, RUNG_AT, UTC)
    with reading(engine) as connection:
        return REPORTS[kind].report(connection, asked).n


def _bare(engine: Engine, statements: Sequence[Statement]) -> None:
    with reading(engine) as connection:
        driver: Any = connection.connection.driver_connection
        cursor = driver.cursor()
        for statement, values in statements:
            cursor.execute(statement, values).fetchall()


def _timed(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


@contextmanager
def _on_sqlite(log: Log) -> Iterator[Engine | None]:
    engine = sqlite_database(log, fill_log)
    yield engine
    engine.dispose()


@contextmanager
def _on_postgres(log: Log) -> Iterator[Engine | None]:
    """Nothing where there is no PostgreSQL."""
    with postgres_server() as server:
        if server is None:
            yield None
            return
        engine = postgres_database(server, log, fill_log)
        yield engine
        engine.dispose()
