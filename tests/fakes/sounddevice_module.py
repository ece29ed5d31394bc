"""What the library `sounddevice` offers, as far as the program uses it: names as it has them, no sound."""

from collections.abc import Callable
from typing import Any, ClassVar


class PortAudioError(Exception):
    """As the library's."""


class Default:
    device: ClassVar[list[int]] = [1, 0]


class FakeSounddevice:
    """`found` as query_devices gives it; `refuses` is raised by a stream that is opened."""

    PortAudioError = PortAudioError
    default = Default

    def __init__(self) -> None:
        self.found = [
            {"name": "Built-in", "max_input_channels": 2, "max_output_channels": 2},
            {"name": "USB headset", "max_input_channels": 1, "max_output_channels": 2},
            {"name": "USB headset", "max_input_channels": 1, "max_output_channels": 2},
            {"name": "HDMI", "max_input_channels": 0, "max_output_channels": 8},
        ]
        self.refuses: Exception | None = None
        self.streams: list[FakeStream] = []
        self.starts = 0

    def query_devices(self) -> list[dict[str, Any]]:
        return self.found

    def RawInputStream(self, **words: Any) -> "FakeStream":
        if self.refuses is not None:
            raise self.refuses
        self.streams.append(FakeStream(**words))
        return self.streams[-1]

    def RawOutputStream(self, **words: Any) -> "FakeStream":
        return self.RawInputStream(**words)

    def _terminate(self) -> None:
        assert all(stream.is_closed for stream in self.streams), "that would end a stream that runs"

    def _initialize(self) -> None:
        self.starts += 1


class FakeStream:
    def __init__(self, callback: Callable[..., None], **words: Any) -> None:
        self.callback, self.words = callback, words
        self.is_started = self.is_closed = self.is_pulled_out = False

    @property
    def active(self) -> bool:
        return self.is_started and not self.is_closed and not self.is_pulled_out

    def start(self) -> None:
        self.is_started = True

    def close(self) -> None:
        self.is_closed = True

    def hear(self, heard: bytes) -> None:
        """20 ms of the sound card's thread, from the microphone."""
        self.callback(memoryview(heard), len(heard) // 2, None, None)

    def say(self, length: int) -> bytes:
        """20 ms of the sound card's thread, for the ear."""
        said = bytearray(length)
        self.callback(memoryview(said), length // 2, None, None)
        return bytes(said)
