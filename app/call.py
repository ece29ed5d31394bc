"""One call as the desk sees it: its state, its pop, and the note being written.

Two rules: the table below is the only place where a state changes, and nothing here ever shortens what was typed.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app import legs
from app.clock import Clock
from app.legs import Leg
from app.made import Made
from app.phone_number import NumberKind, PhoneNumber, digits_of, parse_number
from app.pop import SEARCHING, Candidate, Pop
from app.stop_clock import StopClock
from app.trace import Stamps
from app.undo_history import NO_STEPS, Steps
from cti.better_caller import better_of
from cti.events import (
    CallAnswered,
    CallEnded,
    Caller,
    CallHeld,
    CallOffered,
    Direction,
    EndCause,
    IdentityFrom,
    Verstat,
    Withheld,
)
from db.kinds import Channel

_FEWEST_DIGITS = 8  # of a number that was not understood: fewer end many numbers


class CallState(StrEnum):
    """Where a call stands for this operator."""

    RINGING = "ringing"
    DIALLING = "dialling"  # it goes out from here: nobody is to be told, and it makes no sound
    TALKING = "talking"
    AFTER_CALL = "after_call"  # after-call work: the caller is gone, the note is not finished
    LATER = "later"  # put aside, or found as a draft at start
    MISSED = "missed"
    ELSEWHERE = "elsewhere"  # somebody else took it
    FINISHED = "finished"


class Happened(StrEnum):
    """What moves a call on."""

    ANSWERED = "answered"  # by us, or by someone the source can't name
    ANSWERED_BY_OTHER = "answered_by_other"
    GAVE_UP = "gave_up"
    HUNG_UP = "hung_up"
    RANG_AGAIN = "rang_again"  # a queue tries us once more, or whoever answered hands it on to us
    TRANSFERRED = "transferred"  # another caller: it rings or talks as before
    NOT_MINE = "not_mine"
    PUT_ASIDE = "put_aside"
    TAKEN_UP = "taken_up"
    FINISHED = "finished"


_S, _H = CallState, Happened
MOVES: dict[tuple[CallState, Happened], CallState] = {
    (_S.RINGING, _H.ANSWERED): _S.TALKING,
    (_S.RINGING, _H.ANSWERED_BY_OTHER): _S.ELSEWHERE,
    (_S.RINGING, _H.GAVE_UP): _S.MISSED,
    (_S.RINGING, _H.HUNG_UP): _S.MISSED,
    (_S.RINGING, _H.NOT_MINE): _S.ELSEWHERE,
    (_S.DIALLING, _H.ANSWERED): _S.TALKING,
    (_S.DIALLING, _H.GAVE_UP): _S.MISSED,
    (_S.DIALLING, _H.HUNG_UP): _S.MISSED,
    (_S.TALKING, _H.HUNG_UP): _S.AFTER_CALL,
    (_S.TALKING, _H.GAVE_UP): _S.AFTER_CALL,
    (_S.TALKING, _H.ANSWERED_BY_OTHER): _S.ELSEWHERE,
    (_S.TALKING, _H.NOT_MINE): _S.ELSEWHERE,
    (_S.TALKING, _H.PUT_ASIDE): _S.LATER,
    (_S.AFTER_CALL, _H.PUT_ASIDE): _S.LATER,
    (_S.AFTER_CALL, _H.NOT_MINE): _S.ELSEWHERE,
    (_S.MISSED, _H.PUT_ASIDE): _S.LATER,
    (_S.MISSED, _H.ANSWERED_BY_OTHER): _S.ELSEWHERE,  # told late, after our own telephones had fallen silent
    (_S.ELSEWHERE, _H.PUT_ASIDE): _S.LATER,
    (_S.LATER, _H.TAKEN_UP): _S.AFTER_CALL,
    (_S.RINGING, _H.TRANSFERRED): _S.RINGING,
    (_S.DIALLING, _H.TRANSFERRED): _S.DIALLING,
    (_S.TALKING, _H.TRANSFERRED): _S.TALKING,
    **{(state, _H.RANG_AGAIN): _S.RINGING for state in (_S.TALKING, _S.AFTER_CALL, _S.LATER, _S.MISSED, _S.ELSEWHERE)},
    **{(state, _H.FINISHED): _S.FINISHED for state in CallState if state is not _S.FINISHED},
}

LIVE = frozenset({CallState.RINGING, CallState.DIALLING, CallState.TALKING})
WRAP_UP = frozenset({CallState.AFTER_CALL, CallState.LATER})
OTHERS = frozenset({CallState.MISSED, CallState.ELSEWHERE})


class Outcome(StrEnum):
    """What became of a call, for the log and the figures."""

    OFFERED = "offered"
    ANSWERED = "answered"
    MISSED = "missed"
    ELSEWHERE = "elsewhere"


_OUTCOMES = {
    CallState.TALKING: Outcome.ANSWERED,
    CallState.MISSED: Outcome.MISSED,
    CallState.ELSEWHERE: Outcome.ELSEWHERE,
}
_SOMEBODY_ANSWERED = frozenset({Outcome.ANSWERED, Outcome.ELSEWHERE})


@dataclass(frozen=True, slots=True)
class Note:
    """What the operator has written so far: text, words for the next handler, and the chosen disposition's code.

    The steps are what can be taken back in both texts.
    """

    body: str = ""
    handover: str = ""
    disposition: str = ""
    body_steps: Steps = field(default=NO_STEPS, compare=False, repr=False)
    handover_steps: Steps = field(default=NO_STEPS, compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.body.strip() or self.handover.strip())


@dataclass(frozen=True, slots=True)
class ByHand:
    """A card that was opened without a call: by which way the contact came about, and who began it."""

    channel: Channel = Channel.PHONE
    direction: Direction = Direction.IN


@dataclass(frozen=True, slots=True)
class Ring:
    """What the source said when the call was offered, made ready for eyes. `line_name` is "" for an unnamed line."""

    source: str
    source_id: str
    number: PhoneNumber
    name: str
    withheld: Withheld | None
    dialled: str
    line_name: str
    diverted_from: str
    direction: Direction
    at: datetime
    region: str = "JP"
    linked_id: str = ""
    identity_from: str | None = None
    verstat: Verstat | None = None
    is_test: bool = False
    queue: str = ""
    waiting_since: datetime | None = None

    @property
    def can_be_sought(self) -> bool:
        """Whether there is anything to look up: a number or at least its end, or a name; never of one who withholds."""
        is_inside = self.number.kind in (NumberKind.EXTENSION, NumberKind.SPECIAL)
        tells_something = bool(self.number.key or len(digits_of(self.number)) >= _FEWEST_DIGITS or self.name)
        return self.withheld is None and not is_inside and tells_something

    @property
    def may_be_spoofed(self) -> bool:
        """Whether the network has found that this is not the caller's own number."""
        return self.verstat is Verstat.FAILED

    @property
    def is_nobody(self) -> bool:
        """Whether the source could not tell at all who rings."""
        return not (self.number.raw or self.name or self.withheld)

    def with_caller(self, caller: Caller, number: PhoneNumber) -> "Ring":
        """The same ring by another caller, whose number is `number`."""
        inwards = Direction.INTERNAL if number.kind is NumberKind.EXTENSION else Direction.IN
        return replace(
            self, number=number, name=caller.name, withheld=caller.withheld, identity_from=caller.identity_from,
            verstat=caller.verstat,
            direction=Direction.OUT if self.direction is Direction.OUT else inwards,
        )  # fmt: skip

    def without_caller(self, why: Withheld) -> "Ring":
        """The same ring, by one who withholds the number after all."""
        nobody = parse_number("", self.region)
        return replace(self, number=nobody, name="", withheld=why, verstat=None)

    def filled_from(self, other: "Ring") -> "Ring":
        """What another leg of the same call knows and this one does not; never who calls."""
        is_line_told = bool(self.dialled)
        return replace(
            self,
            dialled=self.dialled if is_line_told else other.dialled,
            line_name=self.line_name if is_line_told else other.line_name,
            diverted_from=self.diverted_from or other.diverted_from,
            linked_id=self.linked_id or other.linked_id,
            queue=self.queue or other.queue,
            waiting_since=self.waiting_since or other.waiting_since,
        )._named_as_by(other)

    def _named_as_by(self, other: "Ring") -> "Ring":
        """By the better witness, where both tell the same number."""
        if not self.number.key or other.number.key != self.number.key:
            return self
        best = better_of(self._caller, other._caller)
        return replace(self, name=best.name, identity_from=best.identity_from)

    @property
    def _caller(self) -> Caller:
        said_by = IdentityFrom(self.identity_from) if self.identity_from else None
        return Caller(self.number.key, self.name, self.withheld, said_by, self.verstat)


