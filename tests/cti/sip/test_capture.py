"""Captures of every common kind, made with dpkt: what SIP is found in them, and what is passed over."""

import io
import socket
import struct
from collections.abc import Callable, Iterable
from typing import Any

import dpkt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti.errors import PeerError
from cti.sip.capture import Capture, Carried
from tests.fakes.sip_peer import invite

PBX, PHONE = ("192.0.2.10", 5060), ("192.0.2.1", 5062)
PBX6, PHONE6 = ("2001:db8::10", 5060), ("2001:db8::1", 5062)
BODY = b"v=0\r\n" + b"a=x\r\n" * 700
BIG = invite("big").replace(b"Content-Length: 0", b"Content-Length: %d" % len(BODY)) + BODY
RING = invite("a")


def packed(host: str) -> bytes:
    return socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)


def udp(data: bytes, origin: tuple[str, int] = PBX, destination: tuple[str, int] = PHONE) -> Any:
    return dpkt.udp.UDP(sport=origin[1], dport=destination[1], ulen=8 + len(data), data=data)


def ip4(payload: Any, origin: str = PBX[0], destination: str = PHONE[0], **more: Any) -> Any:
    protocol = more.pop("p", 6 if isinstance(payload, dpkt.tcp.TCP) else 17)
    packet = dpkt.ip.IP(src=packed(origin), dst=packed(destination), p=protocol, data=payload, **more)
    packet.len = len(packet)
    return packet


def ip6(payload: Any) -> Any:
    return dpkt.ip6.IP6(src=packed(PBX6[0]), dst=packed(PHONE6[0]), nxt=17, plen=len(payload), hlim=64, data=payload)


def tcp(seq: int, data: bytes, flags: int = dpkt.tcp.TH_ACK) -> Any:
    return ip4(dpkt.tcp.TCP(sport=PBX[1], dport=PHONE[1], seq=seq % 2**32, flags=flags, data=data))


def ether(packet: Any) -> bytes:
    kind = dpkt.ethernet.ETH_TYPE_IP6 if isinstance(packet, dpkt.ip6.IP6) else dpkt.ethernet.ETH_TYPE_IP
    return bytes(dpkt.ethernet.Ethernet(src=b"\1" * 6, dst=b"\2" * 6, type=kind, data=packet))


def capture(frames: Iterable[bytes], link: int = dpkt.pcap.DLT_EN10MB, kind: Any = dpkt.pcap.Writer) -> io.BytesIO:
    file = io.BytesIO()
    writer = kind(file, linktype=link) if kind is dpkt.pcap.Writer else kind(file)
    for number, frame in enumerate(frames):
        writer.writepkt(frame, ts=1_795_000_000 + number / 4)
    return io.BytesIO(file.getvalue())


def found(frames: Iterable[bytes], link: int = dpkt.pcap.DLT_EN10MB) -> list[Carried]:
    return list(Capture(capture(frames, link)))


@pytest.mark.parametrize("kind", [dpkt.pcap.Writer, dpkt.pcapng.Writer], ids=["pcap", "pcapng"])
def test_datagram_comes_out_with_its_ends_and_its_time(kind: Any) -> None:
    (one,) = Capture(capture([ether(ip4(udp(RING)))], kind=kind))
    assert one == Carried(1_795_000_000.0, PBX, PHONE, "udp", RING)


LINKS: list[tuple[str, int, Callable[[Any], bytes]]] = [
    ("Ethernet", dpkt.pcap.DLT_EN10MB, ether),
    ("VLAN", dpkt.pcap.DLT_EN10MB, lambda packet: b"\2" * 12 + b"\x81\x00\x00\x07\x08\x00" + bytes(packet)),
    ("cooked", dpkt.pcap.DLT_LINUX_SLL, lambda packet: struct.pack(">HHH8sH", 0, 1, 6, b"", 0x800) + bytes(packet)),
    ("cooked 2", dpkt.pcap.DLT_LINUX_SLL2,
     lambda packet: struct.pack(">HHiHBB8s", 0x800, 0, 2, 1, 0, 6, b"") + bytes(packet)),
    ("BSD loopback", dpkt.pcap.DLT_NULL, lambda packet: struct.pack("=I", 2) + bytes(packet)),
    ("raw", 101, bytes),
    ("raw of BSD", 12, bytes),
]  # fmt: skip


@pytest.mark.parametrize(("link", "frame"), [one[1:] for one in LINKS], ids=[one[0] for one in LINKS])
def test_every_common_link_is_read(link: int, frame: Callable[[Any], bytes]) -> None:
    assert [one.data for one in found([frame(ip4(udp(RING)))], link)] == [RING]


def test_ipv6_is_read_on_ethernet_and_raw() -> None:
    packet = ip6(udp(RING, PBX6, PHONE6))
    assert [(one.origin, one.destination) for one in found([ether(packet)])] == [(PBX6, PHONE6)]
    assert len(found([bytes(packet)], 101)) == 1


