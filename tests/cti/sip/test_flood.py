"""More calls than a desk can take: who rings, who waits, who is turned away, and what the network hears."""

from typing import Any

import pytest

from cti.events import NotOfferedBecause
from cti.sip.dialog import Answered, Ended, Offered, Refused
from tests.cti.sip.wire import PBX, Wire
from tests.fakes.sip_peer import Heard, invite, new_call

CUSTOMER = "0335814111"
ELSEWHERE = "Reason: SIP;cause=200\r\n"


def call_from(number: str, call: str | None = None, **more: Any) -> bytes:
    return invite(call or new_call(), caller=f"<sip:{number}@pbx.example>", **more)


def unknown(number: int) -> str:
    return f"+8100{number:08}"


def statuses(heard: list[Heard]) -> list[tuple[int, str]]:
    return [(one.status, one.field("CSeq").split()[1]) for one in heard]


def numbers(wire: Wire) -> list[str]:
    return [event.caller.number for event in wire.events if isinstance(event, Offered)]


def refused(wire: Wire) -> int:
    told = [event for event in wire.events if isinstance(event, Refused)]
    assert {(event.because, event.peer) for event in told} <= {(NotOfferedBecause.FLOOD, PBX[0])}
    return sum(event.count for event in told)


def flooded(**settings: Any) -> Wire:
    """The peer's bucket is empty: forty calls from forty numbers ring."""
    wire = Wire(**settings)
    wire.customers = {CUSTOMER}
    for number in range(40):
        wire.say(call_from(unknown(number)))
    assert (len(numbers(wire)), wire.asked) == (40, [])
    return wire


