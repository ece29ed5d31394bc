"""AMI's stream, whole and broken, and the actions that we send."""

import random

import pytest

from cti.ami.action import ACTIONS, compose
from cti.ami.framing import LONGEST_LINE, LONGEST_PACKET, Framing
from cti.ami.packet import Packet
from cti.errors import PeerError
from tests.cti.ami.played import packets_of

GREETING = b"Asterisk Call Manager/11.0.0\r\n"


def test_event_and_response_are_told_apart() -> None:
    event, response = packets_of(
        GREETING + b"Event: Hangup\r\nCause: 16\r\n\r\nResponse: Success\r\nPing: Pong\r\n\r\n"
    )
    assert (event.event, event.get("cause"), event.get("absent")) == ("Hangup", "16", "")
    assert (response.event, response.is_success, response.get("Ping")) == ("", True, "Pong")


def test_name_that_two_reads_cut_keeps_its_characters() -> None:
    framing = Framing()
    data = GREETING + "Event: X\r\nCallerIDName: 山田太郎\r\n\r\n".encode()
    cut = data.index("山".encode()) + 1
    assert framing.receive(data[:cut]) == []
    (packet,) = framing.receive(data[cut:])
    assert packet.get("CallerIDName") == "山田太郎"


def test_lone_line_feed_belongs_to_its_value() -> None:
    (packet,) = packets_of(GREETING + b"Event: X\r\nCallerIDName: a\nEvent: Hangup\r\n\r\n")
    assert (packet.event, packet.get("CallerIDName")) == ("X", "a\nEvent: Hangup")


def test_first_of_several_fields_counts() -> None:
    (packet,) = packets_of(GREETING + b"Event: X\r\nState: a\r\nState: b\r\n\r\n")
    assert packet.get("State") == "a"


@pytest.mark.parametrize(
    "data", [b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 400\r\n", b"\x15\x03\x01", b"Asterisk Call Manager" + b"/" * 300]
)
def test_who_does_not_greet_as_ami_does_is_no_ami(data: bytes) -> None:
    with pytest.raises(PeerError, match="no AMI"):
        Framing().receive(data)


@pytest.mark.parametrize("end", [b"", b"\r\n\r\n"])
def test_line_longer_than_any_is_refused(end: bytes) -> None:
    framing = Framing()
    framing.receive(GREETING)
    with pytest.raises(PeerError, match="64 kB"):
        framing.receive(b"Event: " + b"x" * LONGEST_LINE + end)


def test_packet_longer_than_any_is_refused_before_it_ends() -> None:
    framing, lines = Framing(), b"Field: " + b"x" * 1_000 + b"\r\n"
    framing.receive(GREETING)
    for _ in range(LONGEST_PACKET // len(lines)):
        assert framing.receive(lines) == []
    with pytest.raises(PeerError, match="1 MB"):
        framing.receive(2 * lines)


def test_action_is_its_fields_in_lines() -> None:
    assert compose("Getvar", (("Channel", "PJSIP/201-0000002a"), ("Variable", "CALLERID(num-pres)"))) == (
        b"Action: Getvar\r\nChannel: PJSIP/201-0000002a\r\nVariable: CALLERID(num-pres)\r\n\r\n"
    )


def test_ten_thousand_values_inject_no_line() -> None:
    chance, breaks = random.Random(9), 0
    letters = "aZ0 :/\\\"'\r\n\0\x85\u2028\u2029\x0b\x0c\x1c表\udc95;,()"
    for _ in range(10_000):
        value = "".join(chance.choices(letters, k=chance.randrange(40)))
        try:
            data = compose(chance.choice(sorted(ACTIONS)), (("Variable", value),))
        except ValueError:
            breaks += 1
            assert set(value) & set("\r\n\0")
        else:
            assert data.count(b"\r\n") == 3
            assert data.endswith(b"\r\n\r\n")
            assert data.count(b"\r") == data.count(b"\n") == 3
    assert 0 < breaks < 10_000


@pytest.mark.parametrize(
    ("action", "key"),
    [("Command", "Variable"), ("SetVar", "Variable"), ("Ping", "X\r\nAction"), ("Ping", "X: Y"), ("Ping", "")],
)
def test_action_or_key_that_is_none_of_ours_is_refused(action: str, key: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        compose(action, ((key, "x"),))


def test_packet_of_broken_lines_has_what_can_be_read() -> None:
    packet = Packet(b"Event: X\r\nno colon\r\n: no key\r\nA:b\r\n\xff\xfe: \xff")
    assert (packet.event, packet.get("no colon"), packet.get("A")) == ("X", "", "b")
