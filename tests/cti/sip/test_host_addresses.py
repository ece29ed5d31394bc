"""What is remembered of the settings' names, and when they are looked up again; the time is what the test says."""

import asyncio
import socket
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from cti.sip.host_addresses import HostAddresses
from cti.sip.resolve import Resolver
from cti.sip.settings import SipSettings
from tests.fakes.dns_server import DnsServer

SRV = ("_sip._udp.pbx.example", "SRV")


@pytest.fixture
def server() -> Iterator[DnsServer]:
    with DnsServer({SRV: (60, ["10 0 5060 192.0.2.10.", "20 0 5062 192.0.2.20."])}) as running:
        yield running


class Hosts:
    """HostAddresses with a memory of whom it said to trust."""

    def __init__(self, dns: DnsServer, **settings: Any) -> None:
        self.dns = dns
        self.trusted: list[set[str]] = []
        chosen = SipSettings("desk phone", **({"server": "pbx.example"} | settings))
        self.hosts = HostAddresses(chosen, Resolver(Random(1), [dns.address]), self.trusted.append)

    def find(self, now: float, **age: float) -> int:
        """Look at `now`; how many questions that was worth."""
        before = len(self.dns.asked)
        asyncio.run(self.hosts.find(socket.AF_INET, now, **age))
        return len(self.dns.asked) - before


def test_every_target_is_trusted_and_the_best_is_the_first_server(server: DnsServer) -> None:
    hosts = Hosts(server, allow=("192.0.2.7",))
    hosts.find(0)
    assert hosts.hosts.servers == [("192.0.2.10", 5060), ("192.0.2.20", 5062)]
    assert hosts.trusted[-1] == {"192.0.2.10", "192.0.2.20", "192.0.2.7"}
    assert hosts.hosts.missing == []


def test_networks_are_trusted_at_once_and_never_looked_up(server: DnsServer) -> None:
    hosts = Hosts(server, server="", allow=("198.51.100.0/24", "2001:db8::/32"))
    assert hosts.find(0) == 0
    assert hosts.trusted == [{"198.51.100.0/24", "2001:db8::/32"}]
    assert hosts.hosts.missing == []


def test_networks_stay_trusted_beside_what_is_found(server: DnsServer) -> None:
    hosts = Hosts(server, allow=("198.51.100.0/24",))
    hosts.find(0)
    assert hosts.trusted[-1] == {"192.0.2.10", "192.0.2.20", "198.51.100.0/24"}


def test_name_is_looked_up_again_when_its_time_is_over_and_not_before(server: DnsServer) -> None:
    hosts = Hosts(server)
    hosts.find(0)
    assert [hosts.find(now) for now in (3, 30, 59.9)] == [0, 0, 0]
    server.zone[SRV] = (60, ["0 0 5060 192.0.2.30."])
    assert hosts.find(60) == 2
    assert hosts.hosts.servers == [("192.0.2.30", 5060)]
    assert hosts.trusted[-1] == {"192.0.2.30"}


def test_younger_answers_than_asked_for_are_not_asked_for_again(server: DnsServer) -> None:
    hosts = Hosts(server)
    hosts.find(0)
    assert hosts.find(4.9, age=5.0) == 0
    assert hosts.find(5, age=5.0) == 2
    assert hosts.find(5, age=0.0) == 2


def test_name_servers_in_trouble_take_nothing_away_and_are_asked_again_after_30_seconds(server: DnsServer) -> None:
    hosts = Hosts(server)
    hosts.find(0)
    server.trouble = "servfail"
    hosts.find(60)
    assert hosts.hosts.servers == [("192.0.2.10", 5060), ("192.0.2.20", 5062)]
    assert hosts.find(89) == 0
    server.trouble = ""
    server.zone[SRV] = (60, ["0 0 5060 192.0.2.30."])
    assert hosts.find(90) == 2
    assert hosts.hosts.servers == [("192.0.2.30", 5060)]


def test_bare_name_does_not_replace_services_that_cannot_be_asked_for_now(
    server: DnsServer,
) -> None:
    """The bare name of a domain is often its web server."""
    hosts = Hosts(server, server="localhost")
    server.zone = {("_sip._udp.localhost", "SRV"): (60, ["0 0 5060 192.0.2.10."])}
    hosts.find(0)
    server.trouble = "servfail"
    hosts.find(60)
    assert hosts.hosts.servers == [("192.0.2.10", 5060)]
    server.trouble, server.zone = "", {}
    hosts.find(90)
    assert hosts.hosts.servers == [("127.0.0.1", 5060)], "there truly are none: now it counts"


def test_slow_name_server_is_not_waited_for_but_its_answer_counts(
    server: DnsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cti.sip.host_addresses.WAIT_FOR", 0.1)
    server.silent_types = {"NAPTR"}  # costs a second
    hosts = Hosts(server)

    async def look() -> None:
        await hosts.hosts.find(socket.AF_INET, 0)
        assert hosts.hosts.missing == ["pbx.example"]
        await hosts.hosts.find(socket.AF_INET, 3)
        while hosts.hosts.missing:
            await asyncio.sleep(0.05)

    asyncio.run(look())
    assert [kind for _, kind in server.asked].count("SRV") == 1, "one question at a time"
    assert hosts.trusted == [{"192.0.2.10", "192.0.2.20"}]


@pytest.mark.expected_log("allow: no address for nobody.invalid")
def test_peer_without_an_address_is_warned_of_once(server: DnsServer, caplog: pytest.LogCaptureFixture) -> None:
    hosts = Hosts(server, allow=("nobody.invalid",))
    for now in (0, 3, 6):
        hosts.find(now)
    assert caplog.text.count("no address for nobody.invalid") == 1
    assert hosts.hosts.missing == ["nobody.invalid"]
