"""What a source can do with a call, and why it can't: the one way in which anything is done to the telephone system.

A source that can do something has a `control`; most have none. The desk asks `cannot` for each button (grey, with the
reason) and sends an `Order` to the thread "cti" (`Listener.submit(control.do(order))`). What became of the call is
told by the source's events as if somebody had done it by hand: an order changes no state of the desk.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

_DIALABLE = re.compile(r"[0-9*#+]{1,32}", re.ASCII)


class Act(StrEnum):
    """What can be asked for."""

    DIAL = "dial"
    ANSWER = "answer"
    HANG_UP = "hang_up"  # also: reject what rings, give up what we dial
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"  # blind: the call is gone from here at once
    CONSULT = "consult"  # the first half of an attended transfer: the caller waits while we talk to `number`
    HAND_OVER = "hand_over"  # ... the second half: the two talk, we are out
    TAKE_BACK = "take_back"  # ... or not: we talk to the caller again
    DIGITS = "digits"  # DTMF
    MUTE = "mute"
    UNMUTE = "unmute"


_WITH_NUMBER = frozenset({Act.DIAL, Act.TRANSFER, Act.CONSULT, Act.DIGITS})


class Cannot(StrEnum):
    """Why a source can't do it now. No sentence: `app` has the words and the way out."""

    NOT_THIS_SOURCE = "not_this_source"  # its protocol has nothing for it
    NO_RIGHT = "no_right"  # the PBX does not let our account
    NOT_SET_UP = "not_set_up"  # a setting is wanting: AMI's dial_context
    NOT_CONNECTED = "not_connected"  # the source hears nothing at all now
    NOT_OURS = "not_ours"  # the call is, or is no more, at another telephone
    NOT_NOW = "not_now"  # not in this state of the call: nobody holds what only rings
    LET_GO = "let_go"  # we have begun it, and are out of it now: the telephone has it
    NO_DEVICE = "no_device"  # the softphone's headset is gone


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to do. `source_id` names the call as the source's events do; "" for DIAL.

    `number` is whom to dial or transfer to, or the digits to send. ValueError for what nobody can dial: whatever a
    source composes of it, there is no line break, no quote and no comma in it.
    """

    act: Act
    source_id: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        if self.act in _WITH_NUMBER and not is_dialable(self.number):
            raise ValueError(f"{self.act} needs 1 to 32 of 0-9*#+")
        if self.number and self.act not in _WITH_NUMBER:
            raise ValueError(f"{self.act} takes no number")
        if bool(self.source_id) == (self.act is Act.DIAL):
            raise ValueError(f"{self.act} {'begins a call' if self.source_id else 'needs a call'}")


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an order. `source_id` is that of the call which DIAL or CONSULT has begun.

    `failed` says why it was not done, `detail` the bare fact behind it (a PBX's answer); no sentence. `rings_first`:
    the operator's own telephone has to be lifted before the other one rings.
    """

    source_id: str = ""
    failed: Cannot | None = None
    detail: str = ""
    rings_first: bool = True


class Control(Protocol):
    """Does things to the calls of one source."""

    def cannot(self, act: Act, source_id: str = "") -> Cannot | None:
        """None if it can be done to this call now. Asked in the desk's thread while it draws, so it answers at once
        from an unchangeable value that the source has put there; `do` looks again."""

    async def do(self, order: Order) -> Done:
        """Do it, on the thread "cti", within five seconds; never raises for what the other end says or does."""


@runtime_checkable
class Controllable(Protocol):
    """A source that has a control."""

    @property
    def control(self) -> Control:
        """For as long as the source lives."""


def is_dialable(number: str) -> bool:
    """Digits, `*`, `#` and `+` alone, 32 at most."""
    return _DIALABLE.fullmatch(number) is not None
