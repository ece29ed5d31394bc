"""Whether this PC has slept since the last look: a registration may be long over then, and the network another one."""

import math

LATE = 5.0  # seconds: longer than any pause of a busy PC, shorter than any sleep that matters


class Sleep:
    """Some steady clocks stand still while a PC sleeps, others run on: so both signs count.

    Either the wall clock ran on without the steady one, or a look comes far later than it was planned.
    """

    def __init__(self) -> None:
        self._planned = math.inf
        self._ahead: float | None = None  # of the wall clock before the steady one

    def plan(self, steady: float, wall: float, pause: float) -> None:
        """The next look is due after `pause` seconds."""
        self._planned, self._ahead = steady + pause, wall - steady

    def is_over(self, steady: float, wall: float) -> bool:
        """True at a look after a sleep. Setting the PC's clock forward looks the same, and costs one REGISTER."""
        if self._ahead is None:
            return False
        return steady - self._planned > LATE or wall - steady - self._ahead > LATE
