"""RFC 3263 against a real name server on loopback. Targets are written as addresses: they need no DNS."""

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from cti.sip.resolve import LONGEST, SHORTEST, Located, Resolver
from cti.sip.srv_records import MAX_TARGETS, Target, in_order
from tests.fakes.dns_server import DnsServer

ANY, V4 = socket.AF_INET6, socket.AF_INET
BARE = ("192.0.2.99", 5060)


@pytest.fixture
def server() -> Iterator[DnsServer]:
    with DnsServer({}) as running:
        yield running


@pytest.fixture
def _bare_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system knows pbx.example, as a hosts file would; everything else it looks up as ever."""
    truly = socket.getaddrinfo

    def look(host: str, port: int, **kind: Any) -> list[Any]:
        return truly("192.0.2.99" if host == "pbx.example" else host, port, **kind)

    monkeypatch.setattr(socket, "getaddrinfo", look)


def located(server: DnsServer | None, name: str, transport: Any = "udp", family: Any = V4, seed: int = 1) -> Located:
    resolver = Resolver(Random(seed), [server.address] if server else [])
    return asyncio.run(resolver.locate(name, transport, family))


@pytest.mark.parametrize(
    ("transport", "record", "port"),
    [("udp", "_sip._udp", 5070), ("tcp", "_sip._tcp", 5071), ("tls", "_sips._tcp", 5072)],
)
def test_transport_of_the_settings_chooses_the_service(
    server: DnsServer, transport: str, record: str, port: int
) -> None:
    server.zone.update(
        {(f"{one}.pbx.example", "SRV"): (60, [f"0 0 {number} 192.0.2.10."])
         for one, number in (("_sip._udp", 5070), ("_sip._tcp", 5071), ("_sips._tcp", 5072))}
    )  # fmt: skip
    assert located(server, "pbx.example", transport).addresses == (("192.0.2.10", port),)
    assert server.asked == [("pbx.example", "NAPTR"), (f"{record}.pbx.example", "SRV")]


@pytest.mark.parametrize(
    ("name", "transport", "found"),
    [
        ("192.0.2.7", "udp", ("192.0.2.7", 5060)),
        ("192.0.2.7", "tls", ("192.0.2.7", 5061)),
        ("192.0.2.7:5080", "tls", ("192.0.2.7", 5080)),
        ("2001:db8::7", "tcp", ("2001:db8::7", 5060)),
        ("[2001:db8::7]:5080", "udp", ("2001:db8::7", 5080)),
        ("localhost:5090", "udp", ("127.0.0.1", 5090)),
    ],
)
def test_address_or_port_asks_no_name_server(server: DnsServer, name: str, transport: str, found: Any) -> None:
    family = ANY if ":db8" in name else V4
    assert located(server, name, transport, family).addresses == (found,)
    assert server.asked == []


def test_address_lasts_for_ever_and_a_name_with_a_port_five_minutes() -> None:
    assert located(None, "192.0.2.7").lasts == float("inf")
    assert located(None, "localhost:5060").lasts == LONGEST


def test_address_of_the_other_family_is_no_address(server: DnsServer) -> None:
    with pytest.raises(OSError, match="family"):
        located(server, "2001:db8::7", family=V4)


def test_priority_comes_first_and_every_target_is_kept(server: DnsServer) -> None:
    texts = ["20 100 5062 192.0.2.12.", "10 1 5060 192.0.2.10.", "30 1 5063 192.0.2.13.", "10 1 5061 2001:db8::1."]
    server.zone["_sip._udp.pbx.example", "SRV"] = (60, texts[:3])
    assert located(server, "pbx.example").addresses == (
        ("192.0.2.10", 5060), ("192.0.2.12", 5062), ("192.0.2.13", 5063),
    )  # fmt: skip


def test_weight_decides_by_chance_who_is_first_among_equals() -> None:
    targets = [Target(1, 3, "often", 5060), Target(1, 1, "seldom", 5060), Target(1, 0, "last", 5060)]
    random = Random(5)
    firsts = Counter(in_order(targets, random)[0].host for _ in range(4000))
    assert 2850 <= firsts["often"] <= 3150
    assert 850 <= firsts["seldom"] <= 1150
    assert firsts["last"] == 0
    assert all(in_order(targets, random)[2].host == "last" for _ in range(100))
    assert {in_order([Target(1, 0, name, 1) for name in "ab"], random)[0].host for _ in range(50)} == {"a", "b"}


def test_ipv6_target_and_ipv6_name_server() -> None:
    zone = {("_sip._udp.pbx.example", "SRV"): (60, ["0 0 5060 localhost."])}
    with DnsServer(zone, "::1") as server:
        found = located(server, "pbx.example", family=ANY).addresses
    assert ("127.0.0.1", 5060) in found or ("::1", 5060) in found
    assert located(None, "[::1]:5060", family=ANY).addresses == (("::1", 5060),)


def test_naptr_says_under_which_name_the_records_are_and_the_lowest_order_wins(server: DnsServer) -> None:
    server.zone["pbx.example", "NAPTR"] = (60, [
        '10 50 "s" "SIP+D2T" "" _sip._tcp.elsewhere.example.',
        '20 10 "s" "SIP+D2U" "" _sip._udp.wrong.example.',
        '10 60 "S" "sip+d2u" "" voice.elsewhere.example.',
        '5 10 "u" "SIP+D2U" "!.*!sip:x@y!" .',
    ])  # fmt: skip
    server.zone["voice.elsewhere.example", "SRV"] = (60, ["0 0 5075 192.0.2.10."])
    assert located(server, "pbx.example").addresses == (("192.0.2.10", 5075),)


def test_naptr_of_other_transports_alone_leaves_the_usual_name(server: DnsServer) -> None:
    server.zone["pbx.example", "NAPTR"] = (60, ['10 50 "s" "SIP+D2U" "" _sip._udp.elsewhere.example.'])
    server.zone["_sips._tcp.pbx.example", "SRV"] = (60, ["0 0 5061 192.0.2.10."])
    assert located(server, "pbx.example", "tls").addresses == (("192.0.2.10", 5061),)


def test_name_server_that_swallows_naptr_is_asked_for_srv_all_the_same(server: DnsServer) -> None:
    server.silent_types = {"NAPTR"}
    server.zone["_sip._udp.pbx.example", "SRV"] = (60, ["0 0 5070 192.0.2.10."])
    assert located(server, "pbx.example").addresses == (("192.0.2.10", 5070),)


def test_alias_is_followed(server: DnsServer) -> None:
    server.zone["_sip._udp.pbx.example", "CNAME"] = (40, ["_sip._udp.host.example."])
    server.zone["_sip._udp.host.example", "SRV"] = (90, ["0 0 5070 192.0.2.10."])
    found = located(server, "pbx.example")
    assert (found.addresses, found.lasts) == ((("192.0.2.10", 5070),), 40)


@pytest.mark.usefixtures("_bare_name")
@pytest.mark.parametrize(
    ("zone", "why"),
    [
        ({}, "no such name"),
        ({("pbx.example", "A"): (60, ["192.0.2.1"])}, "no such records"),
        ({("_sip._udp.pbx.example", "SRV"): (60, ["0 0 0 ."])}, "decidedly not available"),
        ({("_sip._udp.pbx.example", "SRV"): (60, ["0 0 5060 nobody.invalid."])}, "target without an address"),
    ],
)
def test_without_a_usable_service_the_bare_name_counts(server: DnsServer, zone: Any, why: str) -> None:
    server.zone.update(zone)
    found = located(server, "pbx.example")
    assert (found.addresses, found.is_stopgap) == ((BARE,), False), why


@pytest.mark.usefixtures("_bare_name")
@pytest.mark.parametrize("trouble", ["servfail", "silence", "garbage"])
def test_name_server_in_trouble_leaves_the_bare_name_for_the_time_being(server: DnsServer, trouble: str) -> None:
    server.trouble = trouble
    started = time.monotonic()
    found = located(server, "pbx.example")
    assert found == Located((BARE,), SHORTEST, is_stopgap=True)
    assert time.monotonic() - started < 6, "about three seconds at most, and a busy machine"


@pytest.mark.usefixtures("_bare_name")
def test_aliases_in_a_ring_leave_the_bare_name(server: DnsServer) -> None:
    server.zone["_sip._udp.pbx.example", "CNAME"] = (60, ["a.example."])
    server.zone["a.example", "CNAME"] = (60, ["_sip._udp.pbx.example."])
    assert located(server, "pbx.example").addresses == (BARE,)


@pytest.mark.usefixtures("_bare_name")
def test_no_name_server_at_all_leaves_the_bare_name() -> None:
    assert located(None, "pbx.example").addresses == (BARE,)


def test_second_name_server_is_asked_when_the_first_is_silent(server: DnsServer) -> None:
    server.trouble = "silence"
    with DnsServer({("_sip._udp.pbx.example", "SRV"): (60, ["0 0 5070 192.0.2.10."])}) as second:
        resolver = Resolver(Random(1), [server.address, second.address])
        found = asyncio.run(resolver.locate("pbx.example", "udp", V4))
    assert found.addresses == (("192.0.2.10", 5070),)


def test_answer_too_long_for_udp_is_had_over_tcp(server: DnsServer) -> None:
    server.trouble = "truncated"
    server.zone["_sip._udp.pbx.example", "SRV"] = (60, ["0 0 5070 192.0.2.10."])
    assert located(server, "pbx.example").addresses == (("192.0.2.10", 5070),)


@pytest.mark.usefixtures("_bare_name")
def test_answer_too_long_for_udp_without_tcp_leaves_the_bare_name(server: DnsServer) -> None:
    server.trouble, server.is_tcp_served = "truncated", False
    assert located(server, "pbx.example") == Located((BARE,), SHORTEST, is_stopgap=True)


@pytest.mark.parametrize(("ttl", "lasts"), [(0, SHORTEST), (77, 77), (86_400, LONGEST)])
def test_time_to_live_is_heeded_within_bounds(server: DnsServer, ttl: int, lasts: float) -> None:
    server.zone["_sip._udp.pbx.example", "SRV"] = (ttl, ["0 0 5070 192.0.2.10."])
    assert located(server, "pbx.example").lasts == lasts


def test_hundred_targets_are_cut_to_the_best(server: DnsServer) -> None:
    texts = [f"{number} 0 5060 192.0.2.{number}." for number in range(100, 0, -1)]
    server.trouble = "truncated"
    server.zone["_sip._udp.pbx.example", "SRV"] = (60, texts)
    found = located(server, "pbx.example").addresses
    assert found == tuple((f"192.0.2.{number}", 5060) for number in range(1, MAX_TARGETS + 1))


@pytest.mark.parametrize("name", ["a" * 64 + ".example", "a..example", "ば" * 80 + ".example", "x" * 300])
def test_name_that_can_be_none_is_an_error_of_the_network_and_no_crash(server: DnsServer, name: str) -> None:
    with pytest.raises((OSError, ValueError)):
        located(server, name)
