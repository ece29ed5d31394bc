"""The life of a pushed call, as a table: whatever comes twice, late or in the wrong order, a call lives once.

No clock here: `at` is the time of the day, `now` steady seconds.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cti.errors import PeerError
from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered, Direction, EndCause
from cti.push.pushed import Pushed, PushedEvent
from cti.push.settings import PushSettings
from cti.wire_id import wire_id

MOST_RINGING = 200  # at once
MOST_KEPT = 2_000  # calls that are over, or others', among them: so many may pass before a repetition rings again
RINGS_AT_MOST = 3_600.0  # seconds: somebody may wait long in a queue, and a PBX that fell over tells no end


class PushState(StrEnum):
    UNHEARD = "unheard"
    OTHERS = "others"  # it rings for somebody else, or somebody else's phone has it
    RINGING = "ringing"
    TAKEN = "taken"  # answered, nobody has said by whom
    TALKING = "talking"
    OVER = "over"


class PushInput(StrEnum):
    NEW = "new"
    NEW_FOR_OTHERS = "new for others"
    ANSWER = "answer"
    ANSWER_HERE = "answer here"  # or it is not set who is here, and whoever answers is
    ANSWER_ELSEWHERE = "answer elsewhere"
    HANGUP = "hangup"
    TIMEOUT = "timeout"


class Step(StrEnum):
    """What the desk hears of a move."""

    OFFER = "offer"
    ANSWER = "answer"
    END = "end"


_S, _I = PushState, PushInput
MOVES: dict[tuple[PushState, PushInput], tuple[PushState, tuple[Step, ...]]] = {
    (_S.UNHEARD, _I.NEW): (_S.RINGING, (Step.OFFER,)),
    (_S.UNHEARD, _I.NEW_FOR_OTHERS): (_S.OTHERS, ()),
    (_S.UNHEARD, _I.ANSWER): (_S.TAKEN, (Step.OFFER, Step.ANSWER)),
    (_S.UNHEARD, _I.ANSWER_HERE): (_S.TALKING, (Step.OFFER, Step.ANSWER)),
    (_S.UNHEARD, _I.ANSWER_ELSEWHERE): (_S.OTHERS, ()),
    (_S.UNHEARD, _I.HANGUP): (_S.OVER, ()),  # it has overtaken the others
    (_S.OTHERS, _I.NEW): (_S.RINGING, (Step.OFFER,)),
    (_S.OTHERS, _I.ANSWER_HERE): (_S.TALKING, (Step.OFFER, Step.ANSWER)),
    (_S.OTHERS, _I.HANGUP): (_S.OVER, ()),
    (_S.RINGING, _I.ANSWER): (_S.TAKEN, (Step.ANSWER,)),
    (_S.RINGING, _I.ANSWER_HERE): (_S.TALKING, (Step.ANSWER,)),
    (_S.RINGING, _I.ANSWER_ELSEWHERE): (_S.TALKING, (Step.ANSWER,)),
    (_S.RINGING, _I.HANGUP): (_S.OVER, (Step.END,)),
    (_S.RINGING, _I.TIMEOUT): (_S.OVER, (Step.END,)),
    (_S.TAKEN, _I.ANSWER_HERE): (_S.TALKING, (Step.ANSWER,)),
    (_S.TAKEN, _I.ANSWER_ELSEWHERE): (_S.TALKING, (Step.ANSWER,)),
    (_S.TAKEN, _I.HANGUP): (_S.OVER, (Step.END,)),
    (_S.TALKING, _I.HANGUP): (_S.OVER, (Step.END,)),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When a request came: by the day, by a steady clock in seconds, and by the same in nanoseconds."""

    at: datetime
    now: float
    received_ns: int


@dataclass(slots=True)
class _Known:
    state: PushState
    since: float


