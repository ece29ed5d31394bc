"""INVITE, CANCEL, ACK between a peer and the user agent, in memory, with time as an argument."""

import pytest

from cti.events import Direction, EndCause, NotOfferedBecause
from cti.sip.dialog import Answered, Ended, Offered, Refused
from tests.cti.sip.wire import HERE, PBX, Wire
from tests.fakes.sip_peer import Heard, invite, new_call

OUTSIDER = ("198.51.100.66", 5060)
BUSY = 10_000  # calls per second: a test sends all of them in one instant
ELSEWHERE = 'Reason: SIP;cause=200;text="Call completed elsewhere"\r\n'


def statuses(heard: list[Heard]) -> list[tuple[int, str]]:
    return [(one.status, one.field("CSeq").split()[1]) for one in heard]


def offers(wire: Wire) -> list[Offered]:
    return [event for event in wire.events if isinstance(event, Offered)]


def refusals(wire: Wire) -> list[Refused]:
    return [event for event in wire.events if isinstance(event, Refused)]


def test_silent_listener_says_trying_and_nothing_that_makes_the_caller_hear_ringing() -> None:
    wire = Wire()
    answer = wire.say(invite("a"))
    assert statuses(answer) == [(100, "INVITE")]
    assert answer[0].tag("To") == ""
    assert [(one.caller.number, one.caller.name, one.direction) for one in offers(wire)] == [
        ("0312345678", "Tanaka", Direction.IN)
    ]
    assert wire.pass_time(60) == []


def test_extension_of_its_own_rings_at_once_and_again_each_minute() -> None:
    wire = Wire(answer="ring")
    answer = wire.say(invite("a"))
    assert statuses(answer) == [(180, "INVITE")], "no 100: RFC 3261 section 17.2.1"
    assert answer[0].tag("To")
    assert answer[0].field("Contact") == f"<sip:{wire.agent.contact_user}@192.0.2.1:5062>"
    assert statuses(wire.pass_time(125)) == [(180, "INVITE"), (180, "INVITE")]


def test_cancel_is_answered_200_then_487_with_one_to_tag() -> None:
    wire = Wire(answer="ring")
    ringing = wire.say(invite("a"))[0]
    answer = wire.say(invite("a", method="CANCEL"))
    assert statuses(answer) == [(200, "CANCEL"), (487, "INVITE")]
    assert {one.tag("To") for one in answer} == {ringing.tag("To")}
    assert [type(event) for event in wire.events] == [Offered, Ended]
    assert wire.events[1] == Ended(offers(wire)[0].call_id, EndCause.CANCELLED)


def test_487_is_repeated_until_the_ack_and_then_no_more() -> None:
    wire = Wire()
    wire.say(invite("a"))
    wire.say(invite("a", method="CANCEL"))
    assert statuses(wire.pass_time(3.6)) == [(487, "INVITE")] * 3  # 0.5, 1.5, 3.5 s
    assert wire.say(invite("a", method="ACK", to_tag="any")) == []
    assert wire.pass_time(60) == []


def test_487_without_an_ack_is_given_up_after_32_seconds() -> None:
    wire = Wire()
    wire.say(invite("a"))
    wire.say(invite("a", method="CANCEL"))
    assert len(wire.pass_time(40)) == 10
    assert wire.pass_time(600) == []


@pytest.mark.parametrize(
    "reasons",
    [
        ELSEWHERE,
        "Reason: Q.850;cause=26\r\n",
        'Reason: Q.850 ;cause=16;text="a, b; c", sip ; cause = 200\r\n',
        "Reason: Q.850;cause=16\r\nReason: SIP;cause=200\r\n",
        "Reason: broken;;\r\n" + ELSEWHERE,
        "Reason: ;, SIP;cause=200, Q.850;cause=x\r\n",
        "Reason: Q.850;cause=17\r\nReason: SIP;cause=603\r\n" + ELSEWHERE,
    ],
)
def test_reason_that_says_elsewhere_means_answered_by_somebody_and_no_end(reasons: str) -> None:
    wire = Wire()
    wire.say(invite("a"))
    assert statuses(wire.say(invite("a", method="CANCEL", extra=reasons))) == [(200, "CANCEL"), (487, "INVITE")]
    wire.pass_time(600)
    assert wire.events[1:] == [Answered(offers(wire)[0].call_id)]


