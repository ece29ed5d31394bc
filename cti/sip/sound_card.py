"""The sound card as the headset needs it: names of devices, streams that run, and what is wrong if there are none.

The real one is `portaudio.py`; tests have one of their own.
"""

from collections.abc import Callable
from typing import Protocol

from cti.headset import Devices, SoundError, SoundFault

__all__ = ["Devices", "Hear", "OpenSound", "Say", "SoundCard", "SoundError", "SoundFault"]

Hear = Callable[[bytes], None]  # 20 ms from the microphone: 160 samples of 16 bits
Say = Callable[[], bytes]  # the next 20 ms for the ear


class OpenSound(Protocol):
    """What runs: a microphone and a speaker, or a speaker alone."""

    @property
    def runs(self) -> bool:
        """False once the system has stopped it: the device is gone."""

    def close(self) -> None:
        """Stop; nothing is called any more when this returns."""


class SoundCard(Protocol):
    """The far edge: what plays and records. Its methods may block, and raise SoundError, NO_DEVICE with the name."""

    def devices(self) -> Devices:
        """What is plugged in now."""

    def plugged(self) -> object:
        """Something cheap that is another one once a device was plugged in or out, as far as that can be known."""

    def open(self, microphone: str, speaker: str, hear: Hear, say: Say) -> OpenSound:
        """Run both; "" is the system's usual device, another text a part of the name."""

    def play(self, speaker: str, say: Say) -> OpenSound:
        """Run a speaker alone."""
