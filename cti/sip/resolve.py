"""Host names of the settings to addresses: `host`, `host:port`, `[v6]:port`. No SRV: the standard library has none."""

import re
import socket
from functools import partial

from cti.aside import call_aside
from cti.sip.compose import Address
from cti.sip.peers import normal_address

_HOST_PORT = re.compile(r"(\[[^\]]+\]|[^:\[\]]+|[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*)(?::([0-9]{1,5}))?")


def split_host_port(text: str, default_port: int) -> Address:
    """ValueError if this is not a host with an optional port."""
    match = _HOST_PORT.fullmatch(text.strip())
    port = int(match[2]) if match and match[2] else default_port
    if match is None or port > 65535:
        raise ValueError(f"not a host or host:port: {text!r}")
    return match[1].strip("[]"), port


async def resolve(host_port: str, family: socket.AddressFamily) -> list[Address]:
    """Every UDP address behind a name, in the resolver's order; OSError if there is none."""
    host, port = split_host_port(host_port, 5060)
    wanted = socket.AF_INET if family == socket.AF_INET else socket.AF_UNSPEC
    find = partial(socket.getaddrinfo, host, port, family=wanted, type=socket.SOCK_DGRAM)
    found = await call_aside(find, "resolver")
    return list(dict.fromkeys((normal_address(str(item[4][0])), port) for item in found))