@pytest.mark.parametrize(
    "reasons",
    [
        "", "Reason: Q.850;cause=16\r\n", "Reason: Q.850;cause=127\r\n", "Reason: Q.850;cause=0\r\n",
        "Reason: SIP;cause=26\r\n", "Reason: SIP;cause=17\r\n", "Reason: Q.850;cause=486\r\n", "Reason: ;\r\n",
        "Reason:\r\n", 'Reason: SIP;cause=603;text="open\r\n', "Reason: SIP;cause=99999999999999999999\r\n",
        "Reason: Q.850;cause=\u0661\u0667\r\n", "Reason: X.1;cause=200\r\n" * 400,
    ],
)  # fmt: skip
def test_any_other_reason_means_that_the_caller_gave_up(reasons: str) -> None:
    wire = Wire()
    wire.say(invite("a"))
    wire.say(invite("a", method="CANCEL", extra=reasons))
    assert wire.events[1:] == [Ended(offers(wire)[0].call_id, EndCause.CANCELLED)]


@pytest.mark.parametrize(
    ("reasons", "why"),
    [
        ("Reason: SIP;cause=486\r\n", EndCause.BUSY),
        ("Reason: SIP;cause=600\r\n", EndCause.BUSY),
        ("Reason: Q.850;cause=17\r\n", EndCause.BUSY),
        ("Reason: Q.850;cause=16\r\nReason: SIP;cause=486;text=Busy\r\n", EndCause.BUSY),
        ("Reason: SIP;cause=603\r\n", EndCause.REJECTED),
        ("Reason: SIP;cause=607\r\n", EndCause.REJECTED),
        ("Reason: Q.850;cause=21\r\n", EndCause.REJECTED),
        ("Reason: Q.850;cause=17, SIP;cause=603\r\n", EndCause.REJECTED),
        ('Reason: "\r\nReason: q.850 ; text="a\\"b" ; cause=21\r\n', EndCause.REJECTED),
    ],
)
def test_reason_that_says_rejected_or_busy_is_told(reasons: str, why: EndCause) -> None:
    wire = Wire()
    wire.say(invite("a"))
    wire.say(invite("a", method="CANCEL", extra=reasons))
    assert wire.events[1:] == [Ended(offers(wire)[0].call_id, why)]


def test_fork_that_was_rejected_ends_nothing_while_another_rings() -> None:
    wire = Wire()
    wire.say(invite("a", branch="z9hG4bKone"))
    wire.say(invite("a", branch="z9hG4bKtwo"))
    wire.say(invite("a", method="CANCEL", branch="z9hG4bKone", extra="Reason: SIP;cause=603\r\n"))
    assert len(wire.events) == 1
    wire.say(invite("a", method="CANCEL", branch="z9hG4bKtwo", extra="Reason: SIP;cause=486\r\n"))
    assert wire.events[1:] == [Ended(offers(wire)[0].call_id, EndCause.BUSY)]


def test_ten_thousand_repetitions_are_answered_and_offered_once() -> None:
    wire = Wire()
    answered = sum(statuses(wire.say(invite("a"))) == [(100, "INVITE")] for _ in range(10_000))
    assert (answered, len(wire.events)) == (10_000, 1)


def test_repetition_after_the_end_brings_the_call_back_neither_at_once_nor_later() -> None:
    wire = Wire()
    wire.say(invite("a"))
    wire.say(invite("a", method="CANCEL"))
    assert statuses(wire.say(invite("a"))) == [(487, "INVITE")]
    wire.say(invite("a", method="ACK"))
    wire.pass_time(3600)
    wire.say(invite("a"))
    assert len(offers(wire)) == 1