@pytest.mark.parametrize(
    ("calls", "what"),
    [
        ([invite("one", branch=f"z9hG4bK{leg}", from_tag="ft") for leg in range(16)], "forks of one call"),
        ([call_from("0312345678") for _ in range(10)], "ten calls of one switchboard"),
        ([call_from(unknown(one)) for one in range(40)], "forty callers at once"),
        ([invite(new_call(), caller="<sip:anonymous@anonymous.invalid>") for _ in range(10)], "ten who withhold"),
        ([invite("one")] * 500, "one INVITE over and over"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_ordinary_traffic_of_a_busy_office_rings_at_once(calls: list[bytes], what: str) -> None:
    wire = Wire()
    for data in calls:
        assert statuses(wire.say(data)) == [(100, "INVITE")], what
    assert refused(wire) == 0
    assert wire.asked == []


def test_customer_is_shown_at_once_in_a_flood_from_one_number() -> None:
    wire = Wire()
    for _ in range(1_000):
        wire.say(call_from("+810000000001"))
    assert len(numbers(wire)) == 10
    wire.say(call_from(CUSTOMER))
    assert numbers(wire)[-1] == CUSTOMER


def test_customer_is_asked_for_and_shown_in_a_flood_from_many_numbers() -> None:
    wire = flooded()
    assert statuses(wire.say(call_from(unknown(100)))) == [(100, "INVITE")], "told, so that the PBX is at rest"
    assert wire.asked == [(unknown(100),)]
    for number in range(101, 150):
        assert wire.say(call_from(unknown(number))) == [], "one question in fifty milliseconds"
    assert wire.say(call_from(CUSTOMER)) == []
    answers = wire.pass_time(0.05)
    assert len(wire.asked) == 2
    assert statuses(answers) == [(100, "INVITE")] * 50
    assert numbers(wire)[40:] == [CUSTOMER]
    wire.pass_time(30)
    assert refused(wire) == 50


def test_long_flood_asks_twenty_times_a_second_and_rings_five_times() -> None:
    wire = flooded()
    for number in range(100, 1_100):
        wire.say(call_from(unknown(number)))
        wire.pass_time(0.01)
    assert len(wire.asked) <= 201
    assert len(numbers(wire)) - 40 <= 51
    wire.pass_time(20)
    assert len(numbers(wire)) + refused(wire) == 1_040


def test_known_number_that_floods_is_bounded_too() -> None:
    wire = flooded()
    for _ in range(1_000):
        wire.say(call_from(CUSTOMER))
        wire.pass_time(0.01)
    assert numbers(wire).count(CUSTOMER) <= 40, "ten by the caller's bucket, ten by the customer's, one a second each"


def test_nobody_is_asked_for_a_caller_who_withholds() -> None:
    wire = flooded()
    assert statuses(wire.say(invite(new_call(), caller="<sip:anonymous@anonymous.invalid>"))) == [(100, "INVITE")]
    assert wire.asked == []
    assert refused(wire) == 1


def test_customers_find_room_among_a_hundred_calls_that_ring_on() -> None:
    wire = Wire()
    wire.customers = {CUSTOMER}
    for number in range(300):
        wire.say(call_from(unknown(number)))
        wire.pass_time(0.5)
    assert len(numbers(wire)) == 100
    wire.say(call_from(CUSTOMER))
    assert numbers(wire)[-1] == CUSTOMER


def test_retransmissions_and_forks_of_a_call_that_rings_are_never_delayed_nor_counted() -> None:
    wire = Wire()
    wire.say(invite("first"))
    for number in range(100):
        wire.say(call_from(unknown(number)))
    before = refused(wire)
    assert statuses(wire.say(invite("first"))) == [(100, "INVITE")]
    assert statuses(wire.say(invite("first", branch="z9hG4bKfork"))) == [(100, "INVITE")]
    assert refused(wire) == before
    assert numbers(wire).count("0312345678") == 1


def test_cancel_of_a_call_that_rings_in_a_flood_is_what_it_always_is() -> None:
    wire = flooded()
    wire.say(call_from(CUSTOMER, "c"))
    answer = wire.say(call_from(CUSTOMER, "c", method="CANCEL", extra=ELSEWHERE))
    assert statuses(answer) == [(200, "CANCEL"), (487, "INVITE")]
    assert isinstance(wire.events[-1], Answered)


def test_call_that_was_turned_away_is_ended_by_its_cancel_without_a_word_to_the_desk() -> None:
    wire = flooded()
    trying = wire.say(call_from("+1", "away"))
    assert statuses(trying) == [(100, "INVITE")]
    before = list(wire.events)
    answer = wire.say(call_from("+1", "away", method="CANCEL"))
    assert statuses(answer) == [(200, "CANCEL"), (487, "INVITE")]
    assert [one.field("CSeq") for one in answer] == ["7 CANCEL", "7 INVITE"]
    assert answer[1].field("Via") == trying[0].field("Via")
    assert answer[0].tag("To") == answer[1].tag("To") != ""
    assert wire.say(call_from("+1", "away", method="ACK", to_tag=answer[1].tag("To"))) == []
    assert wire.events == before


def test_call_that_is_given_up_while_it_waits_is_ended_and_never_rings() -> None:
    wire = flooded()
    wire.say(call_from(unknown(100)))
    assert wire.say(call_from(CUSTOMER, "c")) == []
    assert statuses(wire.say(call_from(CUSTOMER, "c", method="CANCEL"))) == [(200, "CANCEL"), (487, "INVITE")]
    assert wire.pass_time(20) == []
    assert numbers(wire)[40:] == []
    assert refused(wire) == 2


def test_cancel_of_nothing_is_481_in_a_flood_too() -> None:
    wire = flooded()
    wire.say(call_from("+1", "away"))
    assert statuses(wire.say(invite("never", method="CANCEL"))) == [(481, "CANCEL")]


def test_call_that_was_turned_away_is_told_so_again_and_counted_once() -> None:
    wire = flooded()
    for _ in range(3):
        assert statuses(wire.say(call_from("+1", "away"))) == [(100, "INVITE")]
    for _ in range(3):
        assert len(wire.say(call_from("+1", "away", method="CANCEL"))) == 2
    wire.pass_time(20)
    assert refused(wire) == 1


def test_calls_without_end_that_are_turned_away_do_not_pile_up() -> None:
    wire = flooded()
    anonymous = "<sip:anonymous@anonymous.invalid>"
    for number in range(4_100):
        wire.say(invite(f"away-{number}", caller=anonymous))
    assert statuses(wire.say(invite("away-50", method="CANCEL"))) == [(481, "CANCEL")]
    assert len(wire.say(invite("away-4099", method="CANCEL"))) == 2


def test_call_through_a_proxy_is_left_to_it_when_it_is_turned_away() -> None:
    """The CANCEL has one Via of the two that the 487 would need."""
    wire = flooded()
    through = call_from("+1", extra="Via: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bKfar\r\n")
    assert wire.say(through) == []
    assert refused(wire) == 1


def test_retransmission_of_a_call_that_waits_is_no_second_one() -> None:
    wire = flooded()
    wire.say(call_from(unknown(100)))
    for _ in range(3):
        assert wire.say(call_from(CUSTOMER, "c")) == []
    assert statuses(wire.pass_time(0.1)) == [(100, "INVITE")]
    assert numbers(wire).count(CUSTOMER) == 1


def test_call_that_found_no_room_to_wait_has_another_chance_when_it_is_sent_again() -> None:
    wire = flooded()
    wire.say(call_from(unknown(100)))
    wire.say(call_from(CUSTOMER, "c"))
    for number in range(101, 1_200):
        assert wire.say(call_from(unknown(number))) == []
    assert len(wire.pass_time(0.1)) == 1_000
    assert CUSTOMER not in numbers(wire)
    assert statuses(wire.say(call_from(CUSTOMER, "c"))) == [(100, "INVITE")]
    assert numbers(wire)[-1] == CUSTOMER


def test_customer_rings_with_180_and_whom_nobody_knows_hears_no_ringing() -> None:
    wire = flooded(answer="ring")
    assert statuses(wire.say(call_from(unknown(100)))) == [(100, "INVITE")]
    wire.pass_time(0.1)
    assert statuses(wire.say(call_from(CUSTOMER))) == [(180, "INVITE")]


def test_extension_that_must_be_refused_is_refused_once_the_caller_is_known() -> None:
    wire = flooded()
    assert statuses(wire.say(call_from(CUSTOMER, extra="Require: 100rel\r\n"))) == [(420, "INVITE")]
    assert numbers(wire)[-1] == CUSTOMER


def test_records_that_never_answer_hold_nobody_for_longer_than_a_second() -> None:
    wire = flooded()
    agent = wire.agent
    agent.receive_datagram(call_from(CUSTOMER), PBX, wire.now)
    agent.receive_datagram(call_from(unknown(100)), PBX, wire.now)
    asked = agent.next_event()
    assert agent.datagrams_to_send() == []
    agent.handle_timer(wire.now + 0.9)
    assert agent.datagrams_to_send() == []
    agent.handle_timer(wire.now + 1.0)
    assert asked is not None
    assert len(agent.datagrams_to_send()) == 1, "the second one has not been asked for yet"
    wire.collect()
    assert numbers(wire)[40:] == []


@pytest.mark.parametrize("late", [1.5, 6.0])
def test_customer_rings_however_late_the_records_say_so(late: float) -> None:
    wire = flooded()
    agent = wire.agent
    agent.receive_datagram(call_from(CUSTOMER, "c"), PBX, wire.now)
    assert agent.next_event() is not None, "the question"
    agent.handle_timer(wire.now + 1.0)
    assert len(agent.datagrams_to_send()) == 1, "turned away"
    agent.take_answer((CUSTOMER,), {CUSTOMER}, wire.now + late)
    agent.take_answer((CUSTOMER,), {CUSTOMER}, wire.now + late)
    wire.collect()
    assert numbers(wire)[40:] == [CUSTOMER]
    answer = wire.say(call_from(CUSTOMER, "c", method="CANCEL"))
    assert statuses(answer) == [(200, "CANCEL"), (487, "INVITE")]
    assert isinstance(wire.events[-1], Ended)


def test_customer_who_has_hung_up_does_not_ring_when_the_records_say_so_at_last() -> None:
    wire = flooded()
    wire.agent.receive_datagram(call_from(CUSTOMER, "c"), PBX, wire.now)
    assert wire.agent.next_event() is not None, "the question"
    wire.agent.handle_timer(wire.now + 1.0)
    wire.agent.datagrams_to_send()
    wire.say(call_from(CUSTOMER, "c", method="CANCEL"))
    wire.agent.take_answer((CUSTOMER,), {CUSTOMER}, wire.now + 1.5)
    wire.collect()
    assert numbers(wire)[40:] == []


def test_more_calls_a_second_can_be_allowed() -> None:
    wire = Wire(calls_per_second=50)
    for number in range(400):
        wire.say(call_from(unknown(number)))
    assert len(numbers(wire)) == 100, "beyond which customers alone find room"
    for event in [event for event in wire.events if isinstance(event, Offered)]:
        wire.say(call_from(event.caller.number, event.call_id.partition(";")[0], method="CANCEL"))
    assert sum(isinstance(event, Ended) for event in wire.events) == 100
    wire.say(call_from("+1"))
    assert numbers(wire)[-1] == "+1"


def test_customers_call_that_turns_out_to_be_broken_harms_no_other() -> None:
    wire = Wire()
    wire.customers = {"0312345678"}
    for count in range(60):
        wire.say(invite(f"c{count}", caller=f"<sip:0901234{count:04}@pbx>"))
    broken = invite("bad", caller="<sip:0312345678@pbx>", extra='Require: "x\r\n')
    out = [*wire.say(broken), *wire.say(invite("good", caller="<sip:0312345678@pbx>")), *wire.pass_time(1)]
    assert [one.status for one in out if one.field("Call-ID") == "good"] == [100]
    assert [one for one in out if one.field("Call-ID") == "bad"] == []
