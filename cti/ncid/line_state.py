"""The life of the one call on each telephone line, as a table; most boxes tell little of it.

No clock here: `at` is the time of the day, `now` steady seconds.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cti.caller_words import direction_of
from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered, Direction, EndCause
from cti.ncid.settings import NcidSettings
from cti.ncid.told_line import Told, ToldLine
from cti.wire_id import wire_id

MOST_LINES = 200
SILENCE = 60.0  # seconds without a word of a ring: a box that counts rings does so every few seconds


class LineState(StrEnum):
    RINGING = "ringing"
    TAKEN = "taken"  # it rings no more; whether somebody answered is not told
    OVER = "over"


class Step(StrEnum):
    """What the desk hears of a move."""

    ANSWER = "answer"
    END = "end"


@dataclass(frozen=True, slots=True)
class Moment:
    """When a line came: by the day, by a steady clock in seconds, and by the same in nanoseconds."""

    at: datetime
    now: float
    received_ns: int


MOVES: dict[tuple[LineState, Told], tuple[LineState, tuple[Step, ...]]] = {
    (LineState.RINGING, Told.STOPPED): (LineState.TAKEN, (Step.ANSWER,)),
    (LineState.RINGING, Told.GAVE_UP): (LineState.OVER, (Step.END,)),
    (LineState.RINGING, Told.HUNG_UP): (LineState.OVER, (Step.ANSWER, Step.END)),  # gateways tell no answer
    (LineState.RINGING, Told.BUSY): (LineState.OVER, (Step.END,)),
    (LineState.RINGING, Told.REJECTED): (LineState.OVER, (Step.END,)),
    (LineState.TAKEN, Told.HUNG_UP): (LineState.OVER, (Step.END,)),
    (LineState.TAKEN, Told.GAVE_UP): (LineState.OVER, (Step.END,)),
}
_WHY = {
    Told.GAVE_UP: EndCause.CANCELLED,
    Told.HUNG_UP: EndCause.HUNG_UP,
    Told.BUSY: EndCause.BUSY,
    Told.REJECTED: EndCause.REJECTED,
}


@dataclass(slots=True)
class _LineCall:
    source_id: str
    said: tuple[Told, str, str]  # what a repetition of the same line says again
    state: LineState
    heard_at: float


class TelephoneLines:
    """All lines of one server."""

    def __init__(self, settings: NcidSettings) -> None:
        self._settings = settings
        self._lines: dict[str, _LineCall] = {}
        self._count = 0

    def hear(self, told: ToldLine, moment: Moment) -> list[CallEvent]:
        """What the desk shall hear of it."""
        if told.told in {Told.CALL, Told.CALL_OUT}:
            return self._begin(told, moment)
        call = self._lines.get(told.line)
        if call is None:
            return []
        call.heard_at = moment.now
        return self._move(call, told.told, moment.at)

    def get_timer(self) -> float | None:
        """When `handle_timer` is to be called; None while nothing rings."""
        rings = [call.heard_at + SILENCE for call in self._lines.values() if call.state is LineState.RINGING]
        return min(rings, default=None)

    def handle_timer(self, at: datetime, now: float) -> list[CallEvent]:
        """Nobody tells of a ring any more: it is over, and it is not known how."""
        silent = [
            call for call in self._lines.values() if call.state is LineState.RINGING and now - call.heard_at >= SILENCE
        ]
        return [fact for call in silent for fact in self._move(call, Told.STOPPED, at)]

    def _begin(self, told: ToldLine, moment: Moment) -> list[CallEvent]:
        said = (told.told, told.minute, told.caller.number)
        before = self._lines.get(told.line)
        if before is not None and before.said == said and before.state is not LineState.OVER:
            return []  # two ways lead from the box to us
        lost = self._move(before, Told.STOPPED, moment.at) if before is not None else []
        self._count += 1
        source_id = f"{wire_id(f'{told.line};{told.minute}', 100)};{self._count}"
        self._lines.pop(told.line, None)
        self._lines[told.line] = _LineCall(source_id, said, LineState.RINGING, moment.now)
        if len(self._lines) > MOST_LINES:
            del self._lines[next(iter(self._lines))]
        return [*lost, self._offered(told, source_id, moment)]

    def _offered(self, told: ToldLine, source_id: str, moment: Moment) -> CallOffered:
        goes_out = told.told is Told.CALL_OUT
        return CallOffered(
            self._settings.name, source_id, told.caller, "" if goes_out else self._settings.number_of(told.line), "",
            "", Direction.OUT if goes_out else direction_of(told.caller), moment.at, moment.received_ns,
            moment.received_ns,
        )  # fmt: skip

    def _move(self, call: _LineCall, what: Told, at: datetime) -> list[CallEvent]:
        call.state, steps = MOVES.get((call.state, what), (call.state, ()))
        name = self._settings.name
        return [
            CallAnswered(name, call.source_id, None, at)
            if step is Step.ANSWER
            else CallEnded(name, call.source_id, _WHY[what], at)
            for step in steps
        ]