def test_forks_of_one_call_are_one_call_that_ends_with_the_last_of_them() -> None:
    wire = Wire()
    wire.say(invite("a", branch="z9hG4bKone"))
    wire.say(invite("a", branch="z9hG4bKtwo"))
    wire.say(invite("a", method="CANCEL", branch="z9hG4bKone"))
    assert len(wire.events) == 1
    wire.say(invite("a", method="CANCEL", branch="z9hG4bKtwo"))
    assert [type(event) for event in wire.events] == [Offered, Ended]


def test_sixteen_forks_of_a_call_ring_and_the_next_is_dropped_unanswered_and_told() -> None:
    wire = Wire(answer="ring")
    for fork in range(16):
        assert statuses(wire.say(invite("a", branch=f"z9hG4bK{fork}"))) == [(180, "INVITE")], "its own answer alone"
    assert wire.say(invite("a", branch="z9hG4bK16")) == []
    assert [type(event) for event in wire.events] == [Offered, Refused]
    assert len(wire.pass_time(60)) == 16
    for fork in range(16):
        answer = wire.say(invite("a", branch=f"z9hG4bK{fork}", method="CANCEL"))
        assert statuses(answer) == [(200, "CANCEL"), (487, "INVITE")]
    assert isinstance(wire.events[-1], Ended)


def test_call_that_rings_here_again_long_after_its_end_is_a_new_call() -> None:
    wire = Wire()
    wire.say(invite("a", branch="z9hG4bKone"))
    wire.say(invite("a", method="CANCEL", branch="z9hG4bKone"))
    wire.pass_time(33)
    wire.say(invite("a", branch="z9hG4bKtwo"))
    assert len({offer.call_id for offer in offers(wire)}) == 2


@pytest.mark.parametrize(("reason", "kind"), [("", Ended), (ELSEWHERE, Answered)])
def test_late_fork_of_a_call_that_is_over_is_answered_and_pops_nothing(reason: str, kind: type) -> None:
    wire = Wire(answer="ring")
    wire.say(invite("a"))
    wire.say(invite("a", method="CANCEL", extra=reason))
    wire.pass_time(5)
    assert statuses(wire.say(invite("a", branch="z9hG4bKlate"))) == [(100, "INVITE")]
    late = wire.say(invite("a", branch="z9hG4bKlate", method="CANCEL"))
    assert statuses(late) == [(200, "CANCEL"), (487, "INVITE")]
    wire.say(invite("a", branch="z9hG4bKlate", method="ACK"))
    wire.pass_time(600)
    assert [type(event) for event in wire.events] == [Offered, kind]


def test_late_fork_rings_as_long_as_any_other_and_hears_480_if_nobody_cancels_it() -> None:
    wire = Wire()
    wire.say(invite("a"))
    wire.say(invite("a", method="CANCEL"))
    wire.say(invite("a", method="ACK"))
    wire.pass_time(30)
    wire.say(invite("a", branch="z9hG4bKlate"))
    assert wire.pass_time(179) == []
    assert statuses(wire.pass_time(2))[:1] == [(480, "INVITE")]
    assert len(wire.events) == 2


def test_fork_that_is_never_cancelled_after_an_answer_elsewhere_stops_ringing_and_is_let_go() -> None:
    wire = Wire(answer="ring")
    wire.say(invite("a", branch="z9hG4bKone"))
    wire.say(invite("a", branch="z9hG4bKtwo"))
    wire.say(invite("a", method="CANCEL", branch="z9hG4bKone", extra=ELSEWHERE))
    wire.say(invite("a", method="ACK", branch="z9hG4bKone"))
    assert wire.pass_time(179) == []
    assert statuses(wire.pass_time(2))[:1] == [(480, "INVITE")]
    assert [type(event) for event in wire.events] == [Offered, Answered]
    wire.pass_time(60)
    assert wire.agent.get_timer() is None


