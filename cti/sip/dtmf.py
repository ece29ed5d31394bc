"""Keys pressed while one talks, as telephone-event packets (RFC 4733). No clock: one payload for each 20 ms.

A key is one event: the first packet is marked, all have its timestamp, the last comes three times.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from cti.errors import PeerError
from cti.sip.g711 import FRAME

KEYS = "0123456789*#ABCD"
_EVENT = struct.Struct("!BBH")
_END, _VOLUME = 0x80, 10  # -10 dBm0
_PACKETS = 5  # 100 ms of tone
_PAUSE = 4  # 80 ms between two keys
_REPEATED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What goes out instead of 20 ms of sound; an empty `payload` is the pause behind a key."""

    payload: bytes
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    key: str
    is_end: bool
    duration: int  # in samples


def steps_of(keys: str) -> Iterator[Step]:
    """Every step of these keys; ValueError for what no telephone has."""
    for key in keys:
        event = KEYS.index(key)
        for count in range(1, _PACKETS + 1):
            yield Step(_EVENT.pack(event, _VOLUME, count * FRAME), is_first=count == 1)
        for _ in range(_REPEATED):
            yield Step(_EVENT.pack(event, _END | _VOLUME, _PACKETS * FRAME))
        yield from [Step(b"")] * _PAUSE


def parse_event(payload: bytes) -> Event:
    """PeerError for what is no key."""
    if len(payload) < _EVENT.size or payload[0] >= len(KEYS):
        raise PeerError("not a key")
    event, flags, duration = _EVENT.unpack_from(payload)
    return Event(KEYS[event], bool(flags & _END), duration)
