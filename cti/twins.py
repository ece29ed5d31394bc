"""Which offers of two sources are one call, where no linked id says so. Pure."""

from datetime import datetime, timedelta

from cti.events import Caller, CallOffered, Direction
from cti.merged_call import MergedCall, Witness
from cti.same_number import is_same_number

TOGETHER = timedelta(seconds=3)
ANNOUNCED = timedelta(minutes=2)  # a push comes when the caller enters a queue, long before a telephone rings


def may_have_twins(call: MergedCall, at: datetime) -> bool:
    """Whether anything that comes at `at` can be this call by its number."""
    return _lies_in(call, at, ANNOUNCED)


def are_twins(call: MergedCall, event: CallOffered, witness: Witness) -> bool:
    """Two sources of this desk report the same number at the same time, and no linked id says that these are two.

    Who calls us while we call him is somebody else, or he himself on another line.
    """
    is_announced = Witness.ANNOUNCER is witness or call.is_known_by(Witness.ANNOUNCER)
    return (
        _can_be_one(call, event)
        and (call.direction is Direction.OUT) == (event.direction is Direction.OUT)
        and is_same_number(call.number, event.caller.number)
        and (call.is_ringing or witness is Witness.ANNOUNCER)
        and _lies_in(call, event.at, ANNOUNCED if is_announced else TOGETHER)
    )


def may_be_one(call: MergedCall, event: CallOffered, witness: Witness) -> bool:
    """Whether these can be one though one of the two has no number for the caller, or none that he wants to be told."""
    if not _can_be_one(call, event) or Direction.OUT in {call.direction, event.direction}:
        return False  # whom we call has a number
    is_announced = call.is_known_by(Witness.ANNOUNCER)
    if is_announced != (witness is Witness.ANNOUNCER):
        said, announced = (event.caller, call.caller) if is_announced else (call.caller, event.caller)
        return not said.number or (not announced.number and announced.withheld is None)
    if witness is Witness.OWN_PHONE:
        return _is_as_unknown(event.caller, call.caller)
    return call.is_known_by(Witness.OWN_PHONE) and _is_as_unknown(call.caller, event.caller)


def is_another_caller(call: MergedCall, event: CallOffered) -> bool:
    """A linked id that one source gives to two outside callers is none: their PBX sets a header that never changes."""
    known, said = call.caller.number, event.caller.number
    are_outside = Direction.INTERNAL not in {call.direction, event.direction}
    tells_of_it = any(source == event.source for source, _id in call.legs)
    return tells_of_it and are_outside and bool(known and said) and not is_same_number(known, said)


def _can_be_one(call: MergedCall, event: CallOffered) -> bool:
    are_linked_apart = bool(call.linked_id and event.linked_id)
    return not (call.is_alone or call.rings_at(event.source) or are_linked_apart)


def _lies_in(call: MergedCall, at: datetime, window: timedelta) -> bool:
    """While it rings, and for an announcement that was slower than the answer."""
    if call.is_ringing:
        return abs(at - call.began_at) <= window
    return not call.is_over and call.answered_at is not None and at - call.answered_at <= TOGETHER


def _is_as_unknown(own: Caller, other: Caller) -> bool:
    """Whether what the own telephone does not know of its caller can be what another source says of hers."""
    if own.number:
        return False
    return not own.withheld or not other.number
