"""What is heard while whom we call is being rung and the PBX lets nothing be heard: made here. No clock.

400 Hz that beat with 16, one second in three: Japan's tone, and near enough to everybody's.
"""

import math
import struct
from itertools import cycle

from cti.sip.g711 import FRAME, RATE, SILENCE

_TONE, _BEAT, _LOUD = 400, 16, 3_000
_SOUNDS, _LASTS = 50, 150  # frames of 20 ms


class Ringback:
    """In the ear where a call's voice will be."""

    def __init__(self) -> None:
        sounding = [_frame(number * FRAME) for number in range(_SOUNDS)]
        self._frames = cycle([*sounding, *[SILENCE] * (_LASTS - _SOUNDS)])

    def speak(self, samples: bytes) -> None:
        """Nobody hears us yet."""

    def listen(self) -> bytes:
        """The next 20 ms."""
        return next(self._frames)


def _frame(first: int) -> bytes:
    return struct.pack(f"<{FRAME}h", *(_sample(at / RATE) for at in range(first, first + FRAME)))


def _sample(seconds: float) -> int:
    beat = (1 + math.sin(2 * math.pi * _BEAT * seconds)) / 2
    return round(_LOUD * beat * math.sin(2 * math.pi * _TONE * seconds))
