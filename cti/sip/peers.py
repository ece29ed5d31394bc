"""Who may talk to us: the registrar and the allow list; everybody else hears nothing.

For `omote ring-me` one INVITE with a Call-ID that was admitted beforehand may come from this machine itself.
"""

import ipaddress
from collections import deque
from collections.abc import Iterable
from functools import lru_cache

from cti.sip.message import Request
from cti.sip.transaction import Key, transaction_key

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_MAX_ADMITTED = 16
_MAX_VERDICTS = 1024


@lru_cache(maxsize=256)
def normal_address(host: str) -> str:
    """One spelling per address: an IPv4-mapped IPv6 address is the IPv4 one; a scope id goes."""
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return host
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def parse_network(text: str) -> Network:
    """ValueError unless this is a network in CIDR notation; one with host bits set may not mean what it says."""
    network = ipaddress.ip_network(text.strip())
    mapped = network.network_address.ipv4_mapped if isinstance(network, ipaddress.IPv6Network) else None
    return ipaddress.IPv4Network((mapped, network.prefixlen - 96)) if mapped else network


class Peers:
    """The allow list of addresses and networks, and the Call-IDs admitted once.

    It is asked for every datagram: a verdict is remembered, in the spelling that the socket uses.
    """

    def __init__(self) -> None:
        self._allowed: frozenset[str] = frozenset()
        self._networks: tuple[Network, ...] = ()
        self._verdicts: dict[str, bool] = {}
        self._admitted: deque[str] = deque(maxlen=_MAX_ADMITTED)
        self._taken: dict[str, Key] = {}

    def set(self, peers: Iterable[str]) -> None:
        """Addresses, and networks in CIDR notation."""
        allowed = set(peers)
        networks = {peer for peer in allowed if "/" in peer}
        self._allowed = frozenset(map(normal_address, allowed - networks))
        self._networks = tuple(map(parse_network, sorted(networks)))
        self._verdicts = {}

    def trusts(self, host: str) -> bool:
        """PAI and RPID count only from these."""
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

    def admit_once(self, call_id: str) -> None:
        if len(self._admitted) == _MAX_ADMITTED:
            self._taken.pop(self._admitted[0], None)
        self._admitted.append(call_id)

    def may_be_heard(self, host: str, own_host: str) -> bool:
        """Whether a datagram is worth parsing at all."""
        return self.trusts(host) or (bool(self._admitted) and _is_own(host, own_host))

    def admits(self, request: Request) -> bool:
        """True for an admitted Call-ID: its first INVITE, that one's repetitions, CANCEL and ACK, no second one."""
        if request.call_id not in self._admitted or request.method not in {"INVITE", "CANCEL", "ACK"}:
            return False
        key = transaction_key(request)
        return self._taken.setdefault(request.call_id, key) == key


def _is_own(host: str, own_host: str) -> bool:
    normal = normal_address(host)
    return normal == normal_address(own_host) or ipaddress.ip_address(normal).is_loopback