def test_thousands_of_calls_whose_other_forks_nobody_cancels_do_not_keep_the_next_one_out() -> None:
    wire = Wire(calls_per_second=BUSY)
    for _ in range(1_500):
        call = new_call()
        wire.say(invite(call))
        wire.say(invite(call, branch="z9hG4bKleft" + call))
        wire.say(invite(call, method="CANCEL", extra=ELSEWHERE))
    assert len(offers(wire)) == 1_500
    assert len(wire.pass_time(0.5)) <= 501, "one may have ended since the last INVITE made room"
    wire.say(invite("next"))
    assert len(offers(wire)) == 1_501
    assert refusals(wire) == []


def test_two_callers_of_the_same_moment_are_two_calls() -> None:
    wire = Wire()
    wire.say(invite("a"))
    wire.say(invite("b"))
    wire.say(invite("a", method="CANCEL"))
    assert [type(event) for event in wire.events] == [Offered, Offered, Ended]
    assert wire.events[2].call_id == offers(wire)[0].call_id  # type: ignore[union-attr]


def test_peers_without_the_magic_cookie_are_matched_by_the_rules_of_rfc_2543() -> None:
    wire = Wire()
    for branch in ("z9hG4bK", "1"):
        wire.say(invite("a" + branch, branch=branch))
        wire.say(invite("b" + branch, branch=branch))
        answer = wire.say(invite("a" + branch, branch=branch, method="CANCEL"))
        assert statuses(answer) == [(200, "CANCEL"), (487, "INVITE")]
        assert wire.say(invite("a" + branch, branch=branch, method="ACK", to_tag="x")) == []
    assert len(offers(wire)) == 4
    assert statuses(wire.pass_time(5)) == []


def test_same_branch_from_two_hosts_is_two_transactions() -> None:
    wire = Wire()
    wire.say(invite("a", branch="z9hG4bKsame", via_host="192.0.2.10:5060"))
    wire.say(invite("b", branch="z9hG4bKsame", via_host="192.0.2.11:5060"))
    assert len(offers(wire)) == 2


def test_call_that_nobody_ever_cancels_times_out() -> None:
    wire = Wire()
    wire.say(invite("a"))
    assert wire.pass_time(179) == []
    assert statuses(wire.pass_time(2))[:1] == [(480, "INVITE")]
    assert wire.events[1:] == [Ended(offers(wire)[0].call_id, EndCause.TIMED_OUT)]


def test_outsider_hears_nothing_and_only_calls_are_told_of() -> None:
    wire = Wire()
    for method in ("INVITE", "CANCEL", "ACK", "OPTIONS", "BYE", "FOO"):
        assert wire.say(invite("a", method=method), OUTSIDER) == []
    assert wire.say(b"INVITE broken\r\n\r\n", OUTSIDER) == []
    assert wire.pass_time(10) == []
    assert wire.events == [
        Refused(NotOfferedBecause.STRANGER, OUTSIDER[0], 1),
        Refused(NotOfferedBecause.STRANGER, OUTSIDER[0], 1),
    ]


@pytest.mark.parametrize("spelling", ["::ffff:192.0.2.10", "[::ffff:192.0.2.10]"])
def test_mapped_ipv6_spelling_of_a_peer_is_that_peer(spelling: str) -> None:
    wire = Wire()
    wire.agent.set_peers([spelling])
    wire.say(invite("a"))
    assert len(offers(wire)) == 1


def test_wrong_contact_user_hears_nothing_while_we_register() -> None:
    wire = Wire(register=True)
    assert wire.say(invite("a", user="201")) == []
    assert wire.events == [Refused(NotOfferedBecause.WRONG_CONTACT, PBX[0])]
    assert statuses(wire.say(invite("b", user=wire.agent.contact_user))) == [(100, "INVITE")]
    assert [offer.dialled for offer in offers(wire)] == [""]


def test_contact_check_can_be_switched_off() -> None:
    wire = Wire(register=True, check_contact=False)
    assert statuses(wire.say(invite("a", user="201"))) == [(100, "INVITE")]


