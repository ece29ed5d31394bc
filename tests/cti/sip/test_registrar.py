"""The way to the telephone system when names, routes and secrets are wanting; the time is what the test says."""

import asyncio
import socket
import threading
from random import Random
from typing import Any

import pytest

from cti.events import NotOfferedBecause, SourceState
from cti.sip.dialog import Refused, RegistrationChanged
from cti.sip.registrar import Registrar, Shell
from cti.sip.resolve import Resolver
from cti.sip.settings import SipSettings
from tests.cti.sip.running import RunningSource
from tests.cti.sip.wire import PBX, Wire
from tests.fakes.dns_server import DnsServer
from tests.fakes.sip_peer import FakeRegistrar, Heard, invite

ANYWHERE = ("0.0.0.0", 5062)
NO_DNS = OSError("no DNS yet")


class Office:
    """A registrar beside a wire; names, the way out and the secret can go missing and come back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, dns: DnsServer | None = None, **settings: Any) -> None:
        self.names = {"pbx.example": "192.0.2.10", "192.0.2.10": "192.0.2.10"}
        self.secret: str | None = "pw201"
        self.is_cut = False
        self.refusing: set[str] = set()
        self.asked = 0
        self.said: list[tuple[SourceState, str]] = []
        self.wire = Wire(FakeRegistrar(), register=True)
        chosen = {"name": "desk phone", "server": "pbx.example", "username": "201"} | settings
        resolver = Resolver(Random(4), [dns.address] if dns else [])  # without: addresses come from the system alone
        self.registrar = Registrar(SipSettings(**chosen), self._ask, self.wire.agent, Random(3), resolver)
        self.own_address = "192.0.2.1"
        self.slept = 0.0
        monkeypatch.setattr(socket, "getaddrinfo", self._find)
        monkeypatch.setattr("cti.sip.registrar.local_host_towards", self._way_out)

    @property
    def registers(self) -> list[Heard]:
        """Those that bind something; the others only ask who is there, or take a binding back."""
        binding = [one for one in self.wire.sent if one.method == "REGISTER" and one.field("Contact")]
        return [one for one in binding if one.field("Expires") != "0"]

    @property
    def states(self) -> list[SourceState]:
        return [state for state, _ in self.said]

    def look(self, *, after: float = 3.0) -> float:
        """Let time pass, then look once; the pause that is wanted."""
        self.wire.pass_time(after)
        self._listen()
        return asyncio.run(self.registrar.look(ANYWHERE, self.shell))

    @property
    def shell(self) -> Shell:
        return Shell(
            self._say, self._pump, lambda: self.wire.now, lambda: 1e9 + self.wire.now + self.slept, self._reach
        )

    def run(self, seconds: float) -> SourceState | None:
        """Look as often as is wanted for so long; what was said last."""
        until = self.wire.now + seconds
        while (pause := self.look(after=0)) <= until - self.wire.now:
            self.wire.pass_time(pause)
            self._listen()
        self.wire.pass_time(until - self.wire.now)
        self._listen()
        return self.states[-1] if self.states else None

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

    def _time_of_day(self) -> float:
        return 1e9 + self.wire.now + self.slept

    async def _reach(self, server: tuple[str, int]) -> tuple[str, int] | None:
        """As over TCP, where the other end may refuse the connection."""
        if server[0] in self.refusing:
            raise ConnectionRefusedError
        return None

    def _way_out(self, _peer: object) -> str:
        if self.is_cut:
            raise OSError(101, "Network is unreachable")
        return self.own_address


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
    office.own_address = "192.0.2.99"
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
    assert office.wire.events.pop() == Refused(NotOfferedBecause.STRANGER, PBX[0])
    office.names["trunk.example"] = PBX[0]
    office.look()
    assert office.said[1:] == [(SourceState.LISTENING, "0.0.0.0:5062")]
    office.wire.agent.set_route(("192.0.2.1", 5062), PBX)
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
    office.own_address = "192.0.2.99"
    office.look()
    assert office.asked == 1
    assert "192.0.2.99" in office.wire.sent[-1].field("Contact")


def test_registers_again_at_once_after_a_sleep_that_stopped_the_steady_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.look()
    before = len(office.registers)
    office.look()
    assert len(office.registers) == before
    office.slept = 3600
    office.own_address = "192.0.2.99"
    office.look()
    assert "192.0.2.99" in office.registers[before].field("Contact")
    after = len(office.registers)
    office.look()
    assert len(office.registers) == after, "once"
    assert office.asked == 1


def test_registers_again_at_once_after_a_sleep_through_which_the_steady_clock_ran(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office(monkeypatch)
    office.look()
    before = len(office.registers)
    office.wire.now += 60  # the timers are late as well
    office.look(after=0)
    assert len(office.registers) == before + 1
    assert office.registers[-1].field("Contact") == office.registers[0].field("Contact")


def test_clock_set_back_and_a_slow_pc_are_no_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.look()
    before = len(office.registers)
    office.slept = -7200
    office.look()
    office.slept += 4
    office.look(after=7)
    assert len(office.registers) == before


def test_sleep_is_not_forgotten_while_there_is_no_network_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.look()
    before = len(office.registers)
    office.slept, office.is_cut = 3600, True
    office.look()
    office.look()
    office.is_cut = False
    office.look()
    assert len(office.registers) == before + 1


def test_network_that_was_away_is_a_reason_to_register_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.look()
    office.is_cut = True
    office.wire.is_pbx_there = False
    for _ in range(12):
        office.look()
    office.is_cut, office.wire.is_pbx_there = False, True
    before = len(office.registers)
    office.look(after=0)
    assert len(office.registers) == before + 1
    assert office.states[-1] is SourceState.REGISTERED


def test_neither_sleep_nor_a_new_address_wakes_a_refused_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.secret = "wrong"
    office.look()
    office.look(after=10)
    assert office.states == [SourceState.REFUSED]
    given = len([one for one in office.registers if one.field("Authorization")])
    for number in range(20):
        office.slept += 3600
        office.own_address = f"192.0.2.{100 + number}"
        office.is_cut = number % 3 == 0
        office.look()
    assert len([one for one in office.registers if one.field("Authorization")]) == given
    assert office.states[-1] is SourceState.REFUSED
    office.look(after=600)
    assert f"192.0.2.{100 + 19}" in office.registers[-1].field("Contact"), "and then from where we are"


def test_names_are_looked_up_again_after_a_sleep_and_before_the_register(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(monkeypatch)
    office.look()
    office.names["pbx.example"] = "192.0.2.20"
    office.slept = 3600
    office.look()
    assert office.said[-1] == (SourceState.REGISTERED, "192.0.2.20:5060")


def test_pbx_that_moved_in_the_dns_is_found_without_a_sign_of_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    with DnsServer({("_sip._udp.pbx.example", "SRV"): (60, ["0 0 5060 192.0.2.10."])}) as dns:
        office = Office(monkeypatch, dns)
        office.names = {"192.0.2.10": "192.0.2.10", "192.0.2.20": "192.0.2.20"}
        office.look()
        dns.zone["_sip._udp.pbx.example", "SRV"] = (60, ["0 0 5070 192.0.2.20."])
        for _ in range(18):
            office.look()
        assert office.states == [SourceState.REGISTERED]
        for _ in range(2):
            office.look()
        assert office.said[1:] == [(SourceState.REGISTERED, "192.0.2.20:5070")]


def test_silent_registrar_is_left_for_the_next_target_and_the_one_that_answers_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = ["10 0 5060 192.0.2.10.", "20 0 5060 192.0.2.20.", "30 0 5060 192.0.2.30."]
    with DnsServer({("_sip._udp.pbx.example", "SRV"): (60, texts)}) as dns:
        office = Office(monkeypatch, dns)
        office.names = {f"192.0.2.{number}": f"192.0.2.{number}" for number in (10, 20, 30)}
        office.wire.there = {"192.0.2.20"}
        for _ in range(8):
            office.look()
        assert office.said[-1] == (SourceState.REGISTERED, "192.0.2.20:5060")
        for _ in range(30):
            office.look()
        assert office.states.count(SourceState.REGISTERED) == 1
        assert {host for host, _ in office.wire.sent_to} == {"192.0.2.10", "192.0.2.20"}


def test_server_that_refuses_the_connection_is_left_for_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["10 0 5060 192.0.2.10.", "20 0 5060 192.0.2.20."]
    with DnsServer({("_sip._udp.pbx.example", "SRV"): (60, texts)}) as dns:
        office = Office(monkeypatch, dns)
        office.names = {"192.0.2.10": "192.0.2.10", "192.0.2.20": "192.0.2.20"}
        office.refusing = {"192.0.2.10"}
        assert office.run(2) is SourceState.REGISTERED
        assert office.said[-1] == (SourceState.REGISTERED, "192.0.2.20:5060")
        office.refusing = {"192.0.2.20"}
        office.run(8)
        assert office.said[-1] == (SourceState.REGISTERED, "192.0.2.10:5060")


@pytest.mark.parametrize("servers", [2, 3, 4])
def test_one_server_that_is_back_is_found_within_15_seconds_whatever_the_others_do(
    monkeypatch: pytest.MonkeyPatch, servers: int
) -> None:
    texts = [f"{number} 0 5060 192.0.2.{number}." for number in range(1, servers + 1)]
    for back_after in range(40):
        with DnsServer({("_sip._udp.pbx.example", "SRV"): (60, texts)}) as dns:
            office = Office(monkeypatch, dns)
            office.names = {f"192.0.2.{number}": f"192.0.2.{number}" for number in range(1, servers + 1)}
            office.wire.is_pbx_there = False
            office.run(back_after)
            office.wire.is_pbx_there, office.wire.there = True, {"192.0.2.2"}
            assert office.run(15) is SourceState.REGISTERED, back_after


def test_all_of_several_servers_silent_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["10 0 5060 192.0.2.1.", "20 0 5060 192.0.2.2."]
    with DnsServer({("_sip._udp.pbx.example", "SRV"): (60, texts)}) as dns:
        office = Office(monkeypatch, dns)
        office.names = {"192.0.2.1": "192.0.2.1", "192.0.2.2": "192.0.2.2"}
        office.wire.is_pbx_there = False
        assert office.run(6) is SourceState.UNREACHABLE


def test_closed_port_makes_the_agent_register_again_and_a_lying_firewall_only_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office(monkeypatch)
    office.look()
    before = len(office.registers)
    for _ in range(100):
        office.wire.pass_time(1)
        office.registrar.hear_closed_port(office.shell)
    refreshes = 1
    assert len(office.registers) - before == 6 + refreshes
    assert office.states == [SourceState.REGISTERED]


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
