"""A connection's bytes cut into messages: every recorded and hostile message, in whatever pieces it comes."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cti.errors import PeerError
from cti.sip.message import MAX_MESSAGE, parse_message, split_message
from cti.sip.stream import PING, PONG, StreamBuffer
from tests.cti.sip import torture
from tests.cti.sip.recorded_lives import LISTENED
from tests.fakes.sip_peer import invite

HOSTILE = Path(__file__).parent / "hostile"
RECORDED = {f"{file.parent.name}/{file.name}": file.read_bytes() for file in sorted(LISTENED.rglob("*.sip"))}
BODY = b"v=0\r\n\r\nINVITE sip:a SIP/2.0\r\n\r\n"
LENGTH = b"Content-Length: 0"


def stun(size: int = 8) -> bytes:
    return b"\x00\x01" + size.to_bytes(2) + b"!\x12\xa4B" + bytes(12) + b"\r\n\r\n"[: size % 5].ljust(size, b"x")


def with_body(data: bytes, body: bytes = BODY, header: bytes = b"Content-Length: %d") -> bytes:
    return data.replace(LENGTH, header % len(body)) + body


RING, CANCEL, BIG = invite("a"), invite("a", method="CANCEL"), with_body(invite("big"))


def cut(*pieces: bytes) -> tuple[list[bytes], bool]:
    """Everything that came out, and whether the connection is of no use any more."""
    buffer = StreamBuffer()
    return [message for piece in pieces for message in buffer.feed(piece)], buffer.is_broken


def by_byte(data: bytes) -> tuple[list[bytes], bool]:
    return cut(*(data[at : at + 1] for at in range(len(data))))


def cut_at(data: bytes, places: list[int]) -> list[bytes]:
    ends = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(ends)]


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_message_comes_out_whole_byte_by_byte_and_two_at_once(name: str) -> None:
    data = RECORDED[name]
    assert cut(data) == by_byte(data) == ([data], False)
    assert cut(data + data) == by_byte(data + data) == ([data, data], False)
    assert cut(data[:-1]) == ([], False)


@pytest.mark.parametrize("file", sorted(HOSTILE.glob("*.dat")), ids=lambda file: file.stem)
def test_hostile_message_is_cut_the_same_however_it_comes(file: Path) -> None:
    data = file.read_bytes()
    whole = cut(data + RING)
    assert by_byte(data + RING) == whole
    has_no_end = file.stem in {"nul-datagram", "keepalive-nul"}  # what follows becomes a part of it
    assert whole[1] == (file.stem == "cl-huge")
    assert whole[1] or has_no_end or whole[0] == [data, RING]


@pytest.mark.parametrize("between", [b"", PING, PONG, stun(), stun(0), stun(4), PONG + stun() + PONG, stun() + stun()])
def test_keep_alives_between_two_messages_are_no_part_of_them(between: bytes) -> None:
    expected = [BIG, PING, RING] if between == PING else [BIG, RING]
    assert cut(BIG + between + RING) == by_byte(BIG + between + RING) == (expected, False)


def test_ping_after_a_pong_or_stun_is_a_ping() -> None:
    for before in (b"\n", b"\r\r\n\r", stun(), stun(4) + b"\n"):
        assert cut(before + PING + RING) == by_byte(before + PING + RING)
        assert cut(stun() + PING + RING) == ([PING, RING], False)


@given(
    st.lists(st.sampled_from([RING, CANCEL, BIG, PING, PONG, stun(), stun(0)]), max_size=8), st.lists(st.integers(0))
)
@settings(max_examples=200, deadline=None)
def test_where_the_network_cuts_makes_no_difference(parts: list[bytes], places: list[int]) -> None:
    data = b"".join(parts)
    assert cut(*cut_at(data, places)) == cut(data)
    assert [one for one in cut(data)[0] if one != PING] == [one for one in parts if one in (RING, CANCEL, BIG)]


@given(
    st.binary(max_size=80) | st.text(alphabet="\r\n :lSIP/2.0INVTE\0\1", max_size=80).map(str.encode), st.integers(0)
)
@example(b"\n\r\n\r\n", 1)
@example(b"[\r\n\r\nrest", 3)
@settings(max_examples=300, deadline=None)
def test_whatever_comes_is_cut_the_same_in_two_pieces_and_byte_by_byte(data: bytes, place: int) -> None:
    noisy = data + RING
    assert by_byte(noisy) == cut(noisy) == cut(*cut_at(noisy, [place]))


@pytest.mark.parametrize(
    "length",
    [b"Content-Length: -1", b"Content-Length: 65537", b"Content-Length: 99999999999999999999", b"Content-Length: 0x4",
     b"Content-Length: +4", b"Content-Length: 4 4", b"Content-Length: \xd9\xa1", b"Content-Length:", b"l: -999",
     b"Content-Length: 0\r\nContent-Length: 0", b"Content-Length: 0\r\nl: 4", b"L: 4\r\nCONTENT-LENGTH : 0"],
)  # fmt: skip
def test_length_that_cannot_be_meant_gives_the_head_alone_and_ends_the_connection(length: bytes) -> None:
    head = RING.replace(LENGTH, length)
    smuggled = head + b"body" + CANCEL
    assert cut(smuggled) == by_byte(smuggled) == ([head], True)
    with pytest.raises(PeerError) as refused:
        parse_message(head)
    assert refused.value.status == 400, "who sent it is told"


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Length: %d",
        b"content-length:%d",
        b"l : %d",
        b"L:\t%d ",
        b"Content-Length:\r\n %d",
        b"Content-Length: 00%d",
    ],
)
def test_length_is_read_in_every_form_that_it_may_have(header: bytes) -> None:
    data = with_body(RING, header=header)
    assert cut(data + RING) == by_byte(data + RING) == ([data, RING], False)
    assert split_message(data).body == BODY


def test_message_without_a_length_has_no_body() -> None:
    bare = RING.replace(LENGTH + b"\r\n", b"")
    assert cut(bare + CANCEL) == by_byte(bare + CANCEL) == ([bare, CANCEL], False)


def test_word_of_a_body_or_of_another_header_is_no_length() -> None:
    data = with_body(RING.replace(b"Max-Forwards", b"X-Content-Length: 9\r\nSubject: l: 5\r\nMax-Forwards"))
    assert cut(data + RING) == ([data, RING], False)


def test_message_of_64_kb_comes_out_and_a_longer_one_ends_the_connection() -> None:
    room = MAX_MESSAGE - len(with_body(RING, b"")) - 4
    largest = with_body(RING, b"x" * room)
    assert len(largest) == MAX_MESSAGE
    assert cut(largest + RING) == cut(largest[:40], largest[40:], RING) == ([largest, RING], False)
    longer = with_body(RING, b"x" * (room + 1))
    assert cut(longer) == ([longer[: -room - 1]], True)


@pytest.mark.parametrize("line", [b"X-Filler: y\r\n", b"x"])
def test_head_that_never_ends_is_given_up_at_64_kb(line: bytes) -> None:
    endless = RING[:-2] + line * (MAX_MESSAGE // len(line))
    assert cut(endless) == cut(*cut_at(endless, list(range(0, len(endless), 1_000)))) == ([], True)
    assert cut(endless[: MAX_MESSAGE - 1]) == ([], False)


@pytest.mark.parametrize("data", [b"GET / HTTP/1.1\r\n", b"\x16\x03\x01\x02\0\r\n", b"SSH-2.0-x\r\n", b"x\r\n\r\n"])
def test_what_is_no_sip_is_given_up_at_its_first_line(data: bytes) -> None:
    assert cut(data + RING) == by_byte(data + RING) == ([], True)


def test_part_of_a_message_is_known_to_be_one() -> None:
    buffer = StreamBuffer()
    assert (list(buffer.feed(b"\r\n")), buffer.has_begun) == ([], False)
    assert (list(buffer.feed(RING[:9])), buffer.has_begun) == ([], True)
    assert (list(buffer.feed(RING[9:] + b"\r")), buffer.has_begun) == ([RING], False)


@torture.each()
def test_torture_message_is_cut_the_same_however_it_comes(case: dict[str, str]) -> None:
    data = torture.read(case)
    whole = cut(data)
    assert by_byte(data) == whole
    assert cut(*cut_at(data, list(range(0, len(data), 7)))) == whole


def test_what_comes_after_the_last_message_is_not_kept() -> None:
    buffer = StreamBuffer()
    assert list(buffer.feed(b"GET / HTTP/1.1\r\n\r\n")) == []
    assert list(buffer.feed(RING * 100)) == []
    assert len(buffer._data) < len(RING)
