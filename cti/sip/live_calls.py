"""The calls that ring at this desk: INVITE, CANCEL and ACK. Never answers and never declines by itself.

No clock and no socket here: `now` is seconds, what is to be sent goes into the outbox.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cti.address import Address
from cti.events import Caller, EndCause, NotOfferedBecause
from cti.sip.call_book import CallBook
from cti.sip.caller_change import Told
from cti.sip.compose import ALLOW, Fields, compose_response
from cti.sip.dialog import (
    RETRY_LIMIT,
    RING_LIMIT,
    Answered,
    Call,
    CallInput,
    CallKey,
    Ended,
    Offered,
    Outcome,
    why_cancelled,
)
from cti.sip.early_answer import compose_early
from cti.sip.early_dialog import EarlyDialog
from cti.sip.headers import Headers
from cti.sip.message import Request
from cti.sip.outbox import Outbox
from cti.sip.plain_invite import PlainInvite
from cti.sip.refusals import Refusals
from cti.sip.response_route import response_destination
from cti.sip.settings import Answer, TransportName, is_reliable
from cti.sip.transaction import InviteServerTransaction, InviteState, Key, transaction_key
from cti.wire_id import call_identity

MAX_CALLS = 200
MAX_LEGS = 16  # forks of one call
MAX_FINISHED = 500  # transactions kept to answer late repetitions
MAX_REMEMBERED = 2_000  # transactions that are over and may not ring again
RING_AGAIN = 60.0  # seconds between two 180: RFC 3261 section 13.3.1.1


@dataclass(frozen=True, slots=True)
class Ringing:
    """How this desk rings: what it says, over what, and the Contact that it says it with."""

    answer: Answer
    transport: TransportName
    contact: Callable[[], str]
    to_tag: Callable[[Headers], str]


class LiveCalls:
    """Every call from its first INVITE to its end, and its transactions until the network has forgotten them."""

    def __init__(self, ringing: Ringing, outbox: Outbox, refusals: Refusals) -> None:
        self._ringing = ringing
        self._outbox = outbox
        self._refusals = refusals
        self._calls = CallBook()
        self._transactions: dict[Key, InviteServerTransaction] = {}
        self._by_transaction: dict[Key, Call] = {}
        self._finished: dict[Key, None] = {}  # as sets that keep their order
        self._remembered: dict[Key, None] = {}
        self._wake_at: float | None = None

    def __len__(self) -> int:
        return len(self._calls)

    def repeat(self, request: Request) -> bool:
        """Answer a retransmitted INVITE with the last response; False if it is a new one."""
        key = transaction_key(request)
        transaction = self._transactions.get(key)
        if transaction is None:
            return key in self._remembered
        if transaction.state in {InviteState.PROCEEDING, InviteState.COMPLETED}:
            self._outbox.send(transaction.response, transaction.destination)
        return True

    def has(self, request: Request) -> bool:
        """Whether a new INVITE belongs to a call that rings here, or was over a while ago."""
        return self._calls.find(_call_key(request)) is not None

    def takes(self, invite: PlainInvite) -> bool:
        """Whether this begins a call that `ring` will take."""
        key = invite.key
        is_known = key in self._transactions or key in self._remembered
        return not is_known and self._calls.find(invite.call_key) is None and len(self._calls) < MAX_CALLS

    def answer_early(self, invite: PlainInvite, peer: Address) -> bytes:
        """What `ring` will send for an INVITE that it takes."""
        if self._ringing.answer == "silent":
            return compose_early(100, invite, peer, "", ())
        return compose_early(180, invite, peer, self._ringing.to_tag(invite.headers), self._ringing_fields())

    def ring(self, request: Request, peer: Address, now: float, offer: Callable[[str], Offered]) -> None:
        """Take a new INVITE: 100 or 180, and `offer(call_id)` to the desk unless it belongs to a call that rings."""
        leg = self._add_leg(request, peer, now, offer)
        if leg is None:
            return
        call = self._by_transaction[transaction_key(request)]
        if self._ringing.answer != "silent" and not call.is_over:
            self._say_ringing(leg)  # the 180 is answer enough (RFC 3261 section 17.2.1)
            if call.ring_again_at is None:
                call.ring_again_at = now + RING_AGAIN
                self._wake_by(call.ring_again_at)
            return
        leg.response = compose_response(100, request.headers, peer, "")
        self._outbox.send(leg.response, leg.destination)

    def refuse(
        self, request: Request, peer: Address, now: float, offer: Callable[[str], Offered], unsupported: str
    ) -> None:
        """Answer 420 without losing the call: the desk hears of it, the retry joins it."""
        leg = self._add_leg(request, peer, now, offer)
        if leg is None:
            return
        call = self._by_transaction[transaction_key(request)]
        self._finish_leg(leg, 420, now, [("Unsupported", unsupported)])
        if not call.open_legs:
            call.deadline = now + RETRY_LIMIT
            self._wake_by(call.deadline)
            self._move(call, CallInput.REFUSE, now)

    def find(self, request: Request) -> InviteServerTransaction | None:
        """The INVITE that a CANCEL is about."""
        return self._transactions.get(transaction_key(request))

    def cancel(self, request: Request, now: float) -> None:
        """End what a CANCEL is about: 487 to the INVITE, the outcome to the desk.

        Several legs ring for one call: it ends with the last one, or with the first that says "answered elsewhere".
        """
        key = transaction_key(request)
        leg = self._transactions[key]
        if leg.state is not InviteState.PROCEEDING:
            return
        self._finish_leg(leg, 487, now)
        call = self._by_transaction[key]
        why = why_cancelled(request.headers)
        if why is CallInput.CANCEL_ELSEWHERE or not call.open_legs:
            self._move(call, why, now)

    def receive_ack(self, request: Request, now: float) -> None:
        leg = self._transactions.get(transaction_key(request))
        if leg is not None:
            leg.receive_ack(now)
            self._wake_by(leg.get_timer())

    def of_dialog(self, request: Request) -> Call | None:
        """The call whose early dialog a request is of; one that is over still knows what it has answered."""
        call = self._calls.find(_call_key(request))
        if call is None:
            return None
        if call.ring_again_at is not None and (legs := call.open_legs):
            dialog = call.dialog = call.dialog or self._early_dialog(legs[0].request)
            dialog.remote_cseq = max(dialog.remote_cseq, *(leg.request.cseq for leg in legs))
            return call if dialog.tag == request.to.tag else None
        is_known = call.dialog is not None and call.dialog.answer_again(request) is not None
        return call if is_known else None

    def change_caller(self, call: Call, change: Callable[[Caller], Caller | None]) -> None:
        """Somebody else may be on the line now."""
        if not call.is_over:
            self._outbox.events.append(partial(call.transferred, change))

    def hang_up(self, call: Call, bye: Headers, now: float) -> None:
        """End all legs: a caller may say BYE to an early dialog instead of CANCEL (RFC 3261 section 15)."""
        for leg in call.open_legs:
            self._finish_leg(leg, 487, now)
        self._move(call, why_cancelled(bye), now)

    def ringing(self, call_id: str) -> tuple[Call, InviteServerTransaction] | None:
        """The call of this name and the INVITE that can be answered; None if it does not ring here (any more)."""
        call = next((call for call in self._calls if call.call_id == call_id), None)
        legs = call.open_legs if call is not None else []
        return (call, legs[0]) if call is not None and legs and not call.is_over else None

    def answered(self, call: Call, by: str, now: float) -> None:
        """We have answered one of its INVITEs; the others are busy."""
        for leg in call.open_legs:
            self._finish_leg(leg, 486, now)
        self._move(call, CallInput.ANSWER, now, by)

    def refuse_call(self, call: Call, status: int, why: CallInput, now: float) -> None:
        """Say no to all of its INVITEs."""
        for leg in call.open_legs:
            self._finish_leg(leg, status, now)
        self._move(call, why, now)

    def get_timer(self) -> float | None:
        """When something may be due, at times earlier than it is: nobody looks at all calls for every datagram."""
        return self._wake_at

    def handle_timer(self, now: float) -> None:
        for key, leg in list(self._transactions.items()):
            for data in leg.handle_timer(now):
                self._outbox.send(data, leg.destination)
            if leg.state is InviteState.TERMINATED:
                self._forget(key)
        for call in self._calls:
            if now >= call.deadline:
                self._time_out(call, now)
            else:
                self._ring_again(call, now)
        self._wake_at = None
        for leg in self._transactions.values():
            self._wake_by(leg.get_timer())
        for call in self._calls:
            self._wake_by(call.deadline)
            self._wake_by(call.ring_again_at)

    def _wake_by(self, at: float | None) -> None:
        if at is not None and (self._wake_at is None or at < self._wake_at):
            self._wake_at = at

    def _add_leg(
        self, request: Request, peer: Address, now: float, offer: Callable[[str], Offered]
    ) -> InviteServerTransaction | None:
        call = self._find_or_offer(request, now, offer)
        if call is None or len(call.legs) >= MAX_LEGS:
            self._refusals.note(NotOfferedBecause.TOO_MANY_CALLS, peer[0], now)
            return None
        key = transaction_key(request)
        transport = self._ringing.transport
        destination = response_destination(request.via, peer, transport)
        leg = InviteServerTransaction(request, peer, destination, is_reliable=is_reliable(transport))
        self._make_room()
        self._transactions[key], self._by_transaction[key] = leg, call
        call.legs.append(leg)
        return leg

    def _find_or_offer(self, request: Request, now: float, offer: Callable[[str], Offered]) -> Call | None:
        """A fork, a retry or a late copy has the Call-ID and From tag of a call (RFC 3261 section 8.2.2.2)."""
        key = _call_key(request)
        call = self._calls.find(key)
        if call is not None:
            call.move(CallInput.INVITE)
            call.deadline = now + RING_LIMIT
            return call
        if len(self._calls) >= MAX_CALLS:
            return None
        source_id = call_identity(request.call_id, request.sender.tag, request.via.branch)
        call = Call(key, source_id, now + RING_LIMIT)
        self._calls.add(call)
        self._wake_by(call.deadline)
        self._outbox.events.append(partial(call.offered, offer))
        return call

    def _early_dialog(self, invite: Request) -> EarlyDialog:
        tag = self._ringing.to_tag(invite.headers)
        return EarlyDialog(tag, Told.by(invite), invite.cseq, has_offer=bool(invite.body))

    def _make_room(self) -> None:
        while len(self._finished) >= MAX_FINISHED:
            self._forget(next(iter(self._finished)))

    def _forget(self, key: Key) -> None:
        del self._transactions[key], self._by_transaction[key]
        self._finished.pop(key, None)
        self._remembered[key] = None
        if len(self._remembered) > MAX_REMEMBERED:
            del self._remembered[next(iter(self._remembered))]

    def _finish_leg(self, leg: InviteServerTransaction, status: int, now: float, extra: Fields = ()) -> None:
        tag = self._ringing.to_tag(leg.request.headers)
        leg.finish(compose_response(status, leg.request.headers, leg.source, tag, extra), now)
        self._finished[transaction_key(leg.request)] = None
        self._wake_by(leg.get_timer())
        self._outbox.send(leg.response, leg.destination)

    def _ring_again(self, call: Call, now: float) -> None:
        if call.ring_again_at is None or now < call.ring_again_at:
            return
        call.ring_again_at = now + RING_AGAIN
        self._wake_by(call.ring_again_at)
        for leg in call.open_legs:
            self._say_ringing(leg)

    def _say_ringing(self, leg: InviteServerTransaction) -> None:
        tag = self._ringing.to_tag(leg.request.headers)
        leg.response = compose_response(180, leg.request.headers, leg.source, tag, self._ringing_fields())
        self._outbox.send(leg.response, leg.destination)

    def _ringing_fields(self) -> tuple[tuple[str, str], ...]:
        return ("Contact", self._ringing.contact()), ("Allow", ALLOW)

    def _time_out(self, call: Call, now: float) -> None:
        """Nobody cancelled for minutes: let the network's side of it go too, or it would hold a channel for ever."""
        if call.is_over and not call.open_legs:
            self._calls.forget(call)
            return
        for leg in call.open_legs:
            self._finish_leg(leg, 480, now)
        self._move(call, CallInput.TIMEOUT, now)

    def _move(self, call: Call, what: CallInput, now: float, by: str | None = None) -> None:
        outcome = call.move(what)
        if outcome is Outcome.ANSWERED and by is None and self._ringing.answer == "softphone":
            self._outbox.events.append(Ended(call.call_id, EndCause.ANSWERED_ELSEWHERE))  # we are his telephone
        elif outcome is Outcome.ANSWERED:
            self._outbox.events.append(Answered(call.call_id, by))
        elif outcome in _CAUSES:
            self._outbox.events.append(Ended(call.call_id, _CAUSES[outcome]))
        if call.is_over:
            self._calls.end(call, now)
            self._wake_by(call.deadline)
            self._drop_surplus(now)

    def _drop_surplus(self, now: float) -> None:
        while (call := self._calls.surplus()) is not None:
            for leg in call.open_legs:
                self._finish_leg(leg, 480, now)
            self._calls.forget(call)


def _call_key(request: Request) -> CallKey:
    return request.call_id, request.sender.tag


_CAUSES = {
    Outcome.CANCELLED: EndCause.CANCELLED,
    Outcome.REJECTED: EndCause.REJECTED,
    Outcome.BUSY: EndCause.BUSY,
    Outcome.TIMED_OUT: EndCause.TIMED_OUT,
    Outcome.FAILED: EndCause.FAILED,
}
