"""The way to the database, and whether it is open: asked by several threads, known by the last answer of any.

While a server is known to be away nobody waits for it: one prober asks, everybody else is told at once.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from app.clock import Clock
from db.engine import reading, writing
from db.errors import DatabaseUnavailable, Trouble
from db.standing import StandingReader

Result = TypeVar("Result")
log = logging.getLogger(__name__)
_QUICK_S = 1.0


class Writable(Protocol):
    """What writes itself."""

    def write(self, connection: Any) -> object: ...


class DatabaseWay:
    """`rings` is an engine for the look-up of rings alone, so that its connections are theirs and stay prepared."""

    def __init__(self, engine: Any, rings: Any, clock: Clock) -> None:
        self._engine = engine
        self._rings = rings
        self._ring_reader = StandingReader(rings)
        self._clock = clock
        self._lock = threading.Lock()
        self.is_server = engine is not None and engine.dialect.name != "sqlite"
        self.is_watched = False
        """Whether somebody probes: without a prober nobody may be turned away."""
        self.trouble: Trouble | None = None
        self.since: datetime | None = None
        self.is_doubtful = False
        """An answer is overdue, and nobody knows why yet."""
        self.changed: Callable[[], object] = lambda: None
        """Called, on the thread that noticed, when the way opens or closes."""

    @property
    def is_closed(self) -> bool:
        """Known to be, and somebody looks whether it still is."""
        return self.is_watched and self.trouble is not None

    def read(self, job: Callable[[Any], Result]) -> Result:
        """The job's answer. Raises DatabaseUnavailable, at once where that is known."""
        self._turn_away_if_closed()
        return self._noticed(lambda: _once_more(lambda: _read(self._engine, job)))

    def read_for_ring(self, job: Callable[[Any], Result]) -> Result:
        """The same for whoever rings."""
        self._turn_away_if_closed()
        return self._noticed(lambda: _once_more(lambda: self._ring_reader.read(job)))

    def read_for_guess(self, job: Callable[[Any], Result]) -> Result:
        """The same on another connection, for what may be slow by itself: how it fares says nothing of the way."""
        self._turn_away_if_closed()
        return _once_more(lambda: _read(self._rings, job))

    def write(self, parts: Sequence[Writable]) -> None:
        """All of them in one transaction, also where the way is thought closed; none of them: a probe."""

        def job() -> None:
            with writing(self._engine) as connection:
                for part in parts:
                    part.write(connection)

        if self.trouble is None:  # its jobs may be written twice
            self._noticed(lambda: _once_more(job))
        else:
            self._noticed(job)

    def close(self) -> None:
        """Close all connections."""
        self._ring_reader.close()
        self._engine.dispose()
        if self._rings is not self._engine:
            self._rings.dispose()

    def _turn_away_if_closed(self) -> None:
        if self.is_closed and self.trouble is not None:
            raise DatabaseUnavailable(self.trouble)

    def _noticed(self, job: Callable[[], Result]) -> Result:
        try:
            result = job()
        except DatabaseUnavailable as error:
            self.is_doubtful = False
            if self.is_server and error.reason is not Trouble.LOCKED:
                self._now(error.reason)
            raise
        self.is_doubtful = False
        self._now(None)
        return result

    def _now(self, trouble: Trouble | None) -> None:
        if trouble is self.trouble:  # at every ring: no lock for that
            return
        with self._lock:
            if trouble is self.trouble:
                return
            self.since = None if trouble is None else self.since or self._clock.now()
            self.trouble = trouble
        log.warning("the way to the records: %s", trouble) if trouble else log.info("the way to the records is open")
        self.changed()


def _read(engine: Any, job: Callable[[Any], Result]) -> Result:
    with reading(engine) as connection:
        return job(connection)


def _once_more(job: Callable[[], Result]) -> Result:
    """A server that was started again has left dead connections behind: the second one is new."""
    began = time.monotonic()
    try:
        return job()
    except DatabaseUnavailable as error:
        is_dead = error.reason is Trouble.UNREACHABLE and time.monotonic() - began < _QUICK_S
        if not is_dead:
            raise
        return job()
