"""Rings of the operator's own telephone that are no calls: it rings by an order, and dials once it is lifted.

Whoever is shown on it then is the telephone itself, or the account that ordered the call. Pure.
"""

from collections import deque
from collections.abc import Collection
from datetime import datetime

from cti.events import CallOffered, Direction
from cti.merged_call import MergedCall
from cti.twins import TOGETHER

MOST = 20  # that wait for the word which call they are for


class OwnRings:
    """`numbers` are shown as callers of such rings, as the PBX writes them: "201"."""

    def __init__(self, numbers: Collection[str]) -> None:
        self._numbers = frozenset(numbers) - {""}
        self._waiting: deque[CallOffered] = deque(maxlen=MOST)

    def has(self, event: CallOffered, linked: MergedCall | None) -> bool:
        """Whether this is one: nobody calls himself, and what is linked to a call that we dial is no call to us."""
        if event.is_test or event.direction is Direction.OUT:
            return False
        return event.caller.number in self._numbers or (linked is not None and linked.is_dialling)

    def keep(self, event: CallOffered) -> None:
        """Nobody has told yet what it rings for."""
        self._waiting.append(event)

    def take(self, at: datetime) -> list[CallOffered]:
        """Those that began shortly before `at`."""
        taken = [event for event in self._waiting if at - event.at <= TOGETHER]
        self._waiting.clear()
        return taken
