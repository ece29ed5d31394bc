"""The call source "sip" with `answer = "softphone"`: the shell of a SIP source that answers and calls when told so.

Sound is made where the two sides agree on it (`SoundAgreed`) and ends with the call, its ports closed for sure.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from random import Random
from types import MappingProxyType

from cti.address import Address, split_host_port
from cti.control import Act, Cannot, Done, Order
from cti.events import Danger, SourceState
from cti.headset import Chosen, HeadsetNow, SoundError
from cti.sip.agent import Agent
from cti.sip.answered_calls import Place
from cti.sip.answered_dialog import AnsweredDialog
from cti.sip.dialog import AgentEvent, Answered, Endangered, Ended, HandedOn, Offered, RingsThere, SoundAgreed
from cti.sip.handing_on import refer_to
from cti.sip.headset import Headset
from cti.sip.rtp_ports import PortPair
from cti.sip.sdp import Flow
from cti.sip.settings import SipSettings
from cti.sip.softphone import Voice
from cti.sip.softphone_agent import SoftphoneAgent
from cti.sip.softphone_control import Phase, Picture, Seen, SoftphoneControl
from cti.sip.sound_card import SoundCard
from cti.sip.sounds import Sounds
from cti.sip.source import SipSource
from cti.sip.transport import is_wildcard, local_host_towards
from cti.source import Around

log = logging.getLogger(__name__)

SILENT_FOR = 60.0  # seconds without a packet, while nobody holds: the other side is gone without a BYE
LOOK_EVERY = 5.0
LAST_WORD_WITHIN = 0.4  # seconds for the answer to a BYE when the program ends
HANDED_ON_WITHIN = 4.0  # seconds for the PBX to say so; then it may still come
_HEARING = {SourceState.LISTENING, SourceState.REGISTERED}


class SoftphoneSource(SipSource):
    """Reports calls as any SIP source; `control` answers and makes them, `headset` is what is talked with."""

    def __init__(self, settings: SipSettings, around: Around, card: SoundCard, random: Random | None = None) -> None:
        super().__init__(settings, around.secret, random, around.tap, around.customers)
        self.control = SoftphoneControl(self._carry, Picture(has_way=bool(settings.server and settings.username)))
        self.headset = Headset(card, Chosen(settings.microphone, settings.speaker))
        self._sounds = Sounds(self.headset, self._random)
        self.talk_here = self._sounds.care
        self.talk_here.changed = self._headset_changed
        self._dangers: dict[str, tuple[tuple[Danger, str], ...]] = {}
        self._handing_on: dict[str, asyncio.Future[int]] = {}
        self._watch: asyncio.TimerHandle | None = None

    @property
    def ports_in_use(self) -> int:
        return self._sounds.ports_in_use

    def voice(self, source_id: str) -> Voice | None:
        """The sound of a call that is talked in."""
        return self._sounds.voices.get(source_id)

    def _make_agent(self) -> Agent:
        self._phone = SoftphoneAgent(self._settings, self._random)
        return self._phone

    async def _carry(self, order: Order) -> Done:
        """Do what the picture allows; it may have changed meanwhile."""
        match order.act:
            case Act.ANSWER:
                done = await self._with_headset(lambda: self._answer(order.source_id))
            case Act.DIAL:
                done = await self._with_headset(lambda: self._dial(order.number))
            case Act.CONSULT:
                done = await self._with_headset(lambda: self._consult(order))
            case Act.TRANSFER | Act.HAND_OVER:
                done = await self._hand_on(order)
            case Act.HANG_UP:
                done = self._hang_up(order.source_id, self._now)
            case Act.TAKE_BACK:
                done = self._take_back(order.source_id)
            case _:
                done = self._change(order)
        self._pump()
        return done

    @property
    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    async def _with_headset(self, do: Callable[[], Done]) -> Done:
        try:
            async with self._sounds.opened():
                return do()
        except SoundError as error:
            log.warning("%s: no sound: %s", self.name, error)
            return Done(failed=Cannot.NO_DEVICE, detail=str(error))

    def _answer(self, source_id: str) -> Done:
        peer = self._phone.rings(source_id)
        if peer is None:
            self._sounds.end(source_id)
            return Done(failed=Cannot.NOT_OURS)
        self._let_others_wait()
        pair = self._ports_towards(peer)
        if isinstance(pair, Done):
            return pair
        self._sounds.keep(source_id, pair, peer)
        status = self._phone.answer(source_id, self._place(pair), self._now)
        self._pump()
        if status == 200:
            return Done()
        self._sounds.end(source_id)
        return Done(failed=Cannot.NOT_NOW, detail=str(status))

    def _dial(self, number: str) -> Done:
        """A call of our own: its card comes at once, its ringing is heard in the headset."""
        self._let_others_wait()
        pair = self._ports_towards(self._phone.registrar)
        if isinstance(pair, Done):
            return pair
        source_id = self._phone.dial(number, self._place(pair), self._now)
        self._sounds.keep(source_id, pair, self._phone.registrar)
        self._see(source_id, Seen(Phase.DIALS, number=number))
        self._pump()
        return Done(source_id, rings_first=False)

    def _consult(self, order: Order) -> Done:
        done = self._dial(order.number)
        seen = self.control.picture.calls.get(order.source_id)
        if done.failed is None and seen is not None:
            self._see(order.source_id, replace(seen, consults=done.source_id))
        return done

    def _take_back(self, source_id: str) -> Done:
        """We talk to the caller again, the colleague is gone."""
        asked, talk = self.control.picture.calls[source_id].consults, self._phone.talk(source_id)
        self._hang_up(asked, self._now)
        return Done(failed=Cannot.NOT_NOW) if talk is None else self._resume(source_id, talk)

    async def _hand_on(self, order: Order) -> Done:
        """By REFER; to whom we talk already it names that call (Replaces), which is then over by itself."""
        talk, to = self._phone.talk(order.source_id), self._whom(order)
        if talk is None or not talk.can_hand_on or to is None:
            return Done(failed=Cannot.NOT_NOW)
        told = self._handing_on[order.source_id] = asyncio.get_running_loop().create_future()
        talk.hand_on(to, self._now)
        self._pump()
        try:
            status = await asyncio.wait_for(told, HANDED_ON_WITHIN)
        except TimeoutError:
            return Done()
        finally:
            self._handing_on.pop(order.source_id, None)
        return Done() if status < 300 else Done(failed=Cannot.NOT_NOW, detail=str(status))

    def _whom(self, order: Order) -> str | None:
        """The URI to hand on to; None if the colleague who was asked is gone."""
        if order.act is Act.TRANSFER:
            return refer_to(order.number, self._settings.server)
        calls = self.control.picture.calls
        asked = calls[order.source_id].consults
        talk = self._phone.talk(asked)
        return None if talk is None else refer_to(calls[asked].number, self._settings.server, talk.ends)

    def _ports_towards(self, peer: Address) -> PortPair | Done:
        try:
            return self._sounds.bind(self._host_towards(peer))
        except OSError as error:
            self._sounds.end("")
            return Done(failed=Cannot.NOT_NOW, detail=str(error))

    def _place(self, pair: PortPair) -> Place:
        return Place(pair.address, self._random.getrandbits(31))

    def _let_others_wait(self) -> None:
        """There is one headset: whoever is talked to waits."""
        for other, voice in self._sounds.voices.items():
            talk = self._phone.talk(other)
            if talk is not None and not talk.holds:
                talk.hold(self._now)
                self._follow(other, voice)

    def _host_towards(self, peer: Address) -> str:
        host, _ = split_host_port(self._settings.bind, 0)
        return local_host_towards(peer) if is_wildcard(host) else host

    def _hang_up(self, source_id: str, now: float) -> Done:
        call = self._phone.talk(source_id) or self._phone.placed(source_id)
        if call is not None:
            call.hang_up(now)
            return Done()
        return Done() if self._phone.decline(source_id, now) else Done(failed=Cannot.NOT_OURS)

    def _change(self, order: Order) -> Done:
        """Of a call that is talked in: keys, mute, hold."""
        voice, talk = self._sounds.voices.get(order.source_id), self._phone.talk(order.source_id)
        if voice is None or talk is None:
            return Done(failed=Cannot.NOT_NOW)
        if order.act is Act.DIGITS:
            return _press(voice, order.number)
        if order.act in {Act.MUTE, Act.UNMUTE}:
            return self._mute(order, voice)
        if order.act is Act.RESUME:
            return self._resume(order.source_id, talk)
        talk.hold(self._now)
        self._follow(order.source_id, voice)
        return Done()

    def _resume(self, source_id: str, talk: AnsweredDialog) -> Done:
        """Whoever is talked to meanwhile waits instead."""
        self._let_others_wait()
        talk.resume(self._now)
        if (voice := self._sounds.voices.get(source_id)) is not None:
            self._follow(source_id, voice)
        return Done()

    def _mute(self, order: Order, voice: Voice) -> Done:
        is_muted = order.act is Act.MUTE
        (voice.mute if is_muted else voice.unmute)()
        seen = self.control.picture.calls[order.source_id]
        self._see(order.source_id, replace(seen, is_muted=is_muted))
        return Done()

    def _tell(self, event: AgentEvent, received_ns: int) -> None:
        match event:
            case Offered(call_id) if call_id not in self.control.picture.calls:
                self._see(call_id, Seen())
            case RingsThere(call_id):
                self._sounds.ring(call_id)
            case SoundAgreed(call_id):
                self._agree(event)
            case HandedOn():
                self._note_handed_on(event)
            case Endangered(dangers):
                self._warn("extension", dangers)
                return
            case Answered(call_id) if not self._sounds.has(call_id):
                self._see(call_id, None)
            case Ended(call_id):
                self._see(call_id, None)
                self._sounds.end(call_id)
        super()._tell(event, received_ns)

    def _agree(self, event: SoundAgreed) -> None:
        voice = self._sounds.agree(event.call_id, event.agreed)
        if voice is not None:
            self._follow(event.call_id, voice)
            self._look_again()

    def _note_handed_on(self, event: HandedOn) -> None:
        told = self._handing_on.get(event.call_id)
        if told is not None and not told.done():
            told.set_result(event.status)

    def _follow(self, source_id: str, voice: Voice) -> None:
        """Voice, headset and picture as the call stands; before the answer we hear, and say nothing."""
        talk, seen = self._phone.talk(source_id), self.control.picture.calls.get(source_id, Seen())
        is_early = talk is None and self._phone.placed(source_id) is not None
        if is_early or (talk is not None and talk.holds):
            voice.hold()
        else:
            voice.resume()
        if talk is not None and talk.holds:
            self.headset.let_go(voice)
        elif talk is not None or is_early:
            self.headset.talk_in(voice)
        if talk is not None:
            phase = Phase.HELD if talk.holds else Phase.TALKS
            self._see(source_id, replace(seen, phase=phase, has_keys=voice.can_press_keys))

    def _headset_changed(self, now: HeadsetNow) -> None:
        dangers = [(Danger.HEADSET_GONE, name) for name in now.missing]
        if now.fault is not None:
            dangers.append((Danger.NO_SOUND, now.fault))
        self._warn("headset", tuple(dangers))

    def _warn(self, about: str, dangers: tuple[tuple[Danger, str], ...]) -> None:
        """Those of the extension and those of the headset are told together, where that is news."""
        if dangers == self._dangers.get(about, ()):
            return
        self._dangers[about] = dangers
        super()._tell(Endangered(tuple(one for several in self._dangers.values() for one in several)), 0)

    def _see(self, source_id: str, seen: Seen | None) -> None:
        self.control.picture = self.control.picture.with_call(source_id, seen)

    def _say(self, state: SourceState, detail: str) -> None:
        picture = self.control.picture
        self.control.picture = replace(picture, is_connected=state in _HEARING)
        super()._say(state, detail)

    def _look_again(self) -> None:
        if self._watch is None:
            self._watch = asyncio.get_running_loop().call_later(LOOK_EVERY, self._look_for_the_silent)

    def _look_for_the_silent(self) -> None:
        self._watch = None
        for source_id, voice in list(self._sounds.voices.items()):
            talk = self._phone.talk(source_id)
            talks = talk is not None and talk.agreed is not None and talk.agreed.flow is Flow.BOTH
            if talk is not None and talks and time.monotonic() - voice.heard_at > SILENT_FOR:
                log.warning("%s: nothing has come of a call for a minute: hung up", self.name)
                talk.lose(asyncio.get_running_loop().time())
        self._pump()
        if self._sounds.voices:
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
            self.control.picture = replace(self.control.picture, calls=MappingProxyType({}))
            await self._sounds.end_all()


def _press(voice: Voice, keys: str) -> Done:
    try:
        voice.press(keys)
    except ValueError:
        return Done(failed=Cannot.NOT_NOW, detail=keys)  # "+" is dialled, but no telephone has a key for it
    return Done()