def test_call_beyond_two_hundred_is_dropped_unanswered_and_counted_and_room_comes_back() -> None:
    wire = Wire(calls_per_second=BUSY)
    wire.customers = {"0312345678"}
    calls = [new_call() for _ in range(201)]
    answers = []
    for call in calls:
        answers.append(wire.say(invite(call)))
        wire.pass_time(0.1)
    assert answers[200] == []
    assert (len(offers(wire)), refusals(wire)) == (200, [Refused(NotOfferedBecause.TOO_MANY_CALLS, PBX[0])])
    wire.say(invite(calls[0], method="CANCEL"))
    assert statuses(wire.say(invite(new_call()))) == [(100, "INVITE")]


def test_endless_calls_that_are_never_acknowledged_do_not_pile_up() -> None:
    wire = Wire(calls_per_second=BUSY)
    for _ in range(3_000):
        call = new_call()
        wire.say(invite(call))
        wire.say(invite(call, method="CANCEL"))
    assert len(offers(wire)) == 3_000
    assert len(wire.pass_time(0.5)) <= 500


def test_cancel_of_a_call_that_never_was_gets_481() -> None:
    wire = Wire()
    assert statuses(wire.say(invite("a", method="CANCEL"))) == [(481, "CANCEL")]


def test_repeated_cancel_is_answered_again_and_ends_nothing_twice() -> None:
    wire = Wire()
    wire.say(invite("a"))
    wire.say(invite("a", method="CANCEL"))
    assert statuses(wire.say(invite("a", method="CANCEL"))) == [(200, "CANCEL")]
    assert len(wire.events) == 2


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("BYE", 481), ("UPDATE", 481), ("INFO", 481), ("NOTIFY", 481), ("REGISTER", 405), ("SUBSCRIBE", 405),
        ("MESSAGE", 405), ("REFER", 405), ("RE%47IST%45R", 501), ("invite", 501), ("OPTIONS", 200),
    ],
)  # fmt: skip
def test_request_outside_a_call_gets_its_status_and_the_same_bytes_when_repeated(method: str, status: int) -> None:
    wire = Wire()
    first, second = wire.say(invite("a", method=method)), wire.say(invite("a", method=method))
    assert [one.status for one in first] == [status]
    assert first[0].data == second[0].data
    assert bool(first[0].field("Allow")) == (status in {200, 405, 501})
    assert wire.events == []


def test_invite_inside_a_dialog_that_we_do_not_have_is_481_and_pops_nothing() -> None:
    wire = Wire(answer="ring")
    assert statuses(wire.say(invite("a", to_tag="foreign"))) == [(481, "INVITE")]
    assert wire.say(invite("a", to_tag="foreign", method="ACK")) == []
    assert offers(wire) == []
    assert wire.pass_time(600) == []


def test_first_invite_of_an_rfc_2543_peer_may_carry_a_to_tag() -> None:
    wire = Wire()
    assert statuses(wire.say(invite("a", to_tag="odd", branch="390skdjuw"))) == [(100, "INVITE")]
    assert len(offers(wire)) == 1


@pytest.mark.parametrize("method", ["INVITE", "OPTIONS"])
def test_unknown_scheme_is_416_and_required_extension_420(method: str) -> None:
    wire = Wire()
    assert wire.say(invite("a", method=method, uri="soap.beep://192.0.2.103:3002"))[0].status == 416
    assert wire.say(invite("b", method=method, extra="Require: x\r\n"))[0].status == 420


def test_answer_goes_to_the_source_port_for_rport_else_to_the_port_of_the_via_and_never_to_its_host() -> None:
    wire = Wire()
    peer = (PBX[0], 40_000)
    heard = wire.say(invite("a", via_host="203.0.113.9:6070"), peer)
    wire.say(invite("b", via_host="203.0.113.9:6070", rport=""), peer)
    wire.say(invite("c", via_host="203.0.113.9", rport=""), peer)
    assert wire.sent_to == [(PBX[0], 40_000), (PBX[0], 6070), (PBX[0], 5060)]
    assert ";rport=40000;received=192.0.2.10;" in heard[0].field("Via")


