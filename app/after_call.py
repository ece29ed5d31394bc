"""After-call work: how long an operator has worked on a call after its end. The clock stands while it is put aside."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class AfterCall:
    """What was worked so far, and since when the clock runs; it begins once somebody knows that the call ended."""

    worked: timedelta = timedelta()
    since: datetime | None = None

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to tell."""
        return self.since is not None or bool(self.worked)

    def running(self, at: datetime) -> Self:
        """The clock runs, from now on if it did not."""
        return self if self.since is not None else replace(self, since=at)

    def stopped(self, at: datetime) -> Self:
        """The clock stands."""
        return self if self.since is None else replace(self, worked=self.worked_at(at), since=None)

    def worked_at(self, now: datetime) -> timedelta:
        """All of it until now."""
        running = now - self.since if self.since is not None else timedelta()
        return self.worked + max(running, timedelta())

    @property
    def milliseconds(self) -> int | None:
        """What the records keep of a clock that stands; None where nothing was worked, as far as anybody knows."""
        return int(self.worked / timedelta(milliseconds=1)) if self.has_begun else None


def worked_before(milliseconds: int | None) -> AfterCall:
    """A clock that stands, as the records or a draft kept it."""
    return AfterCall(timedelta(milliseconds=milliseconds or 0))
