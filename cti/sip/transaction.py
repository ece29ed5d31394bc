"""Transactions of RFC 3261 section 17: what is sent again, and until when. No clock here: `now` is seconds.

Two rules. A server INVITE transaction moves only as `MOVES` says. Every other request is answered statelessly
(section 8.2.7): the answer depends on the request alone, so a retransmission gets the same bytes again.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from cti.address import Address
from cti.sip.message import Request, Response

T1, T2, T4 = 0.5, 4.0, 5.0
ANSWERED_WITHIN = 2 * T1
TIMER_B = TIMER_F = TIMER_H = 64 * T1
_COOKIE = "z9hG4bK"

Key = tuple[str, ...]


def has_cookie(request: Request) -> bool:
    """Whether the branch says that the peer knows RFC 3261 (section 8.1.1.7)."""
    return _is_cookie(request.via.branch)


def _is_cookie(branch: str) -> bool:
    return branch.startswith(_COOKIE) and branch != _COOKIE


def transaction_key(request: Request) -> Key:
    """What makes two requests one transaction (section 17.2.3). CANCEL and ACK fall on their INVITE."""
    method = "INVITE" if request.method in {"ACK", "CANCEL"} else request.method
    branch = request.via.branch
    if _is_cookie(branch):
        return branch, request.via.sent_by, method
    # RFC 2543 peers, and those that send the bare cookie. The To tag is left out: it differs between INVITE and ACK.
    return "2543", request.call_id, request.sender.tag, str(request.cseq), request.via.sent_by, branch, method


class InviteState(StrEnum):
    PROCEEDING = "proceeding"
    COMPLETED = "completed"
    ACCEPTED = "accepted"  # by a 2xx (RFC 6026): whoever talks repeats it, and hears its ACK
    CONFIRMED = "confirmed"
    TERMINATED = "terminated"


class InviteInput(StrEnum):
    FINAL = "final"
    ACCEPT = "accept"
    ACK = "ack"
    TIMEOUT = "timeout"


MOVES = {
    (InviteState.PROCEEDING, InviteInput.FINAL): InviteState.COMPLETED,
    (InviteState.PROCEEDING, InviteInput.ACCEPT): InviteState.ACCEPTED,
    (InviteState.ACCEPTED, InviteInput.TIMEOUT): InviteState.TERMINATED,
    (InviteState.COMPLETED, InviteInput.ACK): InviteState.CONFIRMED,
    (InviteState.COMPLETED, InviteInput.TIMEOUT): InviteState.TERMINATED,
    (InviteState.CONFIRMED, InviteInput.TIMEOUT): InviteState.TERMINATED,
}


@dataclass(slots=True)
class InviteServerTransaction:
    """An INVITE that was sent to us, with the last response to it. The caller sends what the methods return."""

    request: Request
    source: Address
    destination: Address
    is_reliable: bool = False  # TCP and TLS lose nothing: no repetitions, and no waiting for late ones
    response: bytes = b""
    state: InviteState = InviteState.PROCEEDING
    _resend_at: float | None = None
    _interval: float = T1
    _deadline: float | None = None

    def finish(self, response: bytes, now: float) -> None:
        """Give the final response (never a 2xx here): repeated by timer G until the ACK, given up by timer H."""
        if self._move(InviteInput.FINAL):
            self.response = response
            self._resend_at = None if self.is_reliable else now + T1
            self._deadline = now + TIMER_H

    def accept(self, response: bytes, now: float) -> None:
        """Give a 2xx: repetitions of the INVITE are absorbed until timer L."""
        if self._move(InviteInput.ACCEPT):
            self.response, self._deadline = response, now + TIMER_H

    def receive_ack(self, now: float) -> None:
        """Absorb the ACK and its repetitions during timer I (none over TCP)."""
        if self._move(InviteInput.ACK):
            self._resend_at, self._deadline = None, now if self.is_reliable else now + T4

    def get_timer(self) -> float | None:
        times = [at for at in (self._resend_at, self._deadline) if at is not None]
        return min(times, default=None)

    def handle_timer(self, now: float) -> list[bytes]:
        if self._deadline is not None and now >= self._deadline:
            self._move(InviteInput.TIMEOUT)
            self._resend_at = self._deadline = None
        if self._resend_at is None or now < self._resend_at:
            return []
        self._interval = min(2 * self._interval, T2)
        self._resend_at = now + self._interval
        return [self.response]

    def _move(self, what: InviteInput) -> bool:
        after = MOVES.get((self.state, what))
        self.state = after or self.state
        return after is not None


@dataclass(slots=True)
class ClientTransaction:
    """A request of our own, repeated by timer E until a final response or until `patience` (timer F) is over.

    With `interval_limit` infinite and a stop at the first provisional it is the INVITE client of section 17.1.1.
    """

    data: bytes
    destination: Address
    branch: str
    method: str
    started: float
    patience: float = TIMER_F
    is_invite: bool = False
    is_reliable: bool = False
    is_over: bool = False
    sendings: int = 1
    _interval: float = T1
    _resend_at: float | None = field(default=None)
    _deadline: float | None = field(default=None)

    def __post_init__(self) -> None:
        self._resend_at = None if self.is_reliable else self.started + T1
        self._deadline = self.started + self.patience

    def matches(self, response: Response) -> bool:
        """Section 17.1.3: the branch that we made up and the method that we sent."""
        return not self.is_over and response.via.branch == self.branch and response.method == self.method

    def receive(self, response: Response) -> None:
        if response.status >= 200:
            self.is_over, self._resend_at, self._deadline = True, None, None
        elif self.is_invite:
            self._resend_at = self._deadline = None
        else:
            self._interval = T2

    def get_timer(self) -> float | None:
        times = [at for at in (self._resend_at, self._deadline) if at is not None]
        return min(times, default=None)

    def is_overdue(self, now: float) -> bool:
        """Whether no answer to the first sending can be under way any more."""
        return now >= self.started + ANSWERED_WITHIN

    def handle_timer(self, now: float) -> list[bytes]:
        """Repeat when it is time; `is_over` without a response is the timeout."""
        if self._deadline is not None and now >= self._deadline:
            self.is_over, self._resend_at, self._deadline = True, None, None
        if self._resend_at is None or now < self._resend_at:
            return []
        self._interval = 2 * self._interval if self.is_invite else min(2 * self._interval, T2)
        self._resend_at = now + self._interval
        self.sendings += 1
        return [self.data]
