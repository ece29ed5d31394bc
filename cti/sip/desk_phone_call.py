"""A call for the operator's own telephone (RFC 3725, RFC 5589): it rings, and once lifted it is sent to the number.

    us -> PBX   INVITE sip:201       without sound (inactive); 201 rings, and the operator lifts it
    us -> PBX   REFER to the number  the PBX lets 201 dial it, with 201's name and rights on the way out
    PBX -> us   NOTIFY               what becomes of that: a last 200 is the answer, anything else is none

No socket, no clock. What happens after the answer nobody tells us: we are out of it.
"""

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from cti.address import Address
from cti.events import Caller, Direction, EndCause
from cti.sip.answers import answer_in_dialog
from cti.sip.compose import compose_response
from cti.sip.dialog import Answered, Ended, Offered
from cti.sip.dialog_ends import DialogEnds
from cti.sip.final_response import status_line
from cti.sip.message import Request, Response
from cti.sip.own_request import OwnRequest, WayOut
from cti.sip.response_route import response_destination
from cti.sip.settings import is_reliable
from cti.sip.transaction import TIMER_B, TIMER_H, ClientTransaction

RING_LIMIT = 60.0  # seconds until it is lifted
TELL_LIMIT = 180.0  # seconds until the PBX has told what became of the number
ALLOW = "INVITE, ACK, CANCEL, BYE, NOTIFY, OPTIONS, UPDATE"
TRY_LATER = "2"  # seconds
REFER_AFTER = (0.2, 0.3, 0.5, 1.0, 2.0)  # seconds; Asterisk bridges a moment after its 200, and says 400 until then
TOO_EARLY = 400
_FRAGMENT = re.compile(rb"\s*SIP/2\.0 ([1-6][0-9][0-9])\b")
_WHY = {**dict.fromkeys((486, 600), EndCause.BUSY), **dict.fromkeys((408, 480, 487), EndCause.TIMED_OUT)}


