"""What the events of a PBX mean for one extension, beyond the recorded calls: whom nobody may see, lost connections."""

from typing import Any

import pytest

from cti.ami.packet import Packet
from cti.ami.watched_extension import MOST_CALLS, MOST_CHANNELS, Place
from cti.events import (
    CallAnswered,
    CallEnded,
    Caller,
    CallerChanged,
    CallOffered,
    Direction,
    EndCause,
    IdentityFrom,
    Withheld,
)
from tests.cti.ami.played import Played, event, moment, refusal, success

TRUNK = {"Channel": "PJSIP/trunk-00000001", "Uniqueid": "t.1", "Linkedid": "t.1"}
CALLER = {"CallerIDNum": "0312345678", "CallerIDName": "山田太郎"}
CONTACT = {"DestChannel": "PJSIP/201-00000002", "DestUniqueid": "c.1", "DestLinkedid": "t.1"}
NOBODY = Caller("", "", None, IdentityFrom.AMI)
YAMADA = Caller("0312345678", "山田太郎", None, IdentityFrom.AMI)


def rings(**fields: Any) -> list[Packet]:
    begun = event("Newchannel", **TRUNK, Exten="0398765432", **CALLER)
    return [begun, event("DialBegin", **{**TRUNK, **CALLER, **CONTACT, **fields})]


def ringing(extension: str = "201") -> Played:
    """A call rings, and nothing of what was asked is answered yet."""
    played = Played(extension)
    for packet in rings():
        played.watched.hear(packet, moment(0))
    played.collect()
    return played


def answer(played: Played, **values: str) -> None:
    """`number` and `name` are presentations; all else may be shown."""
    given = {
        "CALLERID(num-pres)": values.get("number", "allowed"),
        "CALLERID(name-pres)": values.get("name", "allowed"),
    }
    for question in played.questions():
        reply = success(question, given.get(question.variable, ""))
        played.watched.take_answer(question, reply, moment(played.now))
    played.collect()


def offered(played: Played) -> CallOffered:
    (offer,) = (fact for fact in played.facts if isinstance(fact, CallOffered))
    return offer


def test_call_waits_for_the_word_on_its_caller() -> None:
    played = ringing()
    assert played.facts == []
    answer(played)
    assert offered(played).caller == YAMADA
    assert (offered(played).dialled, offered(played).linked_id) == ("0398765432", "t.1")


@pytest.mark.parametrize("value", ["prohib", "prohib_not_screened", "prohib_passed_screen", "prohib_failed_screen"])
def test_withheld_number_is_shown_to_nobody(value: str) -> None:
    played = ringing()
    answer(played, number=value)
    assert offered(played).caller == Caller("", "", Withheld.ANONYMOUS, IdentityFrom.AMI)
    assert "0312345678" not in repr(played.facts)


def test_unavailable_number_is_not_shown_either() -> None:
    played = ringing()
    answer(played, number="unavailable")
    assert offered(played).caller == Caller("", "", Withheld.OUT_OF_AREA, IdentityFrom.AMI)


def test_name_alone_may_be_withheld() -> None:
    played = ringing()
    answer(played, name="prohib_not_screened")
    assert offered(played).caller == Caller("0312345678", "", None, IdentityFrom.AMI)


@pytest.mark.parametrize("value", ["", "something new"])
def test_word_that_we_do_not_know_shows_no_number(value: str) -> None:
    played = ringing()
    answer(played, number=value)
    assert offered(played).caller.number == ""


@pytest.mark.parametrize("message", ["Permission denied", "No such channel", "something new"])
def test_pbx_that_does_not_answer_the_question_lets_nobody_be_shown(message: str) -> None:
    played = ringing()
    for question in played.questions():
        played.watched.take_answer(question, refusal(message), moment(0))
    played.collect()
    assert offered(played).caller == NOBODY


def test_late_answer_names_the_caller_of_a_call_that_rings_already() -> None:
    played = ringing()
    questions = played.questions()
    played.pass_time(0.3)
    assert offered(played).caller == NOBODY
    for question in questions:
        value = "allowed" if question.variable.startswith("CALLERID") else ""
        played.watched.take_answer(question, success(question, value), moment(0.4))
    played.collect()
    assert [fact.caller for fact in played.facts if isinstance(fact, CallerChanged)] == [YAMADA]


def test_call_that_is_over_before_its_caller_is_known_is_told_whole() -> None:
    played = ringing()
    for packet in (
        event("DialEnd", **TRUNK, **CONTACT, DialStatus="CANCEL"),
        event("Hangup", Channel="PJSIP/201-00000002", Uniqueid="c.1", Linkedid="t.1", Cause="16"),
    ):
        played.watched.hear(packet, moment(0.01))
    played.collect()
    assert played.facts == []
    answer(played)
    kinds = [type(fact) for fact in played.facts]
    assert kinds == [CallOffered, CallEnded]
    assert offered(played).caller == YAMADA


