"""A call that we answer, over a network that loses and repeats: in memory, and the time is what the test says."""

import hashlib

import pytest

from cti.events import EndCause
from cti.sip.dialog import Answered, Ended, Held, SoundAgreed, Transferred
from cti.sip.sdp import Codec, Flow
from tests.cti.sip.talk_wire import SOUND, TalkWire
from tests.fakes.sip_peer import Heard, new_call
from tests.fakes.talking_peer import TalkingPeer, sdp

ROUTES = "Record-Route: <sip:edge.example;lr>\r\nRecord-Route: <sip:core.example;lr>\r\n"


def statuses(heard: list[Heard]) -> list[int]:
    return [one.status for one in heard]


def test_answering_says_200_with_our_sound_and_that_we_took_the_call() -> None:
    wire = TalkWire()
    ok = wire.talk()
    assert ok.status == 200
    assert "m=audio 17000 RTP/AVP 0 101\r\n" in ok.text
    assert int(ok.field("Content-Length")) == len(ok.data.partition(b"\r\n\r\n")[2])
    assert wire.told(Answered) == [Answered(wire.call_id, "201")]
    (sound,) = wire.told(SoundAgreed)
    assert (sound.agreed.remote, sound.agreed.codec) == (("192.0.2.10", 10_514), Codec.PCMU)


def test_the_200_is_of_the_dialog_that_the_180_began() -> None:
    wire = TalkWire()
    ringing = wire.say(wire.peer.invite())[-1]
    wire.call_id = wire.events[-1].call_id  # type: ignore[union-attr] # it is the call that was just offered
    assert wire.answer().field("To") == ringing.field("To")


def test_a_200_whose_ack_is_lost_is_repeated_ever_more_slowly_until_it_comes() -> None:
    wire = TalkWire()
    wire.ring()
    wire.answer()
    times = []
    for _ in range(40):
        if wire.pass_time(0.25):
            times.append(wire.now)
    assert times == [0.5, 1.5, 3.5, 7.5]
    assert wire.say(wire.peer.ack()) == []
    assert wire.pass_time(60) == []
    assert wire.ends() == []


def test_a_200_that_nobody_ever_acknowledges_ends_in_bye() -> None:
    wire = TalkWire()
    wire.ring()
    wire.answer()
    sent = wire.pass_time(31.9)
    assert {one.status for one in sent} == {200}
    (bye, *_) = wire.pass_time(0.2)
    assert bye.method == "BYE"
    assert wire.ends() == [EndCause.FAILED]


def test_an_invite_that_comes_again_after_the_200_changes_nothing() -> None:
    wire = TalkWire()
    wire.ring()
    wire.answer()
    again = TalkingPeer(wire.peer.call)
    again.invite_branch = wire.peer.invite_branch
    assert wire.say(again.invite()) == []
    assert len(wire.told(Answered)) == 1


def test_a_cancel_that_crosses_the_200_gets_its_own_200_and_the_call_stands() -> None:
    wire = TalkWire()
    wire.ring()
    cancel = wire.peer.cancel()
    wire.answer()
    (answer,) = wire.say(cancel)
    assert (answer.status, answer.field("CSeq").split()[1]) == (200, "CANCEL")
    assert wire.say(wire.peer.ack()) == []
    assert wire.ends() == []
    (answer,) = wire.say(wire.peer.bye())
    assert answer.status == 200
    assert wire.ends() == [EndCause.HUNG_UP]


def test_a_call_that_was_cancelled_first_cannot_be_answered() -> None:
    wire = TalkWire()
    wire.ring()
    wire.say(wire.peer.cancel())
    assert wire.agent.rings(wire.call_id) is None
    assert wire.agent.answer(wire.call_id, SOUND, wire.now) == 481
    assert wire.collect() == []


def test_a_call_that_a_colleague_takes_is_over_here() -> None:
    wire = TalkWire()
    wire.ring()
    reason = b'Reason: SIP;cause=200;text="Call completed elsewhere"\r\nContent-Length'
    wire.say(wire.peer.cancel().replace(b"Content-Length", reason))
    assert (wire.told(Answered), wire.ends()) == ([], [EndCause.ANSWERED_ELSEWHERE])


def test_their_bye_ends_the_call_once_however_often_it_comes() -> None:
    wire = TalkWire()
    wire.talk()
    bye = wire.peer.bye()
    assert [statuses(wire.say(bye)) for _ in range(3)] == [[200], [200], [200]]
    assert wire.ends() == [EndCause.HUNG_UP]
    assert wire.agent.talk(wire.call_id) is None


