"""One TCP or TLS connection: whole messages out of it, answers into it, and the limits of a peer's patience."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from cti.address import Address, normal_address
from cti.sip.stream import PING, PONG, StreamBuffer
from cti.sip.transport import Receive

log = logging.getLogger(__name__)

MAX_UNSENT = 256 * 1024  # bytes that a peer may leave unread
MESSAGE_WITHIN = 10.0  # seconds from a message's first byte to its last
SILENT_AFTER = 6.0  # seconds
IDLE_LIMIT = 900.0  # seconds without a byte on a connection that others made


@dataclass(frozen=True, slots=True)
class Owner:
    """What a connection needs: who takes its messages, who hears of its begin and end, a steady clock in seconds."""

    receive: Receive
    began: Callable[["Connection"], None]
    ended: Callable[["Connection"], None]
    clock: Callable[[], float]


class Connection(asyncio.Protocol):
    """Closed by itself when what comes is not SIP, or when the peer does not read its answers."""

    def __init__(self, owner: Owner, idle_limit: float | None = None) -> None:
        self._owner, self._idle_limit = owner, idle_limit
        self._buffer = StreamBuffer()
        self._began_at: float | None = None
        self._heard_at = owner.clock()
        self.has_heard = False
        self._wire: asyncio.Transport | None = None
        self._is_over = asyncio.Event()
        self.peer: Address = ("", 0)
        self.local: Address = ("", 0)

    @property
    def is_open(self) -> bool:
        return self._wire is not None and not self._wire.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._wire = cast("asyncio.Transport", transport)
        self._wire.set_write_buffer_limits(MAX_UNSENT)
        peer = transport.get_extra_info("peername")
        if peer is None:  # it has gone already: a monitor that only looks whether the port is open
            self.abort()
            return
        self.peer = plain_address(peer)
        self.local = plain_address(transport.get_extra_info("sockname"))
        self._owner.began(self)

    def data_received(self, data: bytes) -> None:
        received_ns, self._heard_at = time.monotonic_ns(), self._owner.clock()
        self.has_heard = True
        for message in self._buffer.feed(data):
            self._began_at = None  # a busy peer's reads may end within a message, each time within another one
            if message == PING:
                self.send(PONG)
            else:
                self._owner.receive(message, self.peer, received_ns)
        if self._buffer.is_broken:
            log.debug("%s sent what is not SIP: its connection is closed", self.peer[0])
            self.close()
        self._began_at = (self._began_at or self._heard_at) if self._buffer.has_begun else None

    def connection_lost(self, exc: Exception | None) -> None:
        log.debug("connection with %s is over: %s", self.peer[0], exc or "closed")
        self._wire = None
        self._is_over.set()
        self._owner.ended(self)

    def pause_writing(self) -> None:
        log.debug("%s does not read: its connection is closed", self.peer[0])
        self.abort()

    def send(self, data: bytes) -> None:
        if self._wire is not None and not self._wire.is_closing():
            self._wire.write(data)

    def is_silent(self, now: float) -> bool:
        """Whether the other end may well be gone: it has had time to answer what we asked last."""
        return now - self._heard_at > SILENT_AFTER

    def is_overdue(self, now: float) -> bool:
        """A message that does not end, or nothing at all for too long."""
        is_slow = self._began_at is not None and now - self._began_at > MESSAGE_WITHIN
        is_idle = self._idle_limit is not None and now - self._heard_at > self._idle_limit
        return is_slow or is_idle

    def close(self) -> None:
        """What has been written still goes out."""
        if self._wire is not None:
            self._wire.close()

    async def until_over(self, patience: float) -> None:
        """Wait for the end; make it one after `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                await self._is_over.wait()
        except TimeoutError:
            self.abort()
            await self._is_over.wait()

    def abort(self) -> None:
        if self._wire is not None:
            self._wire.abort()


def plain_address(name: tuple[str, int] | tuple[str, int, int, int]) -> Address:
    return normal_address(name[0]), name[1]
