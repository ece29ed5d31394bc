"""Calls recorded from a real Asterisk, played as `omote replay` plays them, and the life that each of them has here."""

import pytest

from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered
from cti.sip.replay import Replay
from cti.sip.settings import SipSettings
from cti.sip.sip_file import sender_of, way_of
from cti.wire_message import WireMessage
from tests.cti.sip.played import LISTENED_TO, START, folder_of, listen, texts
from tests.cti.sip.recorded_lives import GAVE_UP, IDENTITY, LIVES, REFUSED, TAKEN, Life, Seen, lives_on
from tests.cti.sip.wire import Wire
from tests.fakes.sip_peer import Heard

HEARD = [seen for seen in LIVES if seen.listener is not None]
CASES = [(version, seen) for version in LISTENED_TO for seen in lives_on(version) if seen.listener is not None]
every_call = pytest.mark.parametrize(
    ("version", "seen"), CASES, ids=[f"{seen.folder.name}-{version}" for version, seen in CASES]
)


def play(version: str, seen: Seen) -> list[CallEvent]:
    return listen(folder_of(version, seen), seen.extension)


def lives(facts: list[CallEvent]) -> list[Life]:
    told: dict[str, list[str]] = {}
    for fact in facts:
        match fact:
            case CallOffered(source_id=call):
                assert call not in told, "a call is offered once"
                told[call] = ["offered"]
            case CallAnswered(source_id=call, by=by):
                assert by is None, "a second contact cannot tell who answered"
                told[call].append("answered")
            case CallEnded(source_id=call, why=why):
                told[call].append(why)
            case _:
                pytest.fail(f"not the life of a call: {fact}")
    return [tuple(said) for said in told.values()]


@every_call
def test_recorded_call_has_its_life(version: str, seen: Seen) -> None:
    assert seen.listener is not None
    assert lives(play(version, seen)) == [life for _, life in seen.listener]


@every_call
def test_recorded_caller_is_the_one_who_called(version: str, seen: Seen) -> None:
    assert seen.listener is not None
    offered = [fact for fact in play(version, seen) if isinstance(fact, CallOffered)]
    linked_ids = [
        Heard(text).field("X-Lab-Linkedid") for text in texts(folder_of(version, seen)) if text.startswith(b"INVITE ")
    ]
    for fact, (who, _), linked_id in zip(offered, seen.listener, linked_ids, strict=True):
        assert fact.caller == who.caller(IDENTITY[seen.extension])
        assert (fact.dialled, fact.diverted_from, fact.direction) == (who.forwarded_by, who.forwarded_by, who.direction)
        assert fact.linked_id == linked_id
        assert bool(linked_id) == who.is_linked


@pytest.mark.parametrize("answer", ["silent", "ring"])
@every_call
def test_recorded_call_is_one_leg_that_is_answered_to_the_end(version: str, seen: Seen, answer: str) -> None:
    assert seen.listener is not None
    wire = Wire(username=seen.extension, answer=answer)
    wire.agent.set_peers(["127.0.0.1"])
    told = {TAKEN: [200, 487], GAVE_UP: [200, 487], REFUSED: [200, 487]}
    for text in texts(folder_of(version, seen)):
        if text.startswith((b"INVITE ", b"CANCEL ", b"ACK ")):
            wire.say(text, ("127.0.0.1", 5060))
    first = 180 if answer == "ring" else 100
    expected = [status for _, life in seen.listener for status in [first, *told.get(life, [])]]
    assert [one.status for one in wire.sent] == expected
    assert wire.pass_time(4) == [], "the recorded ACK ends the repetitions"


def test_call_that_was_recorded_with_another_contact_is_not_heard_with_ours() -> None:
    register, *others = texts(HEARD[0].folder)
    moved = [register.replace(b"<sip:201@127.0.0.1:", b"<sip:somebody@127.0.0.1:"), *others]
    messages = [WireMessage("desk phone", way_of(text), sender_of(text), "udp", text, START) for text in moved]
    steps = Replay(SipSettings("desk phone", username="201"), messages, ["127.0.0.1"])
    assert [fact for step in steps for fact in step.facts if isinstance(fact, CallOffered)] == []


@pytest.mark.parametrize("version", LISTENED_TO)
def test_every_recording_of_a_listener_is_in_the_table(version: str) -> None:
    recorded = {folder.name for folder in LISTENED_TO[version].iterdir() if folder.is_dir()}
    assert {seen.folder.name for seen in HEARD} == recorded


def test_all_forty_captures_of_the_pbx_are_in_the_table() -> None:
    """Two more were recorded later, of a second call."""
    later = {"second-call-answered-while-first-waits", "second-call-outlives-the-first"}
    assert len({seen.name for seen in LIVES} - later) == 40
    assert len({seen.name for seen in HEARD}) == 39, "nobody had one in the last"


@pytest.mark.parametrize("version", LISTENED_TO)
def test_withheld_number_that_the_carrier_asserts_is_nowhere_in_the_facts(version: str) -> None:
    (seen,) = (one for one in LIVES if one.name == "withheld-anonymous")
    assert any(b"0312345678" in text for text in texts(folder_of(version, seen)))
    assert "0312345678" not in repr(play(version, seen))