def test_our_bye_goes_along_the_route_and_is_repeated_until_it_is_answered() -> None:
    wire = TalkWire()
    wire.peer.routes = ROUTES
    ok = wire.talk()
    assert ok.text.count("Record-Route") == 2
    (bye,) = wire.hang_up()
    assert bye.first == "BYE sip:pbx@192.0.2.10:5060 SIP/2.0"
    assert bye.text.index("Route: <sip:edge.example;lr>") < bye.text.index("Route: <sip:core.example;lr>")
    assert (bye.field("From"), bye.field("To")) == (ok.field("To"), ok.field("From"))
    assert wire.ends() == [EndCause.HUNG_UP]
    again = wire.pass_time(1.6)
    assert [one.data for one in again] == [bye.data] * 2
    assert not wire.agent.is_at_rest
    wire.say(wire.peer.reply(bye, "200 OK"))
    assert wire.agent.is_at_rest
    assert wire.pass_time(60) == []


def test_a_bye_that_nobody_answers_is_given_up() -> None:
    wire = TalkWire()
    wire.talk()
    wire.hang_up()
    wire.pass_time(32.1)
    assert wire.agent.is_at_rest
    assert wire.pass_time(60) == []
    assert wire.ends() == [EndCause.HUNG_UP]


def test_two_byes_that_cross_are_both_answered_and_the_call_ends_once() -> None:
    wire = TalkWire()
    wire.talk()
    (ours,) = wire.hang_up()
    assert statuses(wire.say(wire.peer.bye())) == [200]
    wire.say(wire.peer.reply(ours, "481 Call/Transaction Does Not Exist"))
    assert wire.agent.is_at_rest
    assert wire.ends() == [EndCause.HUNG_UP]


def test_hanging_up_before_the_ack_waits_for_it() -> None:
    wire = TalkWire()
    wire.ring()
    wire.answer()
    assert wire.hang_up() == []
    assert wire.ends() == [EndCause.HUNG_UP]
    (bye,) = wire.say(wire.peer.ack())
    assert bye.method == "BYE"


def test_a_bye_that_needs_credentials_gets_them() -> None:
    wire = TalkWire()
    wire.agent.start_registration("pw201", wire.now)
    wire.collect()
    wire.talk()
    (bye,) = wire.hang_up()
    challenge = 'Proxy-Authenticate: Digest realm="lab", nonce="n1", algorithm=MD5\r\n'
    heard = wire.say(wire.peer.reply(bye, "407 Proxy Authentication Required", extra=challenge))
    (again,) = [one for one in heard if one.method == "BYE"]
    first = hashlib.md5(b"201:lab:pw201").hexdigest()
    second = hashlib.md5(f"BYE:{again.credential('uri')}".encode()).hexdigest()
    assert again.credential("response") == hashlib.md5(f"{first}:n1:{second}".encode()).hexdigest()
    assert int(again.field("CSeq").split()[0]) == int(bye.field("CSeq").split()[0]) + 1


def test_hold_is_a_reinvite_that_only_sends_and_its_200_is_acknowledged_each_time() -> None:
    wire = TalkWire()
    wire.talk()
    (invite,) = wire.hold()
    assert invite.method == "INVITE"
    assert "a=sendonly\r\n" in invite.text
    assert wire.told(Held) == []
    ok = wire.peer.reply(invite, "200 OK", sdp(flow="recvonly"))
    (ack,) = wire.say(ok)
    assert ack.field("CSeq") == invite.field("CSeq").replace("INVITE", "ACK")
    assert [one.data for one in wire.say(ok)] == [ack.data]
    assert wire.told(Held) == [Held(wire.call_id, is_held=True)]
    assert wire.flows[-1] is Flow.SEND
    (invite,) = wire.resume()
    assert "a=sendrecv\r\n" in invite.text
    wire.say(wire.peer.reply(invite, "200 OK", sdp()))
    assert wire.told(Held)[-1] == Held(wire.call_id, is_held=False)


def test_hold_that_meets_their_own_reinvite_is_tried_again_later() -> None:
    wire = TalkWire()
    wire.talk()
    (ours,) = wire.hold()
    assert statuses(wire.say(wire.peer.invite())) == [491]
    (ack,) = wire.say(wire.peer.reply(ours, "491 Request Pending"))
    assert ack.method == "ACK"
    assert ack.field("Via") == ours.field("Via")
    (again,) = [one for one in wire.pass_time(2.1) if one.method == "INVITE"][:1]
    assert "a=sendonly\r\n" in again.text
    wire.say(wire.peer.reply(again, "200 OK", sdp(flow="recvonly")))
    assert wire.told(Held) == [Held(wire.call_id, is_held=True)]


def test_hold_that_is_refused_leaves_the_call_as_it_was() -> None:
    wire = TalkWire()
    wire.talk()
    (ours,) = wire.hold()
    wire.say(wire.peer.reply(ours, "488 Not Acceptable Here"))
    assert wire.pass_time(10) == []
    assert (wire.told(Held), wire.ends()) == ([], [])
    talk = wire.agent.talk(wire.call_id)
    assert talk is not None
    assert not talk.holds


@pytest.mark.parametrize("status", ["481 Gone", "408 Request Timeout"])
def test_a_call_that_the_other_side_has_forgotten_is_over(status: str) -> None:
    wire = TalkWire()
    wire.talk()
    (ours,) = wire.hold()
    heard = wire.say(wire.peer.reply(ours, status))
    assert [one.method for one in heard] == ["ACK", "BYE"]
    assert wire.ends() == [EndCause.FAILED]


