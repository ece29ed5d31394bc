"""Where a telephone system is (RFC 3263): a host name of the settings to addresses in the order of their trying."""

import asyncio
import math
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from cti.address import Address, is_literal, normal_address, split_host_port
from cti.aside import call_aside
from cti.sip.settings import TransportName

SHORTEST, LONGEST = 30.0, 300.0  # seconds; the system's own look-up of addresses tells no time to live

DEFAULT_PORTS = {"udp": 5060, "tcp": 5060, "tls": 5061}


@dataclass(frozen=True, slots=True)
class Located:
    """The addresses behind a name, best first, and the seconds until it should be looked up again.

    `is_stopgap`: the name servers said nothing about services, so these are the addresses of the bare name.
    """

    addresses: tuple[Address, ...]
    lasts: float
    is_stopgap: bool = False


class Resolver:
    """Looks names up aside: services through the name servers, addresses through the system (hosts files, mDNS)."""

    def __init__(self, random: Random, nameservers: Sequence[Address] | None = None) -> None:
        self._random, self._nameservers = random, nameservers

    async def locate(self, host_port: str, transport: TransportName, family: socket.AddressFamily) -> Located:
        """OSError if there is no address that a socket of `family` can reach, ValueError if this is no name at all."""
        host, port = split_host_port(host_port, 0)
        bare = [(host, port or DEFAULT_PORTS[transport])]
        if is_literal(host):
            return Located(await _addresses(bare, family), math.inf)
        if port:
            return Located(await _addresses(bare, family), LONGEST)
        return await self._locate_domain(bare, transport, family)

    async def _locate_domain(
        self, bare: list[Address], transport: TransportName, family: socket.AddressFamily
    ) -> Located:
        ask = partial(_ask_for_services, bare[0][0], transport, self._random, self._nameservers)
        targets, ttl = await call_aside(ask, "resolver") or (None, SHORTEST)
        lasts = min(max(ttl, SHORTEST), LONGEST)
        try:
            return Located(await _addresses(targets or bare, family), lasts, targets is None)
        except OSError:
            if not targets:
                raise
        return Located(await _addresses(bare, family), lasts)


def _ask_for_services(
    host: str, transport: TransportName, random: Random, nameservers: Sequence[Address] | None
) -> tuple[list[Address], float] | None:
    """The targets and their time to live, None if the name servers gave no word."""
    # Imported here and aside: it takes 70 ms of a start, and most settings name an address or a port.
    from cti.sip.srv_records import NameServerError, find_services  # noqa: PLC0415

    try:
        services = find_services(host, transport, random, nameservers)
    except NameServerError:
        return None
    return [(target.host, target.port) for target in services.targets], services.ttl


async def _addresses(targets: Sequence[Address], family: socket.AddressFamily) -> tuple[Address, ...]:
    """The addresses of all targets in their order; OSError if none has any."""
    looks = (call_aside(partial(_addresses_of, target, family), "resolver") for target in targets)
    results = await asyncio.gather(*looks, return_exceptions=True)
    found = [address for result in results if not isinstance(result, BaseException) for address in result]
    for result in results:
        if isinstance(result, BaseException) and (not found or not isinstance(result, OSError | ValueError)):
            raise result
    if not found:
        raise OSError("no target")
    return tuple(dict.fromkeys(found))


def _addresses_of(target: Address, family: socket.AddressFamily) -> list[Address]:
    host, port = target
    wanted = socket.AF_INET if family == socket.AF_INET else socket.AF_UNSPEC
    found = socket.getaddrinfo(host, port, family=wanted, type=socket.SOCK_DGRAM)
    return [(normal_address(str(item[4][0])), port) for item in found]