@dataclass(slots=True)
class Call:
    """A call on the desk. The desk alone changes it, in the Qt thread; widgets read it."""

    id: UUID
    ring: Ring
    pop: Pop
    state: CallState = CallState.RINGING
    note: Note = Note()
    saved_at: datetime | None = None
    seq: int = 0  # of the note's versions
    opened_id: int | None = None  # the customer whose card was opened, by itself or by the operator
    is_chosen: bool = False  # by the operator: nothing opens another card instead
    chosen_for: str = ""  # the key of the number for which he chose; a transferred call has another
    answered_by: str | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    why_ended: EndCause | None = None
    after_call: StopClock = field(default_factory=StopClock)
    held: StopClock = field(default_factory=StopClock)
    made: Made = field(default_factory=Made)  # out of it, beside its note
    legs: tuple[Leg, ...] = ()
    rang_again_at: datetime | None = None  # when its present ringing began, if it rang before
    transferred_by: Caller | None = None  # who was the caller before this one
    was_touched: bool = False  # the operator has clicked into it or typed
    stamps: Stamps = field(default_factory=Stamps)
    outcome: Outcome = Outcome.OFFERED
    why_no_pop: str | None = None
    is_traced: bool = False  # the "offered" line has been written
    was_rung: bool = False  # the screen has been told to be seen
    is_restored: bool = False  # from a draft or the log: no source will say more of it
    is_finishing: bool = False  # note and disposition are on their way into the records
    came_in_break: bool = False  # it rang without a sign: the operator was away
    operator: str = ""  # whose it stays, whoever sits here: the login; "" for who does
    by_hand: ByHand | None = None  # there is no call: the operator opened a customer's card to write something down
    is_watched: bool = False  # the screen tells when the answer to "who is it?" has been drawn

    @property
    def is_about_to_be_watched(self) -> bool:
        """Whether it is being drawn for the first time since it rang and was looked up."""
        return self.was_rung and not self.is_watched and self.pop is not SEARCHING

    @property
    def goes_out(self) -> bool:
        """Whether it was made here: the other party is the one who was called."""
        return self.ring.direction is Direction.OUT

    @property
    def is_unseen_for_good(self) -> bool:
        """Nobody sees this call and no source will say more of it."""
        is_over = self.state in OTHERS | WRAP_UP or (self.is_taken_by_nobody_known and not legs.is_any_open(self.legs))
        return is_over and not self.is_in_use_by_hand and (self.why_no_pop is not None or self._is_past_test)

    @property
    def is_taken_by_nobody_known(self) -> bool:
        """Whether somebody talks, and nobody can tell who."""
        return self.state is CallState.TALKING and self.answered_by is None

    @property
    def _is_past_test(self) -> bool:
        return self.ring.is_test and self.state in OTHERS

    def move(self, happened: Happened) -> bool:
        """Take the step the table allows; False when it allows none (a late or repeated fact)."""
        following = MOVES.get((self.state, happened))
        if following is None:
            return False
        self.state = following
        if following is CallState.ELSEWHERE:
            self.legs = legs.answered_elsewhere(self.legs)
        if following is not CallState.MISSED or self.outcome not in _SOMEBODY_ANSWERED:
            self.outcome = _OUTCOMES.get(following, self.outcome)
        return True

    def settle(self, fact: CallAnswered | CallEnded) -> None:
        """Keep what became of one leg."""
        told = legs.answered(self.legs, fact) if isinstance(fact, CallAnswered) else legs.ended(self.legs, fact)
        self.legs = legs.answered_elsewhere(told) if self.state is CallState.ELSEWHERE else told

    def hold(self, event: CallHeld) -> bool:
        """Keep how long somebody waits; False when that is known already, or nobody talks."""
        if self.state is not CallState.TALKING or event.is_held == self.held.is_running:
            return False
        self.held = self.held.running(event.at) if event.is_held else self.held.stopped(event.at)
        return True

    @property
    def waited(self) -> timedelta | None:
        """How long the caller has waited in a queue, once somebody answered or it was over; None if nobody can tell."""
        until = self.answered_at or self.ended_at
        return until - self.ring.waiting_since if until and self.ring.waiting_since else None

    def end(self, event: CallEnded) -> None:
        """The caller is gone: what the operator does now is after-call work."""
        self.ended_at, self.why_ended, self.held = event.at, event.why, self.held.stopped(event.at)
        if self.state is CallState.AFTER_CALL:
            self.after_call = self.after_call.running(event.at)

    def ring_again(self, offered: CallOffered) -> None:
        """As if it rang for the first time, but with its note and its customer."""
        self.after_call, self.held = self.after_call.stopped(offered.at), self.held.stopped(offered.at)
        self.answered_by = self.answered_at = self.ended_at = self.why_ended = None
        self.was_rung = self.is_watched = self.is_restored = self.came_in_break = False
        self.rang_again_at = offered.at
        self.stamp_anew(offered.received_ns, offered.parsed_ns)

    def stamp_anew(self, received_ns: int, parsed_ns: int) -> None:
        """The road to the screen begins here."""
        self.stamps = Stamps()
        self.stamps.mark("received", received_ns)
        self.stamps.mark("parsed", parsed_ns)

    @property
    def is_in_use(self) -> bool:
        """Whether a newcomer must leave it on the screen."""
        if self.by_hand is not None:
            return bool(self.note) or bool(self.note.disposition)
        if self.state is CallState.LATER:
            return self.was_touched
        if self.state in OTHERS:
            return self.is_in_use_by_hand
        return self.state is not CallState.FINISHED

    @property
    def is_folded(self) -> bool:
        """A colleague is known to have answered, and nobody here has done anything with it."""
        is_known = self.state is CallState.ELSEWHERE and self.answered_by is not None
        return is_known and not self.is_in_use_by_hand

    @property
    def is_begun(self) -> bool:
        """Whether whoever sits here has taken it, or written in it."""
        is_taken = self.state in WRAP_UP or (self.state is CallState.TALKING and not self.is_restored)
        return is_taken or bool(self.note)

    @property
    def has_contact(self) -> bool:
        """Whether there is anything for the customer's history: somebody answered, wrote or chose a disposition."""
        return self.outcome is Outcome.ANSWERED or bool(self.note) or bool(self.note.disposition)

    @property
    def is_in_use_by_hand(self) -> bool:
        """The operator has clicked into it or written something."""
        return self.was_touched or bool(self.note)

    @property
    def offered_instead(self) -> tuple[Candidate, ...]:
        """Whom the new caller may be, while the card is still that of the customer whom the operator had chosen."""
        is_another = all(one.customer_id != self.opened_id for one in self.pop.candidates)
        stands = self.transferred_by is not None and self.is_chosen and self.pop.facts is not None
        return self.pop.candidates if stands and is_another else ()

    @property
    def clock_starts(self) -> datetime:
        """From when the running clock counts: the answer, else the ring."""
        return self.answered_at or self.rang_again_at or self.ring.at


def rehearsal(sample: Pop, clock: Clock) -> Call:
    """A call that never was, for windows to draw before the first real one."""
    ring = Ring("rehearsal", "", parse_number("0312345678"), "", None, "", "", "", Direction.IN, clock.now())
    return Call(clock.new_id(), ring, sample)


def ring_from(event: CallOffered, number: PhoneNumber, line_name: str, region: str) -> Ring:
    """The source's fact, with its number understood and its line named."""
    caller = event.caller
    return Ring(
        source=event.source, source_id=event.source_id, number=number, name=caller.name, withheld=caller.withheld,
        dialled=event.dialled, line_name=line_name, diverted_from=event.diverted_from, direction=event.direction,
        at=event.at, region=region, linked_id=event.linked_id, identity_from=caller.identity_from,
        verstat=caller.verstat, is_test=event.is_test, queue=event.queue, waiting_since=event.waiting_since,
    )  # fmt: skip
