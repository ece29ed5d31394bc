"""A sound card without sound: a clock of 20 ms, a tone at the microphone, and all that was played kept."""

import threading
import time
from collections.abc import Callable

from cti.headset import Devices, SoundError, SoundFault
from tests.fakes.rtp_phone import FRAME, pcm, samples_of, tone


class FakeSoundCard:
    """`trouble` is raised instead of opening."""

    def __init__(self, hertz: float = 1_000) -> None:
        self.frames = [pcm(tone(hertz, FRAME, FRAME * n)) for n in range(50)]
        self.played = bytearray()
        self.chosen: list[tuple[str, str]] = []
        self.trouble: SoundError | None = None
        self.is_open = self.is_deaf = False
        self.names = ["Built-in", "USB headset"]
        self.bells: list[str] = []

    def devices(self) -> Devices:
        if self.trouble is not None:
            raise self.trouble
        return Devices(tuple(self.names), tuple(self.names))

    def plugged(self) -> object:
        return tuple(self.names)

    def pull_out(self, name: str) -> None:
        """As a hand does it: what runs on it falls silent."""
        self.names.remove(name)
        self.is_deaf = self.is_open and any(part and part in name for part in self.chosen[-1])

    def plug_in(self, name: str) -> None:
        self.names.append(name)

    def open(
        self, microphone: str, speaker: str, hear: Callable[[bytes], None], say: Callable[[], bytes]
    ) -> "RunningSound":
        self._look_for(microphone, speaker)
        self.chosen.append((microphone, speaker))
        self.is_open, self.is_deaf = True, False
        return RunningSound(self, hear, say)

    def play(self, speaker: str, say: Callable[[], bytes]) -> "RunningBell":
        self._look_for(speaker)
        self.bells.append(speaker)
        return RunningBell(self, say)

    def _look_for(self, *wanted: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        for one in wanted:
            if not any(one in name for name in self.names):
                raise SoundError(SoundFault.NO_DEVICE, one)

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
            if not self._card.is_deaf:
                self._hear(self._card.frames[turn % 50])
                self._card.played += self._say()
            turn += 1

    @property
    def runs(self) -> bool:
        """Some systems never say that a device is gone."""
        return True

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._card.is_open = False


class RunningBell:
    """A bell that sounds until it is closed."""

    def __init__(self, card: FakeSoundCard, say: Callable[[], bytes]) -> None:
        self._card, self.first = card, say()
        self.runs = True

    def close(self) -> None:
        self.runs = False
        self._card.bells.append("quiet")
