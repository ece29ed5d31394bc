"""SRV and NAPTR records of a SIP domain (RFC 3263 section 4). Blocks: call it aside.

The settings name the transport, so a NAPTR record only says under which name the SRV records of that transport are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from random import Random

import dns.exception
import dns.name
import dns.nameserver
import dns.resolver

from cti.address import Address
from cti.sip.settings import TransportName

NAPTR_WITHIN, SRV_WITHIN = 1.0, 2.0  # seconds, all name servers and repetitions together
TRY_FOR = 0.6  # seconds for one name server: the second has its turn before the time is over
MAX_TARGETS = 16

_SRV_NAMES = {"udp": "_sip._udp", "tcp": "_sip._tcp", "tls": "_sips._tcp"}
_NAPTR_SERVICES = {"udp": b"sip+d2u", "tcp": b"sip+d2t", "tls": b"sips+d2t"}
_NOT_THERE = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer)
# NotImplementedError and ValueError: a system that does not tell its name servers, or tells nonsense.
_NO_USE = (dns.exception.DNSException, OSError, NotImplementedError, ValueError)


class NameServerError(OSError):
    """The name servers were silent or failed: whether there are records is not known."""


@dataclass(frozen=True, slots=True)
class Target:
    """One SRV record: lowest `priority` first, among equals by chance in proportion to `weight` (RFC 2782)."""

    priority: int
    weight: int
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Services:
    """The SRV records of a domain in the order of their trying, () if it has none; believed for `ttl` seconds."""

    targets: tuple[Target, ...]
    ttl: float


def find_services(
    host: str, transport: TransportName, random: Random, nameservers: Sequence[Address] | None = None
) -> Services:
    """Ask `nameservers`, or those of the system as they are now. NameServerError if nothing can be known."""
    try:
        resolver = _resolver(nameservers)
        is_relative = "." not in host  # a bare name: the system's search list says in which domain it is
        name, ttl = _srv_name(resolver, host, transport, is_relative)
        answer = resolver.resolve(name, "SRV", lifetime=SRV_WITHIN, search=is_relative)
    except _NOT_THERE:
        return Services((), math.inf)
    except _NO_USE as error:
        raise NameServerError(str(error)) from error
    found = [Target(one.priority, one.weight, one.target.to_text(omit_final_dot=True), one.port) for one in answer]
    offered = [target for target in found if target.host != "." and target.port]  # ".": decidedly not available
    ordered = in_order(offered, random)[:MAX_TARGETS]
    return Services(tuple(ordered), min(ttl, answer.chaining_result.minimum_ttl))


def in_order(targets: Sequence[Target], random: Random) -> list[Target]:
    """The order in which the targets are tried (RFC 2782)."""
    ordered: list[Target] = []
    for _, group in groupby(sorted(targets, key=attrgetter("priority")), key=attrgetter("priority")):
        left = list(group)
        random.shuffle(left)
        while left:
            ordered.append(left.pop(_draw([target.weight for target in left], random)))
    return ordered


def _draw(weights: Sequence[int], random: Random) -> int:
    """Which one is drawn; one of weight 0 only when nothing else is left."""
    drawn, running = random.uniform(0, sum(weights)), 0
    for index, weight in enumerate(weights):
        running += weight
        if weight and running >= drawn:
            return index
    return 0


def _resolver(nameservers: Sequence[Address] | None) -> dns.resolver.Resolver:
    resolver = dns.resolver.Resolver(configure=nameservers is None)
    if nameservers is not None:
        resolver.nameservers = [dns.nameserver.Do53Nameserver(host, port) for host, port in nameservers]
    resolver.timeout = TRY_FOR
    return resolver


def _srv_name(
    resolver: dns.resolver.Resolver, host: str, transport: TransportName, is_relative: bool
) -> tuple[str | dns.name.Name, float]:
    """What NAPTR says, else the usual name; a domain whose NAPTR can't be had may still have SRV."""
    usual = f"{_SRV_NAMES[transport]}.{host}"
    try:
        answer = resolver.resolve(host, "NAPTR", lifetime=NAPTR_WITHIN, search=is_relative)
    except _NO_USE:
        return usual, math.inf
    fitting = [one for one in answer if one.flags.lower() == b"s" and one.service.lower() == _NAPTR_SERVICES[transport]]
    best = min(fitting, key=attrgetter("order", "preference"), default=None)
    return best.replacement if best else usual, answer.chaining_result.minimum_ttl
