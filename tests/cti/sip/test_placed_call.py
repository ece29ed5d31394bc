"""Calling from the softphone: INVITE, what is heard before the answer, credentials, CANCEL, and why nobody answered."""

import hashlib

import pytest

from cti.events import Direction, EndCause
from cti.sip.dialog import Answered, Ended, HandedOn, Offered, RingsThere, SoundAgreed
from cti.sip.sdp import Codec, Flow
from tests.cti.sip.talk_wire import SOUND, TalkWire
from tests.fakes.sip_peer import Heard
from tests.fakes.talking_peer import sdp

TAG = "theirs"


class DialWire(TalkWire):
    """`answer_with` is the PBX's word to whatever of ours it is about."""

    def dial(self, number: str = "0335814111") -> Heard:
        self.call_id = self.agent.dial(number, SOUND, self.now)
        (invite,) = self.collect()
        return invite

    def answer_with(self, request: Heard, status: str, body: str = "", extra: str = "", tag: str = TAG) -> list[Heard]:
        data, to = self.peer.reply(request, status, body, extra), request.field("To")
        if ";tag=" not in to:
            data = data.replace(f"To: {to}\r\n".encode(), f"To: {to};tag={tag}\r\n".encode())
        return self.say(data)

    def give_up(self) -> list[Heard]:
        placed = self.agent.placed(self.call_id)
        assert placed is not None
        placed.hang_up(self.now)
        return self.collect()

    def talking(self) -> Heard:
        """Dialled and answered; the INVITE."""
        invite = self.dial()
        self.answer_with(invite, "200 OK", sdp())
        return invite

    def bye(self, invite: Heard) -> list[Heard]:
        """The other side's."""
        return self.say(self._theirs(invite, "BYE", 1))

    def notify(self, invite: Heard, number: int, frag: str, event: str = "refer") -> list[Heard]:
        extra = f"Event: {event}\r\nSubscription-State: active\r\nContent-Type: message/sipfrag\r\n"
        return self.say(self._theirs(invite, "NOTIFY", number, extra, frag))

    def _theirs(self, invite: Heard, method: str, number: int, extra: str = "", body: str = "") -> bytes:
        ends = f"From: {invite.field('To')};tag={TAG}\r\nTo: {invite.field('From')}\r\n"
        return (
            f"{method} sip:us@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK{method}{number}\r\n"
            f"{ends}Call-ID: {invite.field('Call-ID')}\r\nCSeq: {number} {method}\r\nMax-Forwards: 70\r\n{extra}"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


@pytest.fixture
def wire() -> DialWire:
    return DialWire()


def methods(heard: list[Heard]) -> list[str]:
    return [one.method for one in heard]


def test_the_invite_offers_both_laws_and_the_desk_hears_of_a_call_that_goes_out(wire: DialWire) -> None:
    invite = wire.dial("*21#")
    assert invite.first == "INVITE sip:*21%23@192.0.2.10 SIP/2.0"
    assert invite.field("From").startswith("<sip:201@192.0.2.10>;tag=")
    assert "m=audio 17000 RTP/AVP 0 8 101\r\n" in invite.text
    (offered,) = wire.told(Offered)
    assert (offered.call_id, offered.direction, offered.caller.number) == (wire.call_id, Direction.OUT, "*21#")
    assert (offered.dialled, offered.is_test) == ("", False)


def test_who_answers_is_talked_to_and_the_ack_goes_where_he_says(wire: DialWire) -> None:
    invite = wire.dial()
    routes = "Record-Route: <sip:a.example;lr>\r\nRecord-Route: <sip:b.example;lr>\r\n"
    (ack,) = wire.answer_with(invite, "200 OK", sdp(port=12_000, formats="8 101"), routes)
    assert ack.first == "ACK sip:pbx@192.0.2.10:5060 SIP/2.0"
    assert ack.field("CSeq") == "1 ACK"
    assert ack.tag("To") == TAG
    assert ack.text.index("b.example") < ack.text.index("a.example")
    assert ack.field("Via") != invite.field("Via")
    assert wire.told(Answered) == [Answered(wire.call_id, "201")]
    (agreed,) = [event.agreed for event in wire.told(SoundAgreed)]
    assert (agreed.remote, agreed.codec, agreed.flow) == (("192.0.2.10", 12_000), Codec.PCMA, Flow.BOTH)
    (again,) = wire.answer_with(invite, "200 OK", sdp())
    assert again.data == ack.data, "the 200 came again, so our ACK was lost"
    (bye,) = wire.hang_up()
    assert (bye.method, bye.field("CSeq"), bye.tag("To")) == ("BYE", "2 BYE", TAG)
    assert wire.ends() == [EndCause.HUNG_UP]


def test_the_other_side_hangs_up(wire: DialWire) -> None:
    invite = wire.talking()
    assert [one.status for one in wire.bye(invite)] == [200]
    assert wire.ends() == [EndCause.HUNG_UP]


@pytest.mark.parametrize(("status", "field"), [("401 Unauthorized", "WWW"), ("407 Proxy Login", "Proxy")])
def test_credentials_are_given_once_they_are_asked_for(wire: DialWire, status: str, field: str) -> None:
    wire.agent.start_registration("pw201", wire.now)
    wire.collect()
    invite = wire.dial()
    challenge = f'{field}-Authenticate: Digest realm="lab", nonce="n1", algorithm=MD5\r\n'
    ack, again = wire.answer_with(invite, status, extra=challenge)
    assert (ack.method, ack.field("Via"), ack.tag("To")) == ("ACK", invite.field("Via"), TAG)
    first = hashlib.md5(b"201:lab:pw201").hexdigest()
    second = hashlib.md5(f"INVITE:{again.credential('uri')}".encode()).hexdigest()
    assert again.credential("response") == hashlib.md5(f"{first}:n1:{second}".encode()).hexdigest()
    assert (again.field("CSeq"), again.field("Call-ID")) == ("2 INVITE", invite.field("Call-ID"))
    assert ";tag=" not in again.field("To")
    assert "m=audio 17000" in again.text
    assert methods(wire.answer_with(again, status, extra=challenge)) == ["ACK"], "the same refusal is no new question"
    assert wire.ends() == [EndCause.FAILED]


def test_ringing_without_sound_is_told_so_that_it_can_be_made_here(wire: DialWire) -> None:
    invite = wire.dial()
    wire.answer_with(invite, "100 Trying")
    assert wire.told(RingsThere) == []
    wire.answer_with(invite, "180 Ringing")
    assert wire.told(RingsThere) == [RingsThere(wire.call_id)]


def test_what_the_pbx_says_before_the_answer_is_heard_and_no_ringing_is_made(wire: DialWire) -> None:
    invite = wire.dial()
    wire.answer_with(invite, "183 Session Progress", sdp(port=11_000))
    wire.answer_with(invite, "180 Ringing")
    assert wire.told(RingsThere, Answered) == []
    assert wire.told(SoundAgreed)[-1].agreed.remote == ("192.0.2.10", 11_000)
    wire.answer_with(invite, "200 OK", sdp(port=11_002))
    assert wire.told(SoundAgreed)[-1].agreed.remote == ("192.0.2.10", 11_002)


def test_a_200_without_a_description_goes_on_with_the_one_before(wire: DialWire) -> None:
    invite = wire.dial()
    wire.answer_with(invite, "183 Session Progress", sdp(port=11_000))
    assert methods(wire.answer_with(invite, "200 OK")) == ["ACK"]
    assert wire.told(SoundAgreed)[-1].agreed.remote == ("192.0.2.10", 11_000)


def test_an_answer_without_sound_that_we_can_do_is_acknowledged_and_ended(wire: DialWire) -> None:
    assert methods(wire.answer_with(wire.dial(), "200 OK", sdp(formats="9"))) == ["ACK", "BYE"]
    assert wire.ends() == [EndCause.FAILED]


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("486 Busy Here", EndCause.BUSY),
        ("600 Busy Everywhere", EndCause.BUSY),
        ("603 Decline", EndCause.REJECTED),
        ("480 Temporarily Unavailable", EndCause.TIMED_OUT),
        ("404 Not Found", EndCause.FAILED),
        ("503 Service Unavailable", EndCause.FAILED),
    ],
)
def test_why_nobody_was_reached_is_told_once_and_each_refusal_acknowledged(
    wire: DialWire, status: str, why: EndCause
) -> None:
    invite = wire.dial()
    (ack,) = wire.answer_with(invite, status)
    (again,) = wire.answer_with(invite, status)
    assert (ack.method, again.data) == ("ACK", ack.data)
    assert wire.ends() == [why]
    assert wire.agent.placed(wire.call_id) is None


