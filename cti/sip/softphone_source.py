"""The call source "sip" with `answer = "softphone"`: the shell of a SIP source that answers when the operator says so.

Sound is made where the two sides agree on it (`SoundAgreed`) and ends with the call, its ports closed for sure.
"""

import asyncio
import contextlib
import logging
import time
from dataclasses import replace
from random import Random

from cti.address import Address, normal_address, split_host_port
from cti.control import Act, Cannot, Done, Order
from cti.events import SourceState
from cti.sip.agent import Agent
from cti.sip.answered_calls import Place
from cti.sip.dialog import AgentEvent, Answered, Ended, Offered, SoundAgreed
from cti.sip.headset import Headset
from cti.sip.rtp_ports import PortPair, RtpPorts
from cti.sip.sdp import Flow
from cti.sip.settings import SipSettings
from cti.sip.softphone import Voice
from cti.sip.softphone_agent import SoftphoneAgent
from cti.sip.softphone_control import Phase, Seen, SoftphoneControl
from cti.sip.sound_card import SoundCard, SoundError
from cti.sip.source import SipSource
from cti.sip.transport import is_wildcard, local_host_towards
from cti.source import Around

log = logging.getLogger(__name__)

SILENT_FOR = 60.0  # seconds without a packet, while nobody holds: the other side is gone without a BYE
LOOK_EVERY = 5.0
LAST_WORD_WITHIN = 0.4  # seconds for the answer to a BYE when the program ends
_HEARING = {SourceState.LISTENING, SourceState.REGISTERED}


