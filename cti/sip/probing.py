"""Looks at a telephone system from this PC: its addresses, our own, our port, its answers. Bounded in time."""

import asyncio
import errno
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from cti.address import Address, split_host_port
from cti.sip.port_sockets import ROOM, PortSockets
from cti.sip.probe import Findings, Probe, Target
from cti.sip.resolve import DEFAULT_PORTS, Resolver
from cti.sip.settings import TransportName
from cti.sip.stream_transport import Ears, StreamTransport, listen
from cti.sip.transport import Receive, Transport, is_wildcard, local_host_towards, open_udp
from cti.tls import Tls, TlsFileError, trust_trouble

RESOLVE_WITHIN = 2.0  # seconds
PROBE_WITHIN = 6.5  # seconds
MOST_ADDRESSES = 3  # of one name that are asked for a sign of life

ROOM_WANTED = 2 * ROOM if sys.platform == "linux" else ROOM  # bytes, as the system counts them


@dataclass(slots=True)
class Sight:
    """What was seen. `answering` is the address that was asked, `trouble` why there was none to ask."""

    addresses: tuple[Address, ...] = ()
    answering: Address | None = None
    own_host: str = ""
    trouble: str = ""
    findings: Findings = field(default_factory=Findings)


@dataclass(frozen=True, slots=True)
class Looker:
    """Where we look from: an own address, randomness and the time of the day; `tls` for a target over TLS."""

    bind: str
    random: Random
    utc_now: Callable[[], datetime]
    tls: Tls | None = None

    async def look_at(self, target: Target, secret: str) -> Sight:
        """Everything that can be seen within some ten seconds; nothing that the network does is raised."""
        sight = Sight()
        try:
            async with asyncio.timeout(RESOLVE_WITHIN):
                sight.addresses = await self._addresses(target)
            async with asyncio.timeout(PROBE_WITHIN):
                await self._ask(sight, target, secret)
        except (OSError, ValueError, TlsFileError) as error:  # TimeoutError is an OSError
            sight.trouble = _why(error)
        return sight

    async def _addresses(self, target: Target) -> tuple[Address, ...]:
        family = socket.AF_INET6 if ":" in self._own_host else socket.AF_INET
        located = await Resolver(self.random).locate(target.server, target.transport, family)
        return located.addresses

    async def _ask(self, sight: Sight, target: Target, secret: str) -> None:
        """Of several addresses the first that gives a sign of life; the first of all if none does."""
        sight.answering, *others = chosen = sight.addresses[:MOST_ADDRESSES]
        if others:
            asked = (self._converse(one, target, "") for one in chosen)
            seen = await asyncio.gather(*asked, return_exceptions=True)
            alive = (one.peer for one in seen if isinstance(one, Probe) and one.findings.options is not None)
            sight.answering = next(alive, sight.answering)
        sight.own_host = self._host_towards(sight.answering)
        sight.findings = (await self._converse(sight.answering, target, secret)).findings

    async def _converse(self, peer: Address, target: Target, secret: str) -> Probe:
        conversation = _Conversation(self.utc_now)
        wire = await self._open(target, conversation.receive)
        try:
            port = (await wire.reach(peer) or wire.address)[1]
            probe = Probe(target, secret, self.random, (self._host_towards(peer), port), peer)
            await conversation.run(probe, wire)
        finally:
            await wire.end()
        return probe

    async def _open(self, target: Target, receive: Receive) -> Transport:
        address = self._own_host, 0
        if target.transport == "udp":
            return await open_udp(address, receive)
        return StreamTransport(address, Ears(receive), self.tls)

    def _host_towards(self, peer: Address) -> str:
        return local_host_towards(peer) if is_wildcard(self._own_host) else self._own_host

    @property
    def _own_host(self) -> str:
        return split_host_port(self.bind, 0)[0]


def _why(error: Exception) -> str:
    """The bare fact: what hinders TLS (`trust_trouble`), the system's name of the error, or its text."""
    if isinstance(error, socket.gaierror):
        return "no_address"
    if (trouble := trust_trouble(error)) is not None:
        return trouble
    if isinstance(error, TimeoutError) and not error.errno:
        return "timeout"
    return errno.errorcode.get(getattr(error, "errno", None) or 0) or str(error) or type(error).__name__


class _Conversation:
    """Carries what a probe says and hears, until it is over."""

    def __init__(self, utc_now: Callable[[], datetime]) -> None:
        self._utc_now = utc_now
        self._loop = asyncio.get_running_loop()
        self._heard: asyncio.Queue[tuple[bytes, Address]] = asyncio.Queue()

    def receive(self, data: bytes, peer: Address, _received_ns: int) -> None:
        self._heard.put_nowait((data, peer))

    async def run(self, probe: Probe, wire: Transport) -> None:
        probe.start(self._loop.time())
        while not probe.is_over:
            for data, peer in probe.datagrams_to_send():
                wire.send(data, peer)
            await self._hear(probe)
        for data, peer in probe.datagrams_to_send():
            wire.send(data, peer)

    async def _hear(self, probe: Probe) -> None:
        """The next message, or the time for a repetition."""
        try:
            async with asyncio.timeout_at(probe.get_timer()):
                data, peer = await self._heard.get()
        except TimeoutError:
            probe.handle_timer(self._loop.time())
            return
        if peer[0] == probe.peer[0]:
            probe.receive(data, self._loop.time(), self._utc_now())


def room_at(bind: str, transport: TransportName = "udp") -> int:
    """Bytes for a burst that this address and port give, as the system counts them; OSError if it can't be had.

    Only UDP counts in bytes: others wait for who reads late.
    """
    address = split_host_port(bind, DEFAULT_PORTS[transport])
    if transport != "udp":
        listen(address).close()
        return 0
    sockets = PortSockets(address)
    try:
        return sockets.room
    finally:
        sockets.close()
