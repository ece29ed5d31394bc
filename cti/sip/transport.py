"""What the shell needs of any transport, and the UDP socket. Addresses are (host, port), IPv4 unmapped."""

import asyncio
import logging
import socket
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Protocol

from cti.address import Address, normal_address
from cti.sip.port_sockets import Datagram, PortSockets, SocketAddress

log = logging.getLogger(__name__)

MOST_WAITING = 8 * 1024 * 1024  # bytes read and not yet handed on; the rest waits in the kernel

Receive = Callable[[bytes, Address, int], None]


class Transport(Protocol):
    """Ways to and from the network: a UDP port, or all TCP or TLS connections of one source."""

    @property
    def address(self) -> Address:
        """Where others reach us."""

    async def reach(self, registrar: Address) -> Address | None:
        """Our own end of the connection to the registrar, None where there are no connections; OSError if it fails."""

    def leave_if_silent(self) -> None:
        """The registrar does not answer: the next `reach` had better make another connection."""

    def send(self, data: bytes, peer: Address) -> None:
        """Send, or drop what nobody can take any more."""

    async def end(self) -> None:
        """Close everything that is open; what was given to `send` is out then."""


class UdpTransport:
    """Hands each datagram on as `receive(data, peer, received_ns)`, the last read from time.monotonic_ns().

    Where the kernel keeps little, all that waits is read before the first of it is handed on, and before each next one.
    """

    def __init__(self, sockets: PortSockets, receive: Receive) -> None:
        self._sockets, self._receive = sockets, receive
        self._loop = asyncio.get_running_loop()
        self._is_dual_stack = sockets.first.family == socket.AF_INET6
        self._waiting: deque[tuple[Datagram, int]] = deque()
        self._size = 0
        self._is_due = False
        self._is_closed = False
        self.address: Address = sockets.address
        self.closing: Callable[[], object] = sockets.close

    def read(self) -> None:
        """The sockets have something."""
        self.take(self._sockets.read_all(MOST_WAITING - self._size))

    def take(self, datagrams: list[Datagram]) -> None:
        """These have been read."""
        received_ns = time.monotonic_ns()
        for datagram in datagrams:
            self._waiting.append((datagram, received_ns))
            self._size += len(datagram[0])
        if not self._is_due:
            self._hand_on()

    async def reach(self, registrar: Address) -> None:
        """A datagram needs no connection."""

    def leave_if_silent(self) -> None:
        """There is nothing to leave."""

    def send(self, data: bytes, peer: Address) -> None:
        """Send, or lose it as a network would."""
        host, port = peer
        if self._is_closed:
            return
        if self._is_dual_stack and ":" not in host:
            host = f"::ffff:{host}"
        try:
            self._sockets.first.sendto(data, (host, port))
        except OSError as error:
            log.debug("socket: %s", error)

    async def end(self) -> None:
        self.close()

    def close(self) -> None:
        """What has not been handed on is dropped."""
        if not self._is_closed:
            self._is_closed = True
            self._waiting.clear()
            self.closing()

    def _hand_on(self) -> None:
        """One in each turn of the loop: before the next one the loop looks at the sockets, the timers, the others."""
        self._is_due = len(self._waiting) > 1
        if self._is_due:
            self._loop.call_soon(self._hand_on)
        if self._waiting:
            (data, address), received_ns = self._waiting.popleft()
            self._size -= len(data)
            self._receive(data, (normal_address(address[0]), address[1]), received_ns)


class _OneByOne(asyncio.DatagramProtocol):
    """How a loop without readers (Windows) brings datagrams."""

    def __init__(self, transport: UdpTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: SocketAddress) -> None:
        self._transport.take([(data, addr)])

    def error_received(self, exc: Exception) -> None:
        log.debug("socket: %s", exc)


async def open_udp(bind: Address, receive: Receive) -> UdpTransport:
    """Bind; OSError if the port is taken or the address is not ours."""
    sockets, loop = PortSockets(bind), asyncio.get_running_loop()
    transport = UdpTransport(sockets, receive)
    try:
        loop.add_reader(sockets, transport.read)
    except NotImplementedError:
        endpoint, _ = await loop.create_datagram_endpoint(lambda: _OneByOne(transport), sock=sockets.first)
        transport.closing = endpoint.close
    else:
        transport.closing = partial(_stop_reading, sockets, loop)
    return transport


def _stop_reading(sockets: PortSockets, loop: asyncio.AbstractEventLoop) -> None:
    loop.remove_reader(sockets)
    sockets.close()


def is_wildcard(host: str) -> bool:
    return host in {"0.0.0.0", "::"}  # noqa: S104 -- compared, not bound


def local_host_towards(peer: Address) -> str:
    """The address of ours that packets to `peer` carry; nothing is sent."""
    family = socket.AF_INET6 if ":" in peer[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect(peer)
        return str(probe.getsockname()[0])
