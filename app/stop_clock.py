"""A clock that runs and stands: after-call work, put aside and taken up again, and how long a call was on hold."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class StopClock:
    """What it counted so far, and since when it runs."""

    so_far: timedelta = timedelta()
    since: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.since is not None

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to tell."""
        return self.is_running or bool(self.so_far)

    def running(self, at: datetime) -> Self:
        """The clock runs, from now on if it did not."""
        return self if self.since is not None else replace(self, since=at)

    def stopped(self, at: datetime) -> Self:
        """The clock stands."""
        return self if self.since is None else replace(self, so_far=self.counted_at(at), since=None)

    def counted_at(self, now: datetime) -> timedelta:
        """All of it until now."""
        running = now - self.since if self.since is not None else timedelta()
        return self.so_far + max(running, timedelta())

    @property
    def milliseconds(self) -> int | None:
        """What the records keep of a clock that stands; None where nothing was counted, as far as anybody knows."""
        return int(self.so_far / timedelta(milliseconds=1)) if self.has_begun else None


def stopped_at(milliseconds: int | None) -> StopClock:
    """A clock that stands, as the records or a draft kept it."""
    return StopClock(timedelta(milliseconds=milliseconds or 0))
