"""One call with its legs, as one source or several tell of it: who answered, and when it is over. No clock here.

Two rules. The table is the only place where a leg's state changes. A call rings in rounds (a queue rings us again):
each round ends at most once, and what is told of an earlier round is about its leg alone.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cti.events import (
    CallAnswered,
    CallEnded,
    Caller,
    CallHeld,
    CallOffered,
    DeskEvent,
    Direction,
    EndCause,
    LegSettled,
)

MOST_LEGS = 50  # remembered of one call: a queue rings us again for as long as somebody waits in it

LegKey = tuple[str, str]  # source and source_id


class Witness(StrEnum):
    """What a source can know of a call."""

    OWN_PHONE = "own phone"  # it watches the operator's own telephone
    PHONE = "phone"  # it rings where a telephone rings
    ANNOUNCER = "announcer"  # it was told that a call comes, and may hear no more of it


class LegState(StrEnum):
    """Where one leg stands."""

    RINGING = "ringing"
    TAKEN = "taken"  # answered, nobody knows by whom: its source may well say no more of it
    TALKING = "talking"  # answered by somebody whom the source knows, so it will tell the end
    ENDED = "ended"


class LegInput(StrEnum):
    ANSWERED = "answered"
    ANSWERED_BY = "answered by"
    ENDED = "ended"


MOVES = {
    (LegState.RINGING, LegInput.ANSWERED): LegState.TAKEN,
    (LegState.RINGING, LegInput.ANSWERED_BY): LegState.TALKING,
    (LegState.RINGING, LegInput.ENDED): LegState.ENDED,
    (LegState.TAKEN, LegInput.ANSWERED_BY): LegState.TALKING,
    (LegState.TAKEN, LegInput.ENDED): LegState.ENDED,
    (LegState.TALKING, LegInput.ENDED): LegState.ENDED,
}

_TELLS_MOST = (
    EndCause.ANSWERED_ELSEWHERE, EndCause.HUNG_UP, EndCause.REJECTED, EndCause.BUSY, EndCause.CANCELLED,
    EndCause.TIMED_OUT, EndCause.FAILED,
)  # fmt: skip
_NOT_HEARD = (None, EndCause.TIMED_OUT, EndCause.FAILED)  # the leg still rings, or its source has lost sight of it


@dataclass(slots=True, eq=False)
class Leg:
    """One place where the call rings. `said` is the caller as this leg's source has told him last."""

    source: str
    witness: Witness
    said: Caller
    state: LegState = LegState.RINGING
    was_answered: bool = False
    why: EndCause | None = None

    def move(self, what: LegInput) -> bool:
        """False for a late or repeated fact."""
        following = MOVES.get((self.state, what))
        if following is None:
            return False
        self.state = following
        self.was_answered = self.was_answered or what is not LegInput.ENDED
        return True

    @property
    def is_open(self) -> bool:
        """Whether its source has more to tell."""
        return self.state in {LegState.RINGING, LegState.TALKING}


