"""A call that we place: its INVITE until somebody answers or nobody does (RFC 3261 sections 9.1, 13.2 and 17.1.1).

No socket, no clock. What the PBX lets us hear before the answer (a 183 with a description) is told as it comes; it may
say the same for long, so only `RING_LIMIT` and the operator end it.
"""

from enum import StrEnum

from cti.address import Address
from cti.errors import PeerError
from cti.events import EndCause
from cti.sip.answered_dialog import AnsweredDialog, Ours
from cti.sip.answers import answer_in_dialog
from cti.sip.compose import ALLOW, compose_response
from cti.sip.dialog import Answered, Call, Ended, RingsThere, SoundAgreed
from cti.sip.dialog_ends import DialogEnds
from cti.sip.headers import parse_reasons
from cti.sip.message import Request, Response
from cti.sip.own_request import OwnRequest
from cti.sip.response_route import response_destination
from cti.sip.sdp import Agreed, Flow, Here, agree, compose_offer, read_description
from cti.sip.settings import is_reliable
from cti.sip.transaction import TIMER_B, TIMER_H, ClientTransaction

RING_LIMIT = 180.0  # seconds
RINGING = 180
TRY_LATER = "2"  # seconds
_BY_CAUSE = {  # what Q.850 says goes before the status (RFC 3326)
    17: EndCause.BUSY,
    18: EndCause.TIMED_OUT,
    19: EndCause.TIMED_OUT,
    21: EndCause.REJECTED,
}
_RANG_IN_VAIN = (603, 16)  # Asterisk 22 where its dial plan hangs up after a Dial that nobody answered
_WHY = {  # RFC 3261 section 21, as PBXs use it
    **dict.fromkeys((486, 600), EndCause.BUSY),
    **dict.fromkeys((603, 607, 608), EndCause.REJECTED),
    **dict.fromkeys((408, 480, 487), EndCause.TIMED_OUT),
}


class PlacedState(StrEnum):
    CALLING = "calling"  # nobody has said anything yet: a CANCEL must wait (section 9.1)
    PROCEEDING = "proceeding"
    GIVEN_UP = "given up"  # the desk knows that it is over; the PBX may not
    ANSWERED = "answered"
    OVER = "over"


