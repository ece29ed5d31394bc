"""Erlang's A formula: a queue of many servers whose callers lose patience, in closed form.

A. Mandelbaum and S. Zeltyn, "Service Engineering in Action: The Palm/Erlang-A Queue" (2007), section 4.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf

_PANELS = 20_000  # of Simpson's rule


@dataclass(frozen=True)
class ErlangA:
    """Rates per second: arrivals, services of each of `servers`, and losing patience."""

    arrivals: float
    services: float
    impatience: float
    servers: int

    def waits(self) -> float:
        """The share of callers whom no free operator awaits."""
        return self._offered_above(0)

    def answered_within(self, seconds: float) -> float:
        """The share of all callers."""
        return 1 - self.waits() + self._integral(lambda x: exp(-self.impatience * x) * self._density(x), seconds)

    def abandoned_within(self, seconds: float) -> float:
        """The share of all callers; inf: whenever."""
        dies = lambda x: self.impatience * exp(-self.impatience * x) * self._offered_above(x)  # noqa: E731 -- a formula
        return self._integral(dies, seconds)

    def abandoned(self) -> float:
        """In its own closed form, beside `abandoned_within(inf)`."""
        surplus = 1 + (self.arrivals - self.servers * self.services) * self._tail(0)
        return surplus / (self._idle() + self.arrivals * self._tail(0))

    def mean_wait_of_answered(self) -> float:
        """Speed of answer, seconds."""
        together = self._integral(lambda x: x * exp(-self.impatience * x) * self._density(x), inf)
        return together / self.answered_within(inf)

    def wait_of_answered(self, share: float) -> float:
        """The seconds that this share of the answered callers do not wait longer than."""
        aim, low, high = share * self.answered_within(inf), 0.0, self._horizon()
        for _step in range(30):
            middle = (low + high) / 2
            low, high = (middle, high) if self.answered_within(middle) < aim else (low, middle)
        return high

    def _idle(self) -> float:
        """The sum over the states with a free server, relative to the last of them."""
        load, term, whole = self.arrivals / self.services, 1.0, 1.0
        for busy in range(self.servers - 1, 0, -1):
            term *= busy / load
            whole += term
        return whole

    def _weight(self, x: float) -> float:
        patient = (1 - exp(-self.impatience * x)) / self.impatience
        return exp(self.arrivals * patient - self.servers * self.services * x)

    def _tail(self, seconds: float) -> float:
        return _simpson(self._weight, seconds, self._horizon())

    def _density(self, x: float) -> float:
        """Of the wait that an endlessly patient caller would have."""
        return self.arrivals * self._weight(x) / self._whole()

    def _offered_above(self, seconds: float) -> float:
        """That wait is longer than this."""
        panels = 400 if seconds else _PANELS
        return self.arrivals * _simpson(self._weight, seconds, self._horizon(), panels) / self._whole()

    def _whole(self) -> float:
        kept = self.__dict__.get("_kept")
        if kept is None:
            kept = self._idle() + self.arrivals * self._tail(0)
            object.__setattr__(self, "_kept", kept)
        return float(kept)

    def _integral(self, of: Callable[[float], float], until: float) -> float:
        return _simpson(of, 0, min(until, self._horizon()), 400)

    def _horizon(self) -> float:
        """Beyond it the weight is nothing."""
        return 40 / self.impatience


def _simpson(of: Callable[[float], float], low: float, high: float, panels: int = _PANELS) -> float:
    if high <= low:
        return 0.0
    width = (high - low) / panels
    inner = sum((4 if step % 2 else 2) * of(low + step * width) for step in range(1, panels))
    return (of(low) + inner + of(high)) * width / 3
