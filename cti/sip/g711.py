"""G.711 both ways: 16-bit samples of a telephone (8,000 a second) to a byte each and back, in µ-law or A-law."""

import audioop

from cti.sip.sdp import Codec

RATE = 8_000
FRAME = 160  # samples in the 20 ms of one packet
SILENCE = bytes(2 * FRAME)


def encode(samples: bytes, codec: Codec) -> bytes:
    return audioop.lin2alaw(samples, 2) if codec is Codec.PCMA else audioop.lin2ulaw(samples, 2)


def decode(payload: bytes, codec: Codec) -> bytes:
    return audioop.alaw2lin(payload, 2) if codec is Codec.PCMA else audioop.ulaw2lin(payload, 2)


def faded(samples: bytes) -> bytes:
    """The same at half the volume: what stands in for a lost packet."""
    return audioop.mul(samples, 2, 0.5)


def level(samples: bytes) -> float:
    """How loud it is, from 0 (silence) to 1."""
    return min(1.0, audioop.rms(samples, 2) / 0x7FFF)
