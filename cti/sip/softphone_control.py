"""What the operator can do to the calls of a softphone, and why not: a picture that is replaced, never changed.

`cannot` is asked on the desk's thread, everything else happens on the thread "cti".
"""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from cti.control import Act, Cannot, Done, Order

MOST = 8  # calls of one operator at once, the waiting ones among them
Carry = Callable[[Order], Coroutine[Any, Any, Done]]


class Phase(StrEnum):
    RINGS = "rings"
    DIALS = "dials"  # by us
    TALKS = "talks"
    HELD = "held"  # by us


@dataclass(frozen=True, slots=True)
class Seen:
    """One call as the operator's buttons see it."""

    phase: Phase = Phase.RINGS
    is_muted: bool = False
    has_keys: bool = False
    number: str = ""  # that we have dialled
    consults: str = ""  # the call in which a colleague is asked about this one


@dataclass(frozen=True, slots=True)
class Picture:
    """All calls, whether the PBX hears us and calls for us, and whether there is a headset as far as anybody knows."""

    calls: Mapping[str, Seen] = field(default_factory=lambda: MappingProxyType({}))
    is_connected: bool = False
    has_way: bool = False  # a PBX and an account there, to call through
    has_sound: bool = True

    def cannot(self, act: Act, source_id: str) -> Cannot | None:
        if act is Act.DIAL:
            return self._cannot_dial()
        seen = self.calls.get(source_id)
        if seen is None:
            return Cannot.NOT_OURS
        if not self.is_connected and seen.phase is Phase.RINGS:
            return Cannot.NOT_CONNECTED
        if act in {Act.HAND_OVER, Act.TAKE_BACK}:
            return self._cannot_end_asking(act, seen)
        if act is Act.ANSWER and not self.has_sound:
            return Cannot.NO_DEVICE
        return None if _NEEDS[act](seen) else Cannot.NOT_NOW

    def with_call(self, source_id: str, seen: Seen | None) -> "Picture":
        """None takes the call out: whoever was asked in it is asked no more."""
        calls = dict(self.calls)
        if seen is not None:
            calls[source_id] = seen
        elif calls.pop(source_id, None) is not None:
            calls = {
                name: replace(one, consults="") if one.consults == source_id else one for name, one in calls.items()
            }
        return replace(self, calls=MappingProxyType(calls))

    def _cannot_dial(self) -> Cannot | None:
        if not self.has_way:
            return Cannot.NOT_SET_UP
        if not self.is_connected:
            return Cannot.NOT_CONNECTED
        if len(self.calls) >= MOST:
            return Cannot.NOT_NOW
        return None if self.has_sound else Cannot.NO_DEVICE

    def _cannot_end_asking(self, act: Act, seen: Seen) -> Cannot | None:
        """Nobody is handed over to somebody who has not answered."""
        asked = self.calls.get(seen.consults)
        can = asked is not None and (act is Act.TAKE_BACK or asked.phase in {Phase.TALKS, Phase.HELD})
        return None if can else Cannot.NOT_NOW


_NEEDS: dict[Act, Callable[[Seen], bool]] = {
    Act.ANSWER: lambda seen: seen.phase is Phase.RINGS,
    Act.HANG_UP: lambda seen: True,
    Act.HOLD: lambda seen: seen.phase is Phase.TALKS,
    Act.RESUME: lambda seen: seen.phase is Phase.HELD,
    Act.TRANSFER: lambda seen: seen.phase in {Phase.TALKS, Phase.HELD} and not seen.consults,
    Act.CONSULT: lambda seen: seen.phase in {Phase.TALKS, Phase.HELD} and not seen.consults,
    Act.DIGITS: lambda seen: seen.phase is Phase.TALKS and seen.has_keys,
    Act.MUTE: lambda seen: seen.phase in {Phase.TALKS, Phase.HELD} and not seen.is_muted,
    Act.UNMUTE: lambda seen: seen.phase in {Phase.TALKS, Phase.HELD} and seen.is_muted,
}


class SoftphoneControl:
    """A `Control`; `carry` does on the thread "cti" what can be done."""

    def __init__(self, carry: Carry, picture: Picture) -> None:
        self._carry, self.picture = carry, picture

    def cannot(self, act: Act, source_id: str = "") -> Cannot | None:
        return self.picture.cannot(act, source_id)

    async def do(self, order: Order) -> Done:
        why = self.picture.cannot(order.act, order.source_id)
        return Done(failed=why) if why is not None else await self._carry(order)
