"""A softphone at a real Asterisk, and what is measured of its sound: tones, gaps, packets that were lost."""

import re
import wave
from pathlib import Path
from typing import Any

from cti.control import Act, Done, Order
from cti.events import CallAnswered, CallOffered
from cti.sip.settings import TransportName
from cti.sip.softphone_source import SoftphoneSource
from cti.source import Around
from tests.fakes.rtp_phone import RATE, loudest, rms, samples_of
from tests.fakes.sound_card import FakeSoundCard
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.listening import PASSWORD, RegisteredSource, over

OURS, THEIRS = 1_000, 440  # Hz
HUM = """\
audio_player aubridge,nowhere
audio_source ausine,440
ausrc_srate 48000
ausrc_channels 2
module sndfile.so
snd_path {folder}"""


class RegisteredSoftphone(RegisteredSource):
    """Omote as 1201, unless the settings say otherwise, with a clock for a headset."""

    def __init__(
        self, asterisk: Asterisk, transport: TransportName = "udp", secret: str = PASSWORD, **settings: Any
    ) -> None:
        self.card = FakeSoundCard(OURS)
        super().__init__(asterisk, secret, answer="softphone", **over(asterisk, transport), **settings)

    def __enter__(self) -> "RegisteredSoftphone":
        super().__enter__()
        return self

    def _make(self, settings: Any, secret: Any, tap: Any) -> SoftphoneSource:
        self.softphone = SoftphoneSource(settings, Around(secret, tap=tap), self.card)
        return self.softphone

    def ask(self, act: Act, source_id: str = "", number: str = "") -> Done:
        return self.listener.submit(self.softphone.control.do(Order(act, source_id, number))).result(10)

    def order(self, act: Act, offered: CallOffered, number: str = "") -> None:
        assert self.ask(act, offered.source_id, number) == Done()

    def answer(self) -> CallOffered:
        offered = self.offered()
        self.order(Act.ANSWER, offered)
        answered: CallAnswered = self.next_of(CallAnswered)
        assert answered.by == "1201"
        return offered

    @property
    def has_nothing_left(self) -> bool:
        return self.softphone.ports_in_use == 0 and not self.card.is_open


def lost_on_the_way_there(asterisk: Asterisk, extension: str = "1201") -> float:
    """Per cent of our packets, as Asterisk counts them."""
    row = next(line for line in asterisk.cli("pjsip show channelstats").splitlines() if f"{extension}-" in line)
    found = re.search(r"(?:ulaw|alaw)\s+(\d+)K?\s+(\d+)\s+(\d+)", row)
    assert found is not None, row
    return float(found[3])


def written_down(folder: Path) -> list[int]:
    """What the telephone heard, at 8,000 samples a second."""
    return wait_until(lambda: _recorded(next(folder.glob("*-dec.wav"))), "recording that is closed")


def _recorded(file: Path) -> list[int]:
    """Nothing until its head says how long it is."""
    with wave.open(str(file)) as recording:
        step = recording.getframerate() // RATE * recording.getnchannels()
        return samples_of(recording.readframes(recording.getnframes()))[::step]


def tones(heard: list[int], hertz: int) -> tuple[list[int], float]:
    """The loudest frequency of each second but the first and the last, and per cent of 20 ms without sound."""
    inner = heard[RATE : len(heard) // RATE * RATE - RATE]
    seconds = [loudest(inner[at : at + RATE], hertz, 4) for at in range(0, len(inner), RATE)]
    frames = [rms(inner[at : at + 160]) for at in range(0, len(inner), 160)]
    return seconds, 100 * sum(one < 0.2 * max(frames) for one in frames) / len(frames)
