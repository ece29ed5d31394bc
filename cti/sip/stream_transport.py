"""All TCP or TLS connections of one source, under the interface of the UDP transport.

A connection is known by the other end's address: an answer goes back on the connection that asked. A stranger's
connection is closed before a byte is read, and nobody may hold more than his share of them.
"""

import asyncio
import logging
import math
import socket
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial

from cti.address import Address
from cti.back_off import BACK_OFF
from cti.events import NotOfferedBecause
from cti.sip.stream_connection import IDLE_LIMIT, Connection, Owner, plain_address
from cti.sip.transport import Receive, is_wildcard, local_host_towards
from cti.tls import Tls, TlsSilenceError

log = logging.getLogger(__name__)

MAX_CONNECTIONS = 64
MAX_PER_HOST = 32
BACKLOG = 16
LOOK_EVERY = 1.0  # seconds between two looks at the connections' limits
LEAVE_WITHIN = 0.5  # seconds for what is still to be written at the end
CONNECT_WITHIN = 5.0  # seconds, the TLS handshake among them
GREET_WITHIN = 3.0  # seconds for that alone: less, so that a late connection is not taken for a missing one


def _raise(bug: BaseException) -> None:
    """In a task's callback: the loop logs it."""
    raise bug


@dataclass(frozen=True, slots=True)
class Ears:
    """Who takes what the connections bring, and whom we let in: without a word nobody.

    `turned_away` hears whose connection was closed unread and why, `lost` when the way to the registrar is gone,
    `broken` when a task of ours has died of a bug.
    """

    receive: Receive
    admits: Callable[[str], bool] = lambda _host: False
    turned_away: Callable[[str, NotOfferedBecause], object] = lambda _host, _because: None
    lost: Callable[[], object] = lambda: None
    broken: Callable[[BaseException], object] = _raise


