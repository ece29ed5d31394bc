"""One call at the extension, over all telephones that ring for it there: who answers, and why it ends.

The table is the only place where its stage changes. What happens before the caller is known waits for the offer.
"""

import math
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cti.ami.inquiry import Inquiry
from cti.events import (
    CallAnswered,
    CallEnded,
    Caller,
    CallerChanged,
    CallEvent,
    CallHeld,
    CallOffered,
    Direction,
    EndCause,
)
from cti.plain_text import plain_text

OFFER_WITHIN = 0.3  # seconds that a call waits for the PBX's word on its caller
ANSWERER_WITHIN = 0.5  # seconds that one which was answered elsewhere waits for the word by whom: events overtake


@dataclass(frozen=True, slots=True)
class Moment:
    """Now: on the clock of the timers, on the wall, and in `time.monotonic_ns()`."""

    clock: float
    at: datetime
    ns: int


class Stage(StrEnum):
    """Where the call stands at this extension."""

    RINGING = "ringing"
    TALKING = "talking"
    ELSEWHERE = "elsewhere"
    OVER = "over"


class Step(StrEnum):
    ANSWERED = "answered"
    ANSWERED_BY_OTHER = "answered by other"
    ENDED = "ended"


MOVES = {
    (Stage.RINGING, Step.ANSWERED): Stage.TALKING,
    (Stage.RINGING, Step.ANSWERED_BY_OTHER): Stage.ELSEWHERE,
    (Stage.RINGING, Step.ENDED): Stage.OVER,
    (Stage.TALKING, Step.ENDED): Stage.OVER,
    (Stage.ELSEWHERE, Step.ENDED): Stage.OVER,
}

_REJECTED, _ELSEWHERE = "21", "26"  # causes of Q.850
_LONGEST_ID = 200
_BY_STATUS = {
    "BUSY": EndCause.BUSY,
    "NOANSWER": EndCause.TIMED_OUT,
    "CANCEL": EndCause.CANCELLED,
    "CHANUNAVAIL": EndCause.FAILED,
    "CONGESTION": EndCause.FAILED,
}


@dataclass(slots=True)
class Contact:
    """One telephone's channel. `dial_status` is what DialEnd said of it, `cause` what Hangup did."""

    channel: str
    dial_status: str = ""
    cause: str = ""
    is_gone: bool = False


