"""The figures of the look-up as a table for people, and for machines."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bench.beside import NO_SERVER
from bench.db_run import FEW, MANY, Beside, Figures
from bench.table import HEAD, line

_FLOORS = {
    "SQLite": "bare sqlite3: the same rows",
    "PostgreSQL": "bare psycopg: one prepared lateral query",
}


def lines(figures: dict[str, Figures]) -> Iterator[str]:
    """Ours beside the floor, course by course, and how much it grows."""
    yield "number → all that the card shows, ms"
    for kind, paces in figures.items():
        for pace, courses in paces.items():
            yield from ("", f"{kind}, {pace}", HEAD)
            for name, beside in courses.items():
                yield f"  {name}, {beside.bundle.count + 1:,} look-ups"
                yield line("    Omote: who rings, and the card", beside.bundle)
                yield line(f"    {_FLOORS[kind]}", beside.raw)
                yield f"    ratio of the medians {beside.ratio:.2f}"
            yield from (f"  {told} {times:.2f} ×" for told, times in _growth(courses).items())
    if "PostgreSQL" not in figures:
        yield NO_SERVER


def told(figures: dict[str, Figures]) -> dict[str, Any]:
    """All of it; times in milliseconds."""
    return {
        kind: {
            pace: {
                "courses": {name: {**asdict(one), "ratio": one.ratio} for name, one in courses.items()},
                "growth": _growth(courses),
            }
            for pace, courses in paces.items()
        }
        for kind, paces in figures.items()
    }


def _growth(courses: dict[str, Beside]) -> dict[str, float]:
    """How many times our median becomes."""
    sizes = [name for name in courses if name not in (FEW, MANY)]
    pairs = [(sizes[0], one) for one in sizes[1:]] + [(FEW, MANY)]
    return {f"{one} → {other}": courses[other].bundle.p50 / courses[one].bundle.p50 for one, other in pairs}