class StreamTransport:
    """`listen` lets others connect to `address`; `reach` makes the way to the registrar, from an address of `bind`."""

    def __init__(
        self, bind: Address, ears: Ears, tls: Tls | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ears, self._tls, self._clock = ears, tls, clock
        self._owner = Owner(ears.receive, self._add, self._forget, clock)
        self._connections: dict[Address, Connection] = {}
        self._registrar: Connection | None = None
        self._in_vain = 0  # connections to the registrar in a row that ended without a word
        self._rests_until = -math.inf
        self._listening: socket.socket | None = None
        self._taking: set[asyncio.Task[None]] = set()
        self._work: list[asyncio.Task[None]] = []
        self._begin(self._keep_limits())
        self.address: Address = bind

    def listen(self) -> None:
        """Let others connect; OSError if the port is taken or the address is not ours."""
        self._listening = listen(self.address)
        self._listening.setblocking(False)
        self.address = self._listening.getsockname()[:2]
        self._begin(self._accept(self._listening))

    async def reach(self, registrar: Address) -> Address:
        """Our own end of the one connection to the registrar, made anew if it is gone; OSError if it fails."""
        standing = self._registrar
        if standing is not None and standing.is_open and standing.peer == registrar and self._is_still_ours(standing):
            return standing.local
        if standing is not None:
            standing.abort()
        if self._clock() < self._rests_until:
            raise OSError("it closes our connections without a word")
        self._registrar = await self._connect(registrar)
        if not self._registrar.is_open:
            self._lose(self._registrar)
            raise OSError("it has closed our connection at once")
        return self._registrar.local

    def leave_if_silent(self) -> None:
        """The registrar does not answer: end a connection that has gone dumb, so that `reach` makes a new one."""
        if self._registrar is not None and self._registrar.is_silent(self._clock()):
            self._registrar.abort()

    def send(self, data: bytes, peer: Address) -> None:
        """Write to the connection with this peer; without one the peer has gone, and nobody waits for it."""
        connection = self._connections.get(peer)
        if connection is not None:
            connection.send(data)

    async def end(self) -> None:
        """What has been written still goes out, unless the other end takes its time."""
        self._registrar = None
        tasks = [*self._work, *self._taking]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._listening is not None:
            self._listening.close()
        open_ones = list(self._connections.values())
        for connection in open_ones:
            connection.close()
        await asyncio.gather(*(connection.until_over(LEAVE_WITHIN) for connection in open_ones))

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(self._end)
        self._work.append(task)

    def _end(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (bug := task.exception()) is not None:
            self._ears.broken(bug)

    def _is_still_ours(self, connection: Connection) -> bool:
        """Whether it began at an address that we still have: a connection outlives the network that it was made in."""
        return not is_wildcard(self.address[0]) or local_host_towards(connection.peer) == connection.local[0]

    async def _connect(self, registrar: Address) -> Connection:
        client, name = (self._tls.client(), self._tls.name) if self._tls else (None, None)
        greet_within = GREET_WITHIN if self._tls else None
        own = None if is_wildcard(self.address[0]) else (self.address[0], 0)
        made = partial(Connection, self._owner)
        loop = asyncio.get_running_loop()
        making = loop.create_connection(
            made, *registrar, ssl=client, server_hostname=name, local_addr=own, ssl_handshake_timeout=greet_within
        )
        try:
            _, connection = await asyncio.wait_for(making, CONNECT_WITHIN)
        except TimeoutError as error:
            raise OSError("no answer to our connection") from error
        except ConnectionAbortedError as error:  # asyncio's word for a handshake that does not end
            raise TlsSilenceError(str(error)) from error
        return connection

    async def _accept(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, name = await loop.sock_accept(listening)
            except ConnectionError:  # gone before we looked
                continue
            except OSError as error:  # out of descriptors: whoever waits is served a little later
                log.warning("a connection could not be taken: %s", error)
                await asyncio.sleep(LOOK_EVERY)
                continue
            self._welcome(accepted, plain_address(name)[0])

    def _welcome(self, accepted: socket.socket, host: str) -> None:
        is_friend = self._ears.admits(host)
        if is_friend and self._has_room_for(host):
            task = asyncio.create_task(self._take(accepted))
            self._taking.add(task)
            task.add_done_callback(self._taking.discard)
            return
        accepted.close()
        crowd = NotOfferedBecause.TOO_MANY_CONNECTIONS
        self._ears.turned_away(host, crowd if is_friend else NotOfferedBecause.STRANGER)

    def _has_room_for(self, host: str) -> bool:
        """Those whose handshake goes on count as well."""
        of_host = sum(peer[0] == host for peer in self._connections)
        return of_host < MAX_PER_HOST and len(self._connections) + len(self._taking) < MAX_CONNECTIONS

    async def _take(self, accepted: socket.socket) -> None:
        made = partial(Connection, self._owner, IDLE_LIMIT)
        server = self._tls.server if self._tls else None
        within = CONNECT_WITHIN if server else None
        loop = asyncio.get_running_loop()
        try:
            await loop.connect_accepted_socket(made, accepted, ssl=server, ssl_handshake_timeout=within)
        except OSError as error:
            log.debug("a peer's handshake failed: %s", error)

    def _add(self, connection: Connection) -> None:
        self._connections[connection.peer] = connection

    def _forget(self, connection: Connection) -> None:
        if self._connections.get(connection.peer) is connection:
            del self._connections[connection.peer]
        if connection is self._registrar:
            self._lose(connection)

    def _lose(self, registrar: Connection) -> None:
        """A PBX that goes down may still take one connection; one that closes them all is not asked in a hurry."""
        self._registrar = None
        self._in_vain = 0 if registrar.has_heard else self._in_vain + 1
        rest = BACK_OFF[min(self._in_vain, len(BACK_OFF)) - 1] if self._in_vain else 0.0
        self._rests_until = self._clock() + rest
        self._ears.lost()

    async def _keep_limits(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            for connection in list(self._connections.values()):
                if connection.is_overdue(self._clock()):
                    (connection.close if connection.is_open else connection.abort)()  # it had its time to read the rest


def listen(bind: Address) -> socket.socket:
    """A socket that others can connect to; OSError if it can't be had."""
    family = socket.AF_INET6 if ":" in bind[0] else socket.AF_INET
    return socket.create_server(bind, family=family, backlog=BACKLOG, dualstack_ipv6=bind[0] == "::")
