"""The look-up of a ring beside bare drivers that fetch the same rows, in turn, so that all meet the same machine."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import Engine

from app.call import Ring
from app.look_up import look_up
from app.phone_number import parse_number
from app.pop import CustomerFacts, Pop
from bench import raw_bundle, raw_postgres
from bench.big_customers import fill
from bench.big_databases import postgres_database, postgres_server, sqlite_database
from bench.extent import Extent
from bench.figures import Spread, spread
from bench.spelling import RUNG_AT
from cti.events import Direction
from db.standing import StandingReader

FEW, MANY = "few contacts", "many contacts"
_WARM = 20  # look-ups of each that are not measured


@dataclass(frozen=True, slots=True)
class Beside:
    """Ours and the floor, under the same conditions."""

    bundle: Spread
    raw: Spread

    @property
    def ratio(self) -> float:
        """How many times the floor's median ours is."""
        return self.bundle.p50 / self.raw.p50


@dataclass(frozen=True, slots=True)
class Course:
    """Two ways from a number to its card, and whom to ring for."""

    ours: Callable[[str], object]
    floor: Callable[[str], object]
    numbers: Sequence[str]


Figures = dict[str, dict[str, Beside]]
"""By pace and course; a course is a number of customers, FEW or MANY."""


def measure(extents: Sequence[Extent], calls: int, pace: float) -> dict[str, Figures]:
    """By kind of database; `calls` look-ups in a tight loop, some of them again at `pace` seconds with cold caches."""
    made = {}
    for kind, opened in (("SQLite", _on_sqlite), ("PostgreSQL", _on_postgres)):
        with opened(extents) as courses:
            if courses:
                made[kind] = _measured(courses, calls, pace)
    return made


def _measured(courses: dict[str, Course], calls: int, pace: float) -> Figures:
    _in_turn(courses, _WARM, 0)
    gc.collect()
    gc.freeze()  # as the program does before it listens
    made = {
        "tight loop": _in_turn(courses, calls, 0),
        "call pace": _in_turn(courses, max(1, calls // 30), pace),
    }
    gc.unfreeze()
    return made


def _in_turn(courses: dict[str, Course], calls: int, pace: float) -> dict[str, Beside]:
    """Neither way always finds the rows warmed by the other."""
    took: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in courses}
    for given in range(calls):
        for name, course in courses.items():
            number = course.numbers[given % len(course.numbers)]
            for which in (0, 1) if given % 2 else (1, 0):
                if pace:
                    time.sleep(pace)
                started = time.perf_counter_ns()
                (course.ours, course.floor)[which](number)
                took[name][which].append((time.perf_counter_ns() - started) / 1e6)
    return {name: Beside(spread(ours), spread(floor)) for name, (ours, floor) in took.items()}


@contextmanager
def _on_sqlite(extents: Sequence[Extent]) -> Iterator[dict[str, Course]]:
    with ExitStack() as stack:

        def opened(extent: Extent) -> tuple[Engine, Callable[[str], Any]]:
            engine = sqlite_database(extent, fill)
            stack.callback(engine.dispose)
            raw = raw_bundle.open_raw(str(engine.url.database))
            stack.callback(raw.close)
            return engine, lambda number: raw_bundle.fetch(raw, number)

        yield _courses(extents, opened, raw_bundle.lengths)


@contextmanager
def _on_postgres(extents: Sequence[Extent]) -> Iterator[dict[str, Course]]:
    """Nothing where there is no PostgreSQL."""
    with postgres_server() as server, ExitStack() as stack:

        def opened(extent: Extent) -> tuple[Engine, Callable[[str], Any]]:
            assert server is not None
            engine = postgres_database(server, extent, fill)
            stack.callback(engine.dispose)
            raw = raw_postgres.open_raw(engine.url.set(drivername="postgresql").render_as_string())
            stack.callback(raw.close)
            return engine, lambda number: raw_postgres.fetch(raw, number)

        yield _courses(extents, opened, raw_postgres.lengths) if server else {}


def _courses(
    extents: Sequence[Extent],
    opened: Callable[[Extent], tuple[Engine, Callable[[str], Any]]],
    lengths: Callable[[Any], dict[str, int]],
) -> dict[str, Course]:
    made = {}
    for extent in extents:
        engine, floor = opened(extent)
        numbers = [extent.number_to_ring(place) for place in range(1, extent.rung + 1)]
        Random(1).shuffle(numbers)
        made[f"{extent.customers:,} customers"] = _course(engine, floor, numbers, lengths)
        last = {FEW: extent.rung + 1, MANY: extent.rung + 2}
    for name, place in last.items():
        made[name] = _course(engine, floor, [extent.number_to_ring(place)], lengths)
    return made


def _course(
    engine: Engine, floor: Callable[[str], Any], numbers: Sequence[str], lengths: Callable[[Any], dict[str, int]]
) -> Course:
    def ours(number: str) -> Pop:
        return reader.read(lambda connection: look_up(connection, rings[number]))

    reader = StandingReader(engine)
    rings = {number: _ring(number) for number in numbers}
    facts = ours(numbers[0]).facts
    if facts is None or _lengths(facts) != lengths(floor(numbers[0])):  # a floor that fetched less would be no floor
        raise RuntimeError(f"the two fetch different rows: {facts} and {floor(numbers[0])}")
    return Course(ours, floor, numbers)


def _ring(number: str) -> Ring:
    return Ring("bench", "bench", parse_number(number), "", None, "", "", "", Direction.IN, RUNG_AT)


def _lengths(facts: CustomerFacts) -> dict[str, int]:
    return {
        "numbers": len(facts.numbers),
        "purchases": len(facts.purchases),
        "items": sum(len(one.items) for one in facts.purchases),
        "complaints": len(facts.complaints),
        "interactions": len(facts.interactions),
        "handlers": len(facts.handlers),
        "cautions": len(facts.cautions),
        "refusals": len(facts.refusals),
    }
