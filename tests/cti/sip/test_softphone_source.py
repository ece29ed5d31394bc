"""Answer and talk in the program: the real source on the real listener, SIP and RTP over UDP, a clock for a headset."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from cti.control import Act, Cannot, Control, Controllable, Done, Order
from cti.events import (
    CallAnswered,
    CallEnded,
    CallEvent,
    CallHeld,
    CallOffered,
    Danger,
    Direction,
    EndCause,
    SourceWarned,
)
from cti.headset import Chosen, SoundError, SoundFault
from cti.sip.softphone_source import SoftphoneSource
from cti.source import Around
from tests.cti.sip.running import RunningSource
from tests.fakes.rtp_phone import RATE, RtpPhone, loudest, rms
from tests.fakes.sip_peer import Heard, SipPeer, new_call
from tests.fakes.sound_card import FakeSoundCard
from tests.fakes.talking_peer import TalkingPeer, sdp


class RunningSoftphone(RunningSource):
    """A softphone with a sound card of the test's."""

    def __init__(self, **settings: Any) -> None:
        self.card = FakeSoundCard()
        super().__init__(answer="softphone", username="201", **settings)

    def _make(self, settings: Any, secret: Any, tap: Any) -> SoftphoneSource:
        self.softphone = SoftphoneSource(settings, Around(secret, tap=tap), self.card)
        return self.softphone

    def order(self, act: Act, source_id: str, number: str = "") -> Done:
        assert isinstance(self.softphone, Controllable)
        control: Control = self.softphone.control
        return self.listener.submit(control.do(Order(act, source_id, number))).result(10)

    def cannot(self, act: Act, source_id: str) -> Cannot | None:
        return self.softphone.control.cannot(act, source_id)

    def wait_for(self, kind: type[CallEvent]) -> Any:
        while not isinstance(event := self.next_event(), kind):
            pass
        return event


class Ringing:
    """One call of a PBX to the softphone: its SIP, its RTP."""

    def __init__(self, running: RunningSoftphone, kind: int = 0, hertz: float = 440) -> None:
        self.running = running
        self.sip = SipPeer(running.address)
        self.phone = RtpPhone(kind, hertz)
        self.peer = TalkingPeer(new_call(), address=self.sip.address)
        self.sip.send(self.peer.invite(self.offer()))
        assert self.sip.hear().status == 180
        offered: CallOffered = running.wait_for(CallOffered)
        self.id = offered.source_id

    def offer(self, flow: str = "sendrecv") -> str:
        return sdp(self.phone.address[1], flow, f"{self.phone.kind} 101", "127.0.0.1")

    def answer(self) -> Heard:
        """The operator answers; from then on this telephone speaks."""
        assert self.running.order(Act.ANSWER, self.id) == Done()
        ok = self.hear("INVITE")
        self.peer.hear_ok(ok)
        self.sip.send(self.peer.ack())
        port = int(ok.text.partition("m=audio ")[2].partition(" ")[0])
        self.phone.start(("127.0.0.1", port))
        return ok

    def hear(self, method: str) -> Heard:
        while self.method_of(heard := self.sip.hear()) != method:
            pass
        return heard

    @staticmethod
    def method_of(heard: Heard) -> str:
        return heard.field("CSeq").split()[1] if heard.status else heard.method

    def talk_for(self, packets: int) -> None:
        begun = self.phone.sent
        while self.phone.sent < begun + packets:
            time.sleep(0.02)


@contextmanager
def ringing(running: RunningSoftphone, kind: int = 0, hertz: float = 440) -> Iterator[Ringing]:
    call = Ringing(running, kind, hertz)
    try:
        yield call
    finally:
        call.phone.stop()
        call.sip.socket.close()


def until(is_so: Callable[[], bool]) -> None:
    """Ten seconds at most: what happens on another thread."""
    for _ in range(1_000):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come to that")


def nothing_is_left(running: RunningSoftphone) -> bool:
    return running.softphone.ports_in_use == 0 and not running.card.is_open


