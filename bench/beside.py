"""Questions to the records beside the same SQL run bare, in turn, on each kind of database.

The floor runs the text of every statement that a question sent, with its values, on the driver alone.
"""

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event

from bench.big_databases import Fill, T, postgres_database, postgres_server, sqlite_database
from bench.figures import quantile
from db.engine import reading

NO_SERVER = "PostgreSQL was left out: there is none here (apt-get install postgresql)"
_WARM = 1

Question = Callable[[Connection], int]
"""Asks the records, and says how much it found."""

Statement = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions that have the same aim, in milliseconds, and are asked so many times."""

    questions: Mapping[str, Question]
    aim: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds; the floor's in the same run."""

    found: int
    p50: float
    p95: float
    worst: float
    floor_p50: float
    floor_p95: float


Figures = dict[str, dict[str, dict[str, Figure]]]
"""By kind of database, theme and question."""


def on_both(extent: T, fill: Fill[T]) -> Iterator[tuple[str, Engine]]:
    """The big database of each kind, as long as it is looked at; no PostgreSQL where there is none."""
    with _closed_at_last(sqlite_database(extent, fill)) as engine:
        yield "SQLite", engine
    with postgres_server() as server:
        if server is not None:
            with _closed_at_last(postgres_database(server, extent, fill)) as engine:
                yield "PostgreSQL", engine


def measure(themes: Mapping[str, Theme], extent: T, fill: Fill[T]) -> Figures:
    """Every question so many times, in turn with its floor."""
    made: Figures = {}
    for kind, engine in on_both(extent, fill):
        gc.collect()
        gc.freeze()  # as the program does before it listens
        made[kind] = {
            name: {told: figure(engine, one, theme.rounds) for told, one in theme.questions.items()}
            for name, theme in themes.items()
        }
        gc.unfreeze()
    return made


def figure(engine: Engine, question: Question, rounds: int) -> Figure:
    """One question's."""
    found, statements = _asked_by(engine, question)
    ours, floor = [], []
    for given in range(rounds + _WARM):
        took = timed(lambda: _answer(engine, question)), timed(lambda: _bare(engine, statements))
        if given >= _WARM:
            ours.append(took[0])
            floor.append(took[1])
    ours.sort()
    floor.sort()
    spread = quantile(ours, 0.5), quantile(ours, 0.95), ours[-1]
    return Figure(found, *spread, quantile(floor, 0.5), quantile(floor, 0.95))


def timed(job: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter_ns()
    job()
    return (time.perf_counter_ns() - started) / 1e6


def lines(themes: Mapping[str, Theme], figures: Figures) -> Iterator[str]:
    """Every question beside its floor, and the slowest of each theme against the aim."""
    for database, each in figures.items():
        for name, answers in each.items():
            aim = themes[name].aim
            yield ""
            told = f"{database}, {name}"
            yield f"{told:46}{'found':>9}{'p50':>9}{'p95':>9}{'worst':>9}{'bare p50':>10}{'bare p95':>10}"
            for question, one in answers.items():
                row = f"{one.p50:9.1f}{one.p95:9.1f}{one.worst:9.1f}{one.floor_p50:10.1f}{one.floor_p95:10.1f}"
                yield f"  {question:44}{one.found:9,}{row}{'' if one.p95 <= aim else '  missed'}"
            slowest = max(answers.values(), key=lambda one: one.p95).p95
            yield f"  highest p95 {slowest:.1f} ms; the aim, {aim:,} ms, is {'met' if slowest <= aim else 'missed'}"
    if "PostgreSQL" not in figures:
        yield NO_SERVER


def _answer(engine: Engine, question: Question) -> int:
    with reading(engine) as connection:
        return question(connection)


def _asked_by(engine: Engine, question: Question) -> tuple[int, Sequence[Statement]]:
    """What it finds, and what it sends to the driver on the way."""
    heard: list[Statement] = []

    def hear(_connection: Connection, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        heard.append((statement, values))

    event.listen(engine, "before_cursor_execute", hear)
    found = _answer(engine, question)
    event.remove(engine, "before_cursor_execute", hear)
    return found, heard


def _bare(engine: Engine, statements: Sequence[Statement]) -> None:
    with reading(engine) as connection:
        driver: Any = connection.connection.driver_connection
        for statement, values in statements:
            driver.execute(statement, values).fetchall()


@contextmanager
def _closed_at_last(engine: Engine) -> Iterator[Engine]:
    yield engine
    engine.dispose()
