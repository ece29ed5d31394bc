"""An address of the network: a host and its port, as the settings write them and as sockets spell them."""

import ipaddress
import re
from functools import lru_cache

Address = tuple[str, int]

_HOST_PORT = re.compile(r"(\[[^\]]+\]|[^:\[\]]+|[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*)(?::([0-9]{1,5}))?")


def split_host_port(text: str, default_port: int) -> Address:
    """ValueError if this is not a host with an optional port."""
    match = _HOST_PORT.fullmatch(text.strip())
    port = int(match[2]) if match and match[2] else default_port
    if match is None or port > 65535:
        raise ValueError(f"not a host or host:port: {text!r}")
    return match[1].strip("[]"), port


def host_port(address: Address) -> str:
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@lru_cache(maxsize=256)
def normal_address(host: str) -> str:
    """One spelling per address: an IPv4-mapped IPv6 address is the IPv4 one; a scope id goes."""
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return host
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def is_literal(host: str) -> bool:
    """Whether it is an address, which nobody need look up."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether it is an address that only this machine can reach."""
    return is_literal(host) and ipaddress.ip_address(normal_address(host)).is_loopback
