"""Recorded messages through the same user agent: the facts of a live source, at the times of the recording."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cti.events import (
    CallAnswered,
    CallEnded,
    CallerChanged,
    CallEvent,
    CallOffered,
    EndCause,
    NotOffered,
    NotOfferedBecause,
)
from cti.sip.replay import Replay
from cti.sip.settings import SipSettings
from cti.sip.sip_file import messages_in
from cti.wire_message import Way, WireMessage
from tests.cti.sip.wire import PBX, Wire
from tests.fakes.sip_peer import FakeRegistrar, invite

RECORDED = Path(__file__).parent / "recorded"
CALLS = sorted(folder.name for folder in RECORDED.iterdir() if folder.is_dir())
START = datetime(2026, 11, 21, 5, 3, 22, tzinfo=UTC)
STRANGER = ("198.51.100.7", 5060)


def message(
    data: bytes, seconds: float = 0.0, way: Way = Way.IN, peer: tuple[str, int] = PBX, transport: str = "udp"
) -> WireMessage:
    return WireMessage("desk phone", way, peer, transport, data, START + timedelta(seconds=seconds))


def test_flood_is_played_as_it_was_with_the_customer_inside() -> None:
    calls = [
        message(invite(f"c{one}", caller=f"<sip:{'0335814111' if one == 60 else one}@pbx>"), one / 1000)
        for one in range(100)
    ]
    chosen = SipSettings("desk phone", server="192.0.2.10", register=False)
    played = Replay(chosen, calls, [PBX[0]], {"0335814111"}.intersection)
    told = [fact for step in played for fact in step.facts]
    rang = [fact.caller.number for fact in told if isinstance(fact, CallOffered)]
    assert rang == [*map(str, range(40)), "0335814111"]
    assert sum(fact.count for fact in told if isinstance(fact, NotOffered)) == 59


def facts(
    messages: Iterable[WireMessage], trusted: Iterable[str] = (PBX[0],), **settings: Any
) -> list[CallEvent]:  # fmt: skip
    chosen = {"name": "desk phone", "server": "192.0.2.10", "username": "201"} | settings
    return [fact for step in Replay(SipSettings(**chosen), list(messages), trusted) for fact in step.facts]


@pytest.mark.parametrize("name", CALLS)
def test_recorded_call_gives_the_facts_of_a_live_one(name: str) -> None:
    texts = [one for file in sorted((RECORDED / name).glob("[1-9]-*.sip")) for one in messages_in(file.read_bytes())]
    live = Wire(linked_header="X-Lab-Linkedid")
    for text in texts:
        live.say(text)
    played = facts([message(text, at) for at, text in enumerate(texts)], linked_header="X-Lab-Linkedid")
    assert [type(fact).__name__ for fact in played] == [f"Call{type(event).__name__}" for event in live.events]
    for fact, event in zip(played, live.events, strict=True):
        if isinstance(fact, CallOffered):
            expected: Any = event
            assert (fact.source_id, fact.caller, fact.dialled) == (expected.call_id, expected.caller, expected.dialled)
            assert (fact.diverted_from, fact.linked_id) == (expected.diverted_from, expected.linked_id)
    assert [fact.at for fact in played[:2]] == [START + timedelta(seconds=at) for at in range(len(played[:2]))]


def test_stamps_and_times_are_those_of_the_recording() -> None:
    offered, ended = facts([message(invite("a"), 7), message(invite("a", method="CANCEL"), 9.5)])
    assert isinstance(offered, CallOffered)
    assert (offered.at, offered.received_ns, offered.parsed_ns) == (START + timedelta(seconds=7), 0, 0)
    assert ended == CallEnded("desk phone", offered.source_id, EndCause.CANCELLED, START + timedelta(seconds=9.5))


def test_call_that_nobody_cancels_is_timed_out_at_its_time_when_the_recording_goes_on() -> None:
    options = message(invite("b", method="OPTIONS"), 600)
    offered, ended = facts([message(invite("a")), options])
    assert isinstance(ended, CallEnded)
    assert (ended.why, ended.at - offered.at) == (EndCause.TIMED_OUT, timedelta(seconds=180))
    assert len(facts([message(invite("a"))])) == 1, "where the recording ends nobody knows more"


def test_messages_are_played_in_the_order_of_their_times() -> None:
    elsewhere = invite("a", method="CANCEL", extra="Reason: SIP;cause=200\r\n")
    played = facts([message(elsewhere, 3), message(invite("a"), 1)])
    assert [type(fact) for fact in played] == [CallOffered, CallAnswered]


def registered(user: str, seconds: float) -> WireMessage:
    wire = Wire(FakeRegistrar(), register=True)
    wire.register()
    sent = next(one.data for one in wire.sent if one.method == "REGISTER" and one.field("Contact"))
    return message(sent.replace(wire.agent.contact_user.encode(), user.encode()), seconds, Way.OUT)


def test_contact_is_checked_where_the_recording_has_our_registration() -> None:
    calls = [message(invite("a", user="old"), 1), message(invite("b", user="scanner"), 2)]
    later = [registered("new", 3), message(invite("c", user="new"), 4)]
    played = facts([registered("old", 0), *calls, *later])
    assert [fact.source_id[0] for fact in played if isinstance(fact, CallOffered)] == ["a", "c"]


def test_contact_is_not_checked_where_nobody_knows_ours() -> None:
    assert len(facts([message(invite("a", user="whatever"))])) == 1


def test_what_went_out_is_not_heard() -> None:
    assert facts([message(invite("a"), way=Way.OUT)]) == []


def test_peer_that_is_not_trusted_gives_no_call() -> None:
    played = facts([message(invite("a"), peer=STRANGER), message(invite("b"), 1)])
    assert [fact.source_id[0] for fact in played if isinstance(fact, CallOffered)] == ["b"]
    assert played[0] == NotOffered("desk phone", NotOfferedBecause.STRANGER, STRANGER[0], 1, START)


def test_what_was_only_counted_when_the_recording_ends_is_told_then() -> None:
    played = facts([message(invite(f"a{at}"), at, peer=STRANGER) for at in range(4)])
    assert [fact.count for fact in played if isinstance(fact, NotOffered)] == [1, 3]
    assert START + timedelta(seconds=3) <= played[-1].at < START + timedelta(seconds=4)


def test_steps_name_the_message_that_brought_them() -> None:
    ring = message(invite("a"), transport="tcp")
    (step,) = Replay(SipSettings("desk phone", register=False), [ring], [PBX[0]])
    assert (step.message, step.at, len(step.facts)) == (ring, START, 1)


@pytest.mark.parametrize("spelling", ["To:", "t :"])
def test_caller_changed_by_an_update_is_told_though_our_tags_are_others_now(spelling: str) -> None:
    caller = "<sip:202@pbx.example>"
    ringing = invite("c1", caller=caller, to_tag="given-then").replace(
        b"INVITE sip:201@omote.example SIP/2.0", b"SIP/2.0 180 Ringing", 1
    )
    now = "P-Asserted-Identity: <sip:0335814111@pbx.example>\r\nContact: <sip:pbx@192.0.2.10>\r\n"
    inside = {"caller": caller, "method": "UPDATE", "branch": "z9hG4bKu", "extra": now}
    told = invite("c1", to_tag="given-then", cseq="8 UPDATE", **inside).replace(b"To:", spelling.encode())
    stranger = invite("c1", to_tag="never-given", cseq="9 UPDATE", **inside).replace(b"0335814111", b"0312345678")
    recorded = [
        message(invite("c1", caller=caller, extra="Contact: <sip:pbx@192.0.2.10>\r\n")),
        message(ringing, 0.1, Way.OUT),
        message(told, 1.0),
        message(stranger, 2.0),
    ]
    offered, changed = facts(recorded, answer="ring")
    assert isinstance(offered, CallOffered)
    assert isinstance(changed, CallerChanged)
    assert (offered.caller.number, changed.caller.number) == ("202", "0335814111")
