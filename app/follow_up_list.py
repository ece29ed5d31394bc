"""The operator's list of follow-ups: what is overdue, due today and later; goes on while the database is away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.follow_ups import FollowUps, OpenFollowUp
from app.pop import DatabaseUnavailable
from app.records import Failed


class When(StrEnum):
    """The headings of the list, in its order."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"


def when_due(one: OpenFollowUp, now: datetime) -> When:
    """By this PC's calendar."""
    if one.due_at <= now:
        return When.OVERDUE
    is_today = one.due_at.astimezone().date() == now.astimezone().date()
    return When.TODAY if is_today else When.LATER


@dataclass(frozen=True, slots=True)
class FollowUpsNow:
    """The most pressing first. `is_away`: as the records said at `as_of` (None: never), with what was done here."""

    listed: tuple[OpenFollowUp, ...] = ()
    is_away: bool = False
    as_of: datetime | None = None

    def pressing(self, now: datetime) -> int:
        """How many are overdue or due today."""
        return sum(when_due(one, now) is not When.LATER for one in self.listed)


class FollowUpList:
    """Remembers the last answer, and what was done here since."""

    def __init__(self, follow_ups: FollowUps, now: Callable[[], datetime]) -> None:
        self._follow_ups, self._clock = follow_ups, now
        self._known: Sequence[OpenFollowUp] = ()
        self._heard_at: datetime | None = None

    def ask(self, then: Callable[[FollowUpsNow], object], failed: Failed) -> None:
        """What this operator and the team have to do."""
        now = self._clock()

        def told(rows: Sequence[OpenFollowUp]) -> None:
            self._known, self._heard_at = rows, now
            then(FollowUpsNow(tuple(rows)))

        def away(error: Exception) -> None:
            if not isinstance(error, DatabaseUnavailable):
                failed(error)
                return
            self._follow_ups.list_known(
                self._known, lambda rows: then(FollowUpsNow(tuple(rows), True, self._heard_at)), failed
            )

        self._follow_ups.list_open(told, away)
