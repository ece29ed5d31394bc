"""A sound card without sound: a clock of 20 ms, a tone at the microphone, and all that was played kept."""

import threading
import time
from collections.abc import Callable

from cti.sip.sound_card import Devices, SoundError
from tests.fakes.rtp_phone import FRAME, pcm, samples_of, tone


class FakeSoundCard:
    """`trouble` is raised instead of opening."""

    def __init__(self, hertz: float = 1_000) -> None:
        self.frames = [pcm(tone(hertz, FRAME, FRAME * n)) for n in range(50)]
        self.played = bytearray()
        self.chosen: list[tuple[str, str]] = []
        self.trouble: SoundError | None = None
        self.is_open = False

    def devices(self) -> Devices:
        return Devices(("Built-in", "USB headset"), ("Built-in", "USB headset"))

    def open(
        self, microphone: str, speaker: str, hear: Callable[[bytes], None], say: Callable[[], bytes]
    ) -> "RunningSound":
        if self.trouble is not None:
            raise self.trouble
        self.chosen.append((microphone, speaker))
        self.is_open = True
        return RunningSound(self, hear, say)

    def heard(self) -> list[int]:
        return samples_of(bytes(self.played))


class RunningSound:
    def __init__(self, card: FakeSoundCard, hear: Callable[[bytes], None], say: Callable[[], bytes]) -> None:
        self._card, self._hear, self._say = card, hear, say
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        begun, turn = time.monotonic(), 0
        while not self._over.wait(max(0.0, begun + turn * 0.02 - time.monotonic())):
            self._hear(self._card.frames[turn % 50])
            self._card.played += self._say()
            turn += 1

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._card.is_open = False
