"""The way to the PBX's manager interface: its addresses, each tried in turn, over TCP or TLS."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from cti.address import Address, host_port, split_host_port
from cti.ami.settings import AmiSettings
from cti.ami.wire import Wire
from cti.aside import call_aside
from cti.tls import TlsSilenceError, tls_of
from cti.wire_message import Tap

CONNECT_WITHIN = 5.0  # seconds for each address
LEAVE_WITHIN = 1.0
MOST_UNSENT = 256 * 1024  # bytes that the PBX may leave unread
READ = 64 * 1024


@dataclass(frozen=True, slots=True)
class Connection:
    """An open one; `peer` is the address that took it. `wire` keeps what passes, if somebody wants it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    peer: Address
    wire: Wire | None = None

    async def read(self, patience: float) -> bytes | None:
        """What has come, b"" at the end, None if nothing came within `patience` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                data = await self.reader.read(READ)
                if self.wire is not None:
                    self.wire.heard(data)
                return data
        return None

    def write(self, data: bytes) -> None:
        """OSError if the PBX does not read."""
        if self.writer.transport.get_write_buffer_size() > MOST_UNSENT:
            raise OSError("the PBX does not read")
        self.writer.write(data)
        if self.wire is not None:
            self.wire.sent(data)

    async def close(self) -> None:
        """What has been written still goes out, for a second."""
        self.writer.close()
        try:
            async with asyncio.timeout(LEAVE_WITHIN):
                await self.writer.wait_closed()
        except (OSError, TimeoutError):
            self.writer.transport.abort()


async def connect(settings: AmiSettings, tap: Tap | None = None) -> Connection:
    """OSError if no address answers; TlsFileError and ssl.SSLError as `cti.tls.trust_trouble` reads them."""
    host, port = split_host_port(settings.server, settings.default_port)
    trust = _trust(settings, host)
    error: OSError = OSError("no address")
    for address in await call_aside(partial(_addresses, (host, port)), "resolver"):
        try:
            wire = Wire(tap, settings.name, address, "tls" if settings.tls else "tcp") if tap is not None else None
            return replace(await _open(address, trust), wire=wire)
        except ssl.SSLError:
            raise
        except OSError as failed:
            error = failed
    raise error


Trust = tuple[Callable[[], ssl.SSLContext], str] | None


def _trust(settings: AmiSettings, host: str) -> Trust:
    if not settings.tls:
        return None
    tls = tls_of(settings.tls_name or host, settings.ca_file)
    return tls.client, tls.name


async def _open(address: Address, trust: Trust) -> Connection:
    """Two steps: a PBX that leaves the greeting of TLS alone is another trouble than a closed port."""
    host, port = address
    try:
        async with asyncio.timeout(CONNECT_WITHIN):
            reader, writer = await asyncio.open_connection(host, port, limit=READ)
    except TimeoutError as error:
        raise OSError(f"no answer from {host_port(address)}") from error
    connection = Connection(reader, writer, address)
    if trust is not None:
        await _secure(connection, trust[0](), trust[1])
    return connection


async def _secure(connection: Connection, context: ssl.SSLContext, name: str) -> None:
    try:
        async with asyncio.timeout(CONNECT_WITHIN):
            await connection.writer.start_tls(context, server_hostname=name)
    except TimeoutError as error:
        connection.writer.transport.abort()
        raise TlsSilenceError from error
    except OSError:
        connection.writer.transport.abort()
        raise


def _addresses(target: Address) -> list[Address]:
    host, port = target
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(item[4][0]), port) for item in found))
