"""INVITEs that became no call, in bounded words: the first of a kind is told at once, the rest counted for ten seconds.

A kind is a reason and a peer. A flood from made-up addresses has more peers than anybody could read: beyond
`MOST_KINDS` they count together, as peer "". No clock here: `now` is seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cti.events import NotOfferedBecause
from cti.sip.dialog import Refused

TOLD_EVERY = 10.0  # seconds
MOST_KINDS = 32

_Kind = tuple[NotOfferedBecause, str]


@dataclass(slots=True)
class _Told:
    """What came since this kind was told of, and when it may be told of again."""

    again_at: float
    count: int = 0


class Refusals:
    """Counts for `tell`, which gets each `Refused`."""

    def __init__(self, tell: Callable[[Refused], object]) -> None:
        self._tell = tell
        self._kinds: dict[_Kind, _Told] = {}  # in the order of their times

    def note(self, because: NotOfferedBecause, peer: str, now: float) -> None:
        """One INVITE more."""
        kind = because, peer
        if kind not in self._kinds and len(self._kinds) >= MOST_KINDS:
            kind = because, ""
        told = self._kinds.get(kind)
        if told is None:
            self._kinds[kind] = _Told(now + TOLD_EVERY)
            self._tell(Refused(because, kind[1]))
        else:
            told.count += 1

    def get_timer(self) -> float | None:
        return next((told.again_at for told in self._kinds.values()), None)

    def handle_timer(self, now: float) -> None:
        """Tell what has been counted; a kind of which nothing came is forgotten."""
        for kind, told in list(self._kinds.items()):
            if told.again_at > now:
                return
            del self._kinds[kind]
            if told.count:
                self._kinds[kind] = _Told(now + TOLD_EVERY)
                self._tell(Refused(*kind, told.count))

    def tell_rest(self) -> None:
        """Tell at once what has been counted: nothing more will come."""
        for kind, told in self._kinds.items():
            if told.count:
                self._tell(Refused(*kind, told.count))
        self._kinds.clear()
