"""Looks at a telephone system from this PC: its addresses, our own, our port, its answers. Bounded in time."""

import asyncio
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from cti.sip.compose import Address
from cti.sip.port_sockets import ROOM, PortSockets
from cti.sip.probe import Findings, Probe, Target
from cti.sip.resolve import Resolver, split_host_port
from cti.sip.transport import UdpTransport, local_host_towards, open_udp

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
    """Where we look from: an own address, randomness and the time of the day."""

    bind: str
    random: Random
    utc_now: Callable[[], datetime]

    async def look_at(self, target: Target, secret: str) -> Sight:
        """Everything that can be seen within some ten seconds; nothing that the network does is raised."""
        sight = Sight()
        try:
            async with asyncio.timeout(RESOLVE_WITHIN):
                sight.addresses = await self._addresses(target)
            async with asyncio.timeout(PROBE_WITHIN):
                await self._ask(sight, target, secret)
        except (OSError, ValueError) as error:  # TimeoutError is an OSError
            sight.trouble = getattr(error, "strerror", "") or str(error) or type(error).__name__
        return sight

    async def _addresses(self, target: Target) -> tuple[Address, ...]:
        family = socket.AF_INET6 if ":" in self._own[0] else socket.AF_INET
        located = await Resolver(self.random).locate(target.server, target.transport, family)
        return located.addresses

    async def _ask(self, sight: Sight, target: Target, secret: str) -> None:
        """Of several addresses the first that gives a sign of life; the first of all if none does."""
        sight.answering, *others = sight.addresses[:MOST_ADDRESSES]
        if others:
            seen = await asyncio.gather(*(self._converse(one, target, "") for one in sight.addresses[:MOST_ADDRESSES]))
            alive = [one.peer for one in seen if one.findings.options is not None]
            sight.answering = alive[0] if alive else sight.answering
        sight.own_host = self._own_host(sight.answering)
        sight.findings = (await self._converse(sight.answering, target, secret)).findings

    async def _converse(self, peer: Address, target: Target, secret: str) -> Probe:
        conversation = _Conversation(self.utc_now)
        transport = await open_udp((self._own[0], 0), conversation.receive)
        try:
            probe = Probe(target, secret, self.random, (self._own_host(peer), transport.address[1]), peer)
            await conversation.run(probe, transport)
        finally:
            transport.close()
        return probe

    def _own_host(self, peer: Address) -> str:
        is_wildcard = self._own[0] in {"0.0.0.0", "::"}  # noqa: S104 -- compared, not bound
        return local_host_towards(peer) if is_wildcard else self._own[0]

    @property
    def _own(self) -> Address:
        return split_host_port(self.bind, 0)


class _Conversation:
    """Carries what a probe says and hears, until it is over."""

    def __init__(self, utc_now: Callable[[], datetime]) -> None:
        self._utc_now = utc_now
        self._loop = asyncio.get_running_loop()
        self._heard: asyncio.Queue[tuple[bytes, Address]] = asyncio.Queue()

    def receive(self, data: bytes, peer: Address, _received_ns: int) -> None:
        self._heard.put_nowait((data, peer))

    async def run(self, probe: Probe, transport: UdpTransport) -> None:
        probe.start(self._loop.time())
        while not probe.is_over:
            for data, peer in probe.datagrams_to_send():
                transport.send(data, peer)
            await self._hear(probe)
        for data, peer in probe.datagrams_to_send():
            transport.send(data, peer)

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


def room_at(bind: str) -> int:
    """Bytes for a burst that this address and port give, as the system counts them; OSError if it can't be had."""
    sockets = PortSockets(split_host_port(bind, 5060))
    try:
        return sockets.room
    finally:
        sockets.close()
