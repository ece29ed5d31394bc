"""The way to the telephone system when names, routes and secrets are wanting; the time is what the test says."""

import asyncio
import socket
import threading
from random import Random
from typing import Any

import pytest

from cti.events import SourceState
from cti.sip.dialog import RegistrationChanged
from cti.sip.registrar import Registrar, Shell
from cti.sip.settings import SipSettings
from tests.cti.sip.running import RunningSource
from tests.cti.sip.wire import PBX, Wire
from tests.fakes.sip_peer import FakeRegistrar, invite

ANYWHERE = ("0.0.0.0", 5062)
NO_DNS = OSError("no DNS yet")


class Office:
    """A registrar beside a wire; names, the way out and the secret can go missing and come back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **settings: Any) -> None:
        self.names = {"pbx.example": "192.0.2.10", "192.0.2.10": "192.0.2.10"}
        self.secret: str | None = "pw201"
        self.is_cut = False
        self.asked = 0
        self.said: list[tuple[SourceState, str]] = []
        self.wire = Wire(FakeRegistrar(), register=True)
        chosen = {"name": "desk phone", "server": "pbx.example", "username": "201"} | settings
        self.registrar = Registrar(SipSettings(**chosen), self._ask, self.wire.agent, Random(3))
        monkeypatch.setattr(socket, "getaddrinfo", self._find)
        monkeypatch.setattr("cti.sip.registrar.local_host_towards", self._way_out)

    @property
    def states(self) -> list[SourceState]:
        return [state for state, _ in self.said]

    def look(self, *, after: float = 3.0) -> float:
        """Let time pass, then look once; the pause that is wanted."""
        self.wire.pass_time(after)
        self._listen()
        shell = Shell(self._say, self._pump, lambda: self.wire.now)
        return asyncio.run(self.registrar.look(ANYWHERE, shell))

    def _pump(self) -> None:
        self.wire.collect()
        self._listen()

    def _listen(self) -> None:
        for event in self.wire.events:
            assert isinstance(event, RegistrationChanged)
            self.registrar.notice(event, self.wire.now)
            self._say(event.state, event.detail)
        self.wire.events.clear()

    def _say(self, state: SourceState, detail: str) -> None:
        if self.said[-1:] != [(state, detail)]:
            self.said.append((state, detail))

    def _ask(self) -> str | None:
        self.asked += 1
        return self.secret

    def _find(self, host: str, port: int, **_kind: object) -> list[tuple[object, ...]]:
        if host not in self.names:
            raise NO_DNS
        return [(socket.AF_INET, socket.SOCK_DGRAM, 17, "", (self.names[host], port))]

    def _way_out(self, _peer: object) -> str:
        if self.is_cut:
            raise OSError(101, "Network is unreachable")
        return "192.0.2.1"


def test_short_cut_of_the_network_does_not_leave_unreachable_standing(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.look()
    office.is_cut = True
    office.look()
    office.is_cut = False
    office.look()
    standing = (SourceState.REGISTERED, "192.0.2.10:5060")
    assert office.said == [standing, (SourceState.UNREACHABLE, "pbx.example"), standing]


def test_cut_of_the_network_hides_a_missing_secret_only_as_long_as_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.secret = None
    office.look()
    office.is_cut = True
    office.look()
    office.is_cut = False
    office.look()
    assert office.states == [SourceState.NO_SECRET, SourceState.UNREACHABLE, SourceState.NO_SECRET]


def test_registration_at_a_new_address_is_said_again(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.look()
    office.is_cut = True
    office.look()
    office.is_cut = False
    monkeypatch.setattr("cti.sip.registrar.local_host_towards", lambda _peer: "192.0.2.99")
    office.look()
    assert office.states == [SourceState.REGISTERED, SourceState.UNREACHABLE, SourceState.REGISTERED]
    assert "192.0.2.99" in office.wire.sent[-1].field("Contact")


def test_cut_network_is_looked_at_again_after_at_most_eight_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.is_cut = True
    pauses = [office.look() for _ in range(6)]
    assert 0.5 <= pauses[0] <= 1.0
    assert all(4.0 <= pause <= 8.0 for pause in pauses[3:])


def test_server_without_an_address_is_unreachable_until_it_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    address = office.names.pop("pbx.example")
    office.look()
    assert office.said == [(SourceState.UNREACHABLE, "pbx.example")]
    office.names["pbx.example"] = address
    office.look()
    assert office.states == [SourceState.UNREACHABLE, SourceState.REGISTERED]


@pytest.mark.expected_log("no address for trunk.example")
def test_trunk_whose_name_has_no_address_at_the_start_is_looked_for_until_it_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office(monkeypatch, server="", register=False, allow=("trunk.example",))
    office.wire.agent.set_peers([])
    office.look()
    office.look()
    assert office.said == [(SourceState.UNREACHABLE, "trunk.example")]
    assert office.wire.say(invite("a")) == []
    office.names["trunk.example"] = PBX[0]
    office.look()
    assert office.said[1:] == [(SourceState.LISTENING, "0.0.0.0:5062")]
    office.wire.agent.set_route(("192.0.2.1", 5062), PBX)
    assert office.wire.agent.unheard == 1
    office.wire.agent.receive_datagram(invite("b", user=office.wire.agent.contact_user), PBX, office.wire.now)
    assert office.wire.agent.next_event() is not None


@pytest.mark.expected_log("no address for trunk.example")
def test_one_known_peer_is_enough_to_listen_and_the_other_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch, server="", register=False, allow=("trunk.example", "192.0.2.10"))
    office.look()
    assert office.states == [SourceState.LISTENING]
    office.names["trunk.example"] = "198.51.100.7"
    office.look()
    office.wire.agent.receive_datagram(
        invite("b", user=office.wire.agent.contact_user), ("198.51.100.7", 5060), office.wire.now
    )
    assert office.wire.agent.next_event() is not None


def test_name_that_is_lost_while_the_registrar_is_silent_keeps_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.look()
    office.wire.is_pbx_there = False
    office.look(after=20)
    office.names.clear()
    office.look()
    office.wire.is_pbx_there = True
    office.look(after=20)
    assert office.states == [SourceState.REGISTERED, SourceState.UNREACHABLE, SourceState.REGISTERED]


def test_keyring_that_gives_nothing_is_asked_again_after_30_seconds_and_not_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office(monkeypatch)
    office.secret = None
    for _ in range(10):
        office.look()
    assert (office.asked, office.states) == (1, [SourceState.NO_SECRET])
    office.secret = "pw201"
    office.look()
    assert (office.asked, office.states[-1]) == (2, SourceState.REGISTERED)


def test_refused_secret_is_asked_for_again_after_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.secret = "wrong"
    office.look()
    office.look(after=10)
    assert office.states == [SourceState.REFUSED]
    office.secret = "pw201"
    for _ in range(190):
        office.look()
    assert (office.asked, office.states) == (1, [SourceState.REFUSED])
    for _ in range(11):
        office.look()
    assert (office.asked, office.states) == (2, [SourceState.REFUSED, SourceState.REGISTERED])


def test_new_secret_is_tried_at_once_when_somebody_has_set_one(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.secret = "wrong"
    office.look()
    for _ in range(4):
        office.look()
    assert office.states[-1] is SourceState.REFUSED
    asked = office.asked
    office.secret = "pw201"
    office.look()
    assert office.asked == asked, "rests for ten minutes by itself"
    office.registrar.secret_changed()
    office.look()
    office.look()
    assert office.states[-1] is SourceState.REGISTERED


def test_refused_secret_stays_when_the_keyring_gives_nothing_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.secret = "wrong"
    office.look()
    office.look(after=10)
    office.secret = None
    office.look(after=600)
    assert office.asked == 2
    assert SourceState.NO_SECRET not in office.states


def test_known_secret_is_not_asked_for_at_a_new_address(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.look()
    monkeypatch.setattr("cti.sip.registrar.local_host_towards", lambda _peer: "192.0.2.99")
    office.look()
    assert office.asked == 1
    assert "192.0.2.99" in office.wire.sent[-1].field("Contact")


def test_secret_that_nobody_types_holds_up_neither_the_stop_nor_the_end_of_the_program() -> None:
    asked, typed = threading.Event(), threading.Event()

    def ask() -> None:
        asked.set()
        typed.wait()

    running = RunningSource(ask, server="127.0.0.1:9", username="201", register=True)
    running.listener.start()
    assert asked.wait(10)
    (waiting,) = [thread for thread in threading.enumerate() if thread.name == "secret"]
    running.listener.stop()
    assert running.wait_for_state(SourceState.STOPPED)
    assert waiting.is_alive()
    assert waiting.daemon
    typed.set()
    waiting.join()