@pytest.mark.parametrize(
    ("status", "reason", "why"),
    [
        ("503 Service Unavailable", "Q.850;cause=17", EndCause.BUSY),
        ("480 Temporarily Unavailable", "Q.850;cause=21", EndCause.REJECTED),
        ("603 Decline", "Q.850;cause=16", EndCause.TIMED_OUT),
        ("603 Decline", "Q.850;cause=21", EndCause.REJECTED),
        ("404 Not Found", "Q.850;cause=1", EndCause.FAILED),
        ("486 Busy Here", "nonsense", EndCause.BUSY),
    ],
)
def test_a_reason_says_more_than_the_status(wire: DialWire, status: str, reason: str, why: EndCause) -> None:
    wire.answer_with(wire.dial(), status, extra=f"Reason: {reason}\r\n")
    assert wire.ends() == [why]


def test_giving_up_waits_for_a_first_word_and_then_cancels(wire: DialWire) -> None:
    invite = wire.dial()
    assert wire.give_up() == []
    assert wire.ends() == [EndCause.CANCELLED]
    (cancel,) = wire.answer_with(invite, "100 Trying")
    assert (cancel.method, cancel.field("Via"), cancel.field("CSeq")) == ("CANCEL", invite.field("Via"), "1 CANCEL")
    assert cancel.field("To") == invite.field("To")
    assert [one.data for one in wire.pass_time(0.6)] == [cancel.data], "over UDP it may be lost"
    wire.answer_with(cancel, "200 OK")
    assert methods(wire.answer_with(invite, "487 Request Terminated")) == ["ACK"]
    assert wire.agent.is_at_rest
    assert wire.pass_time(60) == []
    assert wire.ends() == [EndCause.CANCELLED]


