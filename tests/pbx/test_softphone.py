"""Answer and talk in the program, through a real Asterisk with a real telephone: tones both ways, measured."""

import time
from pathlib import Path

import pytest

from cti.control import Act
from cti.events import CallEnded, CallHeld, EndCause
from cti.sip.settings import TransportName
from tests.fakes.rtp_phone import RATE, rms
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


def test_a_minute_of_sound_goes_both_ways_and_is_what_was_said(
    asterisk: Asterisk, humming: DeskPhone, folder: Path, figures: Figures
) -> None:
    with RegisteredSoftphone(asterisk) as omote:
        humming.dial("1201")
        offered = omote.answer()
        time.sleep(60)
        voice = omote.softphone.voice(offered.source_id)
        assert voice is not None
        received, there = voice.received, lost_on_the_way_there(asterisk)
        omote.order(Act.HANG_UP, offered)
        assert omote.next_of(CallEnded).why is EndCause.HUNG_UP
        humming.wait_for("CALL_CLOSED")
        wait_until(lambda: omote.has_nothing_left, "end of ports and headset")
    here = 100 * received.lost / received.packets
    mine, my_gaps = tones(omote.card.heard(), THEIRS)
    theirs, their_gaps = tones(written_down(folder), OURS)
    heard = f"{THEIRS} Hz as {min(mine)} to {max(mine)}, {here:.2f} % lost, {my_gaps:.1f} % silent"
    figures.add("a call that is answered in the program, 60 s: heard", heard, "± 2 Hz, 1 %")
    said = f"{OURS} Hz as {min(theirs)} to {max(theirs)}, {there:.2f} % lost, {their_gaps:.1f} % silent"
    figures.add("a call that is answered in the program, 60 s: said", said, "± 2 Hz, 1 %")
    assert received.packets >= 2_900
    assert here <= 1
    assert there <= 1
    assert set(mine) <= set(range(THEIRS - 2, THEIRS + 3))
    assert set(theirs) <= set(range(OURS - 2, OURS + 3))
    assert len(mine) >= 50
    assert len(theirs) >= 50


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_the_telephone_hangs_up_and_so_do_we_over_any_transport(
    asterisk: Asterisk, humming: DeskPhone, transport: TransportName
) -> None:
    with RegisteredSoftphone(asterisk, transport) as omote:
        humming.dial("1201")
        offered = omote.answer()
        humming.wait_for("CALL_ESTABLISHED")
        time.sleep(1)
        omote.order(Act.HANG_UP, offered)
        assert omote.next_of(CallEnded).why is EndCause.HUNG_UP
        humming.wait_for("CALL_CLOSED")
        humming.dial("1201")
        omote.answer()
        humming.wait_for("CALL_ESTABLISHED")
        time.sleep(1)
        humming.hang_up()
        assert omote.next_of(CallEnded).why is EndCause.HUNG_UP
        wait_until(lambda: omote.has_nothing_left, "end of ports and headset")


def test_the_caller_gives_up_and_a_decline_reaches_him(asterisk: Asterisk, humming: DeskPhone) -> None:
    with RegisteredSoftphone(asterisk) as omote:
        humming.dial("1201")
        omote.offered()
        humming.hang_up()
        assert omote.next_of(CallEnded).why is EndCause.CANCELLED
        humming.wait_for("CALL_CLOSED")
        humming.dial("1201")
        omote.order(Act.HANG_UP, omote.offered())
        assert omote.next_of(CallEnded).why is EndCause.REJECTED
        humming.wait_for("CALL_CLOSED")


def test_hold_and_resume_are_taken_by_the_pbx(asterisk: Asterisk, humming: DeskPhone) -> None:
    with RegisteredSoftphone(asterisk) as omote:
        humming.dial("1201")
        offered = omote.answer()
        time.sleep(1)
        omote.order(Act.HOLD, offered)
        assert omote.next_of(CallHeld).is_held
        time.sleep(1)
        omote.order(Act.RESUME, offered)
        assert not omote.next_of(CallHeld).is_held
        before = len(omote.card.played)
        wait_until(lambda: len(omote.card.played) > before + 2 * 2 * RATE, "two more seconds of sound")
        assert rms(omote.card.heard()[-RATE // 2 :]) > 500
        omote.order(Act.HANG_UP, offered)
        assert omote.next_of(CallEnded).why is EndCause.HUNG_UP