def test_their_hold_is_answered_and_told_and_ends_with_their_resume() -> None:
    wire = TalkWire()
    wire.talk()
    (ok,) = wire.say(wire.peer.invite(sdp(flow="sendonly")))
    assert "a=recvonly\r\n" in ok.text
    assert wire.pass_time(0.6)[0].data == ok.data  # no ACK yet
    wire.say(wire.peer.ack())
    assert wire.pass_time(30) == []
    assert wire.told(Held) == [Held(wire.call_id, is_held=True)]
    wire.say(wire.peer.invite(sdp(port=10_600)))
    wire.say(wire.peer.ack())
    assert wire.told(Held)[-1].is_held is False
    assert wire.told(SoundAgreed)[-1].agreed.remote == ("192.0.2.10", 10_600)


def test_a_hold_of_ours_stands_while_they_move_the_sound() -> None:
    wire = TalkWire()
    wire.talk()
    (ours,) = wire.hold()
    wire.say(wire.peer.reply(ours, "200 OK", sdp(flow="recvonly")))
    (ok,) = wire.say(wire.peer.invite(sdp(port=10_700)))
    assert "a=sendonly\r\n" in ok.text
    assert wire.told(Held) == [Held(wire.call_id, is_held=True)]


def test_an_invite_without_an_offer_gets_ours_and_the_ack_brings_the_answer() -> None:
    wire = TalkWire()
    wire.ring("")
    ok = wire.answer()
    assert "m=audio 17000 RTP/AVP 0 8 101\r\n" in ok.text
    assert wire.told(SoundAgreed) == []
    wire.say(wire.peer.ack(sdp(formats="8 101")))
    (sound,) = wire.told(SoundAgreed)
    assert sound.agreed.codec is Codec.PCMA


def test_an_ack_without_the_answer_that_it_owes_ends_the_call() -> None:
    wire = TalkWire()
    wire.ring("")
    wire.answer()
    (bye,) = wire.say(wire.peer.ack())
    assert bye.method == "BYE"
    assert wire.ends() == [EndCause.FAILED]


@pytest.mark.parametrize(
    "body", [sdp(formats="9 18 101"), sdp(protocol="RTP/SAVP"), sdp(port=0), "v=0\r\nm=nonsense\r\n"]
)
def test_what_we_cannot_talk_in_is_refused_and_no_card_says_that_we_took_it(body: str) -> None:
    wire = TalkWire()
    wire.ring(body)
    status = wire.agent.answer(wire.call_id, SOUND, wire.now)
    (refused,) = wire.collect()
    assert status == refused.status
    assert status in {400, 488}
    assert (wire.told(Answered), wire.ends()) == ([], [EndCause.FAILED])


def test_an_offer_that_we_cannot_take_later_changes_nothing() -> None:
    wire = TalkWire()
    wire.talk()
    assert statuses(wire.say(wire.peer.invite(sdp(formats="9")))) == [488]
    assert wire.flows == [Flow.BOTH]
    assert wire.ends() == []


def test_a_call_that_is_declined_is_busy_here_and_may_ring_on_elsewhere() -> None:
    wire = TalkWire()
    wire.ring()
    assert wire.agent.decline(wire.call_id, wire.now)
    assert statuses(wire.collect()) == [486]
    assert wire.ends() == [EndCause.REJECTED]
    assert not wire.agent.decline(wire.call_id, wire.now)


def test_another_caller_after_a_transfer_is_told_while_we_talk() -> None:
    wire = TalkWire()
    wire.talk()
    who = 'P-Asserted-Identity: "Suzuki" <sip:0698765432@pbx.example>\r\n'
    assert statuses(wire.say(wire.peer.update(extra=who))) == [200]
    (told,) = wire.told(Transferred)
    assert told.caller.number == "0698765432"


def test_what_belongs_to_no_call_gets_481_and_a_stranger_nothing() -> None:
    wire = TalkWire()
    wire.talk()
    bye = wire.peer.bye()
    assert statuses(wire.say(bye.replace(b"tag=ft", b"tag=xx"))) == [481]
    assert wire.say(bye, ("198.51.100.7", 5060)) == []
    assert wire.ends() == []


def test_a_request_that_is_older_than_another_is_refused() -> None:
    wire = TalkWire()
    wire.talk()
    wire.peer.cseq = 1
    assert statuses(wire.say(wire.peer.info())) == [500]
    assert wire.ends() == []


def test_a_thousand_calls_leave_nothing_behind() -> None:
    wire = TalkWire()
    for _ in range(1_000):
        wire.peer = TalkingPeer(new_call())
        wire.talk()
        wire.say(wire.peer.bye())
        wire.pass_time(33)
    assert len(wire.told(Answered)) == len(wire.told(Ended)) == 1_000
    wire.pass_time(400)
    assert wire.agent.get_timer() is None