class Stage(StrEnum):
    ASKING = "asking"  # the PBX has not said that anything rings
    RINGING = "ringing"
    TAKEN_BACK = "taken back"  # over for the desk; the PBX may not know it yet
    LIFTED = "lifted"  # ... and our REFER is under way
    LET_GO = "let go"  # the PBX has it
    LEAVING = "leaving"  # our BYE is under way
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom the telephone `extension` shall call: a number, and its URI."""

    number: str
    uri: str
    extension: str


class DeskPhoneCall:
    """Fills the outbox. `refusal` is why nothing rang at all: then the desk has not heard of it."""

    def __init__(self, wanted: Wanted, ends: DialogEnds, way: WayOut, contact: str) -> None:
        self.name, self._wanted, self._ends, self._way = ends.call_id, wanted, ends, way
        self._contact, self._out = contact, way.outbox
        fields = [("Contact", contact), ("Allow", ALLOW)]
        self._invite = OwnRequest("INVITE", ends, way, fields, _silent(way.local[0]))
        self._cancel: ClientTransaction | None = None
        self._pending: OwnRequest | None = None  # our REFER or BYE
        self._ack = b""
        self._is_heard = self._is_offered = self._is_end_told = self._is_left = False
        self._deadline, self._refer_at, self._tries = 0.0, math.inf, 0
        self.stage, self.refusal, self.is_answered = Stage.ASKING, "", False

    @property
    def is_settled(self) -> bool:
        """Whether nothing of ours would go on ringing without us."""
        return self.stage in {Stage.LET_GO, Stage.OVER}

    def can_be_forgotten(self, now: float) -> bool:
        return self.stage is Stage.OVER and now >= self._deadline

    def start(self, now: float) -> None:
        self._way.login.begin()
        self._invite.send(now)
        self._deadline = now + RING_LIMIT

    def hang_up(self, now: float) -> None:
        """The operator gives up; what the PBX has is no more ours to end."""
        if self.stage in {Stage.ASKING, Stage.RINGING}:
            self._take_back(EndCause.CANCELLED, now)
        elif self.stage is Stage.LIFTED:
            self._tell_end(EndCause.CANCELLED)
            self._say_bye(now)

    def owns(self, request: Request) -> bool:
        """Whether it is of this call's dialog, as far as that is made: a NOTIFY may overtake an answer."""
        return request.to.tag == self._ends.local_tag and self._ends.remote_tag in {"", request.sender.tag}

    def receive_response(self, response: Response, now: float) -> None:
        """Take any response to a request of this call; those to others are passed over."""
        if response.method == "CANCEL" and self._cancel is not None:
            self._cancel.receive(response)
        elif response.method == "INVITE":
            self._hear_invite(response, now)
        elif self._pending is not None and (status := self._pending.receive(response, now)) is not None:
            self._conclude(self._pending.method, status, now)

    def receive(self, request: Request, peer: Address, now: float) -> None:
        """Take any request of this call's dialog."""
        fields: list[tuple[str, str]] = []
        status = 200
        if request.method == "NOTIFY":
            self._hear_notify(request, now)
        elif request.method == "BYE":
            self._hear_bye(now)
        else:
            status, fields = answer_in_dialog(request, self._contact, TRY_LATER, has_offer=True)
        answer = compose_response(status, request.headers, peer, "", fields)
        self._out.send(answer, response_destination(request.via, peer, self._way.transport))

    def get_timer(self) -> float | None:
        parts = [self._invite, self._pending, self._cancel]
        times = [part.get_timer() for part in parts if part is not None]
        return min(at for at in (*times, self._refer_at, self._deadline) if at is not None)

    def handle_timer(self, now: float) -> None:
        if self.stage in {Stage.ASKING, Stage.TAKEN_BACK} and self._invite.is_lost(now):
            self._finish("no answer", EndCause.FAILED, now)
        if self._cancel is not None:
            for again in self._cancel.handle_timer(now):
                self._out.send(again, self._way.peer)
        if self._pending is not None and self._pending.is_lost(now):
            self._conclude(self._pending.method, 408, now)
        if self.stage is Stage.LIFTED and now >= self._refer_at:
            self._refer(now)
        if now >= self._deadline:
            self._be_late(now)

    def _be_late(self, now: float) -> None:
        match self.stage:
            case Stage.ASKING | Stage.RINGING:
                self._take_back(EndCause.CANCELLED, now)
            case Stage.LIFTED | Stage.LET_GO:
                self._tell_end(EndCause.TIMED_OUT)
                self._say_bye(now)
            case Stage.TAKEN_BACK | Stage.LEAVING:
                self._finish("", EndCause.CANCELLED, now)

    def _hear_invite(self, response: Response, now: float) -> None:
        is_ours = response.cseq == self._invite.number
        if self._ack and is_ours and response.status >= 200:
            self._out.send(self._ack, self._way.peer)  # its 200 came again: so does our ACK
            return
        status = self._invite.receive(response, now)
        if status is None:
            if is_ours and response.status < 200:
                self._hear_of_progress(response.status, now)
        elif status < 300:
            self._lifted(response, now)
        else:
            self._finish(status_line(response), EndCause.CANCELLED, now)

    def _hear_of_progress(self, status: int, now: float) -> None:
        self._is_heard = True
        if self.stage is Stage.TAKEN_BACK:
            self._send_cancel(now)
        elif self.stage is Stage.ASKING and status > 100:
            self.stage = Stage.RINGING
            self._offer()

    def _lifted(self, response: Response, now: float) -> None:
        self._ends.meet(response)
        self._ack = self._invite.acknowledge()
        self._out.send(self._ack, self._way.peer)
        if self.stage is Stage.TAKEN_BACK:  # lifted in the moment in which it was taken back
            self._say_bye(now)
            return
        self._offer()
        self._deadline = now + TELL_LIMIT
        self._refer_soon(now)

    def _refer_soon(self, now: float) -> bool:
        """False when it has been tried often enough."""
        if self._tries >= len(REFER_AFTER):
            return False
        self.stage, self._refer_at = Stage.LIFTED, now + REFER_AFTER[self._tries]
        self._tries += 1
        return True

    def _refer(self, now: float) -> None:
        self._refer_at = math.inf
        fields = [("Contact", self._contact), ("Refer-To", f"<{self._wanted.uri}>")]
        self._send("REFER", [*fields, ("Referred-By", self._ends.local.partition(";")[0])], now)

    def _conclude(self, method: str, status: int, now: float) -> None:
        """Our REFER or BYE has its answer, or never will have one."""
        self._pending = None
        if method == "BYE":
            self._be_over(now)
        elif self.stage is Stage.LIFTED and status < 300:
            self.stage = Stage.LET_GO
            self._leave_if_told(now)
        elif self.stage is Stage.LIFTED and not (status == TOO_EARLY and self._refer_soon(now)):
            self._tell_end(EndCause.FAILED)
            self._say_bye(now)

    def _hear_notify(self, request: Request, now: float) -> None:
        """What becomes of the number; it may come before the answer to our REFER."""
        found = _FRAGMENT.match(request.body)
        status = int(found[1]) if found and self.stage in {Stage.LIFTED, Stage.LET_GO} else 0
        if status == TOO_EARLY and (self._refer_at < math.inf or self._refer_soon(now)):
            return
        if 200 <= status < 300:
            self._tell_answer()
        elif status >= 300:
            self._tell_end(_WHY.get(status, EndCause.FAILED))
        self._leave_if_told(now)

    def _leave_if_told(self, now: float) -> None:
        if self.stage is Stage.LET_GO and (self.is_answered or self._is_end_told):
            self._say_bye(now)

    def _hear_bye(self, now: float) -> None:
        """The operator hangs up again before the PBX has it, or the PBX needs us no more and will tell all the same."""
        if self.stage is Stage.LIFTED and not self.is_answered:
            self._tell_end(EndCause.CANCELLED)
        self._is_left = True
        if self.stage is not Stage.LET_GO:
            self._pending = None
            self._be_over(now)

    def _take_back(self, why: EndCause, now: float) -> None:
        self._tell_end(why)
        self.stage, self._deadline = Stage.TAKEN_BACK, now + TIMER_B
        if self._is_heard:
            self._send_cancel(now)

    def _send_cancel(self, now: float) -> None:
        """Of our INVITE's transaction (section 9.1)."""
        if self._cancel is None:
            branch = self._invite.branch
            data = self._ends.compose("CANCEL", self._invite.number, self._way.via(branch), [])
            is_sure = is_reliable(self._way.transport)
            self._cancel = ClientTransaction(data, self._way.peer, branch, "CANCEL", now, is_reliable=is_sure)
            self._out.send(data, self._way.peer)

    def _say_bye(self, now: float) -> None:
        self._refer_at = math.inf
        if self._is_left:
            self._be_over(now)
        else:
            self.stage, self._deadline = Stage.LEAVING, now + TIMER_H
            self._send("BYE", [], now)

    def _send(self, method: str, fields: list[tuple[str, str]], now: float) -> None:
        self._way.login.begin()
        self._pending = OwnRequest(method, self._ends, self._way, fields)
        self._pending.send(now)

    def _finish(self, refusal: str, why: EndCause, now: float) -> None:
        """The INVITE has come to nothing."""
        if self.stage is Stage.ASKING:
            self.refusal = refusal
        self._tell_end(why)
        self._be_over(now)

    def _be_over(self, now: float) -> None:
        self.stage, self._deadline, self._refer_at = Stage.OVER, now + TIMER_H, math.inf

    def _offer(self) -> None:
        if not self._is_offered:
            self._is_offered = True
            other = Caller(self._wanted.number, "")
            self._out.events.append(Offered(self.name, other, "", "", "", Direction.OUT, is_test=False))

    def _tell_answer(self) -> None:
        if not self.is_answered:
            self.is_answered = True
            self._out.events.append(Answered(self.name, self._wanted.extension))

    def _tell_end(self, why: EndCause) -> None:
        if self._is_offered and not self.is_answered and not self._is_end_told:
            self._out.events.append(Ended(self.name, why))
        self._is_end_told = True


def _silent(host: str) -> bytes:
    """A description of sound that goes neither way: what is talked goes past us."""
    family = "IP6" if ":" in host else "IP4"
    lines = (
        "v=0", f"o=- 1 1 IN {family} {host}", "s=-", f"c=IN {family} {host}", "t=0 0", "m=audio 9 RTP/AVP 0 8 101",
        "a=rtpmap:101 telephone-event/8000", "a=inactive",
    )  # fmt: skip
    return "".join(f"{line}\r\n" for line in lines).encode()
