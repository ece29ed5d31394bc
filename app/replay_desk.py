"""A desk at which recordings are played: the program's own, with a clock of the recording and nobody looking.

Looks callers up if there are records of today's form; writes nothing anywhere.
"""

import heapq
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from app.call import Ring
from app.clock import Clock
from app.customer_numbers import CustomerNumbers
from app.db_worker import Result, Worker
from app.desk import Desk
from app.guesses import Guesses
from app.lines import Lines
from app.listen import NoScreen, ReadOnlyRecords
from app.not_shown import NotShown
from app.place import Place
from app.pop import Found, Pop, PopState
from app.records import Failed
from app.seat import Seat
from app.settings import TraceSettings
from app.trace import Trace
from cti.events import CallOffered
from cti.sip.replay import Step
from cti.wire_message import WireMessage
from db.errors import DatabaseUnavailable


class _Prompt(Worker):
    """Runs a job before it returns: in a recording no time passes."""

    def __init__(self) -> None:
        super().__init__("replay", lambda fn, *args: fn(*args))

    def ask(
        self, job: Callable[[], Result], then: Callable[[Result], object], failed: Callable[[Exception], object]
    ) -> None:
        """`then` or `failed` before it returns."""
        try:
            result = job()
        except DatabaseUnavailable as error:
            failed(error)
        else:
            then(result)


class PromptRecords(ReadOnlyRecords):
    """Looks up at once. `engine` None: there are no records, and nobody is known."""

    def __init__(self, engine: Any) -> None:
        super().__init__(engine, lambda fn, *args: fn(*args))
        self._pop_thread = self._db_thread = self._guess_thread = _Prompt()
        self._guesses = Guesses(self._guessed, self._guess_thread, self._clock)
        self.exist = engine is not None

    def find_pop(self, ring: Ring, then: Callable[[Found], object], failed: Failed) -> None:
        """Whose number rings?"""
        if self.exist:
            super().find_pop(ring, then, failed)
        else:
            then(Found(Pop(PopState.NOBODY), 0))

    def customers_among(self, lines: Lines, source: str) -> Callable[[Sequence[str]], set[str]]:
        """Tells which of many callers' numbers are customers'."""
        return partial(CustomerNumbers(self.owned_among, lines).among, source) if self.exist else lambda _numbers: set()

    def stop(self) -> None:
        """Close the connections."""
        if self.exist:
            self._way.close()


class VirtualTime:
    """`later` as in the program, run when the recording has come so far."""

    def __init__(self) -> None:
        self.now = datetime.fromtimestamp(0, UTC)
        self._due: list[tuple[datetime, int, Callable[[], object]]] = []
        self._numbers = count()

    def later(self, milliseconds: int, fn: Callable[[], object]) -> None:
        heapq.heappush(self._due, (self.now + timedelta(milliseconds=milliseconds), next(self._numbers), fn))

    def pass_to(self, at: datetime) -> None:
        """Run what is due until then."""
        while self._due and self._due[0][0] <= at:
            due, _, fn = heapq.heappop(self._due)
            self.now = max(self.now, due)
            fn()
        self.now = max(self.now, at)

    def run_out(self) -> None:
        """Run what is left: the last attempts that the trace has not been told."""
        while self._due:
            self.pass_to(self._due[0][0])


@dataclass(frozen=True, slots=True)
class Origin:
    """What brought a call."""

    message: WireMessage
    offered: CallOffered


@dataclass(slots=True)
class Played:
    """What one desk made of its recordings: the trace's lines, and what else is to be told."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    not_shown: Sequence[NotShown] = ()

    @property
    def calls(self) -> list[list[dict[str, Any]]]:
        """The lines of each call, in the order of the first ring."""
        grouped: dict[str, list[dict[str, Any]]] = {}
        for line in self.lines:
            if "call" in line:
                grouped.setdefault(line["call"], []).append(line)
        return list(grouped.values())


class _Listening(NoScreen):
    def __init__(self, played: Played) -> None:
        super().__init__()
        self._played = played

    def show_not_shown(self, entries: Sequence[NotShown]) -> None:
        self._played.not_shown = entries


class ReplayDesk:
    """Hears the steps of one or several listeners in the order of their times."""

    def __init__(self, records: PromptRecords, lines: Lines, settings: TraceSettings) -> None:
        self.played, self._time = Played(), VirtualTime()
        trace = Trace(lambda line: self.played.lines.append(json.loads(line)), mask_numbers=settings.mask_numbers)
        clock = Clock(lambda: self._time.now, lambda: int(self._time.now.timestamp() * 1e9))
        place = Place(Seat(""), lines, trace, self._time.later, clock)
        self._desk = Desk(records, _Listening(self.played), place)

    def play(self, listeners: Sequence[Iterable[Step]]) -> Played:
        """Everything to its end."""
        for step in heapq.merge(*listeners, key=lambda step: step.at):
            self._time.pass_to(step.at)
            for fact in step.facts:
                if isinstance(fact, CallOffered) and step.message is not None:
                    self.played.origins[fact.source, fact.source_id] = Origin(step.message, fact)
                self._desk.hear(fact)
        self._time.run_out()
        return self.played
