"""Who may talk to us: addresses and networks, in whatever spelling the socket and the settings use."""

import pytest

from cti.allow_list import parse_network
from cti.events import NotOfferedBecause
from cti.sip.dialog import Refused
from cti.sip.peers import Peers
from tests.cti.sip.wire import Wire
from tests.fakes.sip_peer import invite


@pytest.mark.parametrize(
    ("allowed", "inside", "outside"),
    [
        ("192.0.2.0/24", "192.0.2.255", "192.0.3.0"),
        ("192.0.2.64/26", "192.0.2.64", "192.0.2.63"),
        ("192.0.2.7/32", "192.0.2.7", "192.0.2.8"),
        ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
        ("192.0.2.0/24", "::ffff:192.0.2.9", "::192.0.2.9"),
        ("::ffff:192.0.2.0/120", "192.0.2.9", "192.0.3.9"),
        ("fe80::/64", "fe80::1%eth0", "fe80:0:0:1::1"),
        ("192.0.2.7", "::ffff:192.0.2.7", "192.0.2.70"),
        ("0.0.0.0/0", "203.0.113.1", "2001:db8::1"),
    ],
)
def test_network_holds_its_own_and_nobody_else(allowed: str, inside: str, outside: str) -> None:
    peers = Peers()
    peers.set([allowed])
    for _ in range(2):  # the second time from memory
        assert peers.trusts(inside)
        assert not peers.trusts(outside)


@pytest.mark.parametrize("text", ["192.0.2.1/24", "192.0.2.0/33", "192.0.2.0/", "pbx/24", "2001:db8::1/32", "/8", ""])
def test_what_is_no_network_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_network(text)


def test_new_list_forgets_what_was_remembered_of_the_old_one() -> None:
    peers = Peers()
    peers.set(["192.0.2.0/24"])
    assert peers.trusts("192.0.2.9")
    peers.set(["198.51.100.0/24"])
    assert not peers.trusts("192.0.2.9")
    assert peers.trusts("198.51.100.9")


def test_ten_thousand_strangers_do_not_make_the_memory_grow_nor_push_a_peer_out() -> None:
    peers = Peers()
    peers.set(["192.0.2.0/24"])
    for number in range(10_000):
        assert not peers.trusts(f"10.9.{number >> 8}.{number & 255}")
        assert len(peers._verdicts) <= 1024
    assert peers.trusts("192.0.2.9")


def test_call_from_an_allowed_network_is_offered_and_from_its_neighbour_gets_silence() -> None:
    wire = Wire()
    wire.agent.set_peers(["198.51.100.0/25"])
    assert wire.say(invite("a"), ("198.51.100.128", 5060)) == []
    assert wire.events == [Refused(NotOfferedBecause.STRANGER, "198.51.100.128")]
    assert wire.say(invite("b"), ("198.51.100.127", 5060)) != []
    assert len(wire.events) == 2