def test_a_call_is_answered_talked_in_and_hung_up_by_the_operator() -> None:
    with RunningSoftphone() as running, ringing(running) as call:
        assert running.cannot(Act.ANSWER, call.id) is None
        assert running.cannot(Act.HOLD, call.id) is Cannot.NOT_NOW
        call.answer()
        assert running.wait_for(CallAnswered).by == "201"
        call.talk_for(150)
        assert running.order(Act.HANG_UP, call.id) == Done()
        bye = call.hear("BYE")
        call.sip.send(call.peer.reply(bye, "200 OK"))
        assert running.wait_for(CallEnded).why is EndCause.HUNG_UP
        until(lambda: nothing_is_left(running))
        assert running.cannot(Act.HANG_UP, call.id) is Cannot.NOT_OURS
    assert loudest(call.phone.heard()[RATE:], 1_000) == pytest.approx(1_000, abs=2)
    assert loudest(running.card.heard()[RATE:], 440) == pytest.approx(440, abs=2)
    assert call.phone.lost() == 0


def test_the_other_side_hangs_up_and_nothing_is_left() -> None:
    with RunningSoftphone() as running, ringing(running, 8) as call:
        call.answer()
        call.talk_for(20)
        call.sip.send(call.peer.bye())
        assert call.hear("BYE").status == 200
        assert running.wait_for(CallEnded).why is EndCause.HUNG_UP
        until(lambda: nothing_is_left(running))


def test_the_caller_may_give_up_while_it_rings() -> None:
    with RunningSoftphone() as running, ringing(running) as call:
        call.sip.send(call.peer.cancel())
        assert running.wait_for(CallEnded).why is EndCause.CANCELLED
        assert running.cannot(Act.ANSWER, call.id) is Cannot.NOT_OURS
        assert running.order(Act.ANSWER, call.id).failed is Cannot.NOT_OURS
        assert running.softphone.ports_in_use == 0


def test_hanging_up_what_rings_declines_it() -> None:
    with RunningSoftphone() as running, ringing(running) as call:
        assert running.order(Act.HANG_UP, call.id) == Done()
        assert call.hear("INVITE").status == 486
        assert running.wait_for(CallEnded).why is EndCause.REJECTED


