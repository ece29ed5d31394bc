"""The sound card through PortAudio: `sounddevice`, which is an extra and is loaded when it is first needed."""

import ctypes
import importlib
import logging
import sys
from collections.abc import Callable
from pathlib import Path
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
        self._running = 0

    def devices(self) -> Devices:
        microphones, speakers = self._find(self._load())
        return Devices(tuple(microphones), tuple(speakers))

    def plugged(self) -> object:
        return _plugged()

    def open(self, microphone: str, speaker: str, hear: Hear, say: Say) -> OpenSound:
        """Two streams: one for both dies at its first underrun behind ALSA's way to PulseAudio and PipeWire."""
        sounddevice = self._load()
        microphones, speakers = self._find(sounddevice)
        chosen = _choose(microphone, microphones), _choose(speaker, speakers)

        def turn(heard: Any, _frames: int, _time: Any, _status: Any) -> None:
            hear(bytes(heard))

        listening = self._run(sounddevice, sounddevice.RawInputStream, chosen[0], turn)
        try:
            return _Both(listening, self._run(sounddevice, sounddevice.RawOutputStream, chosen[1], _saying(say)))
        except SoundError:
            listening.close()
            raise

    def play(self, speaker: str, say: Say) -> OpenSound:
        sounddevice = self._load()
        chosen = _choose(speaker, self._find(sounddevice)[1])
        return self._run(sounddevice, sounddevice.RawOutputStream, chosen, _saying(say))

    def _run(self, sounddevice: Any, kind: Callable[..., Any], device: Any, turn: Callable[..., None]) -> OpenSound:
        stream = None
        try:
            stream = kind(
                samplerate=RATE, blocksize=FRAME, device=device, channels=1, dtype="int16", latency="low", callback=turn
            )
            stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            if stream is not None:
                stream.close()
            raise SoundError(SoundFault.IN_USE, plain_text(str(error))) from error
        self._running += 1
        return _Running(stream, self._closed)

    def _find(self, sounddevice: Any) -> tuple[dict[str, int], dict[str, int]]:
        """Microphones and speakers: PortAudio's number of each name."""
        self._look_again(sounddevice)
        try:
            found, (microphone, speaker) = list(sounddevice.query_devices()), list(sounddevice.default.device)
        except sounddevice.PortAudioError as error:
            raise SoundError(SoundFault.NO_DEVICE, plain_text(str(error))) from error
        return _numbers(found, "max_input_channels", microphone), _numbers(found, "max_output_channels", speaker)

    def _closed(self) -> None:
        self._running -= 1

    def _look_again(self, sounddevice: Any) -> None:
        """PortAudio sees what is plugged in later only after a new start, and that ends a stream that runs."""
        if not self._running:
            sounddevice._terminate()
            sounddevice._initialize()


class _Running:
    def __init__(self, stream: Any, closed: Callable[[], None]) -> None:
        self._stream, self._closed = stream, closed

    @property
    def runs(self) -> bool:
        return bool(self._stream.active)

    def close(self) -> None:
        self._stream.close()
        self._closed()


class _Both:
    def __init__(self, *streams: OpenSound) -> None:
        self._streams = streams

    @property
    def runs(self) -> bool:
        return all(one.runs for one in self._streams)

    def close(self) -> None:
        for one in self._streams:
            one.close()


def _saying(say: Say) -> Callable[..., None]:
    def turn(said: Any, _frames: int, _time: Any, _status: Any) -> None:
        said[:] = say()

    return turn


def _numbers(found: list[Any], channels: str, usual: int) -> dict[str, int]:
    """By name, the usual one first; Windows lists a device once for each way to it, of which the first will do."""
    able = [(at != usual, at, str(device["name"])) for at, device in enumerate(found) if device[channels] > 0]
    numbers: dict[str, int] = {}
    for _, at, name in sorted(able):
        numbers.setdefault(name, at)
    return numbers


def _choose(wanted: str, numbers: dict[str, int]) -> int | None:
    """None lets PortAudio take the usual one."""
    if not wanted and numbers:
        return None
    for name, at in numbers.items():
        if wanted and wanted.casefold() in name.casefold():
            return at
    raise SoundError(SoundFault.NO_DEVICE, wanted)


def _plugged() -> object:
    """How many devices Windows counts, which cards Linux has; on macOS nobody tells without asking for everything."""
    if sys.platform == "win32":
        winmm = ctypes.windll.winmm
        return winmm.waveInGetNumDevs(), winmm.waveOutGetNumDevs()
    try:
        return Path("/proc/asound/cards").read_bytes()
    except OSError:
        return None
