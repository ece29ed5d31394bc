"""Text files with SIP in them: one message or many, with bodies, with the line ends of an editor."""

from pathlib import Path

import pytest

from cti.sip.sip_file import messages_in, sender_of, transport_of, way_of
from cti.wire_message import Way
from tests.fakes.sip_peer import FakeRegistrar, Heard, invite

RECORDED = Path(__file__).parent / "recorded"
RING, CANCEL = invite("a"), invite("a", method="CANCEL")


def test_recording_is_one_message_byte_for_byte() -> None:
    for file in RECORDED.rglob("*.sip"):
        assert list(messages_in(file.read_bytes())) == [file.read_bytes()]


def test_messages_one_after_the_other_are_cut_where_each_ends() -> None:
    body = b"INVITE is only a word here\r\nSIP/2.0 200 OK\r\n"
    with_body = RING.replace(b"Length: 0", b"Length: %d" % len(body)) + body
    assert list(messages_in(with_body + b"\r\n" + RING + CANCEL)) == [with_body, RING, CANCEL]


def test_message_without_a_length_ends_where_the_next_begins() -> None:
    endless = RING.replace(b"Content-Length: 0\r\n", b"")
    assert list(messages_in(endless + b"body\r\n" + CANCEL)) == [endless + b"body\r\n", CANCEL]
    assert list(messages_in(endless + b"body")) == [endless + b"body"]


def test_line_ends_of_an_editor_become_those_of_sip() -> None:
    assert list(messages_in((RING + CANCEL).replace(b"\r\n", b"\n"))) == [RING, CANCEL]


def test_message_that_breaks_the_rules_is_one_message_all_the_same() -> None:
    broken = RING.replace(b"INVITE sip:201@omote.example SIP/2.0", b"INVITE  sip:201@omote.example  SIP/7.0")
    assert list(messages_in(broken)) == [broken]


@pytest.mark.parametrize("data", [b"", b"root:x:0:0:root:/root:/bin/sh\n", b"\xff\xfe\x00", b"GET / HTTP/1.1\r\n\r\n"])
def test_other_files_hold_no_message(data: bytes) -> None:
    assert list(messages_in(data)) == []


def test_what_a_telephone_asks_and_answers_went_out() -> None:
    register = invite("a", method="REGISTER")
    challenge = FakeRegistrar().answer(register)
    trying = b"SIP/2.0 100 Trying\r\nCSeq: 7 INVITE\r\n\r\n"
    assert [way_of(one) for one in (RING, CANCEL, challenge, b"broken")] == [Way.IN] * 4
    assert [way_of(one) for one in (register, trying)] == [Way.OUT] * 2
    assert Heard(challenge).status == 401


def test_sender_is_who_the_via_names() -> None:
    assert sender_of(invite("a", via_host="192.0.2.10:5080")) == ("192.0.2.10", 5080)
    assert sender_of(invite("a", via_host="[2001:db8::1]")) == ("2001:db8::1", 5060)
    assert sender_of(invite("a", via_host="pbx.example")) == sender_of(b"") == ("192.0.2.1", 5060)


def test_transport_is_what_the_via_names() -> None:
    over = {name: RING.replace(b"SIP/2.0/UDP", f"SIP/2.0/{name}".encode()) for name in ("tcp", "TLS", "SCTP")}
    assert [transport_of(one) for one in (*over.values(), RING, b"broken")] == ["tcp", "tls", "udp", "udp", "udp"]