class MergedCall:
    """A call, first offered as `offered`; `caller` is the one it has now, in the words of the source `named_by`.

    One that `is_alone` is joined by no leg.
    """

    def __init__(self, offered: CallOffered, *, is_alone: bool) -> None:
        self.caller, self.direction, self.is_alone = offered.caller, offered.direction, is_alone
        self.named_by = offered.source
        self.number_withheld = ""  # by which a source that shows it all the same is known; it goes nowhere else
        self.linked_id, self.began_at = offered.linked_id, offered.at
        self.answered_at: datetime | None = None
        self.legs: dict[LegKey, Leg] = {}
        self._round: list[Leg] = []
        self._answered_by: str | None = None
        self._is_answered = self._is_over = self._is_held = False
        self._why: EndCause | None = None

    @property
    def is_ringing(self) -> bool:
        """Whether it rings and nobody has answered."""
        return not (self._is_over or self._is_answered)

    @property
    def is_dialling(self) -> bool:
        """Whether it goes out, and whom it calls has not answered."""
        return self.direction is Direction.OUT and self.is_ringing

    @property
    def is_over(self) -> bool:
        """Whether this round has ended for the desk."""
        return self._is_over

    def is_open_to(self, witness: Witness) -> bool:
        """Whether another leg joins the others; else the call rings again. An announcement rings nowhere."""
        own = any(leg.witness is Witness.OWN_PHONE and leg.state is LegState.TALKING for leg in self._round)
        return self.is_ringing or ((own or witness is Witness.ANNOUNCER) and not self._is_over)

    def is_known_by(self, witness: Witness) -> bool:
        """Whether only such sources have told of this round so far."""
        return bool(self._round) and all(leg.witness is witness for leg in self._round)

    @property
    def number(self) -> str:
        """The caller's, to find other legs by."""
        return self.caller.number or self.number_withheld

    @property
    def last_leg(self) -> LegKey:
        """Any leg stands for the call; the newest is the one that nobody has forgotten yet."""
        return next(reversed(self.legs))

    def rings_at(self, source: str) -> bool:
        """Whether this source tells of it in this round."""
        return any(leg.source == source for leg in self._round)

    def add(self, offered: CallOffered, witness: Witness) -> None:
        """A leg, the first of a new round unless it joins others."""
        if not self.is_open_to(witness):
            self._round, self._answered_by, self.began_at, self.answered_at = [], None, offered.at, None
            self._is_answered = self._is_over = self._is_held = False
        leg = Leg(offered.source, witness, offered.caller)
        self._round.append(leg)
        self.legs[offered.source, offered.source_id] = leg
        self.linked_id = self.linked_id or offered.linked_id

    def add_own_ring(self, offered: CallOffered) -> None:
        """A leg of no round: our telephone rings so that it may dial, which moves nothing."""
        self.legs[offered.source, offered.source_id] = Leg(offered.source, Witness.OWN_PHONE, offered.caller)

    def forget_oldest(self) -> LegKey | None:
        """Let go of a leg that is too old to be told of again, if there are too many."""
        if len(self.legs) <= MOST_LEGS:
            return None
        oldest = next(iter(self.legs))
        del self.legs[oldest]
        return oldest

    def is_now(self, leg: Leg) -> bool:
        """Whether what happens to this leg may move the call."""
        return not self._is_over and leg in self._round

    def answer(self, fact: CallAnswered) -> list[DeskEvent]:
        """The first answer is the call's; one that knows by whom overrides one that does not.

        An announcer may know after our telephones have fallen silent who has taken the call.
        """
        leg = self.legs[fact.source, fact.source_id]
        if not leg.move(LegInput.ANSWERED if fact.by is None else LegInput.ANSWERED_BY):
            return []
        is_told_late = fact.by is not None and self._is_missed and leg in self._round
        if not is_told_late and (not self.is_now(leg) or (self._is_answered and fact.by in {None, self._answered_by})):
            return [LegSettled(fact)]
        if fact.by is None and leg not in self._witnesses:
            return [LegSettled(fact)]
        if fact.by is None and self._own_phone_was_silent:
            return [LegSettled(fact), self._over(fact, EndCause.ANSWERED_ELSEWHERE)]
        self._is_answered, self._answered_by, self.answered_at = True, fact.by, self.answered_at or fact.at
        return [fact]

    def hold(self, fact: CallHeld) -> list[DeskEvent]:
        """Two sources may tell of the same; nobody holds a call that only rings."""
        leg = self.legs[fact.source, fact.source_id]
        if fact.is_held == self._is_held or leg.state is LegState.RINGING or not self.is_now(leg):
            return []
        self._is_held = fact.is_held
        return [fact]

    def end(self, fact: CallEnded) -> list[DeskEvent]:
        """The last leg's end is the call's; the cause that tells most is that of all its legs."""
        leg = self.legs[fact.source, fact.source_id]
        if not leg.move(LegInput.ENDED):
            return []
        leg.why = fact.why
        if not self.is_now(leg) or any(one.is_open for one in self._witnesses):
            return [LegSettled(fact)]
        why = self._why_over()
        if why is None:
            return [LegSettled(fact)]
        told = self._over(fact, why)
        return [told] if told == fact else [LegSettled(fact), told]

    def _why_over(self) -> EndCause | None:
        """Why the call is over, now that no leg is open; None while somebody unknown may still be talking."""
        over = [leg for leg in self._round if leg.why is not None]
        talked = [leg for leg in over if leg.was_answered]
        if self._is_answered and not talked:
            return EndCause.ANSWERED_ELSEWHERE if self._own_phone_was_silent else None
        return min((leg.why for leg in talked or over if leg.why is not None), key=_TELLS_MOST.index)

    @property
    def _is_missed(self) -> bool:
        """It is over as far as our telephones know, and they know of no answer."""
        return self._is_over and not self._is_answered and self._why is not EndCause.ANSWERED_ELSEWHERE

    @property
    def _witnesses(self) -> list[Leg]:
        """Who tells whether it was answered and is over: the telephones; announcers only where nobody else is."""
        return [leg for leg in self._round if leg.witness is not Witness.ANNOUNCER] or self._round

    @property
    def _own_phone_was_silent(self) -> bool:
        """The operator's own telephone has stopped ringing unanswered: whoever answered, it was not he."""
        own = [leg for leg in self._round if leg.witness is Witness.OWN_PHONE]
        return bool(own) and all(leg.why not in _NOT_HEARD and not leg.was_answered for leg in own)

    def _over(self, last: CallAnswered | CallEnded, why: EndCause) -> CallEnded:
        self._is_over, self._why = True, why
        return CallEnded(last.source, last.source_id, why, last.at)