class PushedCalls:
    """Every call that one source has been told of."""

    def __init__(self, settings: PushSettings) -> None:
        self._settings = settings
        self._users = frozenset(map(_folded, settings.users))
        self._calls: OrderedDict[str, _Known] = OrderedDict()
        self._ringing: dict[str, None] = {}  # in the order of their rings

    def hear(self, pushed: Pushed, moment: Moment) -> list[CallEvent]:
        """What the desk shall hear. PeerError if more rings than a desk can take."""
        before = self._calls.get(pushed.call_id, _Known(PushState.UNHEARD, moment.now)).state
        following, steps = MOVES.get((before, self._input(pushed, before)), (before, ()))
        if following is PushState.RINGING and before is not following and len(self._ringing) >= MOST_RINGING:
            raise PeerError("Too many calls!", 503)
        if before is not following:
            self._keep(pushed.call_id, following, moment.now)
        return [self._told(step, pushed, moment, was_answered=before is not PushState.RINGING) for step in steps]

    def give_up(self, at: datetime, now: float) -> list[CallEvent]:
        """End what has rung for too long."""
        ended: list[CallEvent] = []
        for call_id in list(self._ringing):
            if now - self._calls[call_id].since < RINGS_AT_MOST:
                break
            following, _steps = MOVES[PushState.RINGING, PushInput.TIMEOUT]
            self._keep(call_id, following, now)
            ended.append(CallEnded(self._settings.name, _source_id(call_id), EndCause.TIMED_OUT, at))
        return ended

    def _keep(self, call_id: str, state: PushState, now: float) -> None:
        self._ringing.pop(call_id, None)
        if state is PushState.RINGING:
            self._ringing[call_id] = None
        self._calls[call_id] = _Known(state, now)
        self._calls.move_to_end(call_id)
        if len(self._calls) > MOST_KEPT:
            del self._calls[next(one for one in self._calls if one not in self._ringing)]

    def _input(self, pushed: Pushed, state: PushState) -> PushInput:
        if pushed.event is PushedEvent.HANGUP:
            return PushInput.HANGUP
        if pushed.event is PushedEvent.NEW_CALL:
            return PushInput.NEW if self._rings_here(pushed) else PushInput.NEW_FOR_OTHERS
        if self._is_us(pushed):
            return PushInput.ANSWER_HERE
        if _who(pushed):
            return PushInput.ANSWER_ELSEWHERE if self._users else PushInput.ANSWER_HERE
        is_anybodys = not self._users or state is PushState.RINGING
        return PushInput.ANSWER if is_anybodys else PushInput.ANSWER_ELSEWHERE

    def _rings_here(self, pushed: Pushed) -> bool:
        """A call that names nobody rings for everybody, but nobody in particular does not call out from here."""
        if not self._users:
            return True
        if not pushed.users:
            return pushed.direction is not Direction.OUT
        return self._names_us(pushed.users)

    def _is_us(self, pushed: Pushed) -> bool:
        return self._names_us((pushed.answered_by,) if pushed.answered_by else pushed.users)

    def _names_us(self, names: tuple[str, ...]) -> bool:
        return not self._users.isdisjoint(map(_folded, names))

    def _told(self, step: Step, pushed: Pushed, moment: Moment, *, was_answered: bool) -> CallEvent:
        source, source_id = self._settings.name, _source_id(pushed.call_id)
        match step:
            case Step.OFFER:
                return self._offered(pushed, moment)
            case Step.ANSWER:
                by = self._settings.watch if self._is_us(pushed) else _who(pushed)
                return CallAnswered(source, source_id, by or None, moment.at)
            case Step.END:
                return CallEnded(source, source_id, EndCause.HUNG_UP if was_answered else pushed.why_over, moment.at)

    def _offered(self, pushed: Pushed, moment: Moment) -> CallOffered:
        source_id = _source_id(pushed.call_id)
        return CallOffered(
            self._settings.name, source_id, pushed.caller, pushed.dialled, "",
            source_id if self._settings.linked else "", pushed.direction, moment.at, moment.received_ns,
            moment.received_ns, queue=pushed.queue, waiting_since=moment.at if pushed.queue else None,
        )  # fmt: skip


def _who(pushed: Pushed) -> str:
    """Who has answered: the number, or the only user that is named."""
    return pushed.answered_by or (pushed.users[0] if len(pushed.users) == 1 else "")


def _source_id(call_id: str) -> str:
    return wire_id(call_id, 250)


def _folded(name: str) -> str:
    return name.strip().casefold()
