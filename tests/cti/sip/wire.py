"""A wire in memory between a user agent and a test: no socket, and the time is what the test says."""

from random import Random
from typing import Any

from cti.events import SourceState
from cti.sip.dialog import AgentEvent, Asked, RegistrationChanged
from cti.sip.settings import SipSettings
from cti.sip.user_agent import UserAgent
from tests.fakes.sip_peer import FakeRegistrar, Heard

PBX = ("192.0.2.10", 5060)
HERE = ("192.0.2.1", 5062)


class Wire:
    """`now` moves only by `pass_time`, which fires every timer at its own instant."""

    def __init__(self, registrar: FakeRegistrar | None = None, **settings: Any) -> None:
        chosen = {"name": "desk phone", "server": "192.0.2.10", "username": "201", "register": False} | settings
        self.agent = UserAgent(SipSettings(**chosen), Random(7))
        self.agent.set_peers([PBX[0]])
        self.agent.set_route(HERE, PBX)
        self.registrar = registrar
        self.is_pbx_there = True
        self.there: set[str] = set()  # hosts of the PBX that answer; empty: all of them
        self.now = 0.0
        self.sent: list[Heard] = []
        self.sent_to: list[tuple[str, int]] = []
        self.events: list[AgentEvent] = []
        self.customers: set[str] = set()  # the numbers of those who are
        self.asked: list[tuple[str, ...]] = []

    @property
    def states(self) -> list[SourceState]:
        return [event.state for event in self.events if isinstance(event, RegistrationChanged)]

    def say(self, data: bytes, peer: tuple[str, int] = PBX) -> list[Heard]:
        """Deliver a datagram to the agent; what it sends in answer."""
        self.agent.receive_datagram(data, peer, self.now)
        return self.collect()

    def collect(self) -> list[Heard]:
        """Take what the agent has ready; the registrar, if there is one, answers at once."""
        out = []
        while sent := self.agent.datagrams_to_send():
            for data, address in sent:
                out.append(Heard(data))
                self.sent_to.append(address)
                if self.registrar and self._hears(address[0]) and out[-1].method in {"REGISTER", "OPTIONS"}:
                    self.agent.receive_datagram(self.registrar.answer(data), address, self.now)
        self.sent += out
        while (event := self.agent.next_event()) is not None:
            if isinstance(event, Asked):
                self.asked.append(event.numbers)
                self.agent.take_answer(event.numbers, self.customers, self.now)
                out += self.collect()
            else:
                self.events.append(event)
        return out

    def _hears(self, host: str) -> bool:
        return self.is_pbx_there and (not self.there or host in self.there)

    def register(self, secret: str = "pw201") -> None:
        self.agent.start_registration(secret, self.now)
        self.collect()

    def pass_time(self, seconds: float) -> list[Heard]:
        """Let time pass; everything sent meanwhile."""
        until, out = self.now + seconds, []
        while (at := self.agent.get_timer()) is not None and at <= until:
            self.now = max(self.now, at)
            self.agent.handle_timer(self.now)
            out += self.collect()
        self.now = until
        return out