@dataclass(slots=True, eq=False)
class ExtensionCall:
    """`id` is the source_id of its facts, `began` when it rang or was dialled; `inquiry` is None for one that goes out.

    `caller` is the one who was told last. `answering` is the channel that talks: here or, ELSEWHERE, there.
    """

    source: str
    id: str
    linked_id: str
    caller: Caller
    direction: Direction
    dialled: str
    began: Moment
    queue: str = ""
    waiting_since: datetime | None = None
    inquiry: Inquiry | None = None
    stage: Stage = Stage.RINGING
    contacts: dict[str, Contact] = field(default_factory=dict)
    answering: str = ""
    out_status: str = ""
    is_offered: bool = False
    is_held: bool = False
    _last: tuple[float, CallEnded] | None = None
    _transfer: tuple[Inquiry, str] | None = None
    _waiting: list[CallEvent] = field(default_factory=list)

    @property
    def is_forgettable(self) -> bool:
        return self.stage is Stage.OVER and self.is_offered

    @property
    def is_ringing(self) -> bool:
        """Whether a telephone of ours does."""
        return self.stage is Stage.RINGING and not all(one.is_gone for one in self.contacts.values())

    @property
    def wakes_at(self) -> float:
        """Until when its offer or its end waits, on the clock."""
        offer_at = math.inf if self.is_offered else self.began.clock + OFFER_WITHIN
        return min(offer_at, math.inf if self._last is None else self._last[0])

    def wake(self, now: Moment) -> list[CallEvent]:
        """What has waited for long enough."""
        told = [] if self.is_offered or self.began.clock + OFFER_WITHIN > now.clock else self.offer(now.ns)
        if self._last is not None and self._last[0] <= now.clock:
            told += self._tell(Step.ENDED, self.answering, self._last[1])
        return told

    @property
    def inquiries(self) -> list[Inquiry]:
        """Those that wait for answers."""
        return [one for one in (self.inquiry, self._transfer and self._transfer[0]) if one is not None]

    @property
    def open_channels(self) -> tuple[str, ...]:
        """Our telephones that have a part in it still: the one that talks, or all that ring."""
        if self.stage is Stage.TALKING:
            return (self.answering,)
        return tuple(channel for channel, one in self.contacts.items() if not one.is_gone)

    def offer(self, parsed_ns: int) -> list[CallEvent]:
        """The offer, by what is known of the caller now, and what has happened since."""
        if self.is_offered:
            return []
        self.is_offered = True
        if self.inquiry is not None:
            self.caller = self.inquiry.caller()
        diverted_from = self.inquiry.diverted_from() if self.inquiry is not None else ""
        offered = CallOffered(
            self.source, self.id, self.caller, self.dialled, diverted_from, plain_id(self.linked_id), self.direction,
            self.began.at, self.began.ns, parsed_ns, queue=self.queue, waiting_since=self.waiting_since,
        )  # fmt: skip
        waiting, self._waiting = self._waiting, []
        return [offered, *waiting]

    def take_answers(self, now: Moment) -> list[CallEvent]:
        """An answer has come: the call is offered, or its caller is known late."""
        told: list[CallEvent] = []
        if self.inquiry is not None and self.inquiry.is_done:
            told += self._change(self.inquiry.caller(), "", now) if self.is_offered else self.offer(now.ns)
            self.inquiry = None
        if self._transfer is not None and self._transfer[0].is_done and self.is_offered:
            inquiry, linked_id = self._transfer
            self._transfer = None
            told += self._change(inquiry.caller(), linked_id, now)
        return told

    def transfer(self, inquiry: Inquiry, linked_id: str) -> None:
        """Somebody else is at the other end now: he is asked for."""
        self._transfer = inquiry, linked_id
        if self.is_offered:
            self.inquiry = None

    def answer(self, channel: str, by: str, now: Moment) -> list[CallEvent]:
        """Here, by the operator's own telephone or, going out, by the one whom it calls."""
        return self._tell(Step.ANSWERED, channel, CallAnswered(self.source, self.id, by, now.at))

    def answer_elsewhere(self, channel: str, by: str, now: Moment) -> list[CallEvent]:
        return self._tell(Step.ANSWERED_BY_OTHER, channel, CallAnswered(self.source, self.id, by, now.at))

    def end(self, why: EndCause, now: Moment) -> list[CallEvent]:
        return self._tell(Step.ENDED, self.answering, CallEnded(self.source, self.id, why, now.at))

    def hang_up(self, channel: str, cause: str, now: Moment) -> list[CallEvent]:
        """One of our telephones is out of it: the call goes on as long as another one rings or talks."""
        contact = self.contacts[channel]
        contact.is_gone, contact.cause = True, cause
        if self.stage is Stage.TALKING:
            return self.end(EndCause.HUNG_UP, now) if channel == self.answering else []
        if self.stage is not Stage.RINGING or self.is_ringing:
            return []
        why = self._why_over()
        if why is not EndCause.ANSWERED_ELSEWHERE:
            return self.end(why, now)
        self._last = now.clock + ANSWERER_WITHIN, CallEnded(self.source, self.id, why, now.at)
        return []

    def hold(self, channel: str, now: Moment, *, is_held: bool) -> list[CallEvent]:
        if self.stage is not Stage.TALKING or channel != self.answering or is_held == self.is_held:
            return []
        self.is_held = is_held
        return self._when_offered(CallHeld(self.source, self.id, is_held, now.at))

    def _tell(self, step: Step, channel: str, fact: CallEvent) -> list[CallEvent]:
        following = MOVES.get((self.stage, step))
        if following is None:
            return []
        self.stage, self.answering, self._last = following, channel, None
        return self._when_offered(fact)

    def _change(self, caller: Caller, linked_id: str, now: Moment) -> list[CallEvent]:
        is_known = caller == self.caller and linked_id in {"", self.linked_id}
        if is_known or self.stage is Stage.OVER:
            return []
        self.caller = caller
        self.linked_id = linked_id or self.linked_id
        return [CallerChanged(self.source, self.id, caller, now.at, plain_id(linked_id))]

    def _when_offered(self, fact: CallEvent) -> list[CallEvent]:
        if self.is_offered:
            return [fact]
        self._waiting.append(fact)
        return []

    def _why_over(self) -> EndCause:
        """DialEnd counts before the causes, which telephones inherit from each other."""
        if self.direction is Direction.OUT:
            return _BY_STATUS.get(self.out_status, EndCause.CANCELLED)
        told = {one.dial_status for one in self.contacts.values()}
        causes = {one.cause for one in self.contacts.values() if one.dial_status != "BUSY"}
        if "BUSY" in told:
            is_rejected = any(one.dial_status == "BUSY" and one.cause == _REJECTED for one in self.contacts.values())
            return EndCause.REJECTED if is_rejected else EndCause.BUSY
        if _ELSEWHERE in causes:
            return EndCause.ANSWERED_ELSEWHERE
        return next((why for status, why in _BY_STATUS.items() if status in told), EndCause.CANCELLED)


def plain_id(text: str) -> str:
    """An id as the facts carry it: the PBX's own are plain, and shorter."""
    return plain_text(text[:_LONGEST_ID])
