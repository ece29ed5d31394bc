"""Tells when a follow-up is due: at start if it is overdue, never while a call rings, again after "later".

The list is asked for every minute; whether one of it is due is looked at more often, without the records.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from app.calls import Calls
from app.follow_ups import FollowUps, OpenFollowUp
from app.place import Place
from app.pop import DatabaseUnavailable

LOOK_MS = 10_000
ASK_EVERY = 6  # looks
LATER = timedelta(minutes=15)

Show = Callable[[Sequence[OpenFollowUp]], object]


class Reminders:
    """`begin` names who shows what is due, the most pressing first; told again only when that changes."""

    def __init__(self, follow_ups: FollowUps, calls: Calls, place: Place) -> None:
        self._follow_ups = follow_ups
        self._calls = calls
        self._place = place
        self._open: Sequence[OpenFollowUp] = ()
        self._told: Sequence[OpenFollowUp] = ()
        self._show: Show = lambda _due: None
        self._looks = 0

    def begin(self, show: Show) -> None:
        """From now on."""
        self._show = show
        self._follow_ups.changed.append(self.ask)
        self._round()

    def ask(self) -> None:
        """Follow-ups have changed, or may have."""
        self._follow_ups.list_open(self._listed, _kept_as_it_was)

    def look(self) -> None:
        """Tell what is due, unless a call rings: then when it has ended."""
        if self._calls.is_ringing:
            return
        now = self._place.clock.now()
        quiet = self._place.memory.later(self._place.operator)
        due = [one for one in self._open if one.due_at <= now and quiet.get(one.follow_up_id, now) <= now]
        if due != list(self._told):
            self._told = due
            self._show(due)

    def later(self, follow_up_id: UUID) -> None:
        """Not now: in a quarter of an hour again, also after a restart. What was promised stays as it was."""
        place, now = self._place, self._place.clock.now()
        place.memory.put_off(place.operator, follow_up_id, now + LATER, now)
        self.look()

    def now(self, follow_up_id: UUID) -> None:
        """Not later after all."""
        place, now = self._place, self._place.clock.now()
        place.memory.put_off(place.operator, follow_up_id, now, now)
        self.look()

    def gone(self, follow_up_id: UUID) -> None:
        """It has just been done here."""
        self._open = [one for one in self._open if one.follow_up_id != follow_up_id]
        self.look()

    def _listed(self, found: Sequence[OpenFollowUp]) -> None:
        self._open = found
        self.look()

    def _round(self) -> None:
        if self._looks % ASK_EVERY == 0:
            self.ask()
        self._looks += 1
        self.look()
        self._place.later(LOOK_MS, self._round)


def _kept_as_it_was(error: Exception) -> None:
    """The states say already that the records do not answer; what was listed before is still to be done."""
    if not isinstance(error, DatabaseUnavailable):
        raise error
