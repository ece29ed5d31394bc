"""Where new calls wait, unanswered, while somebody looks whether their numbers are customers'. No clock here.

Their numbers are asked for together, `ASK_EVERY` seconds apart at least: a flood costs twenty questions a second.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cti.address import Address
from cti.sip.message import Request
from cti.sip.transaction import Key

MOST_WAITING = 1_000
MOST_OF_ONE_NUMBER = 4  # more of them would only crowd others out
ASK_EVERY = 0.05  # seconds
PATIENCE = 1.0  # seconds for an answer
MOST_LATE = 1_000  # of whom the answer may still come


@dataclass(frozen=True, slots=True)
class Waiting:
    """An INVITE that waits."""

    request: Request
    peer: Address
    number: str


class WaitingRoom:
    """Bounded: whoever came first leaves for the newest. One question at a time."""

    def __init__(self) -> None:
        self._waiting: dict[Key, Waiting] = {}
        self._late: dict[Key, Waiting] = {}
        self._numbers: dict[str, int] = {}
        self._asked: tuple[str, ...] = ()
        self._next_at = 0.0  # when the next question may be put, or the last one is given up
        self._due: float | None = None

    def __contains__(self, key: Key) -> bool:
        return key in self._waiting

    def __len__(self) -> int:
        return len(self._waiting)

    def has_room_for(self, number: str) -> bool:
        """False when enough calls of this number wait."""
        return self._numbers.get(number, 0) < MOST_OF_ONE_NUMBER

    def add(self, key: Key, waiting: Waiting, now: float) -> Waiting | None:
        """The one that had to leave, if any."""
        left = self.leave(next(iter(self._waiting))) if len(self._waiting) >= MOST_WAITING else None
        self._waiting[key] = waiting
        self._numbers[waiting.number] = self._numbers.get(waiting.number, 0) + 1
        if not self._asked:
            self._due = max(now, self._next_at)
        return left

    def leave(self, key: Key) -> Waiting:
        """It does not wait any more."""
        waiting = self._waiting.pop(key)
        self._numbers[waiting.number] -= 1
        if not self._numbers[waiting.number]:
            del self._numbers[waiting.number]
        if not self._waiting and not self._asked:
            self._due = None
        return waiting

    def give_up(self, asked: Iterable[str], now: float) -> Collection[Waiting]:
        """Those who waited in vain: they leave. On a machine that is too busy the answer may come all the same."""
        wanted = set(asked)
        self._late |= {key: waiting for key, waiting in self._waiting.items() if waiting.number in wanted}
        while len(self._late) > MOST_LATE:
            del self._late[next(iter(self._late))]
        return self.answered(wanted, now)

    def answered_late(self, asked: Iterable[str]) -> Collection[Waiting]:
        """Those who were given up before this answer came; nobody hears of them again."""
        wanted = set(asked)
        return [self._late.pop(key) for key, waiting in tuple(self._late.items()) if waiting.number in wanted]

    def forget(self, key: Key) -> None:
        """Its caller has given up, whatever is answered late."""
        self._late.pop(key, None)

    def get_timer(self) -> float | None:
        """When there is something to ask, or an answer is given up."""
        return self._due

    def question(self, now: float) -> tuple[str, ...]:
        """The numbers of all that wait, each once; () if it is not time to ask."""
        if self._due is None or now < self._due or self._asked:
            return ()
        self._asked = tuple(self._numbers)
        self._next_at, self._due = now + ASK_EVERY, now + PATIENCE
        return self._asked

    def unanswered(self, now: float) -> tuple[str, ...]:
        """What was asked and is given up; () while there is still time."""
        return self._asked if self._asked and self._due is not None and now >= self._due else ()

    def answered(self, asked: Iterable[str], now: float) -> Collection[Waiting]:
        """Those who waited for this answer: they leave in the order of their coming."""
        wanted = set(asked)
        keys = [key for key, waiting in self._waiting.items() if waiting.number in wanted]
        left = [self.leave(key) for key in keys]
        if wanted.issuperset(self._asked):
            self._asked = ()
        if not self._asked:
            self._due = max(now, self._next_at) if self._waiting else None
        return left
