"""The UDP socket, the only way from the network to the user agent. Addresses are (host, port), IPv4 unmapped."""

import asyncio
import logging
import socket
import time
from collections.abc import Callable
from typing import cast

from cti.sip.compose import Address
from cti.sip.peers import normal_address

log = logging.getLogger(__name__)

RECEIVE_BUFFER = 4 * 1024 * 1024  # bytes asked for: a burst may come while Python is busy

Receive = Callable[[bytes, Address, int], None]


class UdpTransport(asyncio.DatagramProtocol):
    """Hands each datagram on as `receive(data, peer, received_ns)`, the last read from time.monotonic_ns()."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._transport: asyncio.DatagramTransport | None = None
        self._is_dual_stack = False
        self.address: Address = ("", 0)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)
        sock = transport.get_extra_info("socket")
        self._is_dual_stack = sock.family == socket.AF_INET6
        host, port = sock.getsockname()[:2]
        self.address = (host, port)

    def datagram_received(self, data: bytes, addr: tuple[str, int] | tuple[str, int, int, int]) -> None:
        received_ns = time.monotonic_ns()
        self._receive(data, (normal_address(addr[0]), addr[1]), received_ns)

    def error_received(self, exc: Exception) -> None:
        log.debug("socket: %s", exc)

    def send(self, data: bytes, peer: Address) -> None:
        host, port = peer
        if self._transport is None or self._transport.is_closing():
            return
        if self._is_dual_stack and ":" not in host:
            host = f"::ffff:{host}"
        self._transport.sendto(data, (host, port))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


async def open_udp(bind: Address, receive: Receive) -> UdpTransport:
    """Bind; OSError if the port is taken or the address is not ours."""
    family = socket.AF_INET6 if ":" in bind[0] else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        sock.bind(bind)
    except OSError:
        sock.close()
        raise
    loop = asyncio.get_running_loop()
    _, protocol = await loop.create_datagram_endpoint(lambda: UdpTransport(receive), sock=sock)
    return protocol


def local_host_towards(peer: Address) -> str:
    """The address of ours that packets to `peer` carry; nothing is sent."""
    family = socket.AF_INET6 if ":" in peer[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect(peer)
        return str(probe.getsockname()[0])
