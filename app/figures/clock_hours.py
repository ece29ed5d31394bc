"""Quarters of an hour since 1970 as a wall clock has them, summer time and half hours of odd zones too."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, tzinfo

QUARTER = 900


def at_wall(quarter: int, zone: tzinfo | None) -> datetime:
    """What the clock showed; None is this PC's zone."""
    return datetime.fromtimestamp(quarter * QUARTER, zone)


def quarters(start: datetime, end: datetime) -> Iterable[int]:
    """All that lie in the time, the last one even if it is not over."""
    return range(int(start.timestamp()) // QUARTER, -(-int(end.timestamp()) // QUARTER))


def hours_there_were(start: datetime, end: datetime, zone: tzinfo | None) -> dict[tuple[int, int], float]:
    """By weekday (0: Monday) and hour: how often this hour came. One that summer time skips came less often."""
    counted: Counter[tuple[int, int]] = Counter()
    for quarter in quarters(start, end):
        wall = at_wall(quarter, zone)
        counted[wall.weekday(), wall.hour] += 1
    return {slot: n / 4 for slot, n in counted.items()}
