"""How long each missed caller has waited for a call back, and how long they waited who got one.

Pure: the list of missed callers in, figures out. A wait begins with the first missed call of an entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from app.missed_callers import MissedCaller, MissedList, SettledHow

_HOUR = timedelta(hours=1)


class Band(StrEnum):
    """How long somebody has waited, in the order of the clock."""

    HOUR = "hour"  # less than one
    TODAY = "today"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """`waits`: per band, how many still wait. `median` is over those called back, n of them; None where n is 0."""

    waits: dict[Band, int]
    n: int
    median: timedelta | None
    got_through: int
    marked: int


def band_of(one: MissedCaller, now: datetime) -> Band:
    """By this PC's calendar."""
    if now - one.first < _HOUR:
        return Band.HOUR
    is_today = one.first.astimezone().date() == now.astimezone().date()
    return Band.TODAY if is_today else Band.OLDER


def oldest_first(callers: Sequence[MissedCaller]) -> tuple[MissedCaller, ...]:
    """Who has waited longest stands first."""
    return tuple(sorted(callers, key=lambda one: (one.first, one.key)))


def figures_of(listed: MissedList, now: datetime) -> WaitFigures:
    """Of all in the list whom one can call back."""
    waits = dict.fromkeys(Band, 0)
    for one in listed.to_call:
        waits[band_of(one, now)] += 1
    backs: list[float] = []
    others = dict.fromkeys(SettledHow, 0)
    for one in listed.settled:
        if one.settled is not None and one.number:
            others[one.settled.how] += 1
            if one.settled.how is SettledHow.CALLED_BACK:
                backs.append((one.settled.at - one.first).total_seconds())
    middle = timedelta(seconds=median(backs)) if backs else None
    return WaitFigures(waits, len(backs), middle, others[SettledHow.ANSWERED], others[SettledHow.DONE])
