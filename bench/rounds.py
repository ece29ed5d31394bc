"""One call after the other: ring, see it painted, put it away, come to rest, ring again.

A closed loop, so that no measurement meets the leftovers of the one before; between rest and INVITE lies the pace.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from bench.peer_process import PeerProcess

After = Callable[[int, Callable[[], object]], object]
"""Run something so many milliseconds later, in the thread that draws."""

_LOOK_MS = 30  # the card stays so long before it is put away
_GIVE_UP_MS = 8_000  # without a next call


@dataclass(frozen=True, slots=True)
class Plan:
    """What is rung: `numbers` in E.164, taken in turn; `pace` seconds of quiet before each INVITE."""

    numbers: Sequence[str]
    calls: int
    pace: float


class Rounds:
    """`put_away(call_id, rested)` clears the screen and calls `rested` when nothing moves any more.

    `over` is called once, after the last call or when one got stuck.
    """

    def __init__(
        self,
        peer: PeerProcess,
        plan: Plan,
        after: After,
        put_away: Callable[[str, Callable[[], None]], object],
        over: Callable[[], object],
    ) -> None:
        self._peer, self._plan, self._after, self._put_away, self._over = peer, plan, after, put_away, over
        self._chance = Random(1)
        self._given = 0

    def start(self) -> None:
        """Ring for the first time."""
        if self._given == self._plan.calls:
            self._over()
            return
        number, call = self._plan.numbers[self._given % len(self._plan.numbers)], f"bench-{self._given}"
        self._given += 1
        given = self._given
        # never in step with a clock of the program
        self._peer.tell("ring", call=call, number=number, after=self._plan.pace * self._chance.uniform(0.9, 1.1))
        self._after(_GIVE_UP_MS + int(self._plan.pace * 1100), lambda: self._give_up(given))

    def saw(self, call_id: str) -> None:
        """This call's name stands on the screen."""
        self._after(_LOOK_MS, lambda: self._put_away(call_id, self.start))

    def _give_up(self, given: int) -> None:
        if given == self._given:
            self._over()
