"""One headset for all calls of a desk: open while somebody talks or tries it, with whoever is talked to now.

Where a device that was chosen is gone the system's usual one is taken, also in the midst of a call, and the chosen one
again once it is back. Opened and closed on any thread but the sound card's own; `now` and the levels are for all.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Protocol

from cti.headset import Chosen, Devices, HeadsetNow, SoundError, SoundFault
from cti.sip import g711
from cti.sip.made_sound import Echo, RingTone
from cti.sip.sound_card import OpenSound, SoundCard

SILENT_FOR = 1.5  # seconds without a word from the microphone: it was pulled out, whatever the system says


class Talk(Protocol):
    """What is heard and said: a call, or the ringing at the other end."""

    def speak(self, samples: bytes) -> None:
        """What the microphone hears, 20 ms."""

    def listen(self) -> bytes:
        """The next 20 ms for the ear."""


class Headset:
    """`look` is to be called about every second while `is_wanted`."""

    def __init__(self, card: SoundCard, chosen: Chosen, clock: Callable[[], float] = time.monotonic) -> None:
        self._card, self.chosen, self._clock = card, chosen, clock
        self._lock = threading.Lock()
        self._open: OpenSound | None = None
        self._bell: OpenSound | None = None
        self._talk: Talk | None = None
        self._echo: Echo | None = None
        self._plugged: object = None
        self._heard_at = 0.0
        self._is_called = False
        self.level = self.ear_level = 0.0
        self.now = HeadsetNow()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody talks, or tries it."""
        return self._is_called or self._echo is not None

    def devices(self) -> Devices:
        """SoundError if there is no sound at all."""
        with self._lock:
            return self._card.devices()

    def open(self) -> None:
        """For a call. SoundError if there is nothing to talk with; what runs already stays."""
        with self._lock:
            self._begin()
            self._is_called = True

    def close(self) -> None:
        """No call any more."""
        with self._lock:
            self._talk, self._is_called = None, False
            self._rest()

    def try_it(self) -> None:
        """Hear oneself, a second later; SoundError as `open`."""
        with self._lock:
            self._begin()
            self._echo = Echo()

    def stop_trying(self) -> None:
        with self._lock:
            self._echo = None
            self._rest()

    def choose(self, chosen: Chosen) -> None:
        """Other devices, now if it runs; if they don't, `now` says so."""
        with self._lock:
            self.chosen = chosen
            if self._open is not None:
                self._begin_again()

    def talk_in(self, talk: Talk) -> None:
        """Be this call's from now on."""
        self._talk = talk

    def let_go(self, talk: Talk) -> None:
        """This call is over, or waits."""
        if self._talk is talk:
            self._talk = None

    def ring(self) -> None:
        """Sound on the device that was chosen for it, or, if that is gone, on the system's usual one."""
        with self._lock:
            if self.chosen.ring is None or self._bell is not None:
                return
            for name in dict.fromkeys((self.chosen.ring, "")):
                with contextlib.suppress(SoundError):
                    self._bell = self._card.play(name, RingTone().listen)
                    return

    def stop_ringing(self) -> None:
        with self._lock:
            if self._bell is not None:
                self._bell.close()
                self._bell = None

    def look(self) -> None:
        """Was it pulled out, or plugged in again?"""
        with self._lock:
            if not self.is_wanted:
                return
            runs = self._open is not None and self._open.runs and self._clock() - self._heard_at < SILENT_FOR
            is_other = bool(self.now.missing) and self._card.plugged() != self._plugged
            if not runs or is_other:
                self._begin_again()

    def _begin_again(self) -> None:
        self._shut()
        with contextlib.suppress(SoundError):  # `now` tells it, and the next look tries again
            self._begin()

    def _begin(self) -> None:
        """What was chosen, or the usual one in the place of what is not there."""
        if self._open is not None:
            return
        names, missing = [self.chosen.microphone, self.chosen.speaker], list[str]()
        self._plugged = self._card.plugged()
        while self._open is None:
            try:
                self._open = self._card.open(names[0], names[1], self._hear, self._say)
            except SoundError as error:
                if not _give_way(names, missing, error):
                    self.now = HeadsetNow(fault=error.fault) if self.is_wanted else HeadsetNow()
                    raise
        self._heard_at = self._clock()
        self.now = HeadsetNow(is_open=True, missing=tuple(dict.fromkeys(missing)))

    def _rest(self) -> None:
        if not self.is_wanted:
            self._shut()
            self.now = HeadsetNow()

    def _shut(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open, self.level, self.ear_level = None, 0.0, 0.0

    def _hear(self, samples: bytes) -> None:
        self.level, self._heard_at = g711.level(samples), self._clock()
        talk = self._talk or self._echo
        if talk is not None:
            talk.speak(samples)

    def _say(self) -> bytes:
        talk = self._talk or self._echo
        samples = g711.SILENCE if talk is None else talk.listen()
        self.ear_level = g711.level(samples)
        return samples


def _give_way(names: list[str], missing: list[str], error: SoundError) -> bool:
    """Put the usual device in the place of what does not open; False if nothing else can be tried."""
    if error.fault is SoundFault.NOT_INSTALLED or names == ["", ""]:
        return False
    chosen = [at for at, name in enumerate(names) if name]
    is_one_gone = error.fault is SoundFault.NO_DEVICE
    gone = [at for at in chosen if is_one_gone and names[at] == error.detail]
    for at in gone[:1] or chosen:
        missing.append(names[at])
        names[at] = ""
    return True
