"""Kaplan and Meier's estimate (1958): how long things take when some are not done yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Step(NamedTuple):
    """From `at` on, `left` of all are still open."""

    at: float
    left: float


def still_open(ends: Iterable[tuple[float, bool]]) -> Sequence[Step]:
    """From pairs of a while and whether it ended then: else it only lasted at least so long."""
    all_ends = list(ends)
    seen = Counter([lasted for lasted, _is_done in all_ends])
    done = Counter([lasted for lasted, is_done in all_ends if is_done])
    at_risk, left, steps = sum(seen.values()), 1.0, [Step(0.0, 1.0)]
    for lasted in sorted(seen):
        if done[lasted]:
            left *= 1 - done[lasted] / at_risk
            steps.append(Step(lasted, left))
        at_risk -= seen[lasted]
    return steps


def time_until(steps: Sequence[Step], share_done: float) -> float | None:
    """When so many were done; None if that was not reached."""
    return next((step.at for step in steps if step.left <= 1 - share_done + 1e-12), None)
