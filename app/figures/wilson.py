"""Wilson's interval for a share (E. B. Wilson 1927): true for few and for rare cases too, never outside 0 to 1."""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.95


class Interval(NamedTuple):
    low: float
    high: float


def wilson(hits: int, n: int, confidence: float = CONFIDENCE) -> Interval | None:
    """None where it says nothing: of nothing, or of more hits than chances."""
    if not 0 <= hits <= n or not n:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p, z2 = hits / n, z * z / n
    centre, half = p + z2 / 2, z * sqrt(p * (1 - p) / n + z2 / n / 4)
    return Interval(max(0.0, (centre - half) / (1 + z2)), min(1.0, (centre + half) / (1 + z2)))
