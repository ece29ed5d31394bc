"""Who may talk to a source: single addresses and whole networks, as the settings' `allow` names them."""

import ipaddress
from collections.abc import Iterable

from cti.address import normal_address

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_MAX_VERDICTS = 1024


def parse_network(text: str) -> Network:
    """ValueError unless this is a network in CIDR notation; one with host bits set may not mean what it says."""
    network = ipaddress.ip_network(text.strip())
    mapped = network.network_address.ipv4_mapped if isinstance(network, ipaddress.IPv6Network) else None
    return ipaddress.IPv4Network((mapped, network.prefixlen - 96)) if mapped else network


class AllowList:
    """It is asked for every datagram: a verdict is remembered, in the spelling that the socket uses."""

    def __init__(self) -> None:
        self._allowed: frozenset[str] = frozenset()
        self._networks: tuple[Network, ...] = ()
        self._verdicts: dict[str, bool] = {}

    def set(self, peers: Iterable[str]) -> None:
        """Addresses, and networks in CIDR notation."""
        allowed = set(peers)
        networks = {peer for peer in allowed if "/" in peer}
        self._allowed = frozenset(map(normal_address, allowed - networks))
        self._networks = tuple(map(parse_network, sorted(networks)))
        self._verdicts = {}

    def trusts(self, host: str) -> bool:
        """Whether this address is on the list."""
        verdict = self._verdicts.get(host)
        if verdict is None:
            if len(self._verdicts) >= _MAX_VERDICTS:
                self._verdicts.clear()
            verdict = self._verdicts[host] = self._judge(normal_address(host))
        return verdict

    def _judge(self, host: str) -> bool:
        return host in self._allowed or (bool(self._networks) and self._is_in_network(host))

    def _is_in_network(self, host: str) -> bool:
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return any(address in network for network in self._networks)
