"""SIP out of what tcpdump and Wireshark write (pcap, pcapng): any port, UDP and TCP, IPv4 and IPv6, fragments joined.

A damaged packet is passed over; TLS can't be read, and is counted.
"""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import dpkt

from cti.address import Address
from cti.errors import PeerError
from cti.sip.stream import StreamBuffer

MAGIC = (b"\xa1\xb2\xc3\xd4", b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\x3c\x4d", b"\x4d\x3c\xb2\xa1", b"\x0a\x0d\x0d\x0a")
_MOST_WAITING = 256  # pieces of one datagram or of one stream
_MOST_OPEN = 1_000  # datagrams in pieces
_SIP = re.compile(rb"(?:\r\n)*(?:SIP/[0-9]|[A-Za-z]{2,32} [^\r\n]*SIP/[0-9])")
_TLS = re.compile(rb"[\x14-\x17]\x03[\x00-\x04]")
_UDP, _TCP = 17, 6
_BROKEN = (  # dpkt raises all of them for damaged packets
    dpkt.Error, struct.error, AttributeError, IndexError, KeyError, ValueError, TypeError, UnboundLocalError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carried:
    """A SIP message on its way; `at` is seconds since 1970."""

    at: float
    origin: Address
    destination: Address
    transport: str
    data: bytes


class Capture:
    """Reads one file; `encrypted` counts the TLS connections in it, `damaged` what is no packet."""

    def __init__(self, file: BinaryIO) -> None:
        """PeerError if it is no capture."""
        try:
            self._packets = dpkt.pcap.UniversalReader(file)
            self._network = _LINKS[self._packets.datalink()]
        except _BROKEN as error:
            raise PeerError(f"no capture: {error}") from error
        self._pieces: dict[tuple[bytes, ...], _Pieces] = {}
        self._streams: dict[tuple[Address, Address], _Stream] = {}
        self.encrypted = self.damaged = 0

    def __iter__(self) -> Iterator[Carried]:
        """Every SIP message in the order of the packets that made it whole."""
        for at, frame in self._whole_packets():
            try:
                carried = list(self._messages(float(at), self._network(frame)))
            except _BROKEN:
                self.damaged += 1
                continue
            yield from carried

    def _whole_packets(self) -> Iterator[tuple[float, bytes]]:
        """Until the file ends, perhaps in the middle of a packet."""
        try:
            yield from self._packets
        except _BROKEN:
            self.damaged += 1

    def _messages(self, at: float, packet: Any) -> Iterator[Carried]:
        """`packet` is an IP packet as dpkt has read it, or something else."""
        if not isinstance(packet, dpkt.ip.IP | dpkt.ip6.IP6):
            return
        carried = self._joined(packet)
        if carried is None:
            return
        protocol, payload = carried
        if protocol == _UDP:
            datagram = dpkt.udp.UDP(payload)
            if _SIP.match(datagram.data):
                if len(datagram) < datagram.ulen:
                    raise ValueError("the capture kept only a part of the packet")
                yield Carried(at, *_ends(packet, datagram), "udp", bytes(datagram.data))
        elif protocol == _TCP:
            segment = dpkt.tcp.TCP(payload)
            origin, destination = _ends(packet, segment)
            for data in self._stream(origin, destination, segment):
                yield Carried(at, origin, destination, "tcp", data)

    def _joined(self, packet: Any) -> tuple[int, bytes] | None:
        """Protocol and payload, once all pieces of the datagram have come."""
        piece = _piece(packet)
        if piece is None:
            return packet.p, bytes(packet.data)
        if len(self._pieces) > _MOST_OPEN:
            self._pieces.clear()
        pieces = self._pieces.setdefault(piece.key, _Pieces())
        payload = pieces.add(piece)
        if payload is None:
            return None
        del self._pieces[piece.key]
        return piece.protocol, payload

    def _stream(self, origin: Address, destination: Address, segment: Any) -> Iterator[bytes]:
        way, is_first = (origin, destination), bool(segment.flags & dpkt.tcp.TH_SYN)
        if is_first or way not in self._streams:
            self._streams[way] = _Stream(segment.seq + is_first)
        stream = self._streams[way]
        was_encrypted = stream.is_encrypted
        yield from stream.feed(segment.seq + is_first, bytes(segment.data))
        self.encrypted += stream.is_encrypted and not was_encrypted
        if segment.flags & (dpkt.tcp.TH_FIN | dpkt.tcp.TH_RST):
            del self._streams[way]


@dataclass(frozen=True, slots=True)
class _Piece:
    key: tuple[bytes, ...]
    protocol: int
    offset: int
    is_last: bool
    data: bytes


def _piece(packet: Any) -> _Piece | None:
    """None for a datagram that came whole."""
    if isinstance(packet, dpkt.ip.IP):
        if not packet.mf and not packet.offset:
            return None
        key = (packet.src, packet.dst, struct.pack(">HB", packet.id, packet.p))
        return _Piece(key, packet.p, packet.offset, not packet.mf, bytes(packet.data))
    fragment = packet.extension_hdrs.get(dpkt.ip.IP_PROTO_FRAGMENT)
    if fragment is None:
        return None
    key = (packet.src, packet.dst, struct.pack(">I", fragment.id))
    return _Piece(key, fragment.nxt, fragment.frag_off * 8, not fragment.m_flag, bytes(packet.data))


@dataclass(slots=True)
class _Pieces:
    """Of one datagram."""

    by_offset: dict[int, bytes] = field(default_factory=dict)
    length: int | None = None

    def add(self, piece: _Piece) -> bytes | None:
        """The whole, if this was the last missing one."""
        if len(self.by_offset) < _MOST_WAITING:
            self.by_offset[piece.offset] = piece.data
        if piece.is_last:
            self.length = piece.offset + len(piece.data)
        whole = bytearray()
        for offset, data in sorted(self.by_offset.items()):
            if offset > len(whole):
                return None
            whole[offset:] = data
        return bytes(whole) if self.length is not None and len(whole) >= self.length else None


class _Stream:
    """One direction of a TCP connection, put in order."""

    def __init__(self, first: int) -> None:
        self._next = first
        self._early: dict[int, bytes] = {}
        self._buffer = StreamBuffer()
        self._is_new = True
        self.is_encrypted = False

    def feed(self, seq: int, data: bytes) -> Iterator[bytes]:
        """What is whole by now."""
        if data and len(self._early) < _MOST_WAITING and not self._buffer.is_broken and not self.is_encrypted:
            self._early[seq % 2**32] = data
        while (found := self._take()) is not None:
            if self._is_new and found:
                self._is_new, self.is_encrypted = False, _TLS.match(found) is not None
            if not self.is_encrypted:
                yield from (message for message in self._buffer.feed(found) if _SIP.match(message))

    def _take(self) -> bytes | None:
        """The segment that comes next, without what came before; a hole in the capture waits for ever."""
        for seq, data in self._early.items():
            known = (self._next - seq) % 2**32
            if known < 2**31:  # it begins at or before what comes next
                del self._early[seq]
                self._next = (self._next + max(0, len(data) - known)) % 2**32
                return data[known:]
        return None


def _ends(packet: Any, payload: Any) -> tuple[Address, Address]:
    return (dpkt.utils.inet_to_str(packet.src), payload.sport), (dpkt.utils.inet_to_str(packet.dst), payload.dport)


def _raw(frame: bytes) -> Any:
    return dpkt.ip6.IP6(frame) if frame[:1] and frame[0] >> 4 == 6 else dpkt.ip.IP(frame)


_LINKS: dict[int, Callable[[bytes], Any]] = {
    dpkt.pcap.DLT_EN10MB: lambda frame: dpkt.ethernet.Ethernet(frame).data,
    dpkt.pcap.DLT_LINUX_SLL: lambda frame: dpkt.sll.SLL(frame).data,
    dpkt.pcap.DLT_LINUX_SLL2: lambda frame: dpkt.sll2.SLL2(frame).data,
    dpkt.pcap.DLT_NULL: lambda frame: dpkt.loopback.Loopback(frame).data,
    dpkt.pcap.DLT_LOOP: lambda frame: dpkt.loopback.Loopback(frame).data,
    **dict.fromkeys((12, 14, 101, 228, 229), _raw),  # raw IP, as the systems number it
}
