"""What an agent promises whatever arrives, checked on a `Wire` after each message: for fuzzing and for Hypothesis."""

from collections.abc import Iterable
from typing import Any

from cti.sip.call_book import REMEMBERED_FOR
from cti.sip.dialog import Answered, Ended, Offered, Transferred
from tests.cti.sip.wire import Wire

LONGEST = 300.0  # seconds: after so much silence every call is over


class Promises:
    """AssertionError as soon as one is broken. `asked` are the hosts that may get an answer."""

    def __init__(self, wire: Wire, asked: Iterable[str]) -> None:
        self._wire, self.asked = wire, set(asked)
        self._told = self._sent = 0
        self._checked_at = wire.now
        self._open: set[str] = set()
        self._over: dict[str, float] = {}  # the earliest time at which it may have ended

    def check(self) -> None:
        """What has happened since the last time."""
        for event in self._wire.events[self._told :]:
            self._check_event(event)
        self._told, self._checked_at = len(self._wire.events), self._wire.now
        answered = {host for host, _port in self._wire.sent_to[self._sent :]}
        assert answered <= self.asked, f"bytes for {answered - self.asked}, who did not ask"
        self._sent = len(self._wire.sent_to)

    def check_end(self, *, may_talk_on: bool = False) -> None:
        """Nothing more comes: every call ends. A watcher may hear for ever of nothing but a talk."""
        self._wire.pass_time(LONGEST)
        self.check()
        assert may_talk_on or not self._open, f"calls that never end: {self._open}"

    def _check_event(self, event: object) -> None:
        match event:
            case Offered(call_id=call):
                assert call not in self._open, f"offered twice: {call}"
                ended = self._over.get(call, -REMEMBERED_FOR)
                assert self._wire.now >= ended + REMEMBERED_FOR, f"offered again: {call}"
                self._open.add(call)
            case Answered(call_id=call) | Transferred(call_id=call):
                assert call in self._open, f"told of no open call: {event}"
            case Ended(call_id=call):
                assert call in self._open, f"ended twice, or never begun: {event}"
        if self._is_over(event):
            self._open.remove(event.call_id)  # type: ignore[attr-defined]
            self._over[event.call_id] = self._checked_at  # type: ignore[attr-defined]

    def _is_over(self, event: object) -> bool:
        """For a second contact "answered" is the last word, for a watcher the talk still has an end."""
        return isinstance(event, Ended) or (isinstance(event, Answered) and not hasattr(self._wire, "notifier"))


def things_held(agent: object) -> int:
    """How many things an agent remembers: the lengths of all containers that it reaches."""
    seen: set[int] = set()
    count, waiting = 0, [agent]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, str | bytes | int | float | type(None)):
            continue
        seen.add(id(one))
        parts = _parts(one)
        count += len(parts) if isinstance(one, dict | list | set | tuple) or hasattr(one, "appendleft") else 0
        waiting += parts
    return count


def _parts(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return [*one.keys(), *one.values()]
    if isinstance(one, list | set | frozenset | tuple) or hasattr(one, "appendleft"):
        return list(one)
    if not type(one).__module__.startswith("cti."):
        return []
    named = [*getattr(one, "__dict__", {}), *(slot for kind in type(one).__mro__ for slot in _slots(kind))]
    return [getattr(one, name) for name in named if hasattr(one, name)]


def _slots(kind: type) -> tuple[str, ...]:
    slots = getattr(kind, "__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)
