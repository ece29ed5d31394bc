"""A plain INVITE is answered before it is understood: with the same bytes, at the same time, to the same end."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cti.sip import user_agent
from cti.sip.message import parse_message
from cti.sip.plain_invite import read_plain_invite
from cti.sip.sip_file import messages_in
from cti.sip.transaction import transaction_key
from tests.cti.sip.test_never_raises import PIECES, damaged
from tests.cti.sip.wire import PBX, Wire
from tests.fakes.sip_peer import invite

HERE = Path(__file__).parent
RECORDED = sorted(HERE.glob("recorded/*/*.sip"))
HOSTILE = sorted(HERE.glob("hostile/*.dat"))
NAMES = st.sampled_from(
    [
        "",
        "Tanaka ",
        '"Tanaka" ',
        '"山田太郎"',
        '"\udc93c\udc92\udc86" ',
        '"Jos\udce9" ',
        '"a,;b" ',
        '"x\\" ',
        '"<b>" ',
    ]
)
URIS = st.sampled_from(
    [
        "sip:0312345678@pbx",
        "sip:pbx:5060",
        "sip:1@pbx:65535",
        "sip:1@pbx:99999",
        "sip:1@pbx;user=phone",
        "tel:031",
        "sip:",
    ]
)
HEADERS = st.sampled_from(
    [
        *(
            "Require: 100rel\r\n",
            "require:x\r\n",
            "Max-Forwards: 1\r\n",
            "max-forwards: 1\r\n",
            "Content-Type: a/b\r\n",
        ),
        *("Content-Length: 0\r\n", "Content-Length:    1\r\n", "l: 0\r\n", "CSeq : 7 INVITE\r\n", "f: <sip:1@x>\r\n"),
        *("Privacy: id\r\n", "P-Asserted-Identity: <sip:1@x>\r\n", "X-Any: \udcff\r\n", " folded\r\n", "no header\r\n"),
        *("Date: Fri, 01 Jan 2010 16:00:00 JST\r\n", "Date: Fri, 01 Jan 2010 16:00:00 GMT\r\n"),
        *("Via: SIP/2.0/UDP other;branch=z9hG4bKo\r\n", "To: <sip:1@x>\r\n", "Replaces: a;to-tag=b;from-tag=c\r\n"),
    ]
)


@st.composite
def nearly_plain(draw: st.DrawFn) -> bytes:
    """An INVITE of two calls, most of them plain, each part of it sometimes unusual."""

    def now_and_then(usual: Any, *others: Any) -> Any:
        return draw(st.sampled_from([usual] * 40 + list(others)))

    data = invite(
        now_and_then("a", "b", "c d"),
        caller=draw(NAMES) + f"<{now_and_then('sip:0312345678@pbx', draw(URIS))}>",
        branch=now_and_then("z9hG4bKone", "z9hG4bK", "z9hG4bKtwo", "1", ""),
        via_host=now_and_then("PBX:5060", "pbx", "pbx:0", "pbx:05060", "[2001:db8::1]", "pbx:65535"),
        rport=now_and_then(";rport", "", ";rport=1", ";received=1.2.3.4;rport", ";rport;rport", ";RPORT"),
        to_tag=now_and_then("", "t"),
        from_tag=now_and_then("ft", "other", ""),
        cseq=now_and_then("7 INVITE", "8 INVITE", "9999999999 INVITE", "7 invite"),
        uri=now_and_then("sip:201@omote.example", "sips:201@x", "tel:201", "sip:201@x?a=b", "sip:201@x;ob", "mailto:x"),
        extra="".join(draw(st.lists(HEADERS, max_size=2))) if now_and_then(True, False) else "",
    )
    if draw(st.booleans()):
        return data
    at = draw(st.integers(0, len(data)))
    return data[:at] + draw(st.one_of(PIECES, st.binary(max_size=3))) + data[at + draw(st.integers(0, 3)) :]


def said_and_told(messages: list[bytes], *, early: bool, **chosen: Any) -> tuple[list[list[Any]], list[Any]]:
    """What each message got in answer, and what the desk heard."""
    with pytest.MonkeyPatch.context() as patch:
        if not early:
            patch.setattr(user_agent, "read_plain_invite", lambda _data: None)
        wire = Wire(**chosen)
        answers = []
        for data in messages:
            wire.agent.receive_datagram(data, PBX, wire.now)
            at_once = wire.agent.datagrams_to_send()
            answers.append([at_once, [one.data for one in wire.collect()]])
            wire.pass_time(0.1)
        return answers, wire.events


def assert_same(messages: list[bytes], **chosen: Any) -> None:
    assert said_and_told(messages, early=True, **chosen) == said_and_told(messages, early=False, **chosen)


@given(st.lists(st.one_of(nearly_plain(), damaged()), min_size=1, max_size=5), st.sampled_from(["ring", "silent"]))
@settings(max_examples=1_000, deadline=None)
def test_answers_and_facts_are_those_of_an_agent_that_understands_first(messages: list[bytes], answer: str) -> None:
    assert_same(messages, answer=answer)


@given(nearly_plain())
@settings(max_examples=1_000, deadline=None)
def test_what_is_recognised_is_what_the_parser_reads(data: bytes) -> None:
    plain = read_plain_invite(data)
    if plain is None:
        return
    request = parse_message(data)
    assert (plain.user, plain.call_id, plain.tag) == (request.target.user, request.call_id, request.sender.tag)
    assert plain.key == transaction_key(request)


@pytest.mark.parametrize("file", [*RECORDED, *HOSTILE], ids=lambda file: f"{file.parent.name}/{file.name}")
@pytest.mark.parametrize("answer", ["ring", "silent"])
def test_recorded_and_hostile_messages_are_answered_the_same(file: Path, answer: str) -> None:
    messages = messages_in(file.read_bytes()) if file.suffix == ".sip" else [file.read_bytes()]
    assert_same([*messages, *messages], answer=answer)


def test_nearly_every_recorded_invite_is_recognised() -> None:
    invites = [
        one
        for file in RECORDED
        for one in messages_in(file.read_bytes())
        if one.startswith(b"INVITE") and b"/UDP" in one
    ]
    unusual = [one for one in invites if read_plain_invite(one) is None]
    assert len(invites) >= 40
    assert all(b'\\"' in one for one in unusual), "quotes in a name take the long way"


@pytest.mark.parametrize("fields", [480, 512, 600, 10_000])
def test_an_invite_of_many_lines_is_answered_the_same(fields: int) -> None:
    assert_same([invite("a", extra="aa:\r\n" * fields)], answer="ring")


def test_in_a_flood_the_same_calls_ring() -> None:
    """Three callers, named in three ways, beyond the buckets of the peer and of each of them."""
    asserted = ["P-Asserted-Identity: <sip:1@x>\r\n", "Remote-Party-ID:  <sip:2@x>\r\n", ""]
    messages = [invite(f"c{one}", extra=asserted[one % 3]) for one in range(60)]
    assert_same([*messages, *messages], answer="ring", calls_per_second=1)
    assert_same(messages, answer="silent", calls_per_second=4)
    assert_same([invite(f"c{one}", caller=f"<sip:{one}@x>") for one in range(300)], answer="ring")


def test_the_answer_is_there_before_the_call_is_read() -> None:
    wire = Wire(answer="ring")
    wire.agent.receive_datagram(invite("a"), PBX, 0)
    ((answer, peer),) = wire.agent.datagrams_to_send()
    assert answer.startswith(b"SIP/2.0 180 ")
    assert peer == PBX
    assert wire.agent.next_event() is not None
    assert wire.agent.datagrams_to_send() == []


def test_an_invite_for_another_contact_user_is_not_answered_early() -> None:
    wire = Wire(register=True, answer="ring")
    assert wire.say(invite("a", user="scanned")) == []
    assert [one.status for one in wire.say(invite("b", user=wire.agent.contact_user))] == [180]


def test_a_stranger_is_not_answered_early() -> None:
    wire = Wire(answer="ring")
    assert wire.say(invite("a"), ("198.51.100.7", 5060)) == []


def test_two_messages_in_a_row_are_taken_in_their_order() -> None:
    wire = Wire(answer="ring")
    for method in ("INVITE", "CANCEL"):
        wire.agent.receive_datagram(invite("a", method=method), PBX, 0)
    assert [one.status for one in wire.collect()] == [180, 200, 487]


@pytest.mark.expected_log("an early answer was not the right one")
def test_an_answer_that_was_wrong_is_said_and_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire(answer="ring")
    monkeypatch.setattr(type(wire.agent._calls), "answer_early", lambda *_any: b"SIP/2.0 500 Wrong\r\n\r\n")
    assert [one.status for one in wire.say(invite("a"))] == [500]
    assert [one.status for one in wire.collect()] == [180]