def test_every_via_comes_back_in_order_and_byte_for_byte() -> None:
    wire = Wire()
    vias = b"Via: SIP/2.0/TCP  b.example ;branch=z9hG4bKb\r\nv: SIP/2.0/SCTP c\xff.example;branch=z9hG4bKc\r\n"
    data = invite("a").replace(b"Max-Forwards", vias + b"Max-Forwards")
    answer = wire.say(data)[0].data
    assert answer.count(b"Via: ") == 3
    assert answer.index(b"b.example ;branch=z9hG4bKb") < answer.index(b"c\xff.example")


def test_one_test_call_is_admitted_from_this_machine_and_flagged() -> None:
    wire = Wire(register=True)
    wire.agent.admit_once("ring-me-1")
    user = wire.agent.contact_user
    pai = "P-Asserted-Identity: <sip:0120000000@x>\r\n"
    assert statuses(wire.say(invite("ring-me-1", user=user, extra=pai), ("127.0.0.1", 4000))) == [(100, "INVITE")]
    assert [(offer.is_test, offer.caller.number) for offer in offers(wire)] == [(True, "0312345678")]
    assert wire.say(invite("ring-me-1", user=user, branch="z9hG4bKother"), ("127.0.0.1", 4000)) == []
    assert wire.say(invite("ring-me-2", user=user), ("127.0.0.1", 4000)) == []
    assert wire.say(invite("ring-me-1", user=user, method="OPTIONS"), ("127.0.0.1", 4000)) == []
    answer = wire.say(invite("ring-me-1", user=user, method="CANCEL"), HERE)
    assert statuses(answer) == [(200, "CANCEL"), (487, "INVITE")]
    assert [type(event) for event in wire.events] == [Offered, Refused, Ended]


def test_admitted_call_id_opens_nothing_to_other_machines() -> None:
    wire = Wire()
    wire.agent.admit_once("ring-me-1")
    assert wire.say(invite("ring-me-1"), OUTSIDER) == []


def test_short_number_is_an_internal_call() -> None:
    wire = Wire()
    wire.say(invite("a", caller='"Operator Two" <sip:202@pbx.example>'))
    wire.say(invite("b", caller="<sip:012345@pbx.example>"))
    assert [offer.direction for offer in offers(wire)] == [Direction.INTERNAL, Direction.IN]


@pytest.mark.parametrize(
    ("call", "status", "because"),
    [
        (invite("a", to_tag="ours"), 481, NotOfferedBecause.IN_DIALOG),
        (invite("a", uri="mailto:desk@example.jp"), 416, NotOfferedBecause.NOT_TELEPHONY),
        (invite("a", cseq="x INVITE"), 400, NotOfferedBecause.MALFORMED),
    ],
)
def test_call_that_cannot_be_shown_is_told_of_with_its_reason(
    call: bytes, status: int, because: NotOfferedBecause
) -> None:
    wire = Wire()
    assert statuses(wire.say(call)) in ([(status, "INVITE")], [(status, "x")])
    assert wire.events == [Refused(because, PBX[0])]


def test_what_is_broken_and_is_no_call_is_not_told_of() -> None:
    wire = Wire()
    for data in (invite("a", method="OPTIONS", cseq="x"), b"nonsense\r\n\r\n", b"INVITER sip:x SIP/2.0\r\n\r\n"):
        wire.say(data)
    assert wire.events == []


def test_fork_beyond_the_bound_of_one_call_is_told_of_and_leaves_the_call_alone() -> None:
    wire = Wire()
    for leg in range(17):
        wire.say(invite("a", branch=f"z9hG4bK{leg}"))
    assert [type(event) for event in wire.events] == [Offered, Refused]


def test_strangers_who_keep_calling_are_told_of_every_ten_seconds_with_their_number() -> None:
    wire = Wire()
    for _ in range(100):
        assert wire.say(invite(new_call()), OUTSIDER) == []
        wire.pass_time(0.25)
    wire.pass_time(60)
    assert [event.count for event in refusals(wire)] == [1, 39, 40, 20]
    assert wire.agent.get_timer() is None
