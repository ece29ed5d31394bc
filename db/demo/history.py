"""Weeks of calls before now, for the call log and the reports: what a small shop with four operators would have had.

None of the cast ever calls here: their cards stay as they are written.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from db.demo.book import Book
from db.demo.past_calls import Rung, Shift, take_down
from db.demo.sales import add_sales
from db.kinds import CustomerKind
from db.models import customer, customer_phone, phone_number

_BY_HOUR = {8: 1, 9: 7, 10: 10, 11: 8, 12: 5, 13: 8, 14: 7, 15: 6, 16: 6, 17: 4, 18: 1, 19: 1}
_BY_WEEKDAY = (1.25, 1.0, 0.95, 1.0, 1.1, 0.45, 0.05)
_A_DAY = 34  # calls, on an average weekday
_OPEN, _PEAKS, _SUNDAY = range(9, 18), (10, 13), 6
_QUIET_S, _BUSY_S = 9.0, 26.0  # until somebody takes a call
_KNOWN, _AGAIN, _WITHHELD = 0.52, 0.14, 0.06  # shares; the others are strangers
_OTHER_LINE, _LATELY, _STRANGERS = 0.15, 60, 5000
_KINDS = CustomerKind.COMPANY, CustomerKind.PERSON


@dataclass(frozen=True, slots=True)
class History:
    """So many days of calls, on these lines: what is dialled and its name, the busiest first."""

    days: int
    lines: Sequence[tuple[str, str]]


class Caller(NamedTuple):
    """The number as it is written at home, the same as a number, and whose it is."""

    number: str
    e164: int | None
    owners: tuple[int, ...] = ()


@dataclass(slots=True)
class Callers:
    """Who may ring, and who has rung of late."""

    known: list[Caller]
    lately: deque[Caller] = field(default_factory=lambda: deque(maxlen=_LATELY))

    @classmethod
    def of(cls, book: Book, cast: int) -> "Callers":
        """Everybody but the cast, whose keys are the first."""
        numbers = {row["id"]: row for row in book.rows[phone_number]}
        owners: dict[int, list[int]] = {}
        for row in book.rows[customer_phone]:
            owners.setdefault(row["phone_number_id"], []).append(row["customer_id"])
        theirs = {key: tuple(who) for key, who in owners.items() if min(who) > cast + 1}
        return cls([Caller(numbers[key]["raw"], numbers[key]["e164"], who) for key, who in theirs.items()])

    def next(self, chance: Random) -> Caller:
        """By chance."""
        drawn = chance.random()
        if drawn < _WITHHELD:
            return Caller("", None)
        if drawn < _WITHHELD + _AGAIN and self.lately:
            return chance.choice(self.lately)
        one = chance.choice(self.known) if drawn < _WITHHELD + _AGAIN + _KNOWN else _stranger(chance)
        self.lately.append(one)
        return one


def add_history(book: Book, cast: int, history: History) -> None:
    """Calls with all that came of them, and what was sold and complained of meanwhile."""
    others = [row for row in book.rows[customer] if row["id"] > cast]
    callers = Callers.of(book, cast)
    for day in range(history.days, -1, -1):
        _day(book, book.now - timedelta(days=day), callers, history)
    companies, people = ([row["id"] for row in others if row["kind"] is kind] for kind in _KINDS)
    add_sales(book, history.days, companies, people)


def _day(book: Book, day: datetime, callers: Callers, history: History) -> None:
    shift = Shift()
    for at in sorted(_arrivals(book, day)):
        caller = callers.next(book.chance)
        line = history.lines[-1 if book.chance.random() < _OTHER_LINE else 0]
        is_open = at.hour in _OPEN and at.weekday() < _SUNDAY
        take_down(book, Rung(at, *caller, line, _BUSY_S if at.hour in _PEAKS else _QUIET_S, is_open), shift)


def _arrivals(book: Book, day: datetime) -> Iterator[datetime]:
    """Moments of this day, none of them in the last quarter of an hour or later."""
    for hour, weight in _BY_HOUR.items():
        expected = _A_DAY * _BY_WEEKDAY[day.weekday()] * weight / sum(_BY_HOUR.values())
        after = book.chance.expovariate(expected)
        while after < 1:
            at = day.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(hours=after)
            if at < book.now - timedelta(minutes=15):
                yield at
            after += book.chance.expovariate(expected)


def _stranger(chance: Random) -> Caller:
    digits = 8070000000 + chance.randrange(_STRANGERS)
    number = f"0{digits}"
    return Caller(f"{number[:3]}-{number[3:7]}-{number[7:]}", 810000000000 + digits)
