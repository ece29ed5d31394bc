"""The sound of the calls that are talked in: for each its ports and its voice, for all of them one headset.

On the thread "cti"; what may block is done on others. Whatever happens, `end` gives everything of a call back.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from random import Random

from cti.address import Address, normal_address
from cti.sip.headset import Headset
from cti.sip.headset_care import HeadsetCare
from cti.sip.made_sound import Ringback
from cti.sip.rtp_ports import PortPair, RtpPorts
from cti.sip.sdp import Agreed
from cti.sip.softphone import Voice


class Sounds:
    """Calls by their names."""

    def __init__(self, headset: Headset, random: Random) -> None:
        self.headset, self._ports = headset, RtpPorts(random)
        self.care = HeadsetCare(headset)
        self._pairs: dict[str, PortPair] = {}
        self._peers: dict[str, str] = {}
        self._voices: dict[str, Voice] = {}
        self._ringbacks: dict[str, Ringback] = {}
        self._endings: set[asyncio.Task[None]] = set()
        self._opening = asyncio.Lock()

    @property
    def ports_in_use(self) -> int:
        return self._ports.in_use

    @property
    def voices(self) -> Mapping[str, Voice]:
        return self._voices

    def has(self, source_id: str) -> bool:
        """Whether this call has ports here."""
        return source_id in self._pairs

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """The headset runs, and nobody closes it meanwhile; SoundError if it does not."""
        async with self._opening:
            await self.care.do(self.headset.open)
            yield

    def bind(self, host: str) -> PortPair:
        """Ports at this address of ours, of no call yet; OSError."""
        return self._ports.bind(host)

    def keep(self, source_id: str, pair: PortPair, peer: Address) -> None:
        """They are this call's, whose PBX is `peer`."""
        self._pairs[source_id], self._peers[source_id] = pair, normal_address(peer[0])

    def agree(self, source_id: str, agreed: Agreed) -> Voice | None:
        """The two sides have agreed, for the first time or anew; None for a call that has no ports here."""
        voice, pair = self._voices.get(source_id), self._pairs.get(source_id)
        if voice is not None:
            voice.change(agreed)
        elif pair is not None:
            voice = self._voices[source_id] = Voice(pair, agreed, self._peers[source_id])
            voice.start()
        return voice

    def ring(self, source_id: str) -> None:
        """Let the operator hear that it rings there."""
        if source_id in self._pairs and source_id not in self._ringbacks:
            self._ringbacks[source_id] = Ringback()
            self.headset.talk_in(self._ringbacks[source_id])

    def end(self, source_id: str) -> None:
        """All there is of it; a second call finds nothing."""
        voice, pair = self._voices.pop(source_id, None), self._pairs.pop(source_id, None)
        self._peers.pop(source_id, None)
        for talk in (voice, self._ringbacks.pop(source_id, None)):
            if talk is not None:
                self.headset.let_go(talk)
        ending = asyncio.get_running_loop().create_task(self._end(voice, pair))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def end_all(self) -> None:
        """Returns when nothing of any call is left."""
        for source_id in list(self._pairs):
            self.end(source_id)
        await asyncio.gather(*self._endings)
        await self.care.end()

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
                await self.care.do(self.headset.close)
