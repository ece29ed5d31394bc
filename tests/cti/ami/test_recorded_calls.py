"""Calls recorded from Asterisk 16 and 22, and the life that each of them has at each extension."""

import random

import pytest

from cti.ami.framing import Framing
from cti.ami.packet import Packet
from cti.events import (
    CallAnswered,
    CallEnded,
    CallerChanged,
    CallEvent,
    CallHeld,
    CallOffered,
    IdentityFrom,
)
from tests.cti.ami.played import RECORDED, VERSIONS, Played, event, packets_of, play, stream
from tests.cti.ami.recorded_lives import LIVES, At
from tests.cti.sip.recorded_lives import Life

CASES = [(version, at) for at in LIVES for version in VERSIONS]
IDS = [f"{at.name}@{at.extension}-{version}" for version, at in CASES]
every_call = pytest.mark.parametrize(("version", "at"), CASES, ids=IDS)


def lives(facts: list[CallEvent]) -> list[Life]:
    told: dict[str, list[str]] = {}
    for fact in facts:
        match fact:
            case CallOffered(source_id=call):
                assert call not in told, "a call is offered once"
                told[call] = ["offered"]
            case CallAnswered(source_id=call, by=by):
                told[call].append(f"answered by {by}")
            case CallHeld(source_id=call, is_held=is_held):
                told[call].append("held" if is_held else "resumed")
            case CallerChanged(source_id=call, caller=caller):
                told[call].append(f"{caller.number} {caller.name}")
            case CallEnded(source_id=call, why=why):
                told[call].append(why)
            case _:
                pytest.fail(f"not the life of a call: {fact}")
    return [tuple(said) for said in told.values()]


def offers(facts: list[CallEvent]) -> list[CallOffered]:
    return [fact for fact in facts if isinstance(fact, CallOffered)]


@every_call
def test_recorded_call_has_its_life(version: str, at: At) -> None:
    assert lives(play(version, at.name, at.extension)) == [life for _, life in at.calls]


@every_call
def test_recorded_caller_is_the_one_who_called(version: str, at: At) -> None:
    for fact, (who, _) in zip(offers(play(version, at.name, at.extension)), at.calls, strict=True):
        assert fact.caller == who.caller(IdentityFrom.AMI)
        assert (fact.direction, fact.diverted_from) == (who.direction, who.forwarded_by)
        assert (fact.dialled, fact.queue) == (at.line, at.queue)
        assert (fact.waiting_since is not None) == bool(at.queue)


@every_call
def test_extension_that_is_not_named_in_a_recording_has_no_call(version: str, at: At) -> None:
    assert play(version, at.name, "20") == [], "of which 201 is no part"
    assert play(version, at.name, "999") == []


@pytest.mark.parametrize("version", VERSIONS)
def test_desks_of_one_queue_call_share_its_linked_id(version: str) -> None:
    ids = {offers(play(version, "queue-answered-by-202", one))[0].linked_id for one in ("201", "202", "203")}
    assert len(ids) == 1
    assert ids.pop()


@pytest.mark.parametrize("version", VERSIONS)
def test_withheld_number_that_the_pbx_tells_in_clear_is_nowhere_in_the_facts(version: str) -> None:
    for name, extension in (("withheld-anonymous", "201"), ("withheld-anonymous-defaults", "203")):
        assert b"0312345678" in stream(version, name)
        assert "0312345678" not in repr(play(version, name, extension))


@pytest.mark.parametrize("version", VERSIONS)
def test_caller_who_was_handed_over_brings_the_id_of_his_call(version: str) -> None:
    name = "attended-transfer-refer-replaces"
    (consultation,) = offers(play(version, name, "202"))
    (customers, _own) = offers(play(version, name, "207"))
    (change,) = (fact for fact in play(version, name, "202") if isinstance(fact, CallerChanged))
    assert change.linked_id == customers.linked_id != consultation.linked_id


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["name-quotes-emoji", "picked-up-by-203"])
def test_bytes_one_by_one_make_the_same_packets(version: str, name: str) -> None:
    data, framing = stream(version, name), Framing()
    one_by_one = [packet for place in range(len(data)) for packet in framing.receive(data[place : place + 1])]
    assert [packet.raw for packet in one_by_one] == [packet.raw for packet in packets_of(data)]


@pytest.mark.parametrize("seed", range(20))
def test_reads_of_any_size_make_the_same_packets(seed: int) -> None:
    data, framing, chance = stream("22", "queue-answered-by-202"), Framing(), random.Random(seed)
    packets: list[Packet] = []
    while data:
        size = chance.randrange(1, 3_000)
        packets += framing.receive(data[:size])
        data = data[size:]
    assert [one.raw for one in packets] == [one.raw for one in packets_of(stream("22", "queue-answered-by-202"))]


@pytest.mark.parametrize("version", VERSIONS)
def test_ten_thousand_calls_of_others_between_do_not_change_a_life(version: str) -> None:
    played = Played("201", "answered-by-desk-phone")
    others = [
        event(kind, Channel=f"PJSIP/9{one}-0000000{one % 10}", Uniqueid=f"o.{one}", Linkedid=f"o.{one}", Exten="900")
        for one in range(2_500)
        for kind in ("Newchannel", "DialBegin", "QueueCallerJoin", "Newstate")
    ]
    packets = packets_of(stream(version, "answered-by-desk-phone"))
    played.hear([*packets[: len(packets) // 2], *others, *packets[len(packets) // 2 :]])
    assert lives(played.facts) == [("offered", "answered by 201", "hung_up")]


def test_every_recording_is_in_the_table() -> None:
    for version in VERSIONS:
        recorded = {file.stem for file in (RECORDED / version).iterdir()}
        assert recorded == {at.name for at in LIVES}
