"""Answer and talk in the program, through a real Asterisk with a real telephone: tones both ways, measured."""

import re
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cti.control import Act, Done, Order
from cti.events import CallAnswered, CallEnded, CallHeld, CallOffered, EndCause
from cti.sip.settings import TransportName
from cti.sip.softphone_source import SoftphoneSource
from cti.source import Around
from tests.fakes.rtp_phone import RATE, loudest, rms, samples_of
from tests.fakes.sound_card import FakeSoundCard
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.figures import Figures
from tests.pbx.listening import RegisteredSource, over

OURS, THEIRS = 1_000, 440  # Hz
_TONE = """\
audio_player aubridge,nowhere
audio_source ausine,440
ausrc_srate 48000
ausrc_channels 2
module sndfile.so
snd_path {folder}"""


class RegisteredSoftphone(RegisteredSource):
    """Omote as 1201, with a clock for a headset."""

    def __init__(self, asterisk: Asterisk, transport: TransportName = "udp") -> None:
        self.card = FakeSoundCard(OURS)
        super().__init__(asterisk, answer="softphone", **over(asterisk, transport))

    def __enter__(self) -> "RegisteredSoftphone":
        super().__enter__()
        return self

    def _make(self, settings: Any, secret: Any, tap: Any) -> SoftphoneSource:
        self.softphone = SoftphoneSource(settings, Around(secret, tap=tap), self.card)
        return self.softphone

    def order(self, act: Act, offered: CallOffered, number: str = "") -> None:
        order = Order(act, offered.source_id, number)
        assert self.listener.submit(self.softphone.control.do(order)).result(10) == Done()

    def answer(self) -> CallOffered:
        offered = self.offered()
        self.order(Act.ANSWER, offered)
        answered: CallAnswered = self.next_of(CallAnswered)
        assert answered.by == "1201"
        return offered

    @property
    def has_nothing_left(self) -> bool:
        return self.softphone.ports_in_use == 0 and not self.card.is_open


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "heard"
    made.mkdir()
    return made


@pytest.fixture
def phone(asterisk: Asterisk, tmp_path: Path, folder: Path) -> Iterator[DeskPhone]:
    """A telephone whose microphone hums, and that writes down what it hears."""
    with DeskPhone("207", tmp_path / "207", asterisk, _TONE.format(folder=folder)) as humming:
        yield humming
        asterisk.hang_up_all()
        humming.switch_off()


def lost_on_the_way_there(asterisk: Asterisk) -> float:
    """Per cent of our packets, as Asterisk counts them."""
    row = next(line for line in asterisk.cli("pjsip show channelstats").splitlines() if "1201-" in line)
    found = re.search(r"(?:ulaw|alaw)\s+(\d+)K?\s+(\d+)\s+(\d+)", row)
    assert found is not None, row
    return float(found[3])


def written_down(folder: Path) -> list[int]:
    """What the telephone heard, at 8,000 samples a second."""
    file = next(folder.glob("*-dec.wav"))
    with wave.open(str(file)) as recording:
        step = recording.getframerate() // RATE * recording.getnchannels()
        return samples_of(recording.readframes(recording.getnframes()))[::step]


def tones(heard: list[int], hertz: int) -> tuple[list[int], float]:
    """The loudest frequency of each second but the first and the last, and per cent of 20 ms without sound."""
    inner = heard[RATE : len(heard) // RATE * RATE - RATE]
    seconds = [loudest(inner[at : at + RATE], hertz, 4) for at in range(0, len(inner), RATE)]
    frames = [rms(inner[at : at + 160]) for at in range(0, len(inner), 160)]
    return seconds, 100 * sum(one < 0.2 * max(frames) for one in frames) / len(frames)


def test_a_minute_of_sound_goes_both_ways_and_is_what_was_said(
    asterisk: Asterisk, phone: DeskPhone, folder: Path, figures: Figures
) -> None:
    with RegisteredSoftphone(asterisk) as omote:
        phone.dial("1201")
        offered = omote.answer()
        time.sleep(60)
        voice = omote.softphone.voice(offered.source_id)
        assert voice is not None
        received, there = voice.received, lost_on_the_way_there(asterisk)
        omote.order(Act.HANG_UP, offered)
        assert omote.next_of(CallEnded).why is EndCause.HUNG_UP
        phone.wait_for("CALL_CLOSED")
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
    asterisk: Asterisk, phone: DeskPhone, transport: TransportName
) -> None:
    with RegisteredSoftphone(asterisk, transport) as omote:
        phone.dial("1201")
        offered = omote.answer()
        phone.wait_for("CALL_ESTABLISHED")
        time.sleep(1)
        omote.order(Act.HANG_UP, offered)
        assert omote.next_of(CallEnded).why is EndCause.HUNG_UP
        phone.wait_for("CALL_CLOSED")
        phone.dial("1201")
        omote.answer()
        phone.wait_for("CALL_ESTABLISHED")
        time.sleep(1)
        phone.hang_up()
        assert omote.next_of(CallEnded).why is EndCause.HUNG_UP
        wait_until(lambda: omote.has_nothing_left, "end of ports and headset")


def test_the_caller_gives_up_and_a_decline_reaches_him(asterisk: Asterisk, phone: DeskPhone) -> None:
    with RegisteredSoftphone(asterisk) as omote:
        phone.dial("1201")
        omote.offered()
        phone.hang_up()
        assert omote.next_of(CallEnded).why is EndCause.CANCELLED
        phone.wait_for("CALL_CLOSED")
        phone.dial("1201")
        omote.order(Act.HANG_UP, omote.offered())
        assert omote.next_of(CallEnded).why is EndCause.REJECTED
        phone.wait_for("CALL_CLOSED")


def test_hold_and_resume_are_taken_by_the_pbx(asterisk: Asterisk, phone: DeskPhone) -> None:
    with RegisteredSoftphone(asterisk) as omote:
        phone.dial("1201")
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
