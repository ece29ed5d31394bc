"""What a peer can make us send: not much more than it sent itself, to its own address alone, and nothing to a stranger.

Bytes are counted as they are on the wire over UDP, with the headers of IP and UDP: an attacker pays for those too.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cti.sip.message import MAX_FIELDS, MAX_MESSAGE
from cti.sip.sip_file import messages_in
from tests.cti.sip.wire import PBX, Wire
from tests.fakes.sip_peer import FakeRegistrar, Heard, invite

HERE = Path(__file__).parent
STRANGER = ("198.51.100.66", 5060)
IP_AND_UDP = 28  # bytes
AT_MOST = 3  # times what came in, for one datagram, as QUIC has it (RFC 9000 section 8)
AT_MOST_IN_ALL = 32  # ... for one INVITE that nobody cancels or acknowledges: 180 each minute, 480 by timer G
METHODS = (
    "INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "UPDATE", "INFO", "PRACK", "NOTIFY", "REGISTER", "SUBSCRIBE",
    "PUBLISH", "MESSAGE", "REFER", "X",
)  # fmt: skip


def shortest(method: str, call: str = "i", to: str = "sip:a", extra: str = "", rport: str = ";rport") -> bytes:
    """No request that can be answered is much shorter."""
    return (
        f"{method} sip:a SIP/2.0\r\nv:SIP/2.0/UDP h{rport};branch=z9hG4bK{call}{method}\r\nf:sip:a;tag=1\r\nt:{to}\r\n"
        f"i:{call}\r\nCSeq:2 {method}\r\n{extra}\r\n"
    ).encode()


def recorded() -> Iterator[tuple[str, bytes]]:
    for folder in ("hostile", "recorded", "recorded_dialogs"):
        for file in sorted((HERE / folder).rglob("*.*")):
            if file.suffix in {".dat", ".sip"}:
                texts = [file.read_bytes()] if file.suffix == ".dat" else messages_in(file.read_bytes())
                yield from ((f"{file.parent.name}/{file.stem}", text) for text in texts)


def tortures() -> Iterator[tuple[str, bytes]]:
    """Cases of our own: every method, well and badly written, and whatever might be copied into the answer."""
    broken = ("CSeq:x\r\n", "l:-1\r\n", "l:9\r\n", "t:<\r\n", "no colon\r\n", "f:sip:b;tag=2\r\n")
    copied = {
        "many Via": "v:x\r\n" * (MAX_FIELDS - 8),
        "too many Via": "v:x\r\n" * 12_000,
        "many recorded routes": "Record-Route:<sip:r;lr>\r\n" * (MAX_FIELDS - 8),
        "required": "Require:" + ",".join("x" * 400) + "\r\n",
        "required in lines": "Require:x\r\n" * (MAX_FIELDS - 8),
        "long Via": "v:" + "x" * 60_000 + "\r\n",
        "rport again": "v:SIP/2.0/UDP h" + ";rport" * 9_000 + "\r\n",
        "long Reason": "Reason:" + "SIP;cause=200," * 4_000 + "SIP;cause=200\r\n",
    }
    for method in METHODS:
        yield method, shortest(method)
        yield f"{method} without rport", shortest(method, rport="")
        yield f"{method} in a dialog", shortest(method, to="sip:a;tag=2")
        yield f"{method} of another scheme", shortest(method).replace(b" sip:a ", b" a: ")
        yield f"{method} 7.0", shortest(method).replace(b" SIP/2.0\r", b" SIP/7.0\r", 1)
        yield from ((f"{method} {line}", shortest(method, extra=line)) for line in broken)
        yield from ((f"{method} {name}", shortest(method, extra=lines)) for name, lines in copied.items())
        yield f"{method} in two lines", f"{method}\r\nv:x\r\n\r\n".encode()
    yield "one letter and a Via", b"X\r\nv:x\r\n\r\n"
    yield "nothing but Via", b"v:x\r\n" * 100 + b"\r\n"
    yield "a long To", shortest("OPTIONS", to="sip:" + "a" * 60_000)
    yield "a whole datagram", shortest("OPTIONS", extra="X:" + "x" * 60_000 + "\r\n").ljust(MAX_MESSAGE)
    yield "keep-alive", b"\r\n\r\n"
    yield "challenge", b"SIP/2.0 401 No\r\nv:SIP/2.0/UDP h;branch=z9hG4bK1\r\ni:i\r\nCSeq:1 REGISTER\r\n\r\n"


EVERYTHING = [*recorded(), *tortures()]


def on_the_wire(sent: list[Heard]) -> int:
    return sum(len(one.data) + IP_AND_UDP for one in sent)


def test_everything_is_not_nothing() -> None:
    names = [name for name, _ in EVERYTHING]
    assert len(names) > 400
    assert {name.partition("/")[0] for name in names} >= {"hostile", "withheld-anonymous", "ring-group"}


@pytest.mark.parametrize("answer", ["silent", "ring"])
def test_trusted_peer_gets_at_most_three_times_what_it_sends(answer: str) -> None:
    for name, data in EVERYTHING:
        wire = Wire(answer=answer)
        for request in (data, data):
            assert on_the_wire(wire.say(request)) <= AT_MOST * (len(request) + IP_AND_UDP), name
        assert {host for host, _ in wire.sent_to} <= {PBX[0]}, f"{name}: led elsewhere"


@pytest.mark.parametrize("answer", ["silent", "ring"])
def test_bound_holds_for_all_of_them_sent_to_one_listener(answer: str) -> None:
    wire = Wire(answer=answer)
    for name, data in EVERYTHING:
        assert on_the_wire(wire.say(data)) <= AT_MOST * (len(data) + IP_AND_UDP), name


@pytest.mark.parametrize("method", [method for method in METHODS if method not in {"INVITE", "ACK", "CANCEL"}])
def test_bound_holds_within_a_dialog(method: str) -> None:
    wire = Wire(answer="ring")
    tag = wire.say(shortest("INVITE"))[0].tag("To")
    for fork in range(15):
        wire.say(shortest("INVITE").replace(b"z9hG4bK", f"z9hG4bK{fork}".encode()))
    request = shortest(method, to=f"sip:a;tag={tag}")
    sent = on_the_wire(wire.say(request))
    forks = 16 if method == "BYE" else 1  # it ends them all, and each had its INVITE
    assert 0 < sent <= AT_MOST * forks * (len(request) + IP_AND_UDP)


@pytest.mark.parametrize("answer", ["silent", "ring"])
def test_one_invite_that_is_left_alone_costs_a_bounded_number_of_bytes_in_all(answer: str) -> None:
    wire = Wire(answer=answer)
    wire.say(shortest("INVITE"))
    wire.pass_time(3_600)
    assert on_the_wire(wire.sent) <= AT_MOST_IN_ALL * (len(shortest("INVITE")) + IP_AND_UDP)
    assert wire.agent.get_timer() is None


def test_ack_is_never_answered() -> None:
    for name, data in EVERYTHING:
        if data.startswith(b"ACK"):
            assert Wire(answer="ring").say(data) == [], name


def test_stranger_gets_nothing_whatever_it_sends_and_whenever() -> None:
    wire = Wire(answer="ring")
    wire.say(invite("ours"))
    before = len(wire.sent)
    for name, data in EVERYTHING:
        assert wire.say(data, STRANGER) == [], name
    wire.say(invite("ours", method="CANCEL"))
    wire.say(invite("ours", method="ACK"))
    assert len(wire.sent) == before + 2
    assert wire.pass_time(3_600) == []


def test_stranger_gets_nothing_from_a_registered_listener() -> None:
    wire = Wire(FakeRegistrar(), register=True)
    wire.register()
    for name, data in EVERYTHING:
        assert wire.say(data, STRANGER) == [], name
