"""The life of one call at this desk, as a table, and the facts that the user agent gives about it.

Two rules. A call is offered once, however many INVITEs (repetitions, forks, retries) bring it. It ends once: either
somebody answered it, or it ended; what comes later is about the network, not about the desk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from cti.events import Caller, Danger, Direction, EndCause, NotOfferedBecause, SourceState
from cti.sip.early_dialog import EarlyDialog
from cti.sip.headers import Headers, parse_reasons
from cti.sip.sdp import Agreed
from cti.sip.transaction import InviteServerTransaction, InviteState

RING_LIMIT = 180.0  # seconds without a CANCEL: longer than any ringing, like timer C
RETRY_LIMIT = 32.0  # seconds for the next INVITE after we had to refuse an extension


CallKey = tuple[str, str]  # Call-ID and From tag: what forks and retries of one call share


class CallState(StrEnum):
    RINGING = "ringing"
    REFUSED = "refused"  # we answered 420: the caller's side tries again without the extension
    ANSWERED = "answered"
    ENDED = "ended"


class CallInput(StrEnum):
    INVITE = "invite"
    REFUSE = "refuse"
    ANSWER = "answer"  # by us
    DECLINE = "decline"  # by us
    GIVE_UP = "give up"  # we were to answer and could not
    CANCEL = "cancel"
    CANCEL_ELSEWHERE = "cancel elsewhere"
    CANCEL_REJECTED = "cancel rejected"
    CANCEL_BUSY = "cancel busy"
    TIMEOUT = "timeout"


class Outcome(StrEnum):
    """What the desk hears of a move."""

    NOTHING = "nothing"
    ANSWERED = "answered"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    BUSY = "busy"
    TIMED_OUT = "timed out"
    FAILED = "failed"


MOVES = {
    (CallState.RINGING, CallInput.INVITE): (CallState.RINGING, Outcome.NOTHING),
    (CallState.RINGING, CallInput.REFUSE): (CallState.REFUSED, Outcome.NOTHING),
    (CallState.RINGING, CallInput.ANSWER): (CallState.ANSWERED, Outcome.ANSWERED),
    (CallState.RINGING, CallInput.DECLINE): (CallState.ENDED, Outcome.REJECTED),
    (CallState.RINGING, CallInput.GIVE_UP): (CallState.ENDED, Outcome.FAILED),
    (CallState.RINGING, CallInput.CANCEL): (CallState.ENDED, Outcome.CANCELLED),
    (CallState.RINGING, CallInput.CANCEL_ELSEWHERE): (CallState.ANSWERED, Outcome.ANSWERED),
    (CallState.RINGING, CallInput.CANCEL_REJECTED): (CallState.ENDED, Outcome.REJECTED),
    (CallState.RINGING, CallInput.CANCEL_BUSY): (CallState.ENDED, Outcome.BUSY),
    (CallState.RINGING, CallInput.TIMEOUT): (CallState.ENDED, Outcome.TIMED_OUT),
    (CallState.REFUSED, CallInput.INVITE): (CallState.RINGING, Outcome.NOTHING),
    (CallState.REFUSED, CallInput.REFUSE): (CallState.REFUSED, Outcome.NOTHING),
    (CallState.REFUSED, CallInput.CANCEL): (CallState.ENDED, Outcome.CANCELLED),
    (CallState.REFUSED, CallInput.CANCEL_ELSEWHERE): (CallState.ANSWERED, Outcome.ANSWERED),
    (CallState.REFUSED, CallInput.CANCEL_REJECTED): (CallState.ENDED, Outcome.REJECTED),
    (CallState.REFUSED, CallInput.CANCEL_BUSY): (CallState.ENDED, Outcome.BUSY),
    (CallState.REFUSED, CallInput.TIMEOUT): (CallState.ENDED, Outcome.FAILED),
}


@dataclass(slots=True)
class Call:
    """One call with the INVITE transactions that brought it; at `deadline` its open ones are given up."""

    key: CallKey
    call_id: str
    deadline: float
    state: CallState = CallState.RINGING
    ring_again_at: float | None = None
    forget_at: float = 0.0
    legs: list[InviteServerTransaction] = field(default_factory=list)
    caller: Caller | None = None  # whom the desk knows of: None until it has heard of the call
    dialog: EarlyDialog | None = None  # None until something came within it

    def offered(self, offer: "Callable[[str], Offered]") -> "Offered":
        offered = offer(self.call_id)
        self.caller = offered.caller
        return offered

    def transferred(self, change: Callable[[Caller], Caller | None]) -> "Transferred | None":
        """The news that this call has another caller now, if it is one."""
        caller = None if self.caller is None else change(self.caller)
        if caller is None:
            return None
        self.caller = caller
        return Transferred(self.call_id, caller)

    def move(self, what: CallInput) -> Outcome:
        self.state, outcome = MOVES.get((self.state, what), (self.state, Outcome.NOTHING))
        return outcome

    @property
    def is_over(self) -> bool:
        return self.state in {CallState.ANSWERED, CallState.ENDED}

    @property
    def open_legs(self) -> list[InviteServerTransaction]:
        return [leg for leg in self.legs if leg.state is InviteState.PROCEEDING]


# RFC 3326, what tells most first. Any other Q.850 number means nothing by itself: who gives up is 16, 127 or 0.
_CANCELLED_BECAUSE = (
    (CallInput.CANCEL_ELSEWHERE, {("SIP", 200), ("Q.850", 26)}),
    (CallInput.CANCEL_REJECTED, {("SIP", 603), ("SIP", 607), ("Q.850", 21)}),
    (CallInput.CANCEL_BUSY, {("SIP", 486), ("SIP", 600), ("Q.850", 17)}),
)


def why_cancelled(cancel: Headers) -> CallInput:
    """What the Reason headers of a CANCEL say that became of the call."""
    said = set(parse_reasons(cancel))
    return next((what for what, reasons in _CANCELLED_BECAUSE if said & reasons), CallInput.CANCEL)


@dataclass(frozen=True, slots=True)
class Offered:
    """A call rings. `call_id` is unique within the user agent; it is what `wire_id.call_identity` makes."""

    call_id: str
    caller: Caller
    dialled: str
    diverted_from: str
    linked_id: str
    direction: Direction
    is_test: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody took the call. A second contact cannot tell who; `by` is the extension that a dialog event names."""

    call_id: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    call_id: str
    why: EndCause


