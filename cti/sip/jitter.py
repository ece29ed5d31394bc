"""Sound of one stream in its order, a moment late so that what is late counts too. No clock, no thread.

Two rules. Sound begins when 60 ms wait, and again after it ran dry. Never more than 200 ms wait: what is older goes,
since who talks wants to be heard now. Lost is what RFC 3550 section A.3 counts: expected less received.
"""

from dataclasses import dataclass

from cti.sip.rtp_packet import RtpPacket

AIM, LIMIT = 960, 3_200  # bytes of 16-bit samples: 16 to the millisecond
_MOST_PACKETS = 64  # whatever their size
_WIDEST_GAP = 10  # packets that are waited for in vain, one after the other
_JUMP = 500  # packets forward or backward: no loss, but another stream (RFC 3550 calls it a restart)


@dataclass(slots=True)
class Received:
    """What has come so far; `late` came after its turn, `dropped` when too much waited."""

    packets: int = 0
    lost: int = 0
    late: int = 0
    twice: int = 0
    dropped: int = 0


class JitterBuffer:
    """`put` each packet as it comes, `take` one at a time as they are played; None: nothing to play just now."""

    def __init__(self) -> None:
        self._waiting: dict[int, bytes] = {}
        self._size = 0
        self._ssrc: int | None = None
        self._next: int | None = None  # the number that is played next, counted on beyond 65,535
        self._first = self._highest = 0
        self._before = 0  # expected of streams that are over
        self._plays = False
        self._counts = Received()

    @property
    def received(self) -> Received:
        """As of now; what may still come counts as lost until it does."""
        expected = self._before + (self._highest - self._first + 1 if self._ssrc is not None else 0)
        unique = self._counts.packets - self._counts.twice
        counts = self._counts
        return Received(counts.packets, max(0, expected - unique), counts.late, counts.twice, counts.dropped)

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, packet: RtpPacket, samples: bytes) -> None:
        """Take a packet whose sound, decoded, is `samples`."""
        number = self._number(packet)
        self._counts.packets += 1
        if number in self._waiting:
            self._counts.twice += 1
        elif self._next is not None and number < self._next:
            self._counts.late += 1
        else:
            self._waiting[number] = samples
            self._size += len(samples)
            self._shed()

    def take(self) -> bytes | None:
        if not self._plays and self._size < AIM:
            return None
        if not self._waiting:
            self._plays = False
            return None
        number = self._turn()
        self._plays, self._next = True, number + 1
        payload = self._waiting.pop(number, None)
        self._size -= len(payload or b"")
        return payload

    def _turn(self) -> int:
        """The next number; after a pause, or a gap that nothing will fill, the oldest that there is."""
        oldest = min(self._waiting)
        is_gap_too_wide = self._next is None or oldest - self._next > _WIDEST_GAP
        return oldest if is_gap_too_wide or not self._plays or self._next is None else self._next

    def reset(self) -> None:
        """Forget what waits: the other side speaks from elsewhere now."""
        if self._ssrc is not None:
            self._before += self._highest - self._first + 1
        self._waiting.clear()
        self._size, self._ssrc, self._next, self._plays = 0, None, None, False

    def _number(self, packet: RtpPacket) -> int:
        """Its place in the stream: the sequence number, counted on."""
        if self._ssrc == packet.ssrc:
            ahead = (packet.sequence - self._highest + 0x8000) % 0x10000 - 0x8000
            if abs(ahead) <= _JUMP:
                self._highest = max(self._highest, self._highest + ahead)
                return self._highest + min(ahead, 0)
        self.reset()
        self._ssrc, self._first, self._highest = packet.ssrc, packet.sequence, packet.sequence
        return packet.sequence

    def _shed(self) -> None:
        """Back to the aim at once, not packet by packet: one gap is heard less than many."""
        if self._size <= LIMIT and len(self._waiting) <= _MOST_PACKETS:
            return
        while self._waiting and (self._size > AIM or len(self._waiting) > _MOST_PACKETS // 2):
            number = min(self._waiting)
            self._size -= len(self._waiting.pop(number))
            self._counts.dropped += 1
            self._next = number + 1
