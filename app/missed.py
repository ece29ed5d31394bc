"""The missed callers of this desk's lines: listed, marked as dealt with, that taken back. Nothing here waits.

While the database is away the list is what it was, with what this desk has seen and done since, and says so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.call import Call, Outcome
from app.missed_callers import MissedCaller, MissedList, Settled, SettledHow, fold, with_waiting
from app.outbox import Part
from app.parts import MarkSnapshot
from app.phone_number import e164_int
from app.place import Place
from app.pop import DatabaseUnavailable
from app.records import Failed, Records
from cti.events import Direction
from db.missed import MOST_LISTED, Mark, MissedFacts, missed_since

__all__ = ["LOOKED_BACK", "MissedCaller", "MissedCalls", "MissedList", "MissedNow", "Settled", "SettledHow"]

LOOKED_BACK = timedelta(days=14)
Done = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class MissedNow:
    """The list; `as_of` is when the records were heard last, where they can't be asked now (`is_away`).

    `is_cut`: there are more missed calls than are read at once, these are the newest.
    """

    listed: MissedList = field(default_factory=MissedList)
    is_away: bool = False
    as_of: datetime | None = None
    is_cut: bool = False


class MissedCalls:
    """`changed` are told, in the desk's thread, when a caller was marked here, or a mark taken back.

    `by_card` are told of the call whose mark came with a finished card.
    """

    def __init__(self, records: Records, place: Place) -> None:
        self._records = records
        self._place = place
        self._known = MissedFacts()
        self._heard_at: datetime | None = None
        self._is_of_every_line = False
        self.changed: list[Callable[[], object]] = []
        self.by_card: list[Callable[[UUID], object]] = []

    @property
    def has_lines_of_its_own(self) -> bool:
        """Whether other lines' callers are left out here, unless they are asked for."""
        return self._place.lines.are_named

    def of_lines(self, *, every: bool) -> None:
        """Those of every line from now on, for a supervisor, or of this desk's lines again."""
        self._is_of_every_line = every
        for tell in self.changed:
            tell()

    def ask(self, then: Callable[[MissedNow], object], failed: Failed) -> None:
        """Who is to be called back."""
        now, login = self._place.clock.now(), self._place.operator

        def job(connection: Any, waiting: Sequence[Part]) -> tuple[MissedFacts, Sequence[Part]]:
            return missed_since(connection, now - LOOKED_BACK, login), waiting

        def told(answer: tuple[MissedFacts, Sequence[Part]]) -> None:
            self._known, self._heard_at = answer[0], now
            then(MissedNow(self._listed(answer[1]), is_cut=len(self._known.calls) >= MOST_LISTED))

        def away(error: Exception) -> None:
            if not isinstance(error, DatabaseUnavailable):
                failed(error)
                return
            self._records.unsent(lambda parts: then(MissedNow(self._listed(parts), True, self._heard_at)), failed)

        self._records.ask(job, told, away)

    def done(self, caller: MissedCaller, then: Done, failed: Failed) -> None:
        """This operator has dealt with the caller: nobody need call back."""
        self._mark(caller, then, failed, is_done=True)

    def take_back(self, caller: MissedCaller, then: Done, failed: Failed) -> None:
        """Not dealt with after all."""
        self._mark(caller, then, failed, is_done=False)

    def marks_of(self, call: Call, others: Iterable[Call]) -> tuple[MarkSnapshot, ...]:
        """Whoever writes something on a missed call's card and finishes it has dealt with the caller.

        The mark stands on the newest missed call of the number that was seen here: nobody settles what nobody has seen.
        """
        if call.outcome is not Outcome.MISSED or call.ring.direction is not Direction.IN or call.ring.is_test:
            return ()
        if call.by_hand is not None or not call.has_contact:
            return ()
        missed = ((one.id, one.ring.at, _number(one)) for one in others if one.outcome is Outcome.MISSED)
        listed = ((one.call_id, one.at, (one.e164, one.number)) for one in self._known.calls)
        same = [one for one in (*missed, *listed) if any(_number(call)) and one[2] == _number(call)]
        newest = max(same, key=lambda one: one[1], default=(call.id,))[0]
        clock = self._place.clock
        return (
            MarkSnapshot(
                Mark(clock.new_id(), newest, clock.now(), call.operator or self._place.operator, is_done=True)
            ),
        )

    def finished(self, marks: Iterable[MarkSnapshot]) -> None:
        """The cards with these marks are finished, safe on this PC's disk."""
        for one in marks:
            for tell in self.by_card:
                tell(one.made.call_id)
            for hear in self.changed:
                hear()

    def _mark(self, caller: MissedCaller, then: Done, failed: Failed, *, is_done: bool) -> None:
        on = caller.settled.mark_on if caller.settled else None
        call_id, clock = on or caller.call_id, self._place.clock
        made = Mark(clock.new_id(), call_id, clock.now(), self._place.operator, is_done)
        self._records.put(call_id, [MarkSnapshot(made)], lambda done: self._told(then, done), failed)

    def _told(self, then: Done, done: object) -> None:
        then(done)
        for tell in self.changed:
            tell()

    def _listed(self, waiting: Sequence[Part]) -> MissedList:
        """Callers of this desk's lines, or of all; who called which other one does not matter for what settled it."""
        facts = with_waiting(self._known, waiting, self._place.operator)
        lines = self._place.lines
        if self._is_of_every_line:
            return fold(facts)
        ours = tuple(one for one in facts.calls if one.rang_here or lines.is_ours(one.dialled))
        return fold(facts._replace(calls=ours))


def _number(call: Call) -> tuple[int | None, str]:
    """As the records keep it; nothing of whoever withholds it."""
    number = call.ring.number
    return e164_int(number.key), number.raw