@dataclass(frozen=True, slots=True)
class RegistrationChanged:
    state: SourceState
    detail: str


@dataclass(frozen=True, slots=True)
class Transferred:
    """The call has another caller now (UPDATE, re-INVITE, NOTIFY)."""

    call_id: str
    caller: Caller


@dataclass(frozen=True, slots=True)
class Refused:
    """`count` INVITEs did not become calls since the last word of them. `peer` is their address, "" for many."""

    because: NotOfferedBecause
    peer: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """Calls wait until the agent is told which of their numbers are customers'."""

    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Endangered:
    """The dangers as they stand now; () ends them."""

    dangers: tuple[tuple[Danger, str], ...]


@dataclass(frozen=True, slots=True)
class SoundAgreed:
    """What goes over the wire from now on, of a call that we have answered, or placed: then also before the answer."""

    call_id: str
    agreed: Agreed


@dataclass(frozen=True, slots=True)
class RingsThere:
    """Whom we call is being rung, and nothing is to be heard of it."""

    call_id: str


@dataclass(frozen=True, slots=True)
class HandedOn:
    """What came of handing a call on: `status` below 300 if the other side has done it."""

    call_id: str
    status: int


@dataclass(frozen=True, slots=True)
class Held:
    """One of the two lets the other wait, or (`is_held` False) talks on."""

    call_id: str
    is_held: bool


AgentEvent = (
    Offered
    | Answered
    | Transferred
    | Ended
    | Refused
    | Asked
    | Endangered
    | RegistrationChanged
    | SoundAgreed
    | Held
    | RingsThere
    | HandedOn
)
