"""A call that was answered, by us or by whom we called: its dialog from the 200 to the last BYE (RFC 3261 sections 12
to 15). No socket, no clock.

Two rules. Its life moves only as `talk_state.MOVES` says, and it ends once. What we want of the sound (`wish`) is
offered as soon as nothing else is under way: no offer of ours crosses another, and a 491 is tried again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cti.address import Address
from cti.errors import PeerError
from cti.events import EndCause
from cti.sip.answers import Answer, answer_request, unsupported_extensions
from cti.sip.caller_change import Told, changed_caller
from cti.sip.compose import ALLOW, Fields, compose_response, with_body
from cti.sip.dialog import Call, Ended, HandedOn, Held, SoundAgreed
from cti.sip.dialog_ends import DialogEnds, remote_target
from cti.sip.handing_on import ACCEPTED, RINGS, status_told
from cti.sip.headers import Headers
from cti.sip.message import Request, Response
from cti.sip.own_request import OwnRequest, WayOut
from cti.sip.repeated_ok import RepeatedOk
from cti.sip.response_route import response_destination
from cti.sip.sdp import MIME, Agreed, Description, Flow, Here, agree, compose_answer, compose_offer, read_description
from cti.sip.settings import Identity
from cti.sip.talk_state import MOVES, TalkInput, TalkState
from cti.sip.transaction import TIMER_H, InviteServerTransaction, Key, transaction_key

MAX_ANSWERS = 16  # remembered, for requests that come again
RETRY_WITHIN = 2.0  # seconds: RFC 3261 section 14.1, for who has not made the Call-ID
GONE = {408, 481}  # the other side has no such call any more


@dataclass(frozen=True, slots=True)
class Ours:
    """What the agent gives each of its dialogs: tag and Contact that it answers with, the way out, whom it believes.

    `extension` is as whom we talk.
    """

    tag: str
    contact: Callable[[], str]
    way: WayOut
    identity: tuple[Identity, ...]
    extension: str = ""


class AnsweredDialog:
    """Begun by `accept` or `join`. Fills the outbox; over and with nothing to repeat it can be forgotten."""

    def __init__(self, call: Call, ends: DialogEnds, here: Here, ours: Ours) -> None:
        self.call, self.ends, self._here, self._ours = call, ends, here, ours
        self._out = ours.way.outbox
        self._remote_cseq = 0
        self._said: Told | None = (
            None  # of whom we have called nothing is heard: who that is has been said by the operator
        )
        self._answers: dict[Key, tuple[bytes, Address]] = {}
        self._ok: RepeatedOk | None = None
        self._pending: OwnRequest | None = None
        self._last_ack: tuple[int, bytes] | None = None
        self._told = self._wish = self._offered = Flow.BOTH
        self._retry_at: float | None = None
        self._forget_at: float | None = None
        self._is_end_told = self._is_handing_on = False
        self.agreed: Agreed | None = None
        self.state = TalkState.ACCEPTED

    @property
    def is_over(self) -> bool:
        """Nobody talks any more, whatever is still to be said about it."""
        return self.state in {TalkState.HANGING_UP, TalkState.LEAVING, TalkState.OVER}

    @property
    def is_settled(self) -> bool:
        """Whether it is over, and the other side knows it or never will."""
        return self.state is TalkState.OVER

    @property
    def holds(self) -> bool:
        return self._wish is not Flow.BOTH

    def can_be_forgotten(self, now: float) -> bool:
        return self.state is TalkState.OVER and self._forget_at is not None and now >= self._forget_at

    def accept(self, leg: InviteServerTransaction, now: float) -> None:
        """Answer the INVITE: 200 with our description. PeerError with a status for an offer that we can't take."""
        invite, offer = leg.request, self._offer_of(leg.request)
        self._remote_cseq, self._said = invite.cseq, Told.by(invite)
        ok = self._respond_with_sound(invite, offer, leg.source)
        leg.accept(ok, now)
        self._ok = RepeatedOk(invite.cseq, ok, leg.destination, now, has_offer=offer is None)
        self._out.send(ok, leg.destination)

    def join(self, invite: OwnRequest, agreed: Agreed | None, now: float) -> None:
        """They have answered our INVITE; without sound that we can do it is over at once."""
        self.state = TalkState.TALKING
        self._acknowledge(invite)
        if agreed is None:
            self.lose(now)
        else:
            self._agree(agreed)

    def abandon(self, invite: OwnRequest, now: float) -> None:
        """They have answered what we had just given up: the desk knows of its end already."""
        self.state, self._is_end_told = TalkState.TALKING, True
        self._acknowledge(invite)
        self.hang_up(now)

    def hang_up(self, now: float) -> None:
        """Ours is the end: BYE, as soon as it may leave."""
        if self._move(TalkInput.HANG_UP, now):
            self._tell_end(EndCause.HUNG_UP)

    def lose(self, now: float) -> None:
        """The other side says nothing any more: BYE, whether it is heard or not."""
        self._tell_end(EndCause.FAILED)
        if not self._move(TalkInput.UNHEARD, now):
            self._move(TalkInput.HANG_UP, now)

    def hold(self, now: float) -> None:
        """Let the other side wait; `resume` takes it back."""
        self._wish = Flow.SEND
        self._offer_wish(now)

    def resume(self, now: float) -> None:
        self._wish = Flow.BOTH
        self._offer_wish(now)

    @property
    def can_hand_on(self) -> bool:
        return self.state is TalkState.TALKING and self._pending is None and not self._is_handing_on

    def hand_on(self, refer_to: str, now: float) -> None:
        """Let the other side talk to this URI in our place (RFC 3515); `HandedOn` tells what came of it."""
        self._is_handing_on = True
        self._say("REFER", now, [("Refer-To", f"<{refer_to}>"), ("Contact", self._ours.contact())])

    def receive(self, request: Request, peer: Address, now: float) -> None:
        """Take any request of this dialog."""
        if request.method == "ACK":
            self._receive_ack(request, now)
            return
        key = transaction_key(request)
        if key not in self._answers:
            self._remember(key, self._answer(request, peer, now), request, peer)
        self._out.send(*self._answers[key])

    def receive_response(self, response: Response, now: float) -> None:
        """Take any response to a request of ours; those to others are passed over."""
        if response.method == "INVITE" and self._last_ack is not None and response.cseq == self._last_ack[0]:
            self._out.send(self._last_ack[1], self._ours.way.peer)  # its 200 came again: so does our ACK
            return
        pending = self._pending
        status = None if pending is None else pending.receive(response, now)
        if pending is None or status is None:
            return
        self._pending = None
        if pending.method == "BYE":
            self._move(TalkInput.GONE, now)
        elif pending.method == "REFER":
            self._hear_of_handing_on(status, now)
        else:
            self._receive_final(status, pending, response, now)

    def get_timer(self) -> float | None:
        parts = [self._ok, self._pending]
        times = [part.get_timer() for part in parts if part is not None]
        return min((at for at in (*times, self._retry_at, self._forget_at) if at is not None), default=None)

    def handle_timer(self, now: float) -> None:
        if self._ok is not None and (again := self._ok.handle_timer(now)) is not None:
            self._out.send(again, self._ok.destination)
        if self._ok is not None and now >= self._ok.gives_up_at:
            self._ok = None
            self.lose(now)
        if self._pending is not None and self._pending.is_lost(now):
            was_bye, self._pending = self._pending.method == "BYE", None
            if was_bye:
                self._move(TalkInput.GONE, now)
            else:
                self.lose(now)
        if self._retry_at is not None and now >= self._retry_at:
            self._retry_at = None
            self._offer_wish(now)

    def _move(self, what: TalkInput, now: float) -> bool:
        after = MOVES.get((self.state, what))
        if after is None:
            return False
        self.state = after
        if after is TalkState.LEAVING:
            self._say("BYE", now)
        elif after is TalkState.OVER:
            self._pending = self._ok = self._retry_at = None
            self._forget_at = now + TIMER_H
        return True

    def _tell_end(self, why: EndCause) -> None:
        if not self._is_end_told:
            self._is_end_told = True
            self._out.events.append(Ended(self.call.call_id, why))

    def _say(self, method: str, now: float, fields: Fields = (), body: bytes = b"") -> None:
        self._ours.way.login.begin()
        self._retry_at = None
        self._pending = OwnRequest(method, self.ends, self._ours.way, fields, body)
        self._pending.send(now)

    def _receive_ack(self, request: Request, now: float) -> None:
        if self._ok is None or request.cseq != self._ok.cseq:
            return
        had_offer, self._ok = self._ok.has_offer, None
        self._move(TalkInput.ACK, now)
        if had_offer and not self._take_answer(request.body):
            self.lose(now)
        self._offer_wish(now)

    def _receive_final(self, status: int, invite: OwnRequest, response: Response, now: float) -> None:
        """What came of our re-INVITE."""
        if status < 300:
            self._ends_moved(response.headers)
            self._acknowledge(invite)
            if self._take_answer(response.body):
                self._offer_wish(now)  # another wish may have come meanwhile
            else:
                self._stay()
        elif status == 491:
            self._retry_at = now + self._ours.way.random.uniform(0, RETRY_WITHIN)
        elif status in GONE:
            self.lose(now)
        else:
            self._stay()

    def _acknowledge(self, invite: OwnRequest) -> None:
        self._last_ack = invite.number, invite.acknowledge()
        self._out.send(self._last_ack[1], self._ours.way.peer)

    def _ends_moved(self, headers: Headers) -> None:
        self.ends.target = remote_target(headers) or self.ends.target

    def _stay(self) -> None:
        """They have refused: all stays as it was."""
        self._wish = self._told
        if self.agreed is not None:
            self._out.events.append(SoundAgreed(self.call.call_id, self.agreed))

    def _offer_wish(self, now: float) -> None:
        is_free = self._ok is None and self._pending is None and self._retry_at is None
        if self.state is not TalkState.TALKING or not is_free or self._wish is self._told or self.agreed is None:
            return
        self._here, self._offered = self._here.next(), self._wish
        fields = [("Contact", self._ours.contact()), ("Allow", ALLOW)]
        self._say("INVITE", now, fields, compose_offer(self._here, self._wish, self.agreed))

    def _hear_of_handing_on(self, status: int, now: float) -> None:
        """The answer to our REFER, or a word (a NOTIFY) of how the other side's own call goes.

        Once it rings there we are out: who hands on without a word does not wait for who answers.
        """
        if not self._is_handing_on or status in {ACCEPTED, *range(100, RINGS)}:
            return
        self._is_handing_on = False
        self._out.events.append(HandedOn(self.call.call_id, status))
        if status < 300:
            self.hang_up(now)

    def _take_answer(self, body: bytes) -> bool:
        """The answer to an offer of ours."""
        try:
            theirs = read_description(body).sound
        except PeerError:
            theirs = None
        if theirs is None:
            return False
        self._told = self._offered
        self._agree(agree(theirs, self._offered))
        return True

    def _agree(self, agreed: Agreed) -> None:
        was_held = self.agreed is not None and self.agreed.flow is not Flow.BOTH
        self.agreed = agreed
        self._out.events.append(SoundAgreed(self.call.call_id, agreed))
        is_held = agreed.flow is not Flow.BOTH
        if is_held != was_held:
            self._out.events.append(Held(self.call.call_id, is_held))

    def _answer(self, request: Request, peer: Address, now: float) -> Answer | bytes:
        """The answer to a new request of this dialog; bytes if it is one with a description."""
        if request.cseq < self._remote_cseq:
            return 500, []
        self._remote_cseq = request.cseq
        if request.method == "BYE":
            return self._answer_bye(now)
        if request.method in {"INVITE", "UPDATE"}:
            return self._answer_offer(request, peer, now)
        if request.method == "NOTIFY" and (status := status_told(request)):
            self._hear_of_handing_on(status, now)
            return 200, []
        refused: Answer = 405, [("Allow", ALLOW)]
        return answer_request(request, self._ours.contact()) if request.method == "OPTIONS" else refused

    def _answer_bye(self, now: float) -> Answer:
        if self._move(TalkInput.BYE, now):
            self._tell_end(EndCause.HUNG_UP)
            self._hear_of_handing_on(200, now)  # who was handed on may be gone before we hear that it went well
        return 200, []

    def _answer_offer(self, request: Request, peer: Address, now: float) -> Answer | bytes:
        if self.is_over:
            return 481, []
        if unsupported := unsupported_extensions(request):
            return 420, [("Unsupported", unsupported)]
        self._ends_moved(request.headers)
        self._hear_of_caller(request)
        if request.method == "UPDATE" and not request.body:
            return 200, [("Contact", self._ours.contact()), ("Allow", ALLOW)]
        if self._pending is not None or (self._ok is not None and self._ok.has_offer):
            return 491, []
        try:
            offer = self._offer_of(request)
            self._here = self._here.next()
            ok = self._respond_with_sound(request, offer, peer)
        except PeerError as error:
            return error.status or 488, []
        if request.method == "INVITE":
            destination = response_destination(request.via, peer, self._ours.way.transport)
            self._ok = RepeatedOk(request.cseq, ok, destination, now, has_offer=offer is None)
        return ok

    def _hear_of_caller(self, request: Request) -> None:
        """Somebody else may be on the line now, whatever we answer about the sound."""
        if self._said is None:
            return
        change = partial(changed_caller, request, self._said, self._ours.identity)
        self._said = self._said.then(request)
        self._out.events.append(partial(self.call.transferred, change))

    def _offer_of(self, request: Request) -> Description | None:
        """None where we are to offer; PeerError for what is none, or nothing that we can do."""
        if not request.body:
            return None
        kind = (request.headers.get("content-type") or "").partition(";")[0].strip().lower()
        if kind != MIME:
            raise PeerError("a body that is no SDP", 415)
        offer = read_description(request.body)
        if offer.sound is None:
            raise PeerError("no sound that we can do", 488)
        return offer

    def _respond_with_sound(self, request: Request, offer: Description | None, peer: Address) -> bytes:
        """A 200 with our answer, or with our offer where they made none."""
        if offer is None or offer.sound is None:
            self._offered = self._wish
            body = compose_offer(self._here, self._wish, self.agreed)
        else:
            agreed = agree(offer.sound, self._wish)
            body = compose_answer(self._here, offer, agreed)
            self._told = self._wish
            self._agree(agreed)
        routes = [("Record-Route", route) for route in request.headers.all("record-route")]
        fields = [*routes, ("Contact", self._ours.contact()), ("Allow", ALLOW)]
        return with_body(compose_response(200, request.headers, peer, self._ours.tag, fields), MIME, body)

    def _remember(self, key: Key, answer: Answer | bytes, request: Request, peer: Address) -> None:
        if isinstance(answer, tuple):
            status, fields = answer
            answer = compose_response(status, request.headers, peer, self._ours.tag, fields)
        self._answers[key] = answer, response_destination(request.via, peer, self._ours.way.transport)
        if len(self._answers) > MAX_ANSWERS:
            del self._answers[next(iter(self._answers))]
