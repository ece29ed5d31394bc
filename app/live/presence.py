"""This desk tells what its operator does, and who waits in the queues that it sees: when that changes, and every twenty
seconds that it still runs."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.audit.signature import this_desk
from app.calls import Calls
from app.figures.rules import Rules
from app.keeping import StatusBoard
from app.operator_state import operator_state
from app.place import Place
from cti.events import InQueue, QueuesSeen
from db.kinds import Doing
from db.live.presence import Sign, Waits

LOOK_MS = 2_000
BEAT = timedelta(seconds=20)


class Presence:
    """Looks every two seconds: a state follows from the desk's own facts, and nobody else need think of telling it."""

    def __init__(self, board: StatusBoard, calls: Calls, place: Place) -> None:
        self._board, self._calls, self._place = board, calls, place
        self._now: tuple[str, Doing] | None = None
        self._queues: dict[str, tuple[InQueue, ...]] = {}  # of each source that can see them
        self._told: tuple[Waits, ...] | None = None
        self._since: datetime | None = None
        self._told_at: datetime | None = None
        self._tell: Callable[[Sign], object] = lambda _sign: None

    @property
    def rules(self) -> Rules:
        """How this house counts its figures."""
        return self._place.rules

    def begin(self, tell: Callable[[Sign], object]) -> None:
        """From now on."""
        self._tell = tell
        self._round()

    def saw_queues(self, seen: QueuesSeen) -> None:
        """Told with the next look."""
        if seen.waiting is None:
            self._queues.pop(seen.source, None)
        else:
            self._queues[seen.source] = seen.waiting

    @property
    def _waiting(self) -> tuple[Waits, ...] | None:
        if not self._queues:
            return None
        return tuple([Waits(one.linked_id, one.queue, one.since) for seen in self._queues.values() for one in seen])

    def look(self) -> None:
        """Tell what there is to tell."""
        if self._board.status.unnamed:  # nobody has said yet who sits here
            return
        at = self._place.clock.now()
        now = self._place.operator, Doing(operator_state(self._board.status, self._calls))
        is_other = now != self._now
        if is_other:
            self._now, self._since = now, at
        waiting = self._waiting
        if is_other or waiting != self._told or self._told_at is None or at - self._told_at >= BEAT:
            self._told_at, self._told = at, waiting
            self._tell(Sign(now[0], this_desk(), now[1], self._since or at, at, waiting))

    def _round(self) -> None:
        self.look()
        self._place.later(LOOK_MS, self._round)
