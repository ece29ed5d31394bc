"""An empty line to the registrar's UDP port, over and over: when nobody listens there, its system says so (ICMP).

So a PBX that restarts between two OPTIONS, and may have forgotten us, does not go unnoticed. The socket is one of its
own and connected. A socket that is not hears nothing of this on Linux; with IP_RECVERR it does, and then the next
datagram that it sends is lost, to whomever it goes.
"""

import asyncio
import logging
import math
import socket
from collections.abc import Callable
from typing import cast

from cti.address import Address
from cti.events import SourceState

log = logging.getLogger(__name__)

INTERVAL = 0.25  # seconds: an Asterisk that is told to restart closes its port for 0.4 to 0.8
EMPTY = b"\r\n\r\n"  # what phones send through a NAT; SIP servers drop it before they look closer
ALARM_EVERY = 1.0  # seconds: what was sent because of one alarm may be answered before the next
PAUSE = 3.0  # seconds without an alarm: a port that was closed is open (systems send one error a second, not each)
LONGEST_DOUBT, REST = 5.0, 600.0  # seconds
_STANDS = {SourceState.REGISTERED, SourceState.LISTENING}
_ERROR_PORT_UNREACHABLE = 1234  # Windows


class Alarms:
    """Whether a closed port is to be believed: a firewall may refuse the probe and let SIP through."""

    def __init__(self) -> None:
        self._doubted_since = self._last = self._deaf_until = -math.inf

    def believe(self, now: float, standing: SourceState | None) -> bool:
        """True once a second; not for ten minutes if they go on and on and the registration stands all the same."""
        if standing not in _STANDS or now - self._last > PAUSE:
            self._doubted_since = now
        self._last = now
        if now < self._deaf_until:
            return False
        is_false = now - self._doubted_since > LONGEST_DOUBT
        self._deaf_until = now + (REST if is_false else ALARM_EVERY)
        return not is_false


class PortProbe(asyncio.DatagramProtocol):
    """Calls `on_closed` whenever the port it is aimed at is closed."""

    def __init__(self, on_closed: Callable[[], None]) -> None:
        self._on_closed = on_closed
        self._aimed: tuple[str, Address] | None = None
        self._transport: asyncio.DatagramTransport | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def aim(self, own_host: str, registrar: Address) -> None:
        """Probe `registrar` from `own_host` from now on, as it may be done already. OSError if it can't be reached."""
        if (own_host, registrar) == self._aimed:
            return
        self.stop()
        sock = socket.socket(socket.AF_INET6 if ":" in registrar[0] else socket.AF_INET, socket.SOCK_DGRAM)
        try:
            sock.setblocking(False)
            sock.bind((own_host, 0))
            sock.connect(registrar)
        except OSError:
            sock.close()
            raise
        self._aimed = own_host, registrar
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, sock=sock)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._transport is not None:
            self._transport.close()
        self._aimed = self._timer = self._transport = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)
        self._send()

    def error_received(self, exc: Exception) -> None:
        if isinstance(exc, ConnectionError) or getattr(exc, "winerror", 0) == _ERROR_PORT_UNREACHABLE:
            self._on_closed()
        else:
            log.debug("probe: %s", exc)

    def _send(self) -> None:
        if self._transport is not None:
            self._transport.sendto(EMPTY)
            self._timer = asyncio.get_running_loop().call_later(INTERVAL, self._send)
