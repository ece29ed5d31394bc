"""A wire in memory between an agent that can answer and a PBX's side of one call."""

from random import Random
from typing import Any

from cti.events import EndCause
from cti.sip.answered_calls import Place
from cti.sip.dialog import Ended, SoundAgreed
from cti.sip.sdp import Flow
from cti.sip.settings import SipSettings
from cti.sip.softphone_agent import SoftphoneAgent
from tests.cti.sip.wire import HERE, PBX, Wire
from tests.fakes.sip_peer import Heard, new_call
from tests.fakes.talking_peer import TalkingPeer

SOUND = Place(("192.0.2.1", 17_000), 42)


class TalkWire(Wire):
    """A wire whose agent can answer; `peer` is the PBX's side of one call."""

    def __init__(self, **settings: Any) -> None:
        super().__init__()
        chosen = {"name": "desk phone", "server": "192.0.2.10", "username": "201", "register": False}
        self.agent: SoftphoneAgent = SoftphoneAgent(
            SipSettings(**(chosen | {"answer": "softphone"} | settings)), Random(7)
        )
        self.agent.set_peers([PBX[0]])
        self.agent.set_route(HERE, PBX)
        self.peer = TalkingPeer(new_call())
        self.call_id = ""

    def ring(self, body: str | None = None) -> None:
        assert self.say(self.peer.invite(body))[-1].status == 180
        self.call_id = self.events[-1].call_id  # type: ignore[union-attr] # it is the call that was just offered

    def answer(self) -> Heard:
        assert self.agent.answer(self.call_id, SOUND, self.now) == 200
        (ok,) = self.collect()
        self.peer.hear_ok(ok)
        return ok

    def talk(self, body: str | None = None) -> Heard:
        """Ring, answer, hear the ACK."""
        self.ring(body)
        ok = self.answer()
        assert self.say(self.peer.ack()) == []
        return ok

    def hang_up(self) -> list[Heard]:
        talk = self.agent.talk(self.call_id)
        assert talk is not None
        talk.hang_up(self.now)
        return self.collect()

    def hold(self) -> list[Heard]:
        talk = self.agent.talk(self.call_id)
        assert talk is not None
        talk.hold(self.now)
        return self.collect()

    def resume(self) -> list[Heard]:
        talk = self.agent.talk(self.call_id)
        assert talk is not None
        talk.resume(self.now)
        return self.collect()

    def told(self, *kinds: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kinds)]

    @property
    def flows(self) -> list[Flow]:
        return [event.agreed.flow for event in self.told(SoundAgreed)]

    def ends(self) -> list[EndCause]:
        return [event.why for event in self.told(Ended)]
