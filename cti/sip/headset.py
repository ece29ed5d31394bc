"""One headset for all calls of a desk: open while somebody talks, with whoever is talked to now.

Opened and closed on any thread but the sound card's own; `level` may be read anywhere.
"""

import threading
from typing import Protocol

from cti.sip import g711
from cti.sip.sound_card import Devices, OpenSound, SoundCard


class Talk(Protocol):
    """What is heard and said: a call, or the ringing at the other end."""

    def speak(self, samples: bytes) -> None:
        """What the microphone hears, 20 ms."""

    def listen(self) -> bytes:
        """The next 20 ms for the ear."""


class Headset:
    """`microphone` and `speaker` are parts of devices' names, "" the system's usual ones."""

    def __init__(self, card: SoundCard, microphone: str = "", speaker: str = "") -> None:
        self._card, self._microphone, self._speaker = card, microphone, speaker
        self._lock = threading.Lock()
        self._open: OpenSound | None = None
        self._voice: Talk | None = None
        self._level = self._ear_level = 0.0

    @property
    def level(self) -> float:
        """How loud the microphone is, 0 to 1; 0 while it is closed."""
        return self._level

    @property
    def ear_level(self) -> float:
        return self._ear_level

    def devices(self) -> Devices:
        """SoundError if there is no sound at all."""
        with self._lock:
            return self._card.devices()

    def open(self) -> None:
        """Let it run; SoundError if it does not. What runs already stays."""
        with self._lock:
            if self._open is None:
                self._open = self._card.open(self._microphone, self._speaker, self._hear, self._say)

    def choose(self, microphone: str, speaker: str) -> None:
        """Other devices, now if it runs; SoundError leaves it closed."""
        with self._lock:
            self._microphone, self._speaker = microphone, speaker
            if self._open is not None:
                self._close()
                self._open = self._card.open(microphone, speaker, self._hear, self._say)

    def talk_in(self, voice: Talk | None) -> None:
        """Be this call's from now on; None: nobody's."""
        self._voice = voice

    def let_go(self, voice: Talk) -> None:
        """This call is over, or waits."""
        if self._voice is voice:
            self._voice = None

    def close(self) -> None:
        with self._lock:
            self._voice = None
            self._close()

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open, self._level, self._ear_level = None, 0.0, 0.0

    def _hear(self, samples: bytes) -> None:
        self._level = g711.level(samples)
        voice = self._voice
        if voice is not None:
            voice.speak(samples)

    def _say(self) -> bytes:
        voice = self._voice
        samples = g711.SILENCE if voice is None else voice.listen()
        self._ear_level = g711.level(samples)
        return samples
