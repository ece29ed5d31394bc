"""The look-up of a ring beside bare sqlite3 fetching the same rows, in turn, so that both meet the same machine."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.customers import fullest_numbers
from bench.figures import Spread, spread
from bench.raw_bundle import fetch, open_raw
from db.customers import owners_of
from db.engine import open_engine, reading
from db.facts import CustomerFacts
from db.pop import customer_facts

_WARM = 3  # times through all numbers, not measured


@dataclass(frozen=True, slots=True)
class Beside:
    """Ours and the floor, under the same conditions."""

    bundle: Spread
    raw: Spread

    @property
    def ratio(self) -> float:
        """How many times the floor's median ours is."""
        return self.bundle.p50 / self.raw.p50


def measure(folder: Path, calls: int, pace: float) -> dict[str, Beside]:
    """`calls` look-ups in a tight loop; a few of them again at `pace` seconds, where caches are cold."""
    engine, raw = open_engine("sqlite", folder), open_raw(folder)
    numbers = fullest_numbers(folder)

    def ours(number: str) -> CustomerFacts:
        with reading(engine) as connection:
            facts = customer_facts(connection, owners_of(connection, int(number[1:]))[0].customer_id)
        assert facts is not None
        return facts

    def floor(number: str) -> dict[str, Any]:
        return fetch(raw, number)

    for number in numbers:
        _check_same(ours(number), floor(number))
    _in_turn(ours, floor, numbers, _WARM * len(numbers), 0)
    made = {
        "tight loop": _in_turn(ours, floor, numbers, calls, 0),
        "call pace": _in_turn(ours, floor, numbers, max(1, calls // 50), pace),
    }
    raw.close()
    engine.dispose()
    return made


def _in_turn(
    ours: Callable[[str], object], floor: Callable[[str], object], numbers: Sequence[str], calls: int, pace: float
) -> Beside:
    took: tuple[list[float], list[float]] = [], []
    for given in range(calls):
        number = numbers[given % len(numbers)]
        order = (0, 1) if given % 2 else (1, 0)  # neither always finds the rows warmed by the other
        for which in order:
            if pace:
                time.sleep(pace)
            started = time.perf_counter_ns()
            (ours, floor)[which](number)
            took[which].append((time.perf_counter_ns() - started) / 1e6)
    return Beside(spread(took[0]), spread(took[1]))


def _check_same(facts: CustomerFacts, rows: dict[str, Any]) -> None:
    """A floor that fetched less would be no floor."""
    lines = sum(max(1, len(one.items)) for one in facts.purchases)
    ours = lines, len(facts.complaints), len(facts.interactions), len(facts.handlers), len(facts.numbers)
    names = "purchases", "complaints", "interactions", "handlers", "numbers"
    theirs = tuple(len(rows[name]) for name in names)
    if ours != theirs or facts.customer.customer_id != rows["customer"][0][3]:
        raise RuntimeError(f"the two fetch different rows: {ours} and {theirs}")