class SoftphoneSource(SipSource):
    """Reports calls as any SIP source; `control` answers them, `headset` is what is talked with."""

    def __init__(self, settings: SipSettings, around: Around, card: SoundCard, random: Random | None = None) -> None:
        super().__init__(settings, around.secret, random, around.tap, around.customers)
        self.control = SoftphoneControl(self._carry)
        self.headset = Headset(card, settings.microphone, settings.speaker)
        self._ports = RtpPorts(self._random)
        self._pairs: dict[str, PortPair] = {}
        self._peers: dict[str, str] = {}
        self._voices: dict[str, Voice] = {}
        self._endings: set[asyncio.Task[None]] = set()
        self._opening = asyncio.Lock()
        self._watch: asyncio.TimerHandle | None = None

    @property
    def ports_in_use(self) -> int:
        return self._ports.in_use

    def voice(self, source_id: str) -> Voice | None:
        """The sound of a call that is talked in."""
        return self._voices.get(source_id)

    def _make_agent(self) -> Agent:
        self._phone = SoftphoneAgent(self._settings, self._random)
        return self._phone

    async def _carry(self, order: Order) -> Done:
        """Do what the picture allows; it may have changed meanwhile."""
        if order.act is Act.ANSWER:
            return await self._answer(order.source_id)
        voice, talk = self._voices.get(order.source_id), self._phone.talk(order.source_id)
        now = asyncio.get_running_loop().time()
        if order.act is Act.HANG_UP:
            done = self._hang_up(order.source_id, now)
        elif voice is None or talk is None:
            done = Done(failed=Cannot.NOT_NOW)
        elif order.act is Act.DIGITS:
            done = _press(voice, order.number)
        elif order.act in {Act.MUTE, Act.UNMUTE}:
            done = self._mute(order, voice)
        else:
            (talk.hold if order.act is Act.HOLD else talk.resume)(now)
            self._follow(order.source_id, voice)
            done = Done()
        self._pump()
        return done

    async def _answer(self, source_id: str) -> Done:
        async with self._opening:
            try:
                await asyncio.to_thread(self.headset.open)
            except SoundError as error:
                log.warning("%s: no sound: %s", self.name, error)
                return Done(failed=Cannot.NO_DEVICE, detail=str(error))
            return self._answer_with_sound(source_id)

    def _answer_with_sound(self, source_id: str) -> Done:
        now = asyncio.get_running_loop().time()
        peer = self._phone.rings(source_id)
        if peer is None:
            self._end_sound(source_id)
            return Done(failed=Cannot.NOT_OURS)
        self._let_others_wait(now)
        try:
            pair = self._pairs[source_id] = self._ports.bind(self._host_towards(peer))
        except OSError as error:
            self._end_sound(source_id)
            return Done(failed=Cannot.NOT_NOW, detail=str(error))
        self._peers[source_id] = normal_address(peer[0])
        status = self._phone.answer(source_id, Place(pair.address, self._random.getrandbits(31)), now)
        self._pump()
        if status == 200:
            return Done()
        self._end_sound(source_id)
        return Done(failed=Cannot.NOT_NOW, detail=str(status))

    def _let_others_wait(self, now: float) -> None:
        """There is one headset: whoever is talked to waits."""
        for other, voice in self._voices.items():
            talk = self._phone.talk(other)
            if talk is not None and not talk.holds:
                talk.hold(now)
                self._follow(other, voice)

    def _host_towards(self, peer: Address) -> str:
        host, _ = split_host_port(self._settings.bind, 0)
        return local_host_towards(peer) if is_wildcard(host) else host

    def _hang_up(self, source_id: str, now: float) -> Done:
        talk = self._phone.talk(source_id)
        if talk is not None:
            talk.hang_up(now)
            return Done()
        return Done() if self._phone.decline(source_id, now) else Done(failed=Cannot.NOT_OURS)

    def _mute(self, order: Order, voice: Voice) -> Done:
        is_muted = order.act is Act.MUTE
        (voice.mute if is_muted else voice.unmute)()
        seen = self.control.picture.calls[order.source_id]
        self._see(order.source_id, replace(seen, is_muted=is_muted))
        return Done()

    def _tell(self, event: AgentEvent, received_ns: int) -> None:
        match event:
            case Offered(call_id):
                self._see(call_id, Seen())
            case SoundAgreed(call_id):
                self._agree(event)
            case Answered(call_id) if call_id not in self._pairs:
                self._see(call_id, None)
            case Ended(call_id):
                self._see(call_id, None)
                self._end_sound(call_id)
        super()._tell(event, received_ns)

    def _agree(self, event: SoundAgreed) -> None:
        voice, pair = self._voices.get(event.call_id), self._pairs.get(event.call_id)
        if voice is not None:
            voice.change(event.agreed)
        elif pair is not None:
            voice = self._voices[event.call_id] = Voice(pair, event.agreed, self._peers[event.call_id])
            voice.start()
            self._look_again()
        if voice is not None:
            self._follow(event.call_id, voice)

    def _follow(self, source_id: str, voice: Voice) -> None:
        """Voice, headset and picture as the call stands."""
        talk = self._phone.talk(source_id)
        if talk is None:
            return
        seen = self.control.picture.calls.get(source_id, Seen())
        if talk.holds:
            voice.hold()
            self.headset.let_go(voice)
        else:
            voice.resume()
            self.headset.talk_in(voice)
        phase = Phase.HELD if talk.holds else Phase.TALKS
        self._see(source_id, replace(seen, phase=phase, has_keys=voice.can_press_keys))

    def _see(self, source_id: str, seen: Seen | None) -> None:
        self.control.picture = self.control.picture.with_call(source_id, seen)

    def _say(self, state: SourceState, detail: str) -> None:
        self.control.picture = replace(self.control.picture, is_connected=state in _HEARING)
        super()._say(state, detail)

    def _end_sound(self, source_id: str) -> None:
        """Whatever there is of it; a second call finds nothing."""
        voice, pair = self._voices.pop(source_id, None), self._pairs.pop(source_id, None)
        self._peers.pop(source_id, None)
        if voice is not None:
            self.headset.let_go(voice)
        ending = asyncio.get_running_loop().create_task(self._end(voice, pair))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def _end(self, voice: Voice | None, pair: PortPair | None) -> None:
        """The threads first, then their sockets, then the headset if nobody else talks."""
        try:
            if voice is not None:
                await asyncio.to_thread(voice.stop)
        finally:
            if pair is not None:
                pair.close()
        async with self._opening:
            if not self._pairs:
                await asyncio.to_thread(self.headset.close)

    def _look_again(self) -> None:
        if self._watch is None:
            self._watch = asyncio.get_running_loop().call_later(LOOK_EVERY, self._look_for_the_silent)

    def _look_for_the_silent(self) -> None:
        self._watch = None
        for source_id, voice in list(self._voices.items()):
            talk = self._phone.talk(source_id)
            talks = talk is not None and talk.agreed is not None and talk.agreed.flow is Flow.BOTH
            if talk is not None and talks and time.monotonic() - voice.heard_at > SILENT_FOR:
                log.warning("%s: nothing has come of a call for a minute: hung up", self.name)
                talk.lose(asyncio.get_running_loop().time())
        self._pump()
        if self._voices:
            self._look_again()

    async def _take_leave(self) -> None:
        if self._transport is not None:
            self._phone.hang_up_all(asyncio.get_running_loop().time())
            self._pump()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._until_at_rest(), LAST_WORD_WITHIN)
        await super()._take_leave()

    async def _until_at_rest(self) -> None:
        while not self._phone.is_at_rest:
            await asyncio.sleep(0.02)

    async def _close(self) -> None:
        try:
            await super()._close()
        finally:
            if self._watch is not None:
                self._watch.cancel()
                self._watch = None
            for source_id in list(self._pairs):
                self._see(source_id, None)
                self._end_sound(source_id)
            await asyncio.gather(*self._endings)


def _press(voice: Voice, keys: str) -> Done:
    try:
        voice.press(keys)
    except ValueError:
        return Done(failed=Cannot.NOT_NOW, detail=keys)  # "+" is dialled, but no telephone has a key for it
    return Done()
