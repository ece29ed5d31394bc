"""What the operator can do to the calls of a softphone, and why not: a picture that is replaced, never changed.

`cannot` is asked on the desk's thread, everything else happens on the thread "cti".
"""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from cti.control import Act, Cannot, Done, Order

Carry = Callable[[Order], Coroutine[Any, Any, Done]]


class Phase(StrEnum):
    RINGS = "rings"
    TALKS = "talks"
    HELD = "held"  # by us


@dataclass(frozen=True, slots=True)
class Seen:
    """One call as the operator's buttons see it."""

    phase: Phase = Phase.RINGS
    is_muted: bool = False
    has_keys: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """All calls, whether the PBX hears us, and whether there is a headset as far as anybody knows."""

    calls: Mapping[str, Seen] = field(default_factory=lambda: MappingProxyType({}))
    is_connected: bool = False
    has_sound: bool = True

    def cannot(self, act: Act, source_id: str) -> Cannot | None:
        if act not in _NEEDS:
            return Cannot.NOT_THIS_SOURCE
        seen = self.calls.get(source_id)
        if seen is None:
            return Cannot.NOT_OURS
        if not self.is_connected and seen.phase is Phase.RINGS:
            return Cannot.NOT_CONNECTED
        if act is Act.ANSWER and not self.has_sound:
            return Cannot.NO_DEVICE
        return None if _NEEDS[act](seen) else Cannot.NOT_NOW

    def with_call(self, source_id: str, seen: Seen | None) -> "Picture":
        """None takes the call out."""
        calls = {name: call for name, call in self.calls.items() if name != source_id}
        if seen is not None:
            calls[source_id] = seen
        return Picture(MappingProxyType(calls), self.is_connected, self.has_sound)


_NEEDS: dict[Act, Callable[[Seen], bool]] = {
    Act.ANSWER: lambda seen: seen.phase is Phase.RINGS,
    Act.HANG_UP: lambda seen: True,
    Act.HOLD: lambda seen: seen.phase is Phase.TALKS,
    Act.RESUME: lambda seen: seen.phase is Phase.HELD,
    Act.DIGITS: lambda seen: seen.phase is Phase.TALKS and seen.has_keys,
    Act.MUTE: lambda seen: seen.phase is not Phase.RINGS and not seen.is_muted,
    Act.UNMUTE: lambda seen: seen.phase is not Phase.RINGS and seen.is_muted,
}


class SoftphoneControl:
    """A `Control`; `carry` does on the thread "cti" what can be done."""

    def __init__(self, carry: Carry) -> None:
        self._carry = carry
        self.picture = Picture()

    def cannot(self, act: Act, source_id: str = "") -> Cannot | None:
        return self.picture.cannot(act, source_id)

    async def do(self, order: Order) -> Done:
        why = self.picture.cannot(order.act, order.source_id)
        return Done(failed=why) if why is not None else await self._carry(order)
