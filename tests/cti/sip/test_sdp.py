"""Offers as PBXs write them, our answers, and what nobody can answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti.errors import PeerError
from cti.sip.sdp import Agreed, Codec, Flow, Here, agree, compose_answer, compose_offer, read_description

ASTERISK = (
    "v=0\r\no=- 941461462 941461462 IN IP4 192.0.2.10\r\ns=Asterisk\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n"
    "m=audio 10514 RTP/AVP 8 0 9 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:9 G722/8000\r\n"
    "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=maxptime:150\r\na=sendrecv\r\n"
)
HERE = Here(("192.0.2.1", 17_000), 42)


def offer(**words: str) -> bytes:
    text = ASTERISK
    for old, new in words.values():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def answered(body: bytes, wish: Flow = Flow.BOTH) -> tuple[str, Agreed]:
    read = read_description(body)
    assert read.sound is not None
    agreed = agree(read.sound, wish)
    return compose_answer(HERE, read, agreed).decode(), agreed


def test_the_first_codec_of_the_offer_that_is_g711_is_taken() -> None:
    _, agreed = answered(ASTERISK.encode())
    assert agreed == Agreed(("192.0.2.10", 10_514), Codec.PCMA, 101, Flow.BOTH)


def test_the_answer_says_where_we_are_and_the_one_codec() -> None:
    text, _ = answered(ASTERISK.encode())
    assert "c=IN IP4 192.0.2.1\r\n" in text
    assert "m=audio 17000 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n" in text
    assert text.startswith("v=0\r\no=- 42 1 IN IP4 192.0.2.1\r\ns=-\r\n")


@pytest.mark.parametrize(
    ("theirs", "wish", "ours"),
    [
        ("sendrecv", Flow.BOTH, Flow.BOTH),
        ("sendonly", Flow.BOTH, Flow.RECEIVE),
        ("recvonly", Flow.BOTH, Flow.SEND),
        ("inactive", Flow.BOTH, Flow.NEITHER),
        ("sendrecv", Flow.SEND, Flow.SEND),
        ("sendonly", Flow.SEND, Flow.NEITHER),
        ("recvonly", Flow.SEND, Flow.SEND),
    ],
)
def test_hold_is_answered_as_rfc_3264_section_6_1_says(theirs: str, wish: Flow, ours: Flow) -> None:
    text, agreed = answered(offer(flow=("a=sendrecv", f"a={theirs}")), wish)
    assert agreed.flow is ours
    assert f"a={ours}\r\n" in text


def test_hold_as_rfc_2543_said_it_sends_nothing_to_address_zero() -> None:
    _, agreed = answered(offer(host=("c=IN IP4 192.0.2.10", "c=IN IP4 0.0.0.0")))
    assert not agreed.may_send
    assert agreed.hears


def test_a_connection_line_of_the_sound_itself_counts_more_than_that_of_the_session() -> None:
    _, agreed = answered(offer(host=("a=rtpmap:8", "c=IN IP6 2001:db8::7\r\na=rtpmap:8")))
    assert agreed.remote == ("2001:db8::7", 10_514)


def test_video_and_a_second_sound_are_refused_in_their_places() -> None:
    body = ASTERISK.replace("m=audio", "m=video 10600 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\nm=audio")
    body += "m=audio 10700 RTP/AVP 0\r\n"
    text, agreed = answered(body.encode())
    lines = [line for line in text.split("\r\n") if line.startswith("m=")]
    assert lines == ["m=video 0 RTP/AVP 96", "m=audio 17000 RTP/AVP 8 101", "m=audio 0 RTP/AVP 0"]
    assert agreed.remote[1] == 10_514


@pytest.mark.parametrize(
    "change",
    [
        ("RTP/AVP", "RTP/SAVP"),
        ("RTP/AVP 8 0 9 101", "RTP/AVP 9 18 101"),
        ("m=audio 10514", "m=audio 0"),
        ("c=IN IP4 192.0.2.10\r\n", ""),
        ("c=IN IP4 192.0.2.10", "c=IN IP4 pbx.example"),
        ("c=IN IP4 192.0.2.10", "c=IN IP4 224.2.1.1/127"),
    ],
)
def test_what_we_cannot_do_is_no_sound(change: tuple[str, str]) -> None:
    assert read_description(offer(change=change)).sound is None


def test_keys_have_the_number_that_the_other_side_gave_them() -> None:
    _, agreed = answered(offer(one=("0 9 101", "0 9 96"), two=("rtpmap:101 t", "rtpmap:96 t")))
    assert agreed.events == 96
    text, agreed = answered(offer(none=("a=rtpmap:101 telephone-event/8000\r\n", "")))
    assert agreed.events is None
    assert "RTP/AVP 8\r\n" in text


def test_our_own_offer_has_both_codecs_and_later_the_one_that_is_agreed() -> None:
    assert "m=audio 17000 RTP/AVP 0 8 101\r\n" in compose_offer(HERE, Flow.BOTH).decode()
    agreed = Agreed(("192.0.2.10", 10_514), Codec.PCMA, 96, Flow.BOTH)
    hold = compose_offer(HERE.next(), Flow.SEND, agreed).decode()
    assert "o=- 42 2 IN" in hold
    assert "m=audio 17000 RTP/AVP 8 96\r\n" in hold
    assert "a=sendonly\r\n" in hold


@pytest.mark.parametrize("body", [b"", b"v=1\r\n", b"v=0\r\nm=audio x RTP/AVP 0\r\n", b"v=0\r\nno line\r\n"])
def test_what_is_no_sdp_is_the_peers_mistake(body: bytes) -> None:
    with pytest.raises(PeerError):
        read_description(body)


@given(st.one_of(st.binary(), st.text(alphabet="vmca=0123456789 RTP/AVPudio:.\r\n").map(str.encode)))
def test_nothing_but_peer_error_comes_of_any_bytes(body: bytes) -> None:
    try:
        read = read_description(b"v=0\n" + body)
    except PeerError:
        return
    if read.sound is not None:
        text = compose_answer(HERE, read, agree(read.sound, Flow.BOTH))
        assert read_description(text).sound is not None
