"""Who waits: what the desks tell of the queues that they see, and what rings at them, each caller once. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from db.live.presence import Waits


class Waiting(NamedTuple):
    """Callers of one queue, or of one line where no queue is told; `since` is when the first of them came."""

    where: str
    calls: int
    since: datetime


def who_waits(queues: Iterable[Sequence[Waits]], ringing: Iterable[Waits]) -> Sequence[Waiting]:
    """Whoever has waited longest stands first. `queues` are those of each desk, several of which may see the same.

    What rings without a name of its own, in a queue that a desk sees, is among those who wait there.
    """
    callers: dict[str, Waits] = {}
    for one in (one for seen in queues for one in seen):
        known = callers.get(one.linked_id)
        callers[one.linked_id] = one if known is None or one.since < known.since else known
    seen_queues = {one.where for one in callers.values()}
    rest = [
        one for one in ringing
        if (one.linked_id not in callers if one.linked_id else one.where not in seen_queues)
    ]  # fmt: skip
    return _by_place([*callers.values(), *rest])


def _by_place(callers: Iterable[Waits]) -> Sequence[Waiting]:
    places: dict[str, list[datetime]] = {}
    for one in callers:
        places.setdefault(one.where, []).append(one.since)
    found = [Waiting(where, len(times), min(times)) for where, times in places.items()]
    return sorted(found, key=lambda one: (one.since, one.where))
