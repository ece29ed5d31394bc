"""What a peer makes up as an id, and as any other text, must fit into records, logs and traces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti.sip.dialog import Offered, RegistrationChanged
from cti.wire_id import call_identity, wire_id
from cti.wire_text import decode
from tests.cti.sip.wire import Wire
from tests.fakes.sip_peer import FakeRegistrar, invite

BYTES = st.binary(max_size=400).map(decode)
BAD = "a\udcff\0\x1b\u202e"


def offered(data: bytes, **settings: str) -> Offered:
    wire = Wire(**settings)
    wire.say(data)
    (event,) = wire.events
    assert isinstance(event, Offered)
    return event


def test_ordinary_ids_are_kept_as_they_came() -> None:
    assert call_identity("7fdd8f-12@pbx.example", "as41c3", "z9hG4bKc386") == "7fdd8f-12@pbx.example;as41c3;z9hG4bKc386"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("a\0b", "a\\x00b"),
        ("a\udcff", "a\\udcff"),
        ("a\\b", "a\\\\b"),
        ("a;b", "a\\x3bb"),
        ("a\u202eb", "a\\u202eb"),
        ("電話", "電話"),
    ],
)
def test_what_cannot_be_printed_is_escaped(sent: str, shown: str) -> None:
    assert wire_id(sent, 40) == shown


@given(st.tuples(BYTES, BYTES, BYTES), st.tuples(BYTES, BYTES, BYTES))
def test_any_bytes_make_a_short_printable_name_and_different_ones_different_names(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    name = call_identity(*one)
    assert name.isprintable()
    assert len(name) <= 300
    assert name.startswith(wire_id(one[0], 128) + ";")
    assert (name == call_identity(*other)) == (one == other)


def test_long_ids_that_differ_only_at_their_end_stay_different() -> None:
    assert wire_id("x" * 64_000 + "1", 128) != wire_id("x" * 64_000 + "2", 128)
    assert len(wire_id("\0" * 64_000, 128)) == 128


def test_call_id_with_broken_bytes_nul_and_great_length_is_offered_under_a_sound_name() -> None:
    for call_id in (BAD, "x" * 60_000):
        event = offered(invite("a").replace(b"Call-ID: a", b"Call-ID: " + call_id.encode("utf-8", "surrogateescape")))
        assert event.call_id.isprintable()
        assert event.call_id.startswith(wire_id(call_id, 128) + ";")
        assert len(event.call_id) <= 300


def test_every_text_of_an_offer_is_printable_and_short() -> None:
    long = BAD + "9" * 5_000
    extra = f"X-Cid: {long}\r\nX-Dnid: {long}\r\nDiversion: <tel:{long.replace(chr(27), '')}>\r\n"
    event = offered(invite("a", extra=extra), linked_header="X-Cid", dialled_from=("header:X-Dnid",))  # type: ignore[arg-type]
    for text in (event.linked_id, event.dialled, event.diverted_from):
        assert text
        assert text.isprintable()
        assert len(text) <= 400


def test_registrar_cannot_put_broken_bytes_or_a_long_reason_into_the_status() -> None:
    registrar = FakeRegistrar()
    registrar.challenge = lambda heard, stale: registrar.reply(heard, "503 Out").replace(  # type: ignore[method-assign]
        b"Out", b"O\xff\0" + b"x" * 5_000
    )
    wire = Wire(registrar, register=True)
    wire.register()
    wire.pass_time(20)
    (event,) = wire.events
    assert isinstance(event, RegistrationChanged)
    assert event.detail.startswith("503 O")
    assert event.detail.isprintable()
    assert len(event.detail) <= 80
