"""Mean, median and P90 of what was counted by tenths of a second.

A quantile is the smallest value that at least this share of all do not exceed; no value is made up between two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds; None where there is nothing."""

    n: int
    mean: float | None
    median: float | None
    p90: float | None


def spread(tally: Iterable[tuple[int, int]], total_ms: int) -> Spread:
    """`tally`: pairs of tenths of a second and how often; the mean is of `total_ms`, so not rounded."""
    ordered = sorted(tally)
    n = sum(times for _tenths, times in ordered)
    if not n:
        return Spread(0, None, None, None)
    return Spread(n, total_ms / n / 1000, _quantile(ordered, ceil(n / 2)), _quantile(ordered, ceil(n * 9 / 10)))


def _quantile(ordered: Iterable[tuple[int, int]], place: int) -> float:
    """The value of the one at this place, the smallest at 1."""
    passed = 0
    for tenths, times in ordered:
        passed += times
        if passed >= place:
            return tenths / TENTHS
    raise ValueError(place)
