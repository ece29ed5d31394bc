"""What can be done through AMI: dial by a fixed context, hang up, hand on. No other action, no field from anybody else.

Channels are named by their Uniqueid, which AMI takes in place of a name: no channel's name ever goes into an action.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from cti.ami.action import Fields
from cti.ami.packet import Packet
from cti.ami.settings import AmiSettings
from cti.control import Act, Cannot, Done, Order

ANSWER_WITHIN = 4.0  # seconds for the PBX's answer to an order
RING_FOR_MS = 30_000  # the operator's own telephone, until it is lifted

Ask = Callable[[str, Fields], str]  # sends an action at once; its ActionID. ValueError for what none may carry
GoesOut = Callable[[str, str, str], str]  # a channel that will dial, its ActionID, the number: the call's source_id


class Stage(StrEnum):
    """Where a call of ours stands, as far as it matters to what can be done."""

    RINGING = "ringing"
    TALKING = "talking"
    CONSULTING = "consulting"  # the caller waits while we talk to somebody else


@dataclass(frozen=True, slots=True)
class Ours:
    """A call at our telephones: those of their channels (Uniqueids) that are not gone."""

    stage: Stage
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The open session: how an action is sent there, and how a call that was ordered is taken into the books."""

    ask: Ask
    goes_out: GoesOut


@dataclass(frozen=True, slots=True)
class _State:
    """All that `cannot` looks at: replaced as a whole, so that the desk's thread may read it at any time."""

    is_connected: bool = False
    calls: Mapping[str, Ours] = field(default_factory=dict)
    denied: frozenset[str] = frozenset()  # actions that the PBX does not let our account


_ACTIONS = {
    Act.DIAL: "Originate",
    Act.HANG_UP: "Hangup",
    Act.TRANSFER: "BlindTransfer",
    Act.CONSULT: "Atxfer",
    Act.HAND_OVER: "Hangup",  # of our own channel: the other two go on
    Act.TAKE_BACK: "CancelAtxfer",
}
_STAGES = {
    Act.HANG_UP: frozenset(Stage),
    Act.TRANSFER: frozenset({Stage.TALKING}),
    Act.CONSULT: frozenset({Stage.TALKING}),
    Act.HAND_OVER: frozenset({Stage.CONSULTING}),
    Act.TAKE_BACK: frozenset({Stage.CONSULTING}),
}
_BY_CONTEXT = frozenset({Act.DIAL, Act.TRANSFER, Act.CONSULT})
_DENIED = "permission denied"


class AmiControl:
    """Of one source; the source says when there is a `Line`, and which calls stand at its telephones."""

    def __init__(self, settings: AmiSettings, random: Random) -> None:
        self._settings, self._random = settings, random
        self._state = _State()
        self._line: Line | None = None
        self._consulting: frozenset[str] = frozenset()
        self._waiting: dict[str, asyncio.Future[Packet | None]] = {}

    def begin(self, line: Line) -> None:
        """We are logged in; what the account may do is not known any more."""
        self._line, self._state = line, _State(is_connected=True)

    def leave(self) -> None:
        """The session is over: nobody will answer."""
        self._line, self._state, self._consulting = None, _State(), frozenset()
        for future in self._waiting.values():
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    def see(self, calls: Mapping[str, Ours]) -> None:
        """The calls as they stand now."""
        self._consulting &= calls.keys()
        shown = {key: self._as_it_stands(key, one) for key, one in calls.items()}
        if shown != self._state.calls:
            self._state = _State(self._state.is_connected, shown, self._state.denied)

    def take_answer(self, asked: str, packet: Packet | None) -> bool:
        """False if this is no order of ours."""
        future = self._waiting.pop(asked, None)
        if future is not None and not future.done():
            future.set_result(packet)
        return future is not None

    def cannot(self, act: Act, source_id: str = "") -> Cannot | None:
        """Looks only at what stands ready."""
        state, action = self._state, _ACTIONS.get(act)
        if action is None:
            return Cannot.NOT_THIS_SOURCE
        if act in _BY_CONTEXT and not self._settings.dial_context:
            return Cannot.NOT_SET_UP
        if not state.is_connected:
            return Cannot.NOT_CONNECTED
        if action in state.denied:
            return Cannot.NO_RIGHT
        return None if act is Act.DIAL else _why_not(act, state.calls.get(source_id))

    async def do(self, order: Order) -> Done:
        """Send it, and wait for the PBX's word; what becomes of the call is told by its events."""
        line, why = self._line, self.cannot(order.act, order.source_id)
        if why is not None or line is None:
            return Done(failed=why or Cannot.NOT_CONNECTED)
        action, channel = _ACTIONS[order.act], self._channel_for(order)
        try:
            asked = line.ask(action, self._fields(order, channel))
        except (OSError, ValueError) as error:
            return Done(failed=Cannot.NOT_CONNECTED, detail=str(error))
        answer = await self._answer(asked)
        if answer is None or not answer.is_success:
            return self._failed(action, answer)
        return self._done(order, line, channel, asked)

    def _done(self, order: Order, line: Line, channel: str, asked: str) -> Done:
        if order.act is Act.DIAL:
            return Done(line.goes_out(channel, asked, order.number))
        if order.act is Act.CONSULT:
            self._consulting |= {order.source_id}
        elif order.act is Act.TAKE_BACK:
            self._consulting -= {order.source_id}
        self.see(self._state.calls)
        return Done()

    def _failed(self, action: str, answer: Packet | None) -> Done:
        if answer is None:
            return Done(failed=Cannot.NOT_CONNECTED)
        said = answer.get("Message")
        if _DENIED not in said.casefold():
            return Done(failed=Cannot.NOT_NOW, detail=said[:80])
        state = self._state
        self._state = _State(state.is_connected, state.calls, state.denied | {action})
        return Done(failed=Cannot.NO_RIGHT, detail=said[:80])

    async def _answer(self, asked: str) -> Packet | None:
        future: asyncio.Future[Packet | None] = asyncio.get_running_loop().create_future()
        self._waiting[asked] = future
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                return await future
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(asked, None)

    def _channel_for(self, order: Order) -> str:
        if order.act is Act.DIAL:
            return f"omote-{self._random.getrandbits(64):016x}"
        return self._state.calls[order.source_id].channels[0]

    def _fields(self, order: Order, channel: str) -> Fields:
        """`Order` has seen to it that a number is digits; the context is the settings' own."""
        context, watch = self._settings.dial_context, self._settings.watch
        match order.act:
            case Act.DIAL:
                device = self._settings.channels[0] if self._settings.channels else f"PJSIP/{watch}"
                return (
                    ("Channel", device), ("Context", context), ("Exten", order.number), ("Priority", "1"),
                    ("CallerID", watch), ("Timeout", str(RING_FOR_MS)), ("ChannelId", channel), ("Async", "true"),
                )  # fmt: skip
            case Act.TRANSFER | Act.CONSULT:
                return ("Channel", channel), ("Context", context), ("Exten", order.number)
            case _:
                return (("Channel", channel),)

    def _as_it_stands(self, source_id: str, one: Ours) -> Ours:
        is_consulting = source_id in self._consulting and one.stage is not Stage.RINGING
        stage = one.stage if one.stage is Stage.RINGING else Stage.CONSULTING if is_consulting else Stage.TALKING
        return Ours(stage, one.channels)


def _why_not(act: Act, one: Ours | None) -> Cannot | None:
    if one is None or not one.channels:
        return Cannot.NOT_OURS
    return None if one.stage in _STAGES[act] else Cannot.NOT_NOW