def test_caller_behind_a_local_channel_is_withheld_if_the_first_channel_says_so() -> None:
    """The half that dials carries the number on, and may have lost what must not be shown."""
    played = Played("201")
    local = {"Channel": "Local/201@agents-00000001;2", "Uniqueid": "l.2", "Linkedid": "t.1"}
    for packet in rings(**local):
        played.watched.hear(packet, moment(0))
    questions = played.questions()
    assert {one.channel for one in questions} == {"PJSIP/trunk-00000001", "Local/201@agents-00000001;2"}
    for question in questions:
        is_first = question.channel.startswith("PJSIP/trunk")
        played.watched.take_answer(question, success(question, "prohib" if is_first else "allowed"), moment(0))
    played.collect()
    assert offered(played).caller.withheld is Withheld.ANONYMOUS


@pytest.mark.parametrize(
    ("place", "channel", "is_ours"),
    [
        (Place("201"), "PJSIP/201-00000002", True),
        (Place("201"), "SIP/201-0a1b2c3d", True),
        (Place("201"), "PJSIP/2010-00000002", False),
        (Place("201"), "PJSIP/201-home-00000002", False),
        (Place("201"), "Local/201@agents-00000002;1", False),
        (Place("201"), "PJSIP/201", False),
        (Place("201", ("PJSIP/0004f2aabbcc", "PJSIP/201-home")), "PJSIP/201-home-00000002", True),
        (Place("201", ("PJSIP/0004f2aabbcc", "PJSIP/201-home")), "PJSIP/0004f2aabbcc-00000002", True),
        (Place("201", ("PJSIP/0004f2aabbcc", "PJSIP/201-home")), "PJSIP/201-00000002", False),
    ],
)
def test_telephones_of_the_operator_are_known_by_their_channels(place: Place, channel: str, is_ours: bool) -> None:
    assert place.has(channel) is is_ours


def test_queue_that_rings_again_is_another_ringing_of_the_same_call() -> None:
    played = Played("201")
    for turn in ("1", "2"):
        contact = {"DestChannel": f"PJSIP/201-0000000{turn}", "DestUniqueid": f"c.{turn}"}
        played.hear(rings(**contact))
        played.hear([event("DialEnd", **TRUNK, **contact, DialStatus="NOANSWER")] * 2)
        played.hear([event("Hangup", Channel=contact["DestChannel"], Uniqueid=f"c.{turn}", Linkedid="t.1", Cause="0")])
    offers = [fact for fact in played.facts if isinstance(fact, CallOffered)]
    assert [one.source_id for one in offers] == ["c.1", "c.2"]
    assert {one.linked_id for one in offers} == {"t.1"}
    assert [fact.why for fact in played.facts if isinstance(fact, CallEnded)] == [EndCause.TIMED_OUT] * 2


@pytest.mark.parametrize(
    ("status", "cause", "why"),
    [
        ("BUSY", "17", EndCause.BUSY),
        ("BUSY", "21", EndCause.REJECTED),
        ("NOANSWER", "0", EndCause.TIMED_OUT),
        ("CANCEL", "26", EndCause.ANSWERED_ELSEWHERE),
        ("CANCEL", "17", EndCause.CANCELLED),
        ("CHANUNAVAIL", "20", EndCause.FAILED),
        ("CONGESTION", "34", EndCause.FAILED),
        ("", "16", EndCause.CANCELLED),
    ],
)
def test_end_of_the_dialling_counts_before_the_cause(status: str, cause: str, why: EndCause) -> None:
    played = Played("201")
    played.hear(rings())
    if status:
        played.hear([event("DialEnd", **TRUNK, **CONTACT, DialStatus=status)])
    played.hear([event("Hangup", Channel="PJSIP/201-00000002", Uniqueid="c.1", Linkedid="t.1", Cause=cause)])
    played.pass_time(0.5)
    assert [fact.why for fact in played.facts if isinstance(fact, CallEnded)] == [why]


def test_word_who_answered_may_come_after_the_end() -> None:
    played = Played("201")
    played.hear(rings())
    played.hear([event("DialEnd", **TRUNK, **CONTACT, DialStatus="CANCEL")])
    played.hear([event("Hangup", Channel="PJSIP/201-00000002", Uniqueid="c.1", Linkedid="t.1", Cause="26")])
    his = {"DestChannel": "PJSIP/202-00000003", "DestUniqueid": "c.2"}
    played.hear([event("DialEnd", **TRUNK, **his, DialStatus="ANSWER")])
    played.pass_time(0.5)
    assert [fact.by for fact in played.facts if isinstance(fact, CallAnswered)] == ["202"]
    assert not any(isinstance(fact, CallEnded) for fact in played.facts), "he talks"
    played.hear([event("Hangup", Channel="PJSIP/trunk-00000001", Uniqueid="t.1", Linkedid="t.1", Cause="16")])
    assert [fact.why for fact in played.facts if isinstance(fact, CallEnded)] == [EndCause.HUNG_UP]


def status(**fields: str) -> Packet:
    return event("Status", **fields)


