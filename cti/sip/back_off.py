"""How long to wait before the next try: ever longer up to a bound, never in step with others, long after a refusal."""

from dataclasses import dataclass
from random import Random

BACK_OFF = (1.0, 2.0, 4.0, 8.0)  # seconds at most, before the second try, the third…
REFUSED_TRIES = 2
REFUSED_REST = 600.0


@dataclass(slots=True)
class BackOff:
    """Counts what went wrong since it last went well; each answer is a number of seconds."""

    random: Random
    _failures: int = 0
    _refusals: int = 0

    def reset(self) -> None:
        """It went well, or everything is new."""
        self._failures = self._refusals = 0

    def after_failure(self) -> float:
        longest = BACK_OFF[min(self._failures, len(BACK_OFF) - 1)]
        self._failures += 1
        return longest * self.random.uniform(0.5, 1.0)

    def after_refusal(self) -> float:
        """A second try comes after seconds: a PBX that is just starting refuses everybody."""
        self._refusals += 1
        if self._refusals >= REFUSED_TRIES:
            self._refusals = 0
            return REFUSED_REST
        self._failures = len(BACK_OFF) - 2
        return self.after_failure()
