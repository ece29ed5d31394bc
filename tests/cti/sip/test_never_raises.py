"""Hypothesis: whatever arrives, the parser raises PeerError and the user agent nothing."""

from contextlib import suppress

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cti.errors import PeerError
from cti.sip.message import parse_message
from tests.cti.sip.wire import PBX, Wire
from tests.fakes.sip_peer import FakeRegistrar, invite

PIECES = st.sampled_from(
    [
        *(
            b"INVITE",
            b"CANCEL",
            b"ACK",
            b"OPTIONS",
            b"SIP/2.0",
            b"sip:",
            b"tel:",
            b"tag",
            b"branch",
            b"rport",
            b"z9hG4bK",
        ),
        *(
            b" ",
            b"\t",
            b"\r\n",
            b"\r\n\r\n",
            b'"',
            b"<",
            b">",
            b";",
            b",",
            b"=",
            b":",
            b"\\",
            b"%",
            b"%zz",
            b"[",
            b"]",
            b"@",
        ),
        *(b"Via: SIP/2.0/UDP h", b"From: ", b"To: ", b"Call-ID: ", b"CSeq: ", b"Require: ", b"Content-Length: "),
        *(
            b"P-Asserted-Identity: ",
            b"Remote-Party-ID: ",
            b"Privacy: id",
            b"Diversion: ",
            b"History-Info: ",
            b"Reason: ",
        ),
        *(
            b"1",
            b"99999",
            b"\0",
            b"\xff",
            b"\x95\\",
            b"\xe9",
            b";verstat=",
            b"?Privacy=history",
            "山".encode(),
            "\u202e".encode(),
        ),
    ]
)
NOISE = st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=60).map(b"".join))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sound request with some bytes replaced, so that the noise gets past the first checks."""
    method = draw(st.sampled_from(["INVITE", "CANCEL", "ACK", "OPTIONS", "BYE"]))
    call = draw(st.sampled_from(["a", "b"]))
    extra = "P-Asserted-Identity: <sip:1@x>\r\nDiversion: <tel:03>\r\nReason: SIP;cause=200\r\nPrivacy: id\r\n"
    data = invite(call, method=method, extra=draw(st.sampled_from(["", extra])))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.one_of(PIECES, st.binary(max_size=3))) + data[at + draw(st.integers(0, 12)) :]
    return data


@given(st.one_of(NOISE, damaged()))
@example(b"")
@example(b"SIP/2.0 401\r\n\r\n")
@settings(max_examples=1_000, deadline=None)
def test_parser_raises_nothing_but_peer_error(data: bytes) -> None:
    with suppress(PeerError):
        parse_message(data)


@given(st.lists(st.tuples(st.one_of(damaged(), NOISE), st.floats(0, 70)), max_size=12))
@settings(max_examples=300, deadline=None)
def test_user_agent_raises_nothing_and_a_sound_call_still_rings(steps: list[tuple[bytes, float]]) -> None:
    wire = Wire(answer="ring")
    for data, seconds in steps:
        wire.say(data)
        wire.pass_time(seconds)
    before = len(wire.events)
    assert 180 in [one.status for one in wire.say(invite("the-sound-call"))]
    assert len(wire.events) == before + 1


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.one_of(PIECES, st.binary(max_size=4))), max_size=6), st.integers(0, 3)
)
@settings(max_examples=300, deadline=None)
def test_damaged_answers_of_the_registrar_raise_nothing_and_it_registers_in_the_end(
    cuts: list[tuple[int, bytes]], how_many: int
) -> None:
    registrar = FakeRegistrar()
    sound = registrar.answer

    def answer(data: bytes) -> bytes:
        nonlocal how_many
        reply, how_many = sound(data), how_many - 1
        for at, piece in cuts if how_many >= 0 else []:
            reply = reply[: at % len(reply)] + piece + reply[at % len(reply) + len(piece) :]
        return reply

    registrar.answer = answer  # type: ignore[method-assign]
    wire = Wire(registrar, register=True)
    wire.register()
    wire.pass_time(1_300)
    wire.agent.start_registration("pw201", wire.now)
    wire.collect()
    wire.pass_time(30)
    assert wire.states[-1] == "registered"
    assert PBX in wire.sent_to
