"""The live board's way to the records, in both directions. Nothing here waits.

What it tells of today is counted as the report of answered calls counts it, by the same rules.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.audit.signature import this_desk
from app.clock import Clock
from app.db_worker import Post, Worker
from app.figures.answering import service_level
from app.figures.asked import Asked
from app.figures.rules import Rules
from app.live.presence import Presence
from app.live.queues import Waiting, who_waits
from app.missed_callers import fold
from db.engine import reading, writing
from db.errors import DatabaseUnavailable
from db.kinds import Doing
from db.live.presence import Present, Sign, leave, present, sign
from db.live.waiting import ringing
from db.missed import missed_since
from db.reports.answering import Bounds, QuarterAnswers, answers_by_quarter

__all__ = ["Doing", "LiveDesk", "LiveNow", "Present", "Sign", "Today", "Waiting", "is_silent"]

SILENT_AFTER = timedelta(minutes=1)
Failed = Callable[[Exception], object]


@dataclass(frozen=True, slots=True)
class Today:
    """The incoming calls since midnight that were answered or are over; `level` by the house's formula, None of none.

    `timed`: answered, and known when; `to_call_back`: the missed callers of today with whom nobody has dealt yet.
    """

    answered: int = 0
    timed: int = 0
    in_time: int = 0
    abandoned: int = 0
    short: int = 0
    level: float | None = None
    to_call_back: int = 0

    @property
    def counted(self) -> int:
        """The n of the service level."""
        return self.timed + self.abandoned


@dataclass(frozen=True, slots=True)
class LiveNow:
    """One look; all its times are by this PC's clock, which says `at`. `is_team`: several desks share the records.

    `sees_queues`: at least one of them sees who waits in the telephone system.
    """

    at: datetime
    operators: Sequence[Present] = ()
    waiting: Sequence[Waiting] = ()
    today: Today = Today()
    is_team: bool = True
    sees_queues: bool = False

    @property
    def calls_waiting(self) -> int:
        """In all queues and lines."""
        return sum(one.calls for one in self.waiting)

    @property
    def waiting_since(self) -> datetime | None:
        """Since when the one waits who has waited longest."""
        return min((one.since for one in self.waiting), default=None)


def is_silent(one: Present, at: datetime) -> bool:
    """Its desk has not given a sign for a minute: nobody knows whether it still runs."""
    return at - one.seen_at >= SILENT_AFTER


class LiveDesk:
    """Works through an engine that may take its time; signs and looks have a thread each."""

    def __init__(self, engine: Any, post: Post, clock: Clock | None = None, rules: Rules | None = None) -> None:
        self._engine = engine
        self._clock, self.rules = clock or Clock(), rules or Rules()
        self._signing, self._looking = Worker("presence", post), Worker("live", post)
        self._is_signing = self._has_signed = self._is_over = False
        self._next: Sign | None = None
        self.when_signed: Callable[[], object] = lambda: None
        """Called in the desk's thread each time the records have taken a sign: they can be reached."""

    def told_by(self, presence: Presence) -> None:
        """This desk, and the rules of its house."""
        self.rules = presence.rules
        presence.begin(self.sign)

    def sign(self, told: Sign) -> None:
        """What this desk's operator does; while a server does not answer only the newest waits."""
        if self._is_over or self._is_signing:
            self._next = told
            return
        self._is_signing = True
        self._signing.ask(lambda: self._write(lambda on: sign(on, told)), self._signed, self._not_signed)

    def look(self, then: Callable[[LiveNow], object], failed: Failed) -> None:
        """How it stands now."""
        self._looking.ask(self._look, then, failed)

    def stop(self) -> None:
        """Say that nobody sits here any more, if the records have just answered; end the threads."""
        self._is_over = True
        if self._has_signed:
            self._signing.ask(
                lambda: self._write(lambda on: leave(on, this_desk())), lambda _none: None, lambda _error: None
            )
        self._signing.stop()
        self._looking.stop()

    def _signed(self, _none: object) -> None:
        self._has_signed = True
        self.when_signed()
        self._go_on()

    def _not_signed(self, error: Exception) -> None:
        """The board says of a silent desk that it is silent: more can't be done about it here."""
        self._has_signed = False
        self._go_on()
        if not isinstance(error, DatabaseUnavailable):
            raise error

    def _go_on(self) -> None:
        self._is_signing, told, self._next = False, self._next, None
        if told is not None:
            self.sign(told)

    def _look(self) -> LiveNow:
        with reading(self._engine) as on:
            return live_now(on, self._clock.now(), self.rules)

    def _write(self, job: Callable[[Any], None]) -> None:
        with writing(self._engine) as connection:
            job(connection)


def live_now(on: Any, at: datetime, rules: Rules) -> LiveNow:
    """One look at the records."""
    desks = present(on, at)
    queues = [one.waiting for one in desks if one.waiting is not None and not is_silent(one, at)]
    waiting, is_team = who_waits(queues, ringing(on, at)), on.dialect.name != "sqlite"
    return LiveNow(at, desks, waiting, _counted(on, _today(at, rules)), is_team, bool(queues))


def _today(at: datetime, rules: Rules) -> Asked:
    day = at.astimezone(rules.zone).date()
    return Asked(day, day, at, rules.zone, rules=rules)


def _counted(connection: Any, asked: Asked) -> Today:
    bounds = Bounds(asked.rules.in_time_seconds * 1000, asked.rules.short_seconds * 1000)
    rows = answers_by_quarter(connection, asked.picked, bounds)
    one = QuarterAnswers(0, *[sum(row[place] for row in rows) for place in range(1, len(QuarterAnswers._fields))])
    missed = fold(missed_since(connection, asked.start, ""))
    return Today(
        one.answered, one.timed, one.in_time, one.abandoned, one.short,
        service_level(one, asked.rules.service_level), len(missed.to_call) + len(missed.withheld),
    )  # fmt: skip
