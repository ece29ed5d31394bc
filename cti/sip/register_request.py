"""REGISTER as it goes over the wire (RFC 3261 section 10.2): it binds, takes back, or only asks who is bound."""

from dataclasses import dataclass
from random import Random

from cti.address import Address
from cti.sip.compose import Fields, compose_request, contact, via
from cti.sip.login import Login
from cti.sip.settings import Answer, TransportName


@dataclass(frozen=True, slots=True)
class Binding:
    """What we register: the AOR `username@domain` at `contact_user` of our address, where calls get `answer`."""

    username: str
    domain: str
    contact_user: str
    answer: Answer = "silent"
    transport: TransportName = "udp"

    @property
    def aor(self) -> str:
        return f"sip:{self.username}@{self.domain}"

    def contact(self, local: Address) -> tuple[str, str]:
        return "Contact", contact(self.contact_user, local, self.transport)


@dataclass(slots=True)
class RegisterRequests:
    """All that are ever sent for one binding: one Call-ID, and numbers that only grow (section 10.2.4)."""

    binding: Binding
    random: Random
    login: Login
    call_id: str = ""
    _cseq: int = 0

    def start(self) -> None:
        self.call_id = self.call_id or f"{self.random.getrandbits(128):032x}"

    def compose(self, branch: str, local: Address, contacts: Fields) -> bytes:
        self._cseq += 1
        aor, target = self.binding.aor, f"sip:{self.binding.domain}"
        fields = [
            via(local, branch, self.binding.transport),
            ("Max-Forwards", "70"),
            ("From", f"<{aor}>;tag={self.random.getrandbits(64):016x}"),
            ("To", f"<{aor}>"),
            ("Call-ID", self.call_id),
            ("CSeq", f"{self._cseq} REGISTER"),
            *contacts,
            *self.login.fields("REGISTER", target),
        ]
        return compose_request("REGISTER", target, [*fields, ("User-Agent", "Omote")])
