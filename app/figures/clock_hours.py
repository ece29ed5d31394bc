"""Quarters of an hour since 1970 as a wall clock has them, summer time and half hours of odd zones too."""

from collections import Counter
from datetime import datetime, tzinfo

QUARTER = 900


def at_wall(quarter: int, zone: tzinfo | None) -> datetime:
    """What the clock showed; None is this PC's zone."""
    return datetime.fromtimestamp(quarter * QUARTER, zone)


def quarters(start: datetime, end: datetime) -> range:
    """All that lie in the time, the last one even if it is not over."""
    return range(int(start.timestamp()) // QUARTER, -(-int(end.timestamp()) // QUARTER))


def hours_there_were(start: datetime, end: datetime, zone: tzinfo | None) -> dict[tuple[int, int], float]:
    """By weekday (0: Monday) and hour: how often this hour came. One that summer time skips came less often."""
    counted: Counter[tuple[int, int]] = Counter()
    there = quarters(start, end)
    at = there.start
    while at < there.stop:
        wall = at_wall(at, zone)
        step = 4 if wall.minute == 0 and at + 4 <= there.stop else 1  # clocks are put forward and back at whole hours
        counted[wall.weekday(), wall.hour] += step
        at += step
    return {slot: n / 4 for slot, n in counted.items()}
