"""One RTP packet (RFC 3550 section 5.1): bytes in, a frozen value out, and back. Raises PeerError and nothing else."""

import struct
from dataclasses import dataclass

from cti.errors import PeerError

_HEAD = struct.Struct("!BBHII")
_VERSION, _PADDED, _EXTENDED, _MARKED = 0x80, 0x20, 0x10, 0x80


@dataclass(frozen=True, slots=True)
class RtpPacket:
    """`payload` is without padding and header extension."""

    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    marker: bool = False


def parse_rtp(data: bytes) -> RtpPacket:
    """Read a datagram; PeerError for what is no RTP of version 2."""
    if len(data) < _HEAD.size:
        raise PeerError("shorter than an RTP header")
    flags, kind, sequence, timestamp, ssrc = _HEAD.unpack_from(data)
    if flags & 0xC0 != _VERSION:
        raise PeerError("not RTP version 2")
    start = _HEAD.size + 4 * (flags & 0x0F)
    if flags & _EXTENDED:
        start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4])
    end = len(data) - (data[-1] if flags & _PADDED else 0)
    if not start <= end or (flags & _PADDED and not data[-1]):
        raise PeerError("an RTP header longer than its packet")
    return RtpPacket(kind & 0x7F, sequence, timestamp, ssrc, data[start:end], bool(kind & _MARKED))


def compose_rtp(packet: RtpPacket) -> bytes:
    """Sequence number and timestamp begin anew after their highest."""
    kind = packet.payload_type | (_MARKED if packet.marker else 0)
    sequence, timestamp = packet.sequence & 0xFFFF, packet.timestamp & 0xFFFF_FFFF
    return _HEAD.pack(_VERSION, kind, sequence, timestamp, packet.ssrc) + packet.payload
