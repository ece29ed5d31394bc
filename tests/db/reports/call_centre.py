"""A simulated call centre whose figures are known: Poisson arrivals, exponential service, impatient callers, FIFO."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple


class Simulated(NamedTuple):
    """Seconds since the beginning; `answered` is None where the caller gave up at `ended`."""

    offered: float
    answered: float | None
    ended: float
    service: float


@dataclass(frozen=True)
class CallCentre:
    """Rates per second."""

    arrivals: float
    services: float
    impatience: float
    servers: int

    def calls(self, chance: Random, seconds: float) -> Iterator[Simulated]:
        """In the order of their coming. Who comes first is served first, so each is known when it comes."""
        free_at, now = [0.0] * self.servers, 0.0
        while (now := now + chance.expovariate(self.arrivals)) < seconds:
            patience, service = chance.expovariate(self.impatience), chance.expovariate(self.services)
            first = min(range(self.servers), key=free_at.__getitem__)
            begins = max(now, free_at[first])
            if begins - now > patience:
                yield Simulated(now, None, now + patience, 0)
            else:
                free_at[first] = begins + service
                yield Simulated(now, begins, begins + service, service)


def poisson(chance: Random, rate: float, start: datetime, end: datetime) -> Iterator[datetime]:
    """Moments that come at `rate` a second."""
    at = start
    while (at := at + timedelta(seconds=chance.expovariate(rate))) < end:
        yield at