class PlacedCall:
    """Fills the outbox. `dialog` is there once it was answered, even if it was given up a moment before."""

    def __init__(self, call: Call, ends: DialogEnds, here: Here, ours: Ours) -> None:
        self.call, self._ends, self._here, self._ours = call, ends, here, ours
        self._out = ours.way.outbox
        fields = [("Contact", ours.contact()), ("Allow", ALLOW)]
        self._invite = OwnRequest("INVITE", ends, ours.way, fields, compose_offer(here, Flow.BOTH))
        self._cancel: ClientTransaction | None = None
        self._is_heard = False
        self._deadline = 0.0
        self._early: Agreed | None = None
        self.state = PlacedState.CALLING
        self.dialog: AnsweredDialog | None = None

    @property
    def is_over(self) -> bool:
        """Whether it is no call of the desk any more."""
        return self.state not in {PlacedState.CALLING, PlacedState.PROCEEDING}

    @property
    def is_settled(self) -> bool:
        """Whether the PBX knows it too, or never will."""
        return self.state in {PlacedState.ANSWERED, PlacedState.OVER}

    def can_be_forgotten(self, now: float) -> bool:
        return self.state is PlacedState.ANSWERED or (self.state is PlacedState.OVER and now >= self._deadline)

    def start(self, now: float) -> None:
        self._ours.way.login.begin()
        self._invite.send(now)
        self._deadline = now + RING_LIMIT

    def hang_up(self, now: float) -> None:
        """The operator gives up."""
        self._give_up(EndCause.CANCELLED, now)

    def receive(self, request: Request, peer: Address) -> None:
        """Take a request within the early dialog: nothing is agreed anew before the answer."""
        status, fields = answer_in_dialog(request, self._ours.contact(), TRY_LATER, has_offer=True)
        answer = compose_response(status, request.headers, peer, self._ours.tag, fields)
        self._out.send(answer, response_destination(request.via, peer, self._ours.way.transport))

    def receive_response(self, response: Response, now: float) -> None:
        """Take any response to a request of this call; those to others are passed over."""
        if response.method == "CANCEL" and self._cancel is not None and self._cancel.matches(response):
            self._cancel.receive(response)
        elif response.method == "INVITE" and response.via.branch == self._invite.branch and self.dialog is None:
            self._receive(response, now)

    def get_timer(self) -> float | None:
        if self.state is PlacedState.ANSWERED:
            return None
        if self.state is PlacedState.OVER:
            return self._deadline
        times = [self._invite.get_timer(), self._deadline, None if self._cancel is None else self._cancel.get_timer()]
        return min(at for at in times if at is not None)

    def handle_timer(self, now: float) -> None:
        if not self.is_settled and self._invite.is_lost(now):
            self._tell_end(EndCause.FAILED)
            self._finish(now)
        if self._cancel is not None:
            for again in self._cancel.handle_timer(now):
                self._out.send(again, self._ours.way.peer)
        if now >= self._deadline and self.state is PlacedState.GIVEN_UP:
            self._finish(now)
        elif now >= self._deadline:
            self._give_up(EndCause.TIMED_OUT, now)

    def _receive(self, response: Response, now: float) -> None:
        status = self._invite.receive(response, now)
        if status is None:
            if response.status < 200:
                self._hear(response, now)
        elif status < 300:
            self._answered(response, now)
        elif not self.is_settled:
            self._tell_end(why_not(response))
            self._finish(now)

    def _hear(self, response: Response, now: float) -> None:
        """Something is under way."""
        if self.state is PlacedState.CALLING:
            self.state = PlacedState.PROCEEDING
        self._is_heard = True
        if self.state is PlacedState.GIVEN_UP:
            self._send_cancel(now)
        elif (agreed := _agreed(response)) is not None:
            self._early = agreed
            self._out.events.append(SoundAgreed(self.call.call_id, agreed))
        elif response.status == RINGING and self._early is None:
            self._out.events.append(RingsThere(self.call.call_id))

    def _answered(self, response: Response, now: float) -> None:
        was_given_up, self.state = self.state is PlacedState.GIVEN_UP, PlacedState.ANSWERED
        self._ends.meet(response)
        self.dialog = AnsweredDialog(self.call, self._ends, self._here, self._ours)
        if was_given_up:
            self.dialog.abandon(self._invite, now)
        else:
            self.dialog.join(self._invite, _agreed(response) or self._early, now)
            if self.dialog.agreed is not None:
                self._out.events.append(Answered(self.call.call_id, self._ours.extension or None))

    def _give_up(self, why: EndCause, now: float) -> None:
        if self.is_over:
            return
        self._tell_end(why)
        self.state, self._deadline, self._invite.is_last = PlacedState.GIVEN_UP, now + TIMER_B, True
        if self._is_heard:
            self._send_cancel(now)

    def _send_cancel(self, now: float) -> None:
        if self._cancel is not None:
            return
        way, branch = self._ours.way, self._invite.branch
        data = self._ends.compose("CANCEL", self._invite.number, way.via(branch), [])
        self._cancel = ClientTransaction(
            data, way.peer, branch, "CANCEL", now, is_reliable=is_reliable(way.transport)
        )  # fmt: skip
        self._out.send(data, way.peer)

    def _tell_end(self, why: EndCause) -> None:
        if not self.is_over:
            self._out.events.append(Ended(self.call.call_id, why))

    def _finish(self, now: float) -> None:
        """A refusal that comes again still gets its ACK."""
        self.state, self._deadline, self._cancel = PlacedState.OVER, now + TIMER_H, None
        self._invite.is_last = True


def why_not(response: Response) -> EndCause:
    """Why somebody was not reached, from a refusal."""
    causes = [cause for protocol, cause in parse_reasons(response.headers) if protocol == "Q.850"]
    if any((response.status, cause) == _RANG_IN_VAIN for cause in causes):
        return EndCause.TIMED_OUT
    told = next((_BY_CAUSE[cause] for cause in causes if cause in _BY_CAUSE), None)
    return told or _WHY.get(response.status, EndCause.FAILED)


def _agreed(response: Response) -> Agreed | None:
    """What its description makes of our offer; None without one that we can do."""
    if not response.body:
        return None
    try:
        theirs = read_description(response.body).sound
    except PeerError:
        return None
    return None if theirs is None else agree(theirs, Flow.BOTH)
