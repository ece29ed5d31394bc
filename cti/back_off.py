"""How long to wait before the next try: ever longer up to a bound, never in step with others, long after a refusal."""

import math
from dataclasses import dataclass
from random import Random

BACK_OFF = (1.0, 2.0, 4.0, 8.0)  # seconds at most, before the second try, the third…
FIRST_PATIENCE = 3.0  # seconds for a first try over TCP
REFUSED_TRIES = 2
REFUSED_REST = 600.0


@dataclass(slots=True)
class BackOff:
    """Counts what went wrong since it last went well; each answer is a number of seconds.

    A refusal is held against the credentials that were refused: no new start and no new address ends their rest.
    """

    random: Random
    rests_until: float = -math.inf
    _failures: int = 0
    _refusals: int = 0
    _has_gone_well: bool = False

    def reset(self) -> None:
        """It went well."""
        self._failures = self._refusals = 0
        self._has_gone_well = True

    def start(self) -> None:
        """A new start with the same credentials."""
        self._failures = 0

    def start_anew(self) -> None:
        """A new start with other credentials."""
        self._failures = self._refusals = 0
        self._has_gone_well, self.rests_until = False, -math.inf

    def patience(self, longest: float) -> float:
        """Seconds for an answer to what is sent once. A PBX that starts swallows what comes too early, and over TCP
        nothing is repeated: so the second try comes soon, and has all the time that a slow PBX needs."""
        return longest if self._failures else min(longest, FIRST_PATIENCE)

    @property
    def has_refusal(self) -> bool:
        """Whether the next refusal would be the last for long."""
        return self._refusals > 0

    def after_failure(self) -> float:
        longest = BACK_OFF[min(self._failures, len(BACK_OFF) - 1)]
        self._failures += 1
        return longest * self.random.uniform(0.5, 1.0)

    def after_refusal(self, now: float) -> float:
        """A second try comes after seconds, more if they were right before: a PBX that starts refuses everybody."""
        self._refusals += 1
        if self._refusals >= REFUSED_TRIES:
            self._refusals = 0
            self.rests_until = now + REFUSED_REST
            return REFUSED_REST
        self._failures = len(BACK_OFF) - (1 if self._has_gone_well else 2)
        return self.after_failure()
