"""The call log at a million calls and notes: the first page of filters, and searches, beside the same SQL run bare.

The floor runs the text of every statement that a page asked, with its values, on the driver alone.
"""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event

from app.calllog.asked import Asked, LogFilter, Order, Sorted, Where, read_page
from bench.big_calls import Log, fill_log
from bench.big_databases import postgres_database, postgres_server, sqlite_database
from bench.figures import quantile
from db.call_log.filters import moment
from db.engine import reading
from db.kinds import Direction, Outcome, Withheld

_OLD = moment(1_640_000_000_000), moment(1_642_600_000_000)
FIRST_PAGES: dict[str, Asked] = {
    name: Asked(wanted)
    for name, wanted in {
        "no filter": LogFilter(),
        "a month years ago": LogFilter(*_OLD),
        "a line that most have": LogFilter(lines=("本店",)),
        "a line that few have": LogFilter(lines=("test",)),
        "a queue": LogFilter(queues=("sales",)),
        "an operator": LogFilter(operators=(2,)),
        "an operator who left": LogFilter(operators=(1,)),
        "two operators": LogFilter(operators=(2, 3)),
        "missed": LogFilter(outcomes=(Outcome.MISSED,)),
        "a disposition": LogFilter(dispositions=(3,)),
        "a disposition that few have": LogFilter(dispositions=(21,)),
        "a customer": LogFilter(customer_id=4243),
        "withheld": LogFilter(withheld=tuple(Withheld)),
        "a reason that few give": LogFilter(withheld=(Withheld.SERVICE_CONFLICT,)),
        "talked 15 minutes": LogFilter(talk_from=900),
        "talked 10 to 11 seconds": LogFilter(talk_from=10, talk_to=11),
        "withheld, a line, long": LogFilter(withheld=(Withheld.ANONYMOUS,), lines=("本店",), talk_from=800),
        "a month, an operator, a line": LogFilter(*_OLD, operators=(2,), lines=("採用",)),
        "a month, none": LogFilter(*_OLD, outcomes=(Outcome.MISSED,), operators=(2,)),
        "none: missed, by whom": LogFilter(outcomes=(Outcome.MISSED,), operators=(2,)),
        "none: a length": LogFilter(talk_from=1000),
        "none: internal": LogFilter(directions=(Direction.INTERNAL,)),
    }.items()
}
NOTES = {
    f"{what}: {text}": Asked(wanted, text=text, where=Where.NOTES)
    for what, text, wanted in (
        ("every eighth note", "配送", LogFilter()),
        ("every note", "伝票", LogFilter()),
        ("few notes", "金木犀の香り", LogFilter()),
        ("two words", "再配達 午前中", LogFilter()),
        ("two words that never meet", "羽毛布団 carrier", LogFilter()),
        ("a number", "1000031", LogFilter()),
        ("nobody's word", "鰻谷", LogFilter()),
        ("every eighth, missed", "配送", LogFilter(outcomes=(Outcome.MISSED,))),
        ("every eighth, a line", "配送", LogFilter(lines=("採用",))),
        ("every eighth, who left", "配送", LogFilter(operators=(1,))),
    )
}
PEOPLE = {
    f"{what}: {text}": Asked(text=text)
    for what, text in (
        ("surname", "佐藤"), ("reading", "さとう まこと"), ("rare surname", "鯖江"), ("one kana", "あ"),
        ("every fifth", "東"), ("end of a number", "3120001"), ("inside numbers", "345"),
        ("nobody's number", "1234567"), ("customer number", "C-100000042"),
    )
}  # fmt: skip
ORDERS = {
    "longest talk": Asked(order=Sorted(Order.TALK)),
    "longest wait, an operator": Asked(LogFilter(operators=(2,)), Sorted(Order.WAIT)),
    "longest talk, few": Asked(LogFilter(lines=("test",)), Sorted(Order.TALK)),
}
KINDS = {"first page": FIRST_PAGES, "note text": NOTES, "names and numbers": PEOPLE, "by length": ORDERS}
_WARM = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds; the floor's in the same run."""

    found: int
    p50: float
    p95: float
    worst: float
    floor_p50: float
    floor_p95: float


Figures = dict[str, dict[str, Figure]]


def measure(log: Log, rounds: int) -> dict[str, Figures]:
    """By kind of database, kind of question and question; each so many times, in turn with its floor."""
    made: dict[str, Figures] = {}
    for kind, opened in (("SQLite", _on_sqlite), ("PostgreSQL", _on_postgres)):
        with opened(log) as engine:
            if engine is not None:
                gc.collect()
                made[kind] = {
                    told: {name: _figure(engine, asked, rounds) for name, asked in each.items()}
                    for told, each in KINDS.items()
                }
    return made


def _figure(engine: Engine, asked: Asked, rounds: int) -> Figure:
    statements = _asked_by(engine, asked)
    ours: list[float] = []
    floor: list[float] = []
    for given in range(rounds + _WARM):
        for times, job in ((ours, lambda: _page(engine, asked)), (floor, lambda: _bare(engine, statements))):
            started = time.perf_counter_ns()
            job()
            if given >= _WARM:
                times.append((time.perf_counter_ns() - started) / 1e6)
    ours.sort()
    floor.sort()
    return Figure(
        _page(engine, asked), quantile(ours, 0.5), quantile(ours, 0.95), ours[-1], quantile(floor, 0.5),
        quantile(floor, 0.95),
    )  # fmt: skip


def _page(engine: Engine, asked: Asked) -> int:
    with reading(engine) as connection:
        return len(read_page(connection, asked, None).lines)


def _asked_by(engine: Engine, asked: Asked) -> list[tuple[str, Any]]:
    """What one page asks the driver."""
    seen: list[tuple[str, Any]] = []

    def hear(_connection: Connection, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        seen.append((statement, values))

    event.listen(engine, "before_cursor_execute", hear)
    _page(engine, asked)
    event.remove(engine, "before_cursor_execute", hear)
    return seen


def _bare(engine: Engine, statements: list[tuple[str, Any]]) -> None:
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        for statement, values in statements:
            driver.execute(statement, values).fetchall()
        driver.rollback()


@contextmanager
def _on_sqlite(log: Log) -> Iterator[Engine]:
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


def lines(figures: dict[str, Figures], calls: int) -> Iterator[str]:
    """Every question beside its floor, and the slowest of each kind against the aim."""
    yield f"the call log, {calls:,} calls, each with a note; ms"
    for database, kinds in figures.items():
        for kind, each in kinds.items():
            yield ""
            told = f"{database}, {kind}"
            yield f"{told:46}{'found':>7}{'p50':>9}{'p95':>9}{'worst':>9}{'bare p50':>10}{'bare p95':>10}"
            for name, one in each.items():
                row = f"{one.p50:9.2f}{one.p95:9.2f}{one.worst:9.2f}{one.floor_p50:10.2f}{one.floor_p95:10.2f}"
                yield f"  {name:44}{one.found:7}{row}"
            slowest = max(each.values(), key=lambda one: one.p95)
            yield f"  highest p95 {slowest.p95:.2f} ms; the aim is 100 ms"
    if "PostgreSQL" not in figures:
        yield "PostgreSQL was left out: there is none here (apt-get install postgresql)"
