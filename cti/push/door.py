"""Who may connect, and for how long: the sockets of a push source. A stranger is gone before a byte of his is read."""

import asyncio
import logging
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import cast

from cti.address import Address, normal_address
from cti.allow_list import AllowList
from cti.events import NotOfferedBecause
from cti.push.conversation import Answer, Conversation, Request

log = logging.getLogger(__name__)

MOST_CONNECTIONS = 100
MOST_PER_HOST = 16
MOST_UNSENT = 64 * 1024  # bytes that a peer may leave unread
GREET_WITHIN = 5.0  # seconds for a TLS handshake
LOOK_EVERY = 1.0  # seconds between two looks at the connections' time
_LOOPBACK = ("127.0.0.0/8", "::1")


@dataclass(frozen=True, slots=True)
class Ears:
    """Who takes a request (with its host, and when it was read in nanoseconds), who hears why nothing came of somebody,
    and a steady clock in seconds."""

    take: Callable[[Request, str, int], Answer]
    turned_away: Callable[[str, NotOfferedBecause], object]
    broken: Callable[[BaseException], object]
    clock: Callable[[], float]


class Door:
    """Listens at `address` from the beginning; OSError if the port is taken or the address is not ours."""

    def __init__(self, address: Address, allow: tuple[str, ...], tls: ssl.SSLContext | None, ears: Ears) -> None:
        self._allowed = AllowList()
        self._allowed.set((*_LOOPBACK, *allow))
        self._tls, self._ears = tls, ears
        self._taking: dict[asyncio.Task[None], str] = {}
        self._open: set[_Connection] = set()
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._socket = socket.create_server(
            address, family=family, backlog=MOST_CONNECTIONS, dualstack_ipv6=address[0] == "::"
        )
        self._socket.setblocking(False)
        self.address: Address = self._socket.getsockname()[:2]
        self._work = [asyncio.create_task(self._accept()), asyncio.create_task(self._keep_limits())]
        for task in self._work:
            task.add_done_callback(self._end)

    async def close(self) -> None:
        """What has been answered still goes out, if the peer reads it."""
        for task in (*self._work, *self._taking):
            task.cancel()
        await asyncio.gather(*self._work, *self._taking, return_exceptions=True)
        self._socket.close()
        for connection in list(self._open):
            connection.close()

    def _end(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (bug := task.exception()) is not None:
            self._ears.broken(bug)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, name = await loop.sock_accept(self._socket)
            except ConnectionError:  # gone before we looked
                continue
            except OSError as error:  # out of descriptors: whoever waits is served a little later
                log.warning("a connection could not be taken: %s", error)
                await asyncio.sleep(LOOK_EVERY)
                continue
            self._welcome(accepted, normal_address(name[0]))

    def _welcome(self, accepted: socket.socket, host: str) -> None:
        is_friend = self._allowed.trusts(host)
        if is_friend and self._has_room_for(host):
            task = asyncio.create_task(self._take(accepted, host))
            self._taking[task] = host
            task.add_done_callback(self._taking.pop)
            return
        accepted.close()
        crowd = NotOfferedBecause.TOO_MANY_CONNECTIONS
        self._ears.turned_away(host, crowd if is_friend else NotOfferedBecause.STRANGER)

    def _has_room_for(self, host: str) -> bool:
        """Those whose handshake goes on count as well."""
        hosts = [*(one.host for one in self._open), *self._taking.values()]
        return hosts.count(host) < MOST_PER_HOST and len(hosts) < MOST_CONNECTIONS

    async def _take(self, accepted: socket.socket, host: str) -> None:
        within = GREET_WITHIN if self._tls else None
        made = partial(_Connection, host, self._ears, self._open)
        loop = asyncio.get_running_loop()
        try:
            await loop.connect_accepted_socket(made, accepted, ssl=self._tls, ssl_handshake_timeout=within)
        except OSError as error:
            log.debug("a peer's handshake failed: %s", error)
            self._ears.turned_away(host, NotOfferedBecause.MALFORMED)

    async def _keep_limits(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            for connection in list(self._open):
                connection.end_if_late(self._ears.clock())


class _Connection(asyncio.Protocol):
    """One peer's way in; it stands in `open_ones` as long as it is open."""

    def __init__(self, host: str, ears: Ears, open_ones: "set[_Connection]") -> None:
        self.host, self._ears, self._open_ones = host, ears, open_ones
        self._talk = Conversation(ears.clock())
        self._wire: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._wire = cast("asyncio.Transport", transport)
        self._wire.set_write_buffer_limits(MOST_UNSENT)
        self._open_ones.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        log.debug("connection with %s is over: %s", self.host, exc or "closed")
        self._open_ones.discard(self)
        self._wire = None

    def data_received(self, data: bytes) -> None:
        try:
            self._hear(data)
        except Exception as bug:  # noqa: BLE001 -- the root of a loop's callback: the source dies of it and starts anew
            self._ears.broken(bug)
            self.close()

    def pause_writing(self) -> None:
        log.debug("%s does not read: its connection is closed", self.host)
        if self._wire is not None:
            self._wire.abort()

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()

    def end_if_late(self, now: float) -> None:
        """It had its time."""
        if now >= self._talk.deadline and self._wire is not None:
            (self._wire.abort if self._wire.is_closing() else self._wire.close)()

    def _hear(self, data: bytes) -> None:
        received_ns = time.monotonic_ns()
        self._talk.receive(data, self._ears.clock())
        while (request := self._talk.next_request()) is not None:
            self._talk.answer(self._ears.take(request, self.host, received_ns))
        if self._talk.fault is not None:
            self._ears.turned_away(self.host, self._talk.fault)
        if self._wire is not None and (answer := self._talk.data_to_send()):
            self._wire.write(answer)
        if self._talk.is_over:
            self.close()
