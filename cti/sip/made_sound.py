"""Sounds that are made here, 20 ms at a time: the ringing at the other end, the bell of a call, one's own voice again.

No clock: whoever plays them has one.
"""

import math
import struct
from collections import deque
from collections.abc import Callable
from itertools import cycle

from cti.sip.g711 import FRAME, RATE, SILENCE

_LATER = 50  # frames of 20 ms: a second


class RingTone:
    """A call rings here: two tones that take turns, one second in three."""

    def __init__(self) -> None:
        sounding = [_frame(_warble, number) for number in range(50)]
        self._frames = cycle([*sounding, *[SILENCE] * 100])

    def listen(self) -> bytes:
        """The next 20 ms."""
        return next(self._frames)


class Ringback:
    """Whom we call is being rung, and the PBX lets nothing be heard: 400 Hz that beat with 16, one second in three.

    Japan's tone, and near enough to everybody's. In the ear where the call's voice will be.
    """

    def __init__(self) -> None:
        sounding = [_frame(_beating, number) for number in range(50)]
        self._frames = cycle([*sounding, *[SILENCE] * 100])

    def speak(self, samples: bytes) -> None:
        """Nobody hears us yet."""

    def listen(self) -> bytes:
        """The next 20 ms."""
        return next(self._frames)


class Echo:
    """What was said comes back a second later."""

    def __init__(self) -> None:
        self._said = deque([SILENCE] * _LATER, maxlen=2 * _LATER)

    def speak(self, samples: bytes) -> None:
        """What the microphone hears."""
        self._said.append(samples)

    def listen(self) -> bytes:
        """The next 20 ms; silence if the microphone is behind."""
        return self._said.popleft() if len(self._said) > 1 else SILENCE


def _frame(sample: Callable[[float], float], number: int) -> bytes:
    times = (at / RATE for at in range(number * FRAME, (number + 1) * FRAME))
    return struct.pack(f"<{FRAME}h", *(round(sample(seconds)) for seconds in times))


def _beating(seconds: float) -> float:
    return 3_000 * (1 + math.sin(2 * math.pi * 16 * seconds)) / 2 * math.sin(2 * math.pi * 400 * seconds)


def _warble(seconds: float) -> float:
    hertz = 660 if int(seconds * 20) % 2 else 800  # whole periods in each part
    return 6_000 * math.sin(2 * math.pi * hertz * seconds)
