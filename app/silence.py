"""Whether it is quieter than usual: no call for so long that this can hardly be chance. A hint, never more.

Only where a desk has weeks to compare with. A holiday is quiet too: so it says what is usual, and leaves the rest to
whoever reads it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from app.keeping import StatusBoard
from app.outbox import Part
from app.place import Place
from app.pop import DatabaseUnavailable
from app.records import Records
from app.screen import Silence
from db.usual_hour import calls_in_weeks_before

LOOK_MS = 10_000
ASK_EVERY = 60  # looks
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=4)
FEWEST_USUAL = 6  # of six usual calls none comes by chance once in 400 times (Poisson)
FEWEST_WEEKS = 4  # with any call


class QuietWatch:
    """Looks every ten seconds whether the sources live, and every ten minutes whether calls come as usual."""

    def __init__(self, records: Records, board: StatusBoard, place: Place) -> None:
        self._records, self._board, self._place = records, board, place
        self._quiet_since: datetime | None = None
        self._looks = 0

    def begin(self) -> None:
        """From now on."""
        self._quiet_since = self._place.clock.now()
        self._round()

    def rang(self, at: datetime) -> None:
        """A call has come."""
        self._quiet_since = at
        if self._board.status.silence is not None:
            self._board.set(silence=None)

    def ask(self) -> None:
        """How many are usual since the last one?"""
        now, since = self._place.clock.now(), self._quiet_since
        if since is None or now - since < SHORTEST or not any(one.hears_calls for one in self._board.status.sources):
            self._board.set(silence=None)
            return
        since, who = max(since, now - LONGEST), self._place.operator

        def job(connection: Any, _waiting: Sequence[Part]) -> Sequence[int]:
            return calls_in_weeks_before(connection, who, since, now)

        self._records.ask(job, self._told, _not_now)

    def _told(self, counts: Sequence[int]) -> None:
        now, since = self._place.clock.now(), self._quiet_since
        usual = usual_of(counts)
        is_quiet = since is not None and now - since >= SHORTEST and usual >= FEWEST_USUAL
        self._board.set(silence=Silence(since, usual) if is_quiet and since is not None else None)

    def _round(self) -> None:
        self._board.look_at_sources(self._place.clock.now())
        self._looks += 1
        if self._looks % ASK_EVERY == 0:
            self.ask()
        self._place.later(LOOK_MS, self._round)


def usual_of(counts: Sequence[int]) -> int:
    """What is usual in these weeks; 0 where there are too few to tell."""
    weeks = sum(count > 0 for count in counts)
    return int(median(counts)) if weeks >= FEWEST_WEEKS else 0


def _not_now(error: Exception) -> None:
    """The states say already that the records do not answer."""
    if not isinstance(error, DatabaseUnavailable):
        raise error
