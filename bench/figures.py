"""Spreads of times: quantiles by nearest rank, so that every figure was really measured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

FRAME_MS = 16.7  # one frame of a 60 Hz screen


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds; `first` is the first value, which the quantiles leave out where there are others."""

    p50: float
    p90: float
    p99: float
    first: float
    within_frame: float  # share, 0 to 1
    count: int


def spread(values_ms: Sequence[float]) -> Spread:
    """ValueError when there is nothing to spread."""
    if not values_ms:
        raise ValueError("nothing was measured")
    steady = sorted(values_ms[1:] or values_ms)
    within = sum(value <= FRAME_MS for value in steady) / len(steady)
    p50, p90, p99 = (quantile(steady, part) for part in (0.5, 0.9, 0.99))
    return Spread(p50, p90, p99, values_ms[0], within, len(steady))


def quantile(ascending: Sequence[float], part: float) -> float:
    """The smallest value that at least `part` of all do not exceed."""
    return ascending[max(0, math.ceil(part * len(ascending)) - 1)]
