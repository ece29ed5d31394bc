"""Whether a server greets as NCID's do: one connection, for `omote diagnose`."""

import asyncio

from cti.address import split_host_port
from cti.ncid.session import GREETING, GREETING_WITHIN
from cti.ncid.settings import DEFAULT_PORT


async def greets(server: str) -> bool:
    """False if it greets as something else or not at all; OSError if there is no connection."""
    host, port = split_host_port(server, DEFAULT_PORT)
    async with asyncio.timeout(GREETING_WITHIN):
        reader, writer = await asyncio.open_connection(host, port)
    try:
        async with asyncio.timeout(GREETING_WITHIN):
            return await reader.readexactly(len(GREETING)) == GREETING
    except (TimeoutError, asyncio.IncompleteReadError):
        return False
    finally:
        writer.close()