def test_hold_silences_both_and_resume_brings_them_back() -> None:
    with RunningSoftphone() as running, ringing(running) as call:
        call.answer()
        call.talk_for(20)
        assert running.order(Act.HOLD, call.id) == Done()
        invite = call.hear("INVITE")
        call.sip.send(call.peer.reply(invite, "200 OK", call.offer("recvonly")))
        assert running.wait_for(CallHeld).is_held
        assert call.hear("ACK").method == "ACK"
        assert running.cannot(Act.HOLD, call.id) is Cannot.NOT_NOW
        assert running.cannot(Act.DIGITS, call.id) is Cannot.NOT_NOW
        call.talk_for(30)
        call.phone.came.clear()
        played = len(running.card.played)
        call.talk_for(20)
        assert {code for _, payload in call.phone.sound_packets for code in payload} == {0xFF}
        assert rms(running.card.heard()[played // 2 + 160 :]) == 0
        assert running.order(Act.RESUME, call.id) == Done()
        invite = call.hear("INVITE")
        call.sip.send(call.peer.reply(invite, "200 OK", call.offer()))
        assert not running.wait_for(CallHeld).is_held
        call.talk_for(40)
        assert rms(running.card.heard()[-1_600:]) > 2_000


def test_mute_and_keys_while_one_talks() -> None:
    with RunningSoftphone() as running, ringing(running) as call:
        call.answer()
        call.talk_for(20)
        assert running.order(Act.MUTE, call.id) == Done()
        assert running.cannot(Act.MUTE, call.id) is Cannot.NOT_NOW
        call.talk_for(20)
        call.phone.came.clear()
        call.talk_for(20)
        assert {code for _, payload in call.phone.sound_packets for code in payload} == {0xFF}
        assert running.order(Act.UNMUTE, call.id) == Done()
        assert running.order(Act.DIGITS, call.id, "12#") == Done()
        assert running.order(Act.DIGITS, call.id, "+1").failed is Cannot.NOT_NOW
        call.talk_for(60)
        keys = [data[12] for data in call.phone.came if data[1] & 0x7F == 101 and data[1] & 0x80]
        assert keys == [1, 2, 11]


def test_a_second_call_that_is_answered_lets_the_first_wait() -> None:
    with RunningSoftphone() as running, ringing(running) as first:
        first.answer()
        first.talk_for(20)
        with ringing(running, hertz=700) as second:
            second.answer()
            invite = first.hear("INVITE")
            assert "a=sendonly" in invite.text
            first.sip.send(first.peer.reply(invite, "200 OK", first.offer("recvonly")))
            second.talk_for(80)
            assert loudest(running.card.heard()[-RATE:], 700) == pytest.approx(700, abs=2)
            assert running.cannot(Act.RESUME, first.id) is None
            second.sip.send(second.peer.bye())
            assert running.wait_for(CallEnded).source_id == second.id
            assert running.card.is_open


@pytest.mark.expected_log("no sound")
def test_without_a_headset_nothing_is_answered_and_it_rings_on() -> None:
    with RunningSoftphone() as running, ringing(running) as call:
        running.card.trouble = SoundError(SoundFault.NO_DEVICE, "USB headset")
        done = running.order(Act.ANSWER, call.id)
        assert (done.failed, done.detail) == (Cannot.NO_DEVICE, "no_device: USB headset")
        running.card.trouble = None
        assert running.order(Act.ANSWER, call.id) == Done()


def test_an_offer_without_a_codec_of_ours_is_refused_and_leaves_no_port() -> None:
    with RunningSoftphone() as running, ringing(running, 9) as call:
        done = running.order(Act.ANSWER, call.id)
        assert (done.failed, done.detail) == (Cannot.NOT_NOW, "488")
        assert call.hear("INVITE").status == 488
        until(lambda: nothing_is_left(running))


def test_the_end_of_the_program_hangs_up_and_gives_everything_back() -> None:
    with RunningSoftphone() as running, ringing(running) as call:
        call.answer()
        call.talk_for(10)
        running.listener.stop()
        assert call.hear("BYE").method == "BYE"
        assert running.wait_for(CallEnded).why is EndCause.HUNG_UP
        assert nothing_is_left(running)


def test_the_devices_of_the_settings_are_opened_and_others_while_one_talks() -> None:
    with RunningSoftphone(microphone="USB", speaker="USB") as running, ringing(running) as call:
        call.answer()
        until(lambda: running.softphone.headset.level > 0.1)
        running.softphone.headset.choose(Chosen("", "Built-in"))
        call.talk_for(20)
        assert running.card.chosen == [("USB", "USB"), ("", "Built-in")]


def test_orders_that_no_softphone_can_do_say_so() -> None:
    with RunningSoftphone() as running, ringing(running) as call:
        assert running.cannot(Act.DIAL, "") is Cannot.NOT_SET_UP, "there is no PBX to call through"
        assert running.order(Act.TRANSFER, call.id, "202").failed is Cannot.NOT_NOW
        assert running.cannot(Act.TAKE_BACK, call.id) is Cannot.NOT_NOW
        assert running.cannot(Act.MUTE, "nobody") is Cannot.NOT_OURS


def test_twenty_calls_one_after_the_other_leave_no_port_open() -> None:
    with RunningSoftphone(calls_per_second=1_000) as running:
        for _ in range(20):
            with ringing(running) as call:
                call.answer()
                call.sip.send(call.peer.bye())
                assert running.wait_for(CallEnded).source_id == call.id
        until(lambda: nothing_is_left(running))


class Called:
    """The PBX and the telephone behind it: what the softphone calls. It hears on an own port, as `server` says."""

    def __init__(self, pbx: SipPeer, hertz: float = 440) -> None:
        self.pbx, self.phone = pbx, RtpPhone(0, hertz)
        self.peer = TalkingPeer(new_call(), address=pbx.address)
        self.invite = self.hear("INVITE")

    def hear(self, method: str) -> Heard:
        while True:
            data, self.pbx.target = self.pbx.socket.recvfrom(65_536)
            if Ringing.method_of(heard := Heard(data)) == method:
                return heard

    def say(self, status: str, body: str = "", to: Heard | None = None) -> None:
        request = to or self.invite
        data, whom = self.peer.reply(request, status, body), request.field("To")
        if ";tag=" not in whom:
            data = data.replace(f"To: {whom}\r\n".encode(), f"To: {whom};tag=theirs\r\n".encode())
        self.pbx.send(data)

    @property
    def sound(self) -> str:
        return sdp(self.phone.address[1], "sendrecv", "0 101", "127.0.0.1")

    def speak(self) -> None:
        self.phone.start(("127.0.0.1", int(self.invite.text.partition("m=audio ")[2].partition(" ")[0])))

    def bye(self) -> bytes:
        ends = f"From: {self.invite.field('To')};tag=theirs\r\nTo: {self.invite.field('From')}\r\n"
        return (
            f"BYE sip:201@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {self.pbx.address};branch=z9hG4bKbye;rport\r\n{ends}"
            f"Call-ID: {self.invite.field('Call-ID')}\r\nCSeq: 1 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        ).encode()


@contextmanager
def with_pbx(**settings: Any) -> Iterator[tuple[RunningSoftphone, SipPeer]]:
    with SipPeer(("127.0.0.1", 9)) as pbx, RunningSoftphone(server=pbx.address, **settings) as running:
        yield running, pbx


@contextmanager
def dialled(running: RunningSoftphone, pbx: SipPeer, number: str = "0335814111") -> Iterator[tuple[Called, str]]:
    done = running.order(Act.DIAL, "", number)
    assert (done.failed, done.rings_first) == (None, False)
    offered: CallOffered = running.wait_for(CallOffered)
    assert (offered.source_id, offered.direction, offered.caller.number) == (done.source_id, Direction.OUT, number)
    called = Called(pbx)
    try:
        yield called, done.source_id
    finally:
        called.phone.stop()


def test_a_call_is_dialled_ringing_is_heard_then_the_other_side_and_the_operator_hangs_up() -> None:
    with with_pbx() as (running, pbx), dialled(running, pbx) as (called, call):
        assert running.cannot(Act.HOLD, call) is Cannot.NOT_NOW
        called.say("180 Ringing")
        until(lambda: rms(running.card.heard()[-1_600:]) > 500)
        called.say("200 OK", called.sound)
        assert called.hear("ACK").method == "ACK"
        assert running.wait_for(CallAnswered).by == "201"
        called.speak()
        while called.phone.sent < 150:
            time.sleep(0.02)
        assert running.order(Act.HANG_UP, call) == Done()
        called.say("200 OK", to=called.hear("BYE"))
        assert running.wait_for(CallEnded).why is EndCause.HUNG_UP
        until(lambda: nothing_is_left(running))
        assert loudest(called.phone.heard()[RATE:], 1_000) == pytest.approx(1_000, abs=2)
        assert loudest(running.card.heard()[-RATE:], 440) == pytest.approx(440, abs=2)


def test_an_announcement_before_the_answer_is_heard_and_nothing_is_said_into_it() -> None:
    with with_pbx() as (running, pbx), dialled(running, pbx) as (called, call):
        called.say("183 Session Progress", called.sound)
        called.speak()
        until(lambda: rms(running.card.heard()[-1_600:]) > 2_000)
        until(lambda: len(called.phone.sound_packets) > 10)
        assert {code for _, payload in called.phone.sound_packets for code in payload} == {0xFF}
        assert running.cannot(Act.DIGITS, call) is Cannot.NOT_NOW
        called.say("486 Busy Here")
        assert running.wait_for(CallEnded).why is EndCause.BUSY
        until(lambda: nothing_is_left(running))


def test_giving_up_cancels_and_leaves_nothing() -> None:
    with with_pbx() as (running, pbx), dialled(running, pbx) as (called, call):
        called.say("180 Ringing")
        until(lambda: rms(running.card.heard()[-1_600:]) > 500)
        assert running.order(Act.HANG_UP, call) == Done()
        cancel = called.hear("CANCEL")
        assert running.wait_for(CallEnded).why is EndCause.CANCELLED
        called.say("200 OK", to=cancel)
        called.say("487 Request Terminated")
        assert called.hear("ACK").method == "ACK"
        until(lambda: nothing_is_left(running))


@pytest.mark.expected_log("no sound")
def test_without_a_headset_nothing_is_dialled() -> None:
    with with_pbx() as (running, pbx):
        running.card.trouble = SoundError(SoundFault.NO_DEVICE, "USB headset")
        assert running.order(Act.DIAL, "", "202").failed is Cannot.NO_DEVICE
        running.card.trouble = None
        with dialled(running, pbx, "202") as (called, _):
            called.say("404 Not Found")
            assert running.wait_for(CallEnded).why is EndCause.FAILED
        until(lambda: nothing_is_left(running))


def answered_call(running: RunningSoftphone, called: Called) -> None:
    called.say("200 OK", called.sound)
    called.hear("ACK")
    running.wait_for(CallAnswered)


def test_a_call_is_handed_on_and_the_order_waits_for_the_word_that_it_went_well() -> None:
    with with_pbx() as (running, pbx), dialled(running, pbx) as (called, call):
        answered_call(running, called)
        told = running.listener.submit(running.softphone.control.do(Order(Act.TRANSFER, call, "203")))
        refer = called.hear("REFER")
        assert refer.field("Refer-To") == f"<sip:203@{pbx.address}>"
        called.say("202 Accepted", to=refer)
        pbx.send(called.bye())
        assert told.result(10) == Done()
        assert running.wait_for(CallEnded).why is EndCause.HUNG_UP


def test_who_can_not_be_reached_is_said_and_the_call_stays() -> None:
    with with_pbx() as (running, pbx), dialled(running, pbx) as (called, call):
        answered_call(running, called)
        told = running.listener.submit(running.softphone.control.do(Order(Act.TRANSFER, call, "299")))
        called.say("404 Not Found", to=called.hear("REFER"))
        done = told.result(10)
        assert (done.failed, done.detail) == (Cannot.NOT_NOW, "404")
        assert running.cannot(Act.HOLD, call) is None


def test_a_colleague_is_asked_first_and_takes_the_call_over_by_replaces() -> None:
    with with_pbx() as (running, pbx), dialled(running, pbx) as (customer, call):
        answered_call(running, customer)
        asked = running.order(Act.CONSULT, call, "203").source_id
        hold = customer.hear("INVITE")
        assert "a=sendonly" in hold.text
        customer.say("200 OK", sdp(customer.phone.address[1], "recvonly", "0 101", "127.0.0.1"), to=hold)
        colleague = Called(pbx)
        assert running.cannot(Act.HAND_OVER, call) is Cannot.NOT_NOW, "the colleague has not answered"
        assert running.cannot(Act.TAKE_BACK, call) is None
        answered_call(running, colleague)
        told = running.listener.submit(running.softphone.control.do(Order(Act.HAND_OVER, call)))
        refer = customer.hear("REFER")
        dialog = colleague.invite.field("Call-ID"), colleague.invite.tag("From")
        assert refer.field("Refer-To") == (
            f"<sip:203@{pbx.address}?Replaces={dialog[0]}%3Bto-tag%3Dtheirs%3Bfrom-tag%3D{dialog[1]}>"
        )
        customer.say("202 Accepted", to=refer)
        pbx.send(customer.bye())
        assert told.result(10) == Done()
        assert running.cannot(Act.HANG_UP, asked) is None, "until the PBX says that it is over"
        colleague.phone.stop()


def test_the_caller_is_taken_back_and_the_colleague_let_go() -> None:
    with with_pbx() as (running, pbx), dialled(running, pbx) as (customer, call):
        answered_call(running, customer)
        asked = running.order(Act.CONSULT, call, "203").source_id
        hold = customer.hear("INVITE")
        customer.say("200 OK", sdp(customer.phone.address[1], "recvonly", "0 101", "127.0.0.1"), to=hold)
        colleague = Called(pbx)
        colleague.say("180 Ringing")
        until(lambda: running.card.is_open)
        assert running.order(Act.TAKE_BACK, call) == Done()
        ended = running.wait_for(CallEnded)
        assert (ended.source_id, ended.why) == (asked, EndCause.CANCELLED)
        assert "a=sendrecv" in customer.hear("INVITE").text
        assert running.cannot(Act.TRANSFER, call) is None
        colleague.phone.stop()


@pytest.mark.expected_log("headset: without USB headset")
def test_a_headset_that_is_pulled_out_is_told_in_one_line_and_the_call_goes_on() -> None:
    with RunningSoftphone(microphone="USB headset", speaker="USB headset") as running, ringing(running) as call:
        call.answer()
        call.talk_for(20)
        running.card.pull_out("USB headset")
        warned = running.wait_for(SourceWarned)
        assert warned.dangers == ((Danger.HEADSET_GONE, "USB headset"),)
        assert running.card.chosen[-1] == ("", "")
        before = len(running.card.played)
        until(lambda: len(running.card.played) > before + RATE)
        assert rms(running.card.heard()[-1_600:]) > 2_000
        running.card.plug_in("USB headset")
        assert running.wait_for(SourceWarned).dangers == ()
        assert running.cannot(Act.HOLD, call.id) is None
