"""A request of ours that begins a call, or is within one: sent, repeated, given credentials once it is asked for them.

No clock here.
"""

from dataclasses import dataclass, replace
from random import Random

from cti.address import Address
from cti.sip.compose import Fields, via, with_body
from cti.sip.dialog_ends import DialogEnds
from cti.sip.login import Login
from cti.sip.message import Response
from cti.sip.outbox import Outbox
from cti.sip.sdp import MIME
from cti.sip.settings import TransportName, is_reliable
from cti.sip.transaction import ClientTransaction

LOGIN_WANTED = {401, 407}


@dataclass(frozen=True, slots=True)
class WayOut:
    """How requests of ours leave: from where, over what, to whom, and as whom."""

    outbox: Outbox
    random: Random
    transport: TransportName
    local: Address
    peer: Address
    login: Login

    def via(self, branch: str) -> tuple[str, str]:
        return via(self.local, branch, self.transport)

    def new_branch(self) -> str:
        return f"z9hG4bK{self.random.getrandbits(96):024x}"


class OwnRequest:
    """One INVITE, BYE or REFER of the dialog `ends`, from its first sending to its final response; `body` is SDP."""

    def __init__(self, method: str, ends: DialogEnds, way: WayOut, fields: Fields = (), body: bytes = b"") -> None:
        self.method, self._ends, self._way = method, ends, way
        self._fields, self._body = list(fields), body
        self._transaction: ClientTransaction | None = None
        self._refusal_ack: bytes = b""
        self.is_last = False  # it is not wanted any more: no challenge makes it go out again
        self.number = 0

    @property
    def branch(self) -> str:
        """Of the transaction that was begun last."""
        return "" if self._transaction is None else self._transaction.branch

    def send(self, now: float) -> None:
        way, branch = self._way, self._way.new_branch()
        self.number, self._refusal_ack = self._ends.next_number(), b""
        login = way.login.fields(self.method, self._ends.target)
        data = self._ends.compose(self.method, self.number, way.via(branch), [*self._fields, *login])
        data = with_body(data, MIME, self._body) if self._body else data
        self._transaction = ClientTransaction(
            data,
            way.peer,
            branch,
            self.method,
            now,
            is_invite=self.method == "INVITE",
            is_reliable=is_reliable(way.transport),
        )
        way.outbox.send(data, way.peer)

    def receive(self, response: Response, now: float) -> int | None:
        """The final status; None as long as there is none. A challenge that we can answer is none."""
        if self._refusal_ack and response.via.branch == self.branch:
            self._way.outbox.send(self._refusal_ack, self._way.peer)  # the refusal came again: our ACK was lost
        if self._transaction is None or not self._transaction.matches(response):
            return None
        self._transaction.receive(response)
        if response.status < 200:
            return None
        if self.method == "INVITE" and response.status >= 300:
            self._acknowledge_refusal(response)
        if response.status in LOGIN_WANTED and not self.is_last and self._way.login.answer(response):
            self.send(now)
            return None
        return response.status

    def acknowledge(self) -> bytes:
        """The ACK to a 2xx: a request of its own, with our INVITE's number (section 13.2.2.4)."""
        return self._ends.compose("ACK", self.number, self._way.via(self._way.new_branch()), [])

    def get_timer(self) -> float | None:
        return None if self._transaction is None else self._transaction.get_timer()

    def is_lost(self, now: float) -> bool:
        """Repeat what is due; True once nobody answered in time."""
        if self._transaction is None:
            return False
        for data in self._transaction.handle_timer(now):
            self._way.outbox.send(data, self._way.peer)
        return self._transaction.is_over

    def _acknowledge_refusal(self, response: Response) -> None:
        """The ACK to anything else is of the INVITE's transaction (section 17.1.1.3)."""
        assert self._transaction is not None, "it has just been answered"
        way = self._way.via(self._transaction.branch)
        ends = replace(self._ends, remote=response.headers.get("to") or self._ends.remote)
        self._refusal_ack = ends.compose("ACK", self.number, way, [])
        self._way.outbox.send(self._refusal_ack, self._way.peer)
