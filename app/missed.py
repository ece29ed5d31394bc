"""The missed callers of this desk's lines: listed, marked as dealt with, that taken back. Nothing here waits.

While the database is away the list is what it was, with what this desk has seen and done since, and says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.missed_callers import MissedCaller, MissedList, Settled, SettledHow, fold, with_waiting
from app.outbox import Part
from app.parts import MarkSnapshot
from app.place import Place
from app.pop import DatabaseUnavailable
from app.records import Failed, Records
from db.missed import Mark, MissedFacts, missed_since

__all__ = ["LOOKED_BACK", "MissedCaller", "MissedCalls", "MissedList", "MissedNow", "Settled", "SettledHow"]

LOOKED_BACK = timedelta(days=14)
Done = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class MissedNow:
    """The list; `as_of` is when the records were heard last, where they can't be asked now (`is_away`)."""

    listed: MissedList = field(default_factory=MissedList)
    is_away: bool = False
    as_of: datetime | None = None


class MissedCalls:
    """`changed` are told, in the desk's thread, when a caller was marked here, or a mark taken back."""

    def __init__(self, records: Records, place: Place) -> None:
        self._records = records
        self._place = place
        self._known = MissedFacts()
        self._heard_at: datetime | None = None
        self.changed: list[Callable[[], object]] = []

    def ask(self, then: Callable[[MissedNow], object], failed: Failed) -> None:
        """Who is to be called back."""
        now, login = self._place.clock.now(), self._place.operator

        def job(connection: Any, waiting: Sequence[Part]) -> tuple[MissedFacts, Sequence[Part]]:
            return missed_since(connection, now - LOOKED_BACK, login), waiting

        def told(answer: tuple[MissedFacts, Sequence[Part]]) -> None:
            self._known, self._heard_at = answer[0], now
            then(MissedNow(self._listed(answer[1])))

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
        """Only callers of this desk's lines; who called which other one does not matter for what settled it."""
        facts = with_waiting(self._known, waiting, self._place.operator)
        lines = self._place.lines
        ours = tuple(one for one in facts.calls if one.rang_here or lines.is_ours(one.dialled))
        return fold(facts._replace(calls=ours))
