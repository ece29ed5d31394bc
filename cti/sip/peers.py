"""Who may talk to us: the registrar and the allow list; everybody else hears nothing.

For `omote ring-me` one INVITE with a Call-ID that was admitted beforehand may come from this machine itself.
"""

import ipaddress
from collections import deque

from cti.address import normal_address
from cti.allow_list import AllowList
from cti.sip.message import Request
from cti.sip.transaction import Key, transaction_key

_MAX_ADMITTED = 16


class Peers(AllowList):
    """The allow list, whose PAI and RPID count too, and the Call-IDs admitted once."""

    def __init__(self) -> None:
        super().__init__()
        self._admitted: deque[str] = deque(maxlen=_MAX_ADMITTED)
        self._taken: dict[str, Key] = {}

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
