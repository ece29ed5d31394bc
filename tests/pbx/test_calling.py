"""Call from the program through a real Asterisk: tones both ways, why nobody was reached, handed on at once and after a
word with the colleague."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cti.control import Act, Cannot
from cti.events import CallAnswered, CallEnded, CallHeld, CallOffered, Direction, EndCause
from cti.sip.settings import TransportName
from tests.fakes.rtp_phone import RATE, loudest, rms
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.figures import Figures
from tests.pbx.talking import (
    OURS,
    THEIRS,
    RegisteredSoftphone,
    lost_on_the_way_there,
    tones,
    written_down,
)

ME = "204"  # an extension that may call


class Calling(RegisteredSoftphone):
    """Omote as an extension that may call others."""

    def __init__(self, asterisk: Asterisk, transport: TransportName = "udp") -> None:
        super().__init__(asterisk, transport, username=ME, secret=f"pw{ME}")

    def __enter__(self) -> "Calling":
        super().__enter__()
        return self

    def dial(self, number: str) -> CallOffered:
        done = self.ask(Act.DIAL, number=number)
        assert done.failed is None, done
        offered = self.offered()
        assert (offered.direction, offered.caller.number, offered.source_id) == (Direction.OUT, number, done.source_id)
        return offered

    def talk_to(self, phone: DeskPhone) -> CallOffered:
        """Dialled and answered."""
        call = self.dial(phone.extension)
        phone.answer()
        self.took(call)
        return call

    def took(self, call: CallOffered) -> None:
        answered = self.end_of(call)
        assert isinstance(answered, CallAnswered)
        assert answered.by == ME

    def ended(self, call: CallOffered) -> EndCause:
        end = self.end_of(call)
        assert isinstance(end, CallEnded)
        return end.why


@pytest.fixture
def omote(asterisk: Asterisk) -> Iterator[Calling]:
    with Calling(asterisk) as calling:
        yield calling


def nothing_is_left(omote: Calling) -> None:
    wait_until(lambda: omote.has_nothing_left, "end of ports and headset")


def test_twenty_seconds_of_a_call_from_here_go_both_ways_and_are_what_was_said(
    asterisk: Asterisk, omote: Calling, humming: DeskPhone, folder: Path, figures: Figures
) -> None:
    call = omote.dial("207")
    humming.wait_for_ring()
    wait_until(lambda: rms(omote.card.heard()[-1_600:]) > 500, "tone that it rings there")
    humming.tell("accept")
    omote.took(call)
    begun = len(omote.card.heard())
    time.sleep(20)
    voice = omote.softphone.voice(call.source_id)
    assert voice is not None
    received, there = voice.received, lost_on_the_way_there(asterisk, ME)
    omote.order(Act.HANG_UP, call)
    assert omote.ended(call) is EndCause.HUNG_UP
    humming.wait_for("CALL_CLOSED")
    nothing_is_left(omote)
    here = 100 * received.lost / received.packets
    mine, my_gaps = tones(omote.card.heard()[begun:], THEIRS)
    theirs, their_gaps = tones(written_down(folder), OURS)
    heard = f"{THEIRS} Hz as {min(mine)} to {max(mine)}, {here:.2f} % lost, {my_gaps:.1f} % silent"
    figures.add("a call from the program, 20 s: heard", heard, "± 2 Hz, 1 %")
    said = f"{OURS} Hz as {min(theirs)} to {max(theirs)}, {there:.2f} % lost, {their_gaps:.1f} % silent"
    figures.add("a call from the program, 20 s: said", said, "± 2 Hz, 1 %")
    assert here <= 1
    assert there <= 1
    assert set(mine) <= set(range(THEIRS - 2, THEIRS + 3))
    assert set(theirs) <= set(range(OURS - 2, OURS + 3))
    assert len(mine) >= 15
    assert len(theirs) >= 15


@pytest.mark.parametrize("transport", ["tcp", "tls"])
def test_a_call_goes_out_over_any_transport_and_the_other_side_hangs_up(
    asterisk: Asterisk, humming: DeskPhone, transport: TransportName
) -> None:
    with Calling(asterisk, transport) as omote:
        call = omote.talk_to(humming)
        time.sleep(1)
        humming.hang_up()
        assert omote.ended(call) is EndCause.HUNG_UP
        nothing_is_left(omote)


def test_what_the_pbx_plays_before_the_answer_is_heard_and_busy_is_said(omote: Calling) -> None:
    call = omote.dial("741")
    wait_until(lambda: rms(omote.card.heard()[-RATE:]) > 500, "tone of the PBX")
    time.sleep(1.5)
    assert loudest(omote.card.heard()[-RATE:], 620) == pytest.approx(620, abs=2)
    assert omote.ended(call) is EndCause.BUSY
    nothing_is_left(omote)


def test_who_rejects_is_busy_and_who_does_not_answer_is_said_to_be_away(
    omote: Calling, phones: dict[str, DeskPhone]
) -> None:
    call = omote.dial("202")
    phones["202"].wait_for_ring()
    phones["202"].hang_up()
    assert omote.ended(call) is EndCause.BUSY
    call = omote.dial("742")
    assert omote.ended(call) is EndCause.TIMED_OUT
    call = omote.dial("399")
    assert omote.ended(call) is EndCause.FAILED
    nothing_is_left(omote)


def test_giving_up_ends_the_ringing_there(omote: Calling, colleague: DeskPhone) -> None:
    call = omote.dial("202")
    colleague.wait_for_ring()
    omote.order(Act.HANG_UP, call)
    assert omote.ended(call) is EndCause.CANCELLED
    colleague.wait_for("CALL_CLOSED")
    nothing_is_left(omote)


def test_a_call_is_handed_on_at_once(
    asterisk: Asterisk, omote: Calling, humming: DeskPhone, phones: dict[str, DeskPhone]
) -> None:
    call = omote.talk_to(humming)
    time.sleep(0.5)
    omote.order(Act.TRANSFER, call, "203")
    assert omote.ended(call) is EndCause.HUNG_UP
    phones["203"].answer()
    asterisk.wait_for_talk("207", "203")
    nothing_is_left(omote)


def test_who_does_not_exist_can_not_be_handed_to_and_the_call_stays(omote: Calling, humming: DeskPhone) -> None:
    call = omote.talk_to(humming)
    time.sleep(0.5)
    assert omote.ask(Act.TRANSFER, call.source_id, "399").failed is Cannot.NOT_NOW
    assert omote.softphone.control.cannot(Act.HOLD, call.source_id) is None


def test_a_call_is_handed_on_after_a_word_with_the_colleague(
    asterisk: Asterisk, omote: Calling, humming: DeskPhone, phones: dict[str, DeskPhone]
) -> None:
    call = omote.talk_to(humming)
    time.sleep(0.5)
    asked = omote.ask(Act.CONSULT, call.source_id, "203")
    events = [omote.next_call_event(), omote.next_call_event()]
    assert {type(event) for event in events} == {CallHeld, CallOffered}
    phones["203"].answer()
    omote.next_of(CallAnswered)
    time.sleep(0.5)
    assert omote.ask(Act.HAND_OVER, call.source_id).failed is None
    ends = {omote.next_of(CallEnded).source_id, omote.next_of(CallEnded).source_id}
    assert ends == {call.source_id, asked.source_id}
    asterisk.wait_for_talk("207", "203")
    nothing_is_left(omote)


def test_a_colleague_is_asked_and_the_caller_taken_back(
    asterisk: Asterisk, omote: Calling, humming: DeskPhone, phones: dict[str, DeskPhone]
) -> None:
    call = omote.talk_to(humming)
    time.sleep(0.5)
    asked = omote.ask(Act.CONSULT, call.source_id, "203")
    phones["203"].wait_for_ring()
    assert omote.ask(Act.TAKE_BACK, call.source_id).failed is None
    phones["203"].wait_for("CALL_CLOSED")
    seen = [omote.next_call_event() for _ in range(4)]
    assert [event.source_id for event in seen if isinstance(event, CallEnded)] == [asked.source_id]
    assert [event.is_held for event in seen if isinstance(event, CallHeld)] == [True, False]
    before = len(omote.card.played)
    wait_until(lambda: len(omote.card.played) > before + 4 * RATE, "two more seconds of sound")
    assert loudest(omote.card.heard()[-RATE:], THEIRS) == pytest.approx(THEIRS, abs=2)
    omote.order(Act.HANG_UP, call)
    assert omote.ended(call) is EndCause.HUNG_UP
    nothing_is_left(omote)