def test_an_answer_that_crosses_the_cancel_is_hung_up_at_once_and_told_no_more(wire: DialWire) -> None:
    invite = wire.dial()
    wire.answer_with(invite, "180 Ringing")
    assert methods(wire.give_up()) == ["CANCEL"]
    ack, bye = wire.answer_with(invite, "200 OK", sdp())
    assert (ack.method, bye.method) == ("ACK", "BYE")
    wire.answer_with(bye, "200 OK")
    assert wire.told(Answered) == []
    assert wire.ends() == [EndCause.CANCELLED]
    assert wire.agent.is_at_rest


@pytest.mark.parametrize("after", [0, 40])
def test_a_challenge_that_comes_too_late_calls_nobody_and_leaves_no_timer(wire: DialWire, after: float) -> None:
    wire.agent.start_registration("pw201", wire.now)
    wire.collect()
    invite = wire.dial()
    wire.answer_with(invite, "180 Ringing")
    wire.give_up()
    wire.pass_time(after)
    challenge = 'WWW-Authenticate: Digest realm="lab", nonce="n1", algorithm=MD5\r\n'
    assert methods(wire.answer_with(invite, "401 Unauthorized", extra=challenge)) == ["ACK"]
    assert [one for one in wire.pass_time(100) if one.method == "INVITE"] == []
    assert wire.ends() == [EndCause.CANCELLED]


def test_a_pbx_that_never_says_a_word_ends_the_call(wire: DialWire) -> None:
    invite = wire.dial()
    assert [one.data for one in wire.pass_time(31)] == [invite.data] * 5
    wire.pass_time(2)
    assert wire.ends() == [EndCause.FAILED]


def test_nobody_rings_for_ever(wire: DialWire) -> None:
    wire.answer_with(wire.dial(), "180 Ringing")
    assert "CANCEL" in methods(wire.pass_time(181))
    assert wire.ends() == [EndCause.TIMED_OUT]


def test_an_update_before_the_answer_does_not_end_it(wire: DialWire) -> None:
    invite = wire.dial()
    wire.answer_with(invite, "180 Ringing")
    assert [one.status for one in wire.say(wire._theirs(invite, "UPDATE", 1))] == [200]
    wire.answer_with(invite, "200 OK", sdp())
    assert wire.told(Answered) != []