def pieces(payload: bytes, size: int = 1_400) -> list[Any]:
    """An IPv4 datagram cut as a router does it."""
    cuts = range(0, len(payload), size)
    return [
        ip4(payload[at : at + size], p=17, id=7, mf=int(at + size < len(payload)), offset=at) for at in cuts
    ]  # fmt: skip


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "the last first"])
def test_fragments_of_a_big_invite_are_joined(order: int) -> None:
    whole = pieces(bytes(udp(BIG)))
    assert len(whole) == 3
    assert [one.data for one in found(ether(one) for one in whole[::order])] == [BIG]


def test_fragments_of_ipv6_are_joined() -> None:
    payload = bytes(udp(BIG, PBX6, PHONE6))
    frames = []
    for at in range(0, len(payload), 1_400):
        more = int(at + 1_400 < len(payload))
        header = struct.pack(">BBHI", 17, 0, at | more, 9)
        part = header + payload[at : at + 1_400]
        frames.append(struct.pack(">IHBB", 6 << 28, len(part), 44, 64) + packed(PBX6[0]) + packed(PHONE6[0]) + part)
    assert [one.data for one in found(frames, 101)] == [BIG]


def test_datagram_with_a_missing_fragment_is_none() -> None:
    whole = pieces(bytes(udp(BIG)))
    assert found([ether(whole[0]), ether(whole[2])]) == []


def test_messages_of_a_connection_are_cut_however_the_segments_came() -> None:
    stream = RING + b"\r\n\r\n" + BIG + RING
    parts = [tcp(100, b"", dpkt.tcp.TH_SYN)]
    seq = 101
    for at in range(0, len(stream), 333):
        parts.append(tcp(seq + at, stream[at : at + 333]))
    parts[3], parts[6] = parts[6], parts[3]
    parts.insert(5, parts[4])
    assert [one.data for one in found(map(ether, parts))] == [RING, BIG, RING]
    assert found(map(ether, parts))[0].transport == "tcp"


def test_connection_whose_numbers_begin_anew_is_read_on() -> None:
    first, second = RING[:100], RING[100:]
    frames = [tcp(2**32 - 51, b"", dpkt.tcp.TH_SYN), tcp(2**32 - 50, first), tcp(50, second)]
    assert [one.data for one in found(map(ether, frames))] == [RING]


def test_capture_that_begins_in_the_middle_of_a_connection_is_read_from_there() -> None:
    assert [one.data for one in found([ether(tcp(5_000, RING))])] == [RING]


def test_second_connection_between_the_same_ends_is_another_one() -> None:
    frames = [tcp(9, b"", dpkt.tcp.TH_SYN), tcp(10, RING[:50]), tcp(1, b"", dpkt.tcp.TH_SYN), tcp(2, RING)]
    assert [one.data for one in found(map(ether, frames))] == [RING]


def test_tls_is_counted_and_other_traffic_is_nobodys() -> None:
    hello = b"\x16\x03\x01\x00\x05hello"
    frames = [tcp(1, hello), tcp(1 + len(hello), b"\x17\x03\x03" + b"x" * 50)]
    web = ip4(dpkt.tcp.TCP(sport=80, dport=4000, seq=1, flags=16, data=b"HTTP/1.1 200 OK\r\n\r\n"))
    read = Capture(capture([*map(ether, frames), ether(web), ether(ip4(udp(b"\x80\x00rtp"))), ether(ip4(udp(b"")))]))
    assert (list(read), read.encrypted) == ([], 1)


def test_damaged_packet_is_passed_over_and_a_cut_file_read_to_its_end() -> None:
    frames = [ether(ip4(udp(RING))), b"\x02" * 12 + b"\x08\x00\x4f\x00", ether(ip4(udp(RING)))]
    data = capture(frames).getvalue()
    read = Capture(io.BytesIO(data[:-100]))
    assert [one.data for one in read] == [RING]


@pytest.mark.parametrize("data", [b"", b"\xd4\xc3\xb2\xa1", b"\x0a\x0d\x0d\x0a" + b"\0" * 40, b"GIF89a" * 20])
def test_file_that_is_no_capture_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(PeerError):
        Capture(io.BytesIO(data))


def test_link_that_nobody_knows_is_said_to_be_no_capture_for_us() -> None:
    with pytest.raises(PeerError):
        Capture(capture([b"x"], link=189))


@given(st.lists(st.binary(max_size=120), max_size=6), st.sampled_from([1, 113, 276, 0, 101]))
def test_no_packet_makes_the_reader_fail(frames: list[bytes], link: int) -> None:
    found(frames, link)


@given(st.binary(max_size=200), st.integers(0, 300))
def test_no_damage_to_a_file_makes_the_reader_fail(damage: bytes, at: int) -> None:
    data = bytearray(capture([ether(ip4(udp(RING)))]).getvalue())
    data[at : at + len(damage)] = damage
    try:
        list(Capture(io.BytesIO(bytes(data))))
    except PeerError:
        return
