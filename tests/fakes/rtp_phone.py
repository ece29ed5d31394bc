"""The other telephone's sound: writes and reads RTP and G.711 in its own way, on a real UDP socket, at its own pace.

Shares no code with cti: the two laws are written here after ITU-T G.711's tables.
"""

import math
import socket
import struct
import threading
import time
from collections.abc import Sequence
from types import TracebackType

RATE, FRAME = 8_000, 160


def tone(hertz: float, samples: int, at: int = 0, volume: int = 8_000) -> list[int]:
    return [round(volume * math.sin(2 * math.pi * hertz * (at + n) / RATE)) for n in range(samples)]


def pcm(samples: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(samples)}h", *samples)


def samples_of(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 2}h", data))


def _ulaw(code: int) -> int:
    code = ~code & 0xFF
    value = (((code & 0x0F) << 3) + 0x84 << (code >> 4 & 7)) - 0x84
    return -value if code & 0x80 else value


def _alaw(code: int) -> int:
    code ^= 0x55
    segment, step = code >> 4 & 7, code & 0x0F
    value = (step << 4) + 8 if segment == 0 else (step << 4) + 0x108 << segment - 1
    return value if code & 0x80 else -value


TABLES = {0: [_ulaw(code) for code in range(256)], 8: [_alaw(code) for code in range(256)]}
_ORDER = {kind: sorted(range(256), key=table.__getitem__) for kind, table in TABLES.items()}


def encode(samples: Sequence[int], kind: int) -> bytes:
    """The nearest step of the table."""
    table, order = TABLES[kind], _ORDER[kind]
    steps = [table[code] for code in order]
    found = bytearray()
    for sample in samples:
        low, high = 0, 255
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if steps[middle] <= sample else (low, middle)
        found.append(order[low if sample - steps[low] <= steps[high] - sample else high])
    return bytes(found)


def loudest(samples: Sequence[int], around: int, width: int = 10) -> int:
    """The frequency that one second holds most of, by Goertzel's filter, 1 Hz apart."""
    second = samples[:RATE]

    def power(hertz: int) -> float:
        turn = 2 * math.cos(2 * math.pi * hertz / RATE)
        before = last = 0.0
        for sample in second:
            before, last = last, sample + turn * last - before
        return before * before + last * last - turn * before * last

    return max(range(around - width, around + width + 1), key=power)


def rms(samples: Sequence[int]) -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / max(1, len(samples)))


class RtpPhone:
    """Sends a tone in 20 ms packets from `start` on, and keeps every packet that comes."""

    def __init__(self, kind: int = 0, hertz: float = 440, host: str = "127.0.0.1") -> None:
        self.kind, self.hertz = kind, hertz
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.socket.settimeout(10)
        self.target: tuple[str, int] = ("", 0)
        self.came: list[bytes] = []
        self.sent = 0
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> "RtpPhone":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def address(self) -> tuple[str, int]:
        host, port = self.socket.getsockname()
        return host, port

    def start(self, target: tuple[str, int]) -> None:
        self.target = target
        self.socket.settimeout(0.05)
        for work in (self._listen, self._talk):
            self._threads.append(threading.Thread(target=work, daemon=True))
            self._threads[-1].start()

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        self.socket.close()

    def packet(self, number: int, payload: bytes, kind: int | None = None, marker: int = 0) -> bytes:
        kind = self.kind if kind is None else kind
        head = struct.pack("!BBHII", 0x80, kind | marker << 7, number & 0xFFFF, number * FRAME & 0xFFFFFFFF, 0x0A0B0C0D)
        return head + payload

    def _talk(self) -> None:
        frames = [encode(tone(self.hertz, FRAME, FRAME * n), self.kind) for n in range(50)]  # whole periods a second
        begun = time.monotonic()
        while not self._over.wait(max(0.0, begun + self.sent * 0.02 - time.monotonic())):
            self.socket.sendto(self.packet(self.sent, frames[self.sent % 50]), self.target)
            self.sent += 1

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                self.came.append(self.socket.recv(2_048))
            except TimeoutError:
                continue

    @property
    def sound_packets(self) -> list[tuple[int, bytes]]:
        """Sequence number and payload of each packet of sound."""
        return [(int.from_bytes(data[2:4]), data[12:]) for data in list(self.came) if data[1] & 0x7F == self.kind]

    def heard(self) -> list[int]:
        return [TABLES[self.kind][code] for _, payload in self.sound_packets for code in payload]

    def lost(self) -> int:
        """Numbers that are missing between the first and the last."""
        numbers = [number for number, _ in self.sound_packets]
        turns = 0
        counted = []
        for before, number in zip([numbers[0], *numbers], numbers, strict=False):
            turns += number < before - 30_000
            counted.append(number + 65_536 * turns)
        return max(counted) - min(counted) + 1 - len(set(counted))