STANDING = [
    status(**TRUNK, **CALLER, ChannelState="4", Exten="201", DNID="0398765432"),
    status(
        Channel="PJSIP/201-00000002", Uniqueid="c.1", Linkedid="t.1", ChannelState="5",
        ConnectedLineNum="0312345678", ConnectedLineName="山田太郎",
    ),
    event("StatusComplete", Items="2"),
]  # fmt: skip


def test_call_that_rings_when_we_connect_is_offered() -> None:
    played = Played("201")
    played.watched.begin()
    played.hear(STANDING)
    assert offered(played).caller == YAMADA
    assert (offered(played).dialled, offered(played).direction) == ("0398765432", Direction.IN)


def test_call_that_still_rings_after_a_cut_is_offered_once() -> None:
    played = Played("201")
    played.hear(rings())
    played.watched.begin()
    played.hear(STANDING)
    assert len(played.facts) == 1


def test_call_that_was_answered_during_a_cut_is_known_as_answered() -> None:
    played = Played("201")
    played.hear(rings())
    played.watched.begin()
    up = status(Channel="PJSIP/201-00000002", Uniqueid="c.1", Linkedid="t.1", ChannelState="6")
    played.hear([STANDING[0], up, STANDING[2]])
    assert [fact.by for fact in played.facts if isinstance(fact, CallAnswered)] == ["201"]


def test_call_that_was_over_during_a_cut_is_ended() -> None:
    played = Played("201")
    played.hear(rings())
    played.watched.begin()
    played.hear([event("StatusComplete", Items="0")])
    assert [fact.why for fact in played.facts if isinstance(fact, CallEnded)] == [EndCause.FAILED]


def test_transfer_that_failed_changes_no_caller() -> None:
    played = Played("202")
    inside = {"CallerIDNum": "201", "CallerIDName": "One", "DestChannel": "PJSIP/202-00000002"}
    played.hear(rings(**inside))
    played.hear([event("DialEnd", **{**TRUNK, **CONTACT, **inside}, DialStatus="ANSWER")])
    names = {"TransferTargetUniqueid": "c.1", "TransfereeCallerIDNum": "0612345678", "TransfereeLinkedid": "t.9"}
    played.hear([event("AttendedTransfer", Result="Fail", DestType="Fail", **names)])
    assert [type(fact) for fact in played.facts] == [CallOffered, CallAnswered]


def test_handed_over_caller_who_withholds_is_not_shown() -> None:
    played = Played("202", "withheld-anonymous")
    inside = {"CallerIDNum": "201", "CallerIDName": "One", "DestChannel": "PJSIP/202-00000002"}
    for packet in rings(**inside):
        played.watched.hear(packet, moment(0))
    answer(played)
    names = {"TransferTargetUniqueid": "c.1", "TransfereeCallerIDNum": "0612345678", "TransfereeChannel": "PJSIP/t-9"}
    played.hear([event("AttendedTransfer", Result="Success", DestType="Bridge", TransfereeLinkedid="t.9", **names)])
    assert [fact.caller.withheld for fact in played.facts if isinstance(fact, CallerChanged)] == [Withheld.ANONYMOUS]
    assert "0612345678" not in repr(played.facts)


def test_calls_and_channels_are_bounded() -> None:
    played = Played("201")
    for one in range(MOST_CHANNELS + 100):
        channel = {"Channel": f"PJSIP/trunk-{one}", "Uniqueid": f"t.{one}", "Linkedid": f"t.{one}"}
        contact = {"DestChannel": f"PJSIP/201-{one:08x}", "DestUniqueid": f"c.{one}"}
        played.hear([event("Newchannel", **channel), event("QueueCallerJoin", **channel, Queue="x")])
        played.hear([event("DialBegin", **channel, **contact, CallerIDNum="0312345678")])
    ended = [fact.why for fact in played.facts if isinstance(fact, CallEnded)]
    assert ended == [EndCause.FAILED] * (MOST_CHANNELS + 100 - MOST_CALLS), "the newest ones are kept"
    assert len(played.watched._calls) == MOST_CALLS
    assert len(played.watched._roots) == len(played.watched._queues) == MOST_CHANNELS


def test_event_without_any_field_is_passed_over() -> None:
    played = Played("201")
    kinds = [
        "Newchannel", "Newstate", "DialBegin", "DialEnd", "Hangup", "Hold", "Unhold", "QueueCallerJoin",
        "QueueCallerLeave", "AttendedTransfer", "Status", "StatusComplete", "", "Nothing",
    ]  # fmt: skip
    played.hear([event(kind) for kind in kinds])
    assert played.facts == []


def test_texts_of_the_pbx_are_made_plain() -> None:
    played = Played("201")
    hostile = "\u202e\x1b[31m" + "x" * 10_000
    trunk = {**TRUNK, "Linkedid": "t\x00\x07" + "1" * 5_000}
    played.hear([event("QueueCallerJoin", **trunk, Queue=hostile)])
    played.hear([event("DialBegin", **trunk, **CONTACT, CallerIDNum="03\u202e1234\x1b", CallerIDName=hostile)])
    offer = offered(played)
    for text in (offer.caller.number, offer.caller.name, offer.queue, offer.linked_id, offer.source_id):
        assert text.isprintable()
        assert len(text) < 400
