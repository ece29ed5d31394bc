"""What did not become a pop: INVITEs that are no calls of this desk, and calls that were not to be shown.

A flood fills neither memory nor disk: few peers by name, and one line in the trace per peer, reason and ten seconds.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.call import Call
from app.clock import Clock
from app.trace import Trace
from cti.events import NotOffered

MOST_KEPT = 50
TOLD_EVERY = timedelta(seconds=10)
MOST_NEW = 10  # peers within that time that stand there by name; the others count as many

Later = Callable[[int, Callable[[], object]], object]
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class NotShown:
    """`why` is the trace's `because` or, of a call, its `why_no_pop`; `who` an address or a caller, "" for many."""

    source: str
    why: str
    who: str
    count: int
    first: datetime
    last: datetime
    is_call: bool = False

    @property
    def key(self) -> _Key:
        return self.source, self.why, self.who


class NotShownBook:
    """The last fifty, alike ones counted together. `changed` is called with every new word."""

    def __init__(self, trace: Trace, later: Later, clock: Clock, changed: Callable[[], object]) -> None:
        self._trace, self._later, self._clock, self._changed = trace, later, clock, changed
        self._entries: OrderedDict[_Key, NotShown] = OrderedDict()
        self._untold: dict[_Key, int] = {}  # of those that the trace has been told of less than ten seconds ago
        self._new_since: datetime | None = None
        self._new = 0

    @property
    def newest(self) -> tuple[NotShown, ...]:
        """The newest first."""
        return tuple(reversed(self._entries.values()))

    def attempted(self, event: NotOffered) -> None:
        """INVITEs came that are no calls of this desk."""
        one = NotShown(event.source, event.because, event.peer, event.count, event.at, event.at)
        if one.key not in self._entries and self._is_one_too_many(event.at):
            one = replace(one, who="")
        self._add(one)
        self._tell_in_time(one)
        self._changed()

    def kept_quiet(self, call: Call) -> None:
        """A call came that is not to be shown."""
        ring = call.ring
        who = ring.number.display or ring.name
        self._add(NotShown(ring.source, call.why_no_pop or "", who, 1, ring.at, ring.at, is_call=True))
        self._changed()

    def _add(self, one: NotShown) -> None:
        before = self._entries.get(one.key)
        if before is not None:
            one = replace(one, count=before.count + one.count, first=before.first)
        self._entries[one.key] = one
        self._entries.move_to_end(one.key)
        if len(self._entries) > MOST_KEPT:
            self._entries.popitem(last=False)

    def _is_one_too_many(self, at: datetime) -> bool:
        if self._new_since is None or at - self._new_since >= TOLD_EVERY:
            self._new_since, self._new = at, 0
        self._new += 1
        return self._new > MOST_NEW

    def _tell_in_time(self, one: NotShown) -> None:
        """The first at once; what follows within ten seconds, after them in one line."""
        if one.key in self._untold:
            self._untold[one.key] += one.count
        else:
            self._tell(one.key, one.count)

    def _tell(self, key: _Key, count: int) -> None:
        source, because, peer = key
        self._trace.write("not_offered", self._clock.now(), source=source, because=because, peer=peer, count=count)
        self._untold[key] = 0
        self._later(int(TOLD_EVERY.total_seconds() * 1000), lambda: self._tell_rest(key))

    def _tell_rest(self, key: _Key) -> None:
        if count := self._untold.pop(key):
            self._tell(key, count)
