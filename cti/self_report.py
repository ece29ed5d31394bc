"""What a call source says of itself: its state, its signs of life, its dangers; each only when it is news."""

import logging
import math
from datetime import UTC, datetime, timedelta

from cti.events import (
    CallEvent,
    Danger,
    InQueue,
    QueuesSeen,
    SourceChanged,
    SourceHeard,
    SourceState,
    SourceWarned,
)
from cti.source import Report

log = logging.getLogger(__name__)

HEARD_EVERY = 10.0  # seconds between two words that the telephone system lives


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class SelfReport:
    """The way of one source to the listener; before `begin` nobody hears anything."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._report: Report | None = None
        self._state: tuple[SourceState, str] | None = None
        self._dangers: tuple[tuple[Danger, str], ...] = ()
        self._heard_at = -math.inf
        self._waiting: tuple[InQueue, ...] | None = None

    @property
    def dangers(self) -> tuple[tuple[Danger, str], ...]:
        """What was warned of last."""
        return self._dangers

    def begin(self, report: Report) -> None:
        """From now on `report` hears, and first of all that the source is starting."""
        self._report = report
        self.say(SourceState.STARTING, "")

    def say(self, state: SourceState, detail: str) -> None:
        """How it stands with the source."""
        if (state, detail) != self._state:
            self._state = (state, detail)
            log.info("%s: %s %s", self._name, state, detail)
            self.send_on(SourceChanged(self._name, state, detail, utc_now()))

    def warn(self, *dangers: tuple[Danger, str]) -> None:
        """All that there is to warn of now, each with its detail."""
        if dangers != self._dangers:
            self._dangers = dangers
            self.send_on(SourceWarned(self._name, dangers, utc_now()))

    def queues(self, waiting: tuple[InQueue, ...] | None) -> None:
        """All who wait in the telephone system's queues; None if that can't be told."""
        if waiting != self._waiting:
            self._waiting = waiting
            self.send_on(QueuesSeen(self._name, waiting, utc_now()))

    def heard(self, now: float, due_within: timedelta | None = None) -> None:
        """A sign of life, at `now` on the loop's clock; `due_within`: until the next one, where that is known."""
        if now - self._heard_at >= HEARD_EVERY:
            self._heard_at = now
            self.send_on(SourceHeard(self._name, utc_now(), due_within))

    def send_on(self, event: CallEvent) -> None:
        """What happened to a call."""
        if self._report is not None:
            self._report(event)