def test_the_end_of_the_program_takes_back_what_rings_there(wire: DialWire) -> None:
    invite = wire.dial()
    wire.answer_with(invite, "180 Ringing")
    wire.agent.hang_up_all(wire.now)
    assert methods(wire.collect()) == ["CANCEL"]
    assert not wire.agent.is_at_rest
    wire.answer_with(invite, "487 Request Terminated")
    assert wire.agent.is_at_rest


def test_a_thousand_calls_that_nobody_answers_leave_nothing_behind(wire: DialWire) -> None:
    for _ in range(1_000):
        wire.answer_with(wire.dial(), "486 Busy Here")
    wire.pass_time(33)
    assert wire.agent.get_timer() is None


# --- handing on


def refer(wire: DialWire, target: str) -> Heard:
    talk = wire.agent.talk(wire.call_id)
    assert talk is not None
    assert talk.can_hand_on
    talk.hand_on(target, wire.now)
    (sent,) = wire.collect()
    assert not talk.can_hand_on, "one at a time"
    return sent


def test_a_call_is_handed_on_once_the_other_side_says_that_it_has_done_it(wire: DialWire) -> None:
    invite = wire.talking()
    sent = refer(wire, "sip:203@192.0.2.10")
    assert (sent.method, sent.field("Refer-To")) == ("REFER", "<sip:203@192.0.2.10>")
    assert wire.answer_with(sent, "202 Accepted") == []
    assert [one.status for one in wire.notify(invite, 1, "SIP/2.0 100 Trying\r\n")] == [200]
    assert wire.told(HandedOn, Ended) == []
    heard = wire.notify(invite, 2, "SIP/2.0 200 OK\r\n")
    assert sorted((one.status, one.method) for one in heard)[0][1] == "BYE"
    assert wire.told(HandedOn, Ended) == [HandedOn(wire.call_id, 200), Ended(wire.call_id, EndCause.HUNG_UP)]


def test_it_rings_there_and_we_are_out(wire: DialWire) -> None:
    invite = wire.talking()
    wire.answer_with(refer(wire, "sip:203@192.0.2.10"), "202 Accepted")
    heard = wire.notify(invite, 1, "SIP/2.0 180 Ringing\r\n")
    assert {one.method for one in heard} == {"BYE", "SIP/2.0"}
    assert wire.told(HandedOn) == [HandedOn(wire.call_id, 180)]


def test_a_bye_may_come_before_the_word_that_it_went_well(wire: DialWire) -> None:
    invite = wire.talking()
    wire.answer_with(refer(wire, "sip:203@192.0.2.10"), "202 Accepted")
    wire.bye(invite)
    assert wire.told(HandedOn) == [HandedOn(wire.call_id, 200)]
    assert wire.ends() == [EndCause.HUNG_UP]


@pytest.mark.parametrize("way", ["refused", "told"])
def test_who_can_not_be_reached_leaves_the_call_where_it_is(wire: DialWire, way: str) -> None:
    invite = wire.talking()
    sent = refer(wire, "sip:299@192.0.2.10")
    if way == "refused":
        wire.answer_with(sent, "404 Not Found")
    else:
        wire.answer_with(sent, "202 Accepted")
        wire.notify(invite, 1, "SIP/2.0 404 Not Found\r\n")
    assert wire.told(HandedOn) == [HandedOn(wire.call_id, 404)]
    assert wire.ends() == []
    talk = wire.agent.talk(wire.call_id)
    assert talk is not None
    assert talk.can_hand_on


@pytest.mark.parametrize(("event", "frag"), [("message-summary", "SIP/2.0 200 OK\r\n"), ("refer", "nonsense")])
def test_a_notify_about_something_else_ends_nothing(wire: DialWire, event: str, frag: str) -> None:
    invite = wire.talking()
    wire.answer_with(refer(wire, "sip:203@192.0.2.10"), "202 Accepted")
    wire.notify(invite, 1, frag, event)
    assert wire.told(HandedOn, Ended) == []


def test_a_call_that_we_placed_is_held_like_any_other(wire: DialWire) -> None:
    wire.talking()
    (hold,) = wire.hold()
    assert "a=sendonly\r\n" in hold.text
    (ack,) = wire.answer_with(hold, "200 OK", sdp(flow="recvonly"))
    assert (ack.method, ack.field("CSeq")) == ("ACK", hold.field("CSeq").replace("INVITE", "ACK"))
    assert wire.flows[-1] is Flow.SEND
