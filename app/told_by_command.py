"""What `omote pop` tells, as the facts of a call source: a softphone's "run on incoming call", a script, a dial plan.

A call is known by `--call`, else by its number, for as long as it lives; whoever tells nothing more leaves it to the
clock: then nobody can say whether it was answered.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from app.place import COMMAND
from app.seat import Seat
from app.who_is_it import Later
from cti.caller_words import is_no_number, why_no_number
from cti.events import CallAnswered, CallEnded, Caller, CallEvent, CallOffered, Direction, EndCause, IdentityFrom
from cti.plain_text import plain_text

MOST_CALLS = 200
RINGS_MS = 120_000  # for a call whose program has named it, and so may still tell what became of it
_LONGEST = 250


class ToldState(StrEnum):
    """Where a call stands."""

    UNHEARD = "unheard"
    RINGING = "ringing"
    TALKING = "talking"


class Said(StrEnum):
    """What a command says of a call."""

    RINGS = "rings"
    ANSWERED = "answered"
    ENDED = "ended"


class Step(StrEnum):
    """What the desk hears of it."""

    OFFER = "offer"
    ANSWER = "answer"
    GIVE_UP = "give_up"
    HANG_UP = "hang_up"


_S = ToldState
MOVES: dict[tuple[ToldState, Said], tuple[ToldState, tuple[Step, ...]]] = {
    (_S.UNHEARD, Said.RINGS): (_S.RINGING, (Step.OFFER,)),
    (_S.UNHEARD, Said.ANSWERED): (_S.TALKING, (Step.OFFER, Step.ANSWER)),
    (_S.RINGING, Said.ANSWERED): (_S.TALKING, (Step.ANSWER,)),
    (_S.RINGING, Said.ENDED): (_S.UNHEARD, (Step.GIVE_UP,)),
    (_S.TALKING, Said.ENDED): (_S.UNHEARD, (Step.HANG_UP,)),
}


class ToldByCommand:
    """Every call that commands have told of and not ended.

    What tells no more is answered by nobody known: a call that has a name after RINGS_MS, any other after `alone_ms`.
    """

    def __init__(self, hear: Callable[[CallEvent], object], seat: Seat, later: Later, alone_ms: int) -> None:
        self._hear, self._seat, self._later, self._alone_ms = hear, seat, later, alone_ms
        self._calls: OrderedDict[str, tuple[str, ToldState]] = OrderedDict()

    def pop(self, request: dict[str, Any], now: datetime) -> None:
        """Any request tells a fact or none; nonsense is cut, never an error."""
        number, named, said = plain_text(_text(request, "number")), _text(request, "call"), _said(request)
        key = named or number
        source_id, state = self._known(key, said, is_named=bool(named))
        following, steps = MOVES.get((state, said), (state, ()))
        self._keep(key, source_id, following)
        for step in steps:
            self._hear(self._fact(step, source_id, request, now))
        if steps == (Step.OFFER,):
            nobody = CallAnswered(COMMAND, source_id, None, now)
            self._later(RINGS_MS if named else self._alone_ms, lambda: self._hear(nobody))

    def _fact(self, step: Step, source_id: str, request: dict[str, Any], now: datetime) -> CallEvent:
        match step:
            case Step.OFFER:
                return _offered(source_id, request, now)
            case Step.ANSWER:
                return CallAnswered(COMMAND, source_id, self._seat.login, now)
            case Step.GIVE_UP:
                return CallEnded(COMMAND, source_id, EndCause.CANCELLED, now)
            case Step.HANG_UP:
                return CallEnded(COMMAND, source_id, EndCause.HUNG_UP, now)

    def _known(self, key: str, said: Said, *, is_named: bool) -> tuple[str, ToldState]:
        """A call that nobody named rings anew each time; one that has a name rings once."""
        if said is Said.RINGS and not is_named:
            return str(uuid4()), ToldState.UNHEARD
        return self._calls.get(key, (str(uuid4()), ToldState.UNHEARD))

    def _keep(self, key: str, source_id: str, state: ToldState) -> None:
        self._calls.pop(key, None)
        if state is not ToldState.UNHEARD:
            self._calls[key] = source_id, state
        if len(self._calls) > MOST_CALLS:
            self._calls.popitem(last=False)


def _said(request: dict[str, Any]) -> Said:
    what = request.get("what")
    return Said(what) if isinstance(what, str) and what in set(Said) else Said.RINGS


def _offered(source_id: str, request: dict[str, Any], now: datetime) -> CallOffered:
    at_ns = time.monotonic_ns()
    number, name, dialled = (plain_text(_text(request, key)) for key in ("number", "name", "line"))
    withheld = why_no_number(number, name)
    shown = "" if is_no_number(number) else number
    caller = Caller(shown, "" if withheld else name, withheld, IdentityFrom.COMMAND if shown or withheld else None)
    return CallOffered(COMMAND, source_id, caller, dialled, "", "", Direction.IN, now, at_ns, at_ns)


def _text(request: dict[str, Any], key: str) -> str:
    return str(request.get(key, ""))[:_LONGEST]
