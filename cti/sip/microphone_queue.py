"""What the microphone brings, on its way into packets: two clocks meet here. Bounded; no clock, no lock of its own."""

from cti.sip.g711 import SILENCE

FRAME_BYTES = len(SILENCE)
_BEGIN, _LIMIT = 2 * FRAME_BYTES, 5 * FRAME_BYTES  # 40 and 100 ms


class MicrophoneQueue:
    """`put` as it comes, in any pieces, `take` 20 ms at a time; silence if there is not enough."""

    def __init__(self) -> None:
        self._samples = bytearray()
        self._runs = False

    def put(self, samples: bytes) -> None:
        """Beyond 100 ms the oldest goes."""
        self._samples += samples
        if len(self._samples) > _LIMIT:
            del self._samples[: len(self._samples) - _BEGIN]

    def take(self) -> bytes:
        if len(self._samples) < (FRAME_BYTES if self._runs else _BEGIN):
            self._runs = False
            return SILENCE
        self._runs = True
        frame = bytes(self._samples[:FRAME_BYTES])
        del self._samples[:FRAME_BYTES]
        return frame
