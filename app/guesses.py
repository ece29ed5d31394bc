"""Who else may be meant by a number that nobody has: asked one by one, and never in the way of a number that is known.

Runs in the desk's thread; the asking has a thread and a connection of its own. Who waits is asked in the order of the
calls; beyond MOST_WAITING the oldest gives way, and whoever has been answered without is not asked about any more.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from app.call import Ring
from app.clock import Clock
from app.db_worker import Worker
from app.pop import Found, Pop, Trouble
from db.errors import DatabaseUnavailable

MOST_WAITING = 20


@dataclass(slots=True, eq=False)
class Guess:
    """A caller of whom the records know no more than `known`. `then` is called once."""

    ring: Ring
    known: Pop
    then: Callable[[Found], object]
    is_answered: bool = False


class Guesses:
    """`look` finds out on `thread` what is to be known."""

    def __init__(self, look: Callable[[Guess], Pop], thread: Worker, clock: Clock) -> None:
        self._look = look
        self._thread = thread
        self._clock = clock
        self._waiting: deque[Guess] = deque()
        self._is_asking = False

    def ask(self, guess: Guess) -> None:
        """Answer as soon as it is known, or it is this one's turn to give way."""
        self._waiting.append(guess)
        self._ask_next()
        if len(self._waiting) > MOST_WAITING:
            self.give_up(self._waiting.popleft())

    def give_up(self, guess: Guess, why: Trouble = Trouble.LOCKED) -> None:
        """Answer with what is known, unless it is answered; LOCKED: nothing more was to be had in time."""
        self._answer(guess, replace(guess.known, unsearched=why))

    def _ask_next(self) -> None:
        while self._waiting and not self._is_asking:
            guess = self._waiting.popleft()
            if not guess.is_answered:
                self._ask(guess)

    def _ask(self, guess: Guess) -> None:
        self._is_asking = True
        found, failed = partial(self._found, guess), partial(self._failed, guess)
        self._thread.ask(partial(self._look, guess), found, failed)

    def _found(self, guess: Guess, pop: Pop) -> None:
        self._is_asking = False
        self._answer(guess, pop)
        self._ask_next()

    def _failed(self, guess: Guess, error: Exception) -> None:
        """Whatever it was, the caller is shown and the next one asked about; a bug of ours surfaces."""
        self._is_asking = False
        self.give_up(guess, error.reason if isinstance(error, DatabaseUnavailable) else Trouble.LOCKED)
        self._ask_next()
        if not isinstance(error, DatabaseUnavailable):
            raise error

    def _answer(self, guess: Guess, pop: Pop) -> None:
        """Once: what comes later would take the operator's search or new customer off the screen."""
        if not guess.is_answered:
            guess.is_answered = True
            guess.then(Found(pop, self._clock.monotonic_ns()))
