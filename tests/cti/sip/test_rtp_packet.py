"""RTP and the keys in it, byte by byte."""

import audioop
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti.errors import PeerError
from cti.sip import g711
from cti.sip.dtmf import Event, parse_event, steps_of
from cti.sip.rtp_packet import RtpPacket, compose_rtp, parse_rtp
from cti.sip.sdp import Codec


def test_a_packet_is_written_as_rfc_3550_draws_it() -> None:
    data = compose_rtp(RtpPacket(8, 0x1234, 0x01020304, 0xAABBCCDD, b"sound", marker=True))
    assert data == bytes.fromhex("80 88 1234 01020304 aabbccdd") + b"sound"


def test_padding_header_extension_and_sources_are_no_sound() -> None:
    head = bytes.fromhex("b1 00 0001 00000002 00000003")  # padded, extended, one contributing source
    packet = parse_rtp(head + b"csrc" + bytes.fromhex("bede 0001 01020304") + b"sound" + b"\0\0\3")
    assert packet.payload == b"sound"


def test_numbers_begin_anew_and_no_packet_is_short() -> None:
    sizes = {
        len(compose_rtp(RtpPacket(0, number, 160 * number + 2**32 - 800, 1, bytes(160))))
        for number in range(65_530, 65_545)
    }
    assert sizes == {172}
    assert parse_rtp(compose_rtp(RtpPacket(0, 65_536, 2**32 + 5, 1, b""))) == RtpPacket(0, 0, 5, 1, b"")


@pytest.mark.parametrize("data", [b"", b"\x80" * 11, b"\x40" + bytes(11), b"\x8f" + bytes(11), b"\xa0" + bytes(12)])
def test_what_is_no_rtp_is_the_peers_mistake(data: bytes) -> None:
    with pytest.raises(PeerError):
        parse_rtp(data)


@given(st.binary(max_size=64))
def test_nothing_but_peer_error_comes_of_any_bytes(data: bytes) -> None:
    try:
        assert len(parse_rtp(data).payload) <= len(data) - 12
    except PeerError:
        return


def test_a_key_is_one_event_that_ends_three_times() -> None:
    steps = list(steps_of("5#"))
    first = steps[: len(steps) // 2]
    assert [step.is_first for step in first] == [True, *([False] * (len(first) - 1))]
    events = [parse_event(step.payload) for step in first if step.payload]
    assert [event.duration for event in events] == [160, 320, 480, 640, 800, 800, 800, 800]
    assert [event.is_end for event in events] == [False] * 5 + [True] * 3
    assert {event.key for event in events} == {"5"}
    assert first[-1].payload == b""
    assert parse_event(steps[len(first)].payload).key == "#"


@pytest.mark.parametrize("payload", [b"", b"\x05\x0a\x00", b"\x10\x0a\x00\xa0"])
def test_what_is_no_key_is_the_peers_mistake(payload: bytes) -> None:
    with pytest.raises(PeerError):
        parse_event(payload)


def test_a_key_is_read_as_it_is_sent() -> None:
    assert parse_event(bytes.fromhex("0b8a0320")) == Event("#", is_end=True, duration=800)


@pytest.mark.parametrize("codec", Codec)
def test_sound_comes_through_g711_with_sixteen_bits(codec: Codec) -> None:
    samples = struct.pack("<160h", *(int(9_000 * math.sin(n / 3)) for n in range(160)))
    back = g711.decode(g711.encode(samples, codec), codec)
    noise = audioop.rms(audioop.add(samples, audioop.mul(back, 2, -1), 2), 2)
    assert noise * 40 < audioop.rms(samples, 2)
    assert len(g711.encode(samples, codec)) == 160


def test_the_two_laws_differ() -> None:
    samples = struct.pack("<2h", 1_000, -9_000)
    assert g711.encode(samples, Codec.PCMA) != g711.encode(samples, Codec.PCMU)
    assert g711.encode(bytes(2), Codec.PCMU) == b"\xff"
    assert g711.encode(bytes(2), Codec.PCMA) == b"\xd5"


def test_a_level_goes_from_silence_to_one() -> None:
    assert g711.level(g711.SILENCE) == 0
    loud = struct.pack("<160h", *([32_767, -32_767] * 80))
    assert g711.level(loud) == pytest.approx(1, abs=0.001)
    assert g711.level(g711.faded(loud)) == pytest.approx(0.5, abs=0.001)
