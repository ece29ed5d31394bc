"""The life of a dialog at a watched phone, as a table, and what of it the desk hears.

Two kinds of notifier. Some give each call a dialog of its own. Asterisk has one for the whole extension: its early
state names the caller of one ringing call, its confirmed state nobody. So what becomes of a call that rings while
another one is talked to is not told, and LOSE says just that: its ringing is over, who has it nobody knows.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from cti.events import Caller, EndCause


class DialogLife(StrEnum):
    IDLE = "idle"
    RINGING = "ringing"
    TALKING = "talking"
    WAITING = "waiting"  # one call is talked to, another one rings


class DialogInput(StrEnum):
    RING = "ring"  # early, somebody calls the watched phone
    RING_UNNAMED = "ring unnamed"  # ... and it is not told who
    OTHER_CALLER = "other caller"  # the same call with another caller
    OTHER_CALL = "other call"  # another call in its place
    CONFIRM = "confirm"
    CONFIRM_CALLER = "confirm caller"  # a call that came in and was answered before we heard of it
    TERMINATE = "terminate"
    TIMEOUT = "timeout"


class Step(StrEnum):
    """What the desk hears of a move."""

    OFFER = "offer"
    ANSWER = "answer"
    LOSE = "lose"
    CHANGE = "change"
    END = "end"  # of the call that rings
    HANG_UP = "hang up"  # on those that are talked to


_S, _I = DialogLife, DialogInput
MOVES: dict[tuple[DialogLife, DialogInput], tuple[DialogLife, tuple[Step, ...]]] = {
    (_S.IDLE, _I.RING): (_S.RINGING, (Step.OFFER,)),
    (_S.IDLE, _I.RING_UNNAMED): (_S.RINGING, (Step.OFFER,)),
    (_S.IDLE, _I.CONFIRM): (_S.TALKING, ()),
    (_S.IDLE, _I.CONFIRM_CALLER): (_S.TALKING, (Step.OFFER, Step.ANSWER)),
    (_S.RINGING, _I.OTHER_CALLER): (_S.RINGING, (Step.CHANGE,)),
    (_S.RINGING, _I.OTHER_CALL): (_S.WAITING, (Step.LOSE, Step.OFFER)),
    (_S.RINGING, _I.CONFIRM): (_S.TALKING, (Step.ANSWER,)),
    (_S.RINGING, _I.TERMINATE): (_S.IDLE, (Step.END,)),
    (_S.RINGING, _I.TIMEOUT): (_S.IDLE, (Step.END,)),
    (_S.TALKING, _I.RING): (_S.WAITING, (Step.OFFER,)),
    (_S.TALKING, _I.OTHER_CALLER): (_S.TALKING, (Step.CHANGE,)),
    (_S.TALKING, _I.TERMINATE): (_S.IDLE, (Step.HANG_UP,)),
    (_S.WAITING, _I.OTHER_CALLER): (_S.WAITING, (Step.CHANGE,)),
    (_S.WAITING, _I.OTHER_CALL): (_S.WAITING, (Step.LOSE, Step.OFFER)),
    (_S.WAITING, _I.CONFIRM): (_S.TALKING, (Step.LOSE,)),
    (_S.WAITING, _I.TERMINATE): (_S.IDLE, (Step.END, Step.HANG_UP)),
    (_S.WAITING, _I.TIMEOUT): (_S.TALKING, (Step.END,)),
}

CAUSES = {  # why an early dialog was terminated (RFC 4235 section 3.7.1)
    "cancelled": EndCause.CANCELLED,
    "rejected": EndCause.REJECTED,
    "timeout": EndCause.TIMED_OUT,
    "error": EndCause.FAILED,
    "replaced": EndCause.ANSWERED_ELSEWHERE,
}


@dataclass(slots=True)
class WatchedCall:
    """One call that the desk has been offered."""

    call_id: str
    caller: Caller


@dataclass(slots=True)
class WatchedDialog:
    """A dialog with the call that rings in it and those that are talked to; none of them where we were not the callee.

    At `deadline` a call that nobody has mentioned any more is given up.
    """

    life: DialogLife = DialogLife.IDLE
    ringing: WatchedCall | None = None
    talking: list[WatchedCall] = field(default_factory=list)
    deadline: float = 0.0

    def move(self, what: DialogInput) -> tuple[Step, ...]:
        self.life, steps = MOVES.get((self.life, what), (self.life, ()))
        return steps

    @property
    def current(self) -> WatchedCall | None:
        """The call that a word about the caller is about."""
        return self.ringing or (self.talking[0] if len(self.talking) == 1 else None)
