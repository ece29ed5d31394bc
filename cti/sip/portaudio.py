"""The sound card through PortAudio: `sounddevice`, which is an extra and is loaded when it is first needed."""

import importlib
import logging
from collections.abc import Callable
from typing import Any

from cti.plain_text import plain_text
from cti.sip.g711 import FRAME, RATE
from cti.sip.sound_card import Devices, Hear, OpenSound, Say, SoundError, SoundFault

log = logging.getLogger(__name__)


def load_sounddevice() -> Any:
    """The module; SoundError where it, or the library that it needs, is not installed."""
    try:
        return importlib.import_module("sounddevice")
    except (ImportError, OSError) as error:  # OSError: sounddevice is there, libportaudio is not
        raise SoundError(SoundFault.NOT_INSTALLED, plain_text(str(error))) from error


class PortAudioCard:
    """8,000 samples a second: where the device has another rate, the system converts."""

    def __init__(self, load: Callable[[], Any] = load_sounddevice) -> None:
        self._load = load
        self._is_open = False

    def devices(self) -> Devices:
        sounddevice = self._load()
        self._look_again(sounddevice)
        try:
            found, usual = list(sounddevice.query_devices()), list(sounddevice.default.device)
        except sounddevice.PortAudioError as error:
            raise SoundError(SoundFault.NO_DEVICE, plain_text(str(error))) from error
        names = [_names(found, f"max_{way}_channels", usual[at]) for at, way in enumerate(("input", "output"))]
        return Devices(*names)

    def open(self, microphone: str, speaker: str, hear: Hear, say: Say) -> OpenSound:
        sounddevice = self._load()
        self._look_again(sounddevice)
        devices = self.devices()
        chosen = _choose(microphone, devices.microphones), _choose(speaker, devices.speakers)

        def turn(heard: Any, said: Any, _frames: int, _time: Any, _status: Any) -> None:
            hear(bytes(heard))
            said[:] = say()

        try:
            stream = sounddevice.RawStream(
                samplerate=RATE, blocksize=FRAME, device=chosen, channels=1, dtype="int16", latency="low", callback=turn
            )
            stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise SoundError(SoundFault.IN_USE, plain_text(str(error))) from error
        self._is_open = True
        return _Running(stream, self._closed)

    def _closed(self) -> None:
        self._is_open = False

    def _look_again(self, sounddevice: Any) -> None:
        """PortAudio sees what is plugged in later only after a new start, and that ends a stream that runs."""
        if not self._is_open:
            sounddevice._terminate()
            sounddevice._initialize()


class _Running:
    def __init__(self, stream: Any, closed: Callable[[], None]) -> None:
        self._stream, self._closed = stream, closed

    def close(self) -> None:
        self._stream.close()
        self._closed()


def _names(found: list[Any], channels: str, usual: int) -> tuple[str, ...]:
    """The usual one first, each name once: PortAudio lists a device for every way to it."""
    able = [(at != usual, str(device["name"])) for at, device in enumerate(found) if device[channels] > 0]
    return tuple(dict.fromkeys(name for _, name in sorted(able, key=lambda one: one[0])))


def _choose(wanted: str, names: tuple[str, ...]) -> str | None:
    """None lets PortAudio take the usual one."""
    if not names:
        raise SoundError(SoundFault.NO_DEVICE, wanted)
    if not wanted:
        return None
    for name in names:
        if wanted.casefold() in name.casefold():
            return name
    raise SoundError(SoundFault.NO_DEVICE, wanted)
