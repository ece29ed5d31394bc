"""Which INVITEs are one call: the calls that ring here and, for a while, those that are over. No clock here.

A fork or a copy may arrive after the end (RFC 3261 section 8.2.2.2): it joins its call and is no new one.
"""

from collections.abc import Iterator

from cti.sip.dialog import Call, CallKey

MAX_OVER = 500
REMEMBERED_FOR = 32.0  # seconds after the end: as long as an INVITE can be under way (timer B)


class CallBook:
    """Calls by Call-ID and From tag; its length is the number of those that ring."""

    def __init__(self) -> None:
        self._ringing: dict[CallKey, Call] = {}
        self._over: dict[CallKey, Call] = {}

    def __len__(self) -> int:
        return len(self._ringing)

    def __iter__(self) -> Iterator[Call]:
        yield from [*self._ringing.values(), *self._over.values()]

    def find(self, key: CallKey) -> Call | None:
        return self._ringing.get(key) or self._over.get(key)

    def add(self, call: Call) -> None:
        self._ringing[call.key] = call

    def end(self, call: Call, now: float) -> None:
        """Keep a call that is over until nobody can send it again and its last leg is final."""
        if self._ringing.pop(call.key, None) is not None:
            self._over[call.key] = call
            call.forget_at, call.ring_again_at = now + REMEMBERED_FOR, None
        call.legs = call.open_legs
        if not call.legs:
            call.deadline = max(now, call.forget_at)

    def surplus(self) -> Call | None:
        """The call that was over first, if there are too many to remember."""
        return next(iter(self._over.values())) if len(self._over) > MAX_OVER else None

    def forget(self, call: Call) -> None:
        self._over.pop(call.key, None)
