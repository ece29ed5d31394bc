"""The operator's headset as calls see it: names of devices, one open stream, and what is wrong if there is none.

The real one is `portaudio.py`; tests have one of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

Hear = Callable[[bytes], None]  # 20 ms from the microphone: 160 samples of 16 bits
Say = Callable[[], bytes]  # the next 20 ms for the ear


class SoundFault(StrEnum):
    """Why there is no sound. No sentence: `app` has the words and the way out."""

    NOT_INSTALLED = "not_installed"  # the extra, or on Linux the library that it needs
    NO_DEVICE = "no_device"  # nothing there, or nothing of the name that was chosen
    IN_USE = "in_use"  # it is there and does not open


class SoundError(Exception):
    """No sound: `detail` is the bare fact behind it."""

    def __init__(self, fault: SoundFault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault, self.detail = fault, detail


@dataclass(frozen=True, slots=True)
class Devices:
    """Names as the system has them, the usual one first."""

    microphones: tuple[str, ...]
    speakers: tuple[str, ...]


class OpenSound(Protocol):
    """A microphone and a speaker that run."""

    def close(self) -> None:
        """Stop; nothing is called any more when this returns."""


class SoundCard(Protocol):
    """The far edge: what plays and records. Its methods may block, and raise SoundError."""

    def devices(self) -> Devices:
        """What is plugged in now."""

    def open(self, microphone: str, speaker: str, hear: Hear, say: Say) -> OpenSound:
        """Run both; "" is the system's usual device, another text a part of the name."""
