"""Between the sources and the desk: which offers are one call. Pure; its only clock is the events' `at`.

One call are: the same linked id, from whatever source; a number that two sources of this desk report within three
seconds, while the first still rings; and a caller without number at the operator's own telephone, if just one other
call can be it. A source that offers two calls means two, unless their linked id says otherwise.

Withheld wins: once any source says so of a caller, no other source's number for him gets past here.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from cti.events import (
    CallAnswered,
    CallEnded,
    Caller,
    CallerChanged,
    CallEvent,
    CallHeld,
    CallOffered,
    DeskEvent,
    Direction,
    LegAdded,
    NumberWithheld,
    RangAgain,
)
from cti.merged_call import LegKey, MergedCall
from cti.shown_caller import as_may_be_shown, withholds

TOGETHER = timedelta(seconds=3)
MOST_CALLS = 1_000  # remembered, over or not
_TAIL = 8  # digits that every way to write one number shares


class CallMerge:
    """Folds legs into calls. `watching` names the sources that watch the operator's own telephone.

    Calls of a source in `alone` are nobody's legs.
    """

    def __init__(self, watching: Collection[str] = (), alone: Collection[str] = ()) -> None:
        self._watching, self._alone = frozenset(watching), frozenset(alone)
        self._by_leg: dict[LegKey, MergedCall] = {}
        self._by_linked: dict[str, MergedCall] = {}
        self._by_tail: dict[str, list[MergedCall]] = {}
        self._calls: dict[MergedCall, None] = {}  # in the order of their last ring

    def hear(self, event: CallEvent) -> list[DeskEvent]:
        """What the desk shall hear of a source's fact: the fact itself, less, or more."""
        if isinstance(event, CallOffered):
            return self._offered(event)
        if not isinstance(event, CallAnswered | CallEnded | CallerChanged | CallHeld):
            return [event]
        call = self._by_leg.get((event.source, event.source_id))
        if call is None:
            return []
        if isinstance(event, CallerChanged):
            return self._changed(call, event)
        if isinstance(event, CallHeld):
            return call.hold(event)
        return call.answer(event) if isinstance(event, CallAnswered) else call.end(event)

    def _offered(self, event: CallOffered) -> list[DeskEvent]:
        if (event.source, event.source_id) in self._by_leg:
            return []
        is_alone = event.is_test or event.source in self._alone
        call = None if is_alone else self._find(event)
        if call is None:
            self._add(MergedCall(event, is_alone=is_alone), event)
            return [event]
        joins = LegAdded if call.is_open_to_legs else RangAgain
        told: list[DeskEvent] = [joins(*call.last_leg, as_may_be_shown(call, event))]
        self._add(call, event)
        return told + self._caller_known_better(call, event)

    def _add(self, call: MergedCall, event: CallOffered) -> None:
        if not call.is_ringing or not call.legs:
            self._remember(call)
        call.add(event, is_own_phone=event.source in self._watching)
        self._by_leg[event.source, event.source_id] = call
        if (oldest := call.forget_oldest()) is not None:
            del self._by_leg[oldest]
        if event.linked_id:
            self._by_linked[event.linked_id] = call
        self._await_twins(call, event.at)

    def _remember(self, call: MergedCall) -> None:
        self._calls.pop(call, None)
        self._calls[call] = None
        if len(self._calls) > MOST_CALLS:
            self._forget(next(iter(self._calls)))

    def _forget(self, call: MergedCall) -> None:
        del self._calls[call]
        for key in call.legs:
            del self._by_leg[key]
        if self._by_linked.get(call.linked_id) is call:
            del self._by_linked[call.linked_id]

    def _find(self, event: CallOffered) -> MergedCall | None:
        linked = self._by_linked.get(event.linked_id) if event.linked_id else None
        if linked is not None and not linked.is_alone and not _is_another_caller(linked, event):
            return linked
        young = self._young(_tail(event.caller.number), event.at)
        twin = next((call for call in young if _are_twins(call, event)), None)
        return twin or self._find_unnumbered(event)

    def _find_unnumbered(self, event: CallOffered) -> MergedCall | None:
        """The one call that another source told of just now, where one of the two has no number for the caller."""
        if not self._watching:
            return None
        found = [call for call in self._just_now(event.at) if self._may_be(call, event)]
        return found[0] if len(found) == 1 else None

    def _just_now(self, at: datetime) -> Iterator[MergedCall]:
        for call in reversed(self._calls):
            if at - call.began_at > TOGETHER:
                return
            if call.is_ringing and not call.is_alone:
                yield call

    def _may_be(self, call: MergedCall, event: CallOffered) -> bool:
        """Whether the operator's own telephone, which can't tell the number, rings for this call too."""
        if call.rings_at(event.source) or (call.linked_id and event.linked_id):
            return False
        if Direction.OUT in {call.direction, event.direction}:
            return False  # whom we call has a number
        if event.source in self._watching:
            return _is_as_unknown(event.caller, call.caller)
        return call.is_at_own_phone_alone and _is_as_unknown(call.caller, event.caller)

    def _young(self, tail: str, at: datetime) -> list[MergedCall]:
        """Calls of this number that may have a twin, oldest first; all others are let go."""
        young = [
            call for call in self._by_tail.pop(tail, ()) if call.is_ringing and abs(at - call.began_at) <= TOGETHER
        ]
        if young:
            self._by_tail[tail] = young
        return young

    def _await_twins(self, call: MergedCall, at: datetime) -> None:
        tail = _tail(call.number)
        if tail and call not in self._young(tail, at):
            self._by_tail.setdefault(tail, []).append(call)
        if len(self._by_tail) > MOST_CALLS:
            for other in list(self._by_tail):
                self._young(other, at)

    def _changed(self, call: MergedCall, event: CallerChanged) -> list[DeskEvent]:
        """Two legs may tell of the same change."""
        before, leg = call.caller, call.legs[event.source, event.source_id]
        if event.linked_id and call.is_now(leg):
            call.linked_id = event.linked_id
            self._by_linked.setdefault(event.linked_id, call)
        said_before, leg.said = leg.said, event.caller
        if withholds(call, event.caller) and event.source != call.named_by and _is_nobody(said_before):
            return self._withhold(call, event) if call.is_now(leg) else []
        is_known = is_same_number(before.number, event.caller.number) and _signs(before) == _signs(event.caller)
        is_withheld_by_another = before.withheld is not None and call.named_by != event.source
        if is_known or is_withheld_by_another or not (leg.is_open and call.is_now(leg)):
            return []  # the operator's own telephone may name the very person whose number another source withholds
        return self._give_caller(call, event)

    def _give_caller(self, call: MergedCall, event: CallerChanged) -> list[DeskEvent]:
        call.caller, call.named_by = event.caller, event.source
        if call.is_ringing:
            self._await_twins(call, event.at)
        return [event]

    def _withhold(self, call: MergedCall, event: CallOffered | CallerChanged) -> list[DeskEvent]:
        """From now on nobody hears the number, whichever source says it."""
        call.number_withheld = call.caller.number
        call.caller, call.named_by = event.caller, event.source
        assert event.caller.withheld is not None, "withholds() has said so"
        return [NumberWithheld(event.source, event.source_id, event.caller.withheld, event.at)]

    def _caller_known_better(self, call: MergedCall, event: CallOffered) -> list[DeskEvent]:
        """A leg that names the caller helps one that could not, and an outside caller a colleague's ring."""
        known, said = call.caller, event.caller
        if withholds(call, said):
            return self._withhold(call, event)
        is_nobody = _is_nobody(known) and bool(said.number or said.withheld)
        is_another = not is_same_number(known.number, said.number)  # a transfer may have named him already
        is_colleague = is_another and call.direction is Direction.INTERNAL and event.direction is not Direction.INTERNAL
        if not is_nobody and not (is_colleague and bool(said.number or said.withheld)):
            return []
        call.direction = event.direction
        return self._give_caller(call, CallerChanged(event.source, event.source_id, said, event.at))


def is_same_number(one: str, other: str) -> bool:
    """Whether two ways to write a number mean the same: +81312345678, 0312345678, 0-03-1234-5678.

    What has no digits (alice, nothing) is only the same as itself.
    """
    short, long = sorted((_bare(one), _bare(other)), key=len)
    if not short:
        return one == other
    return short == long or (len(short) >= _TAIL and long.endswith(short))


def _is_as_unknown(own: Caller, other: Caller) -> bool:
    """Whether what the own telephone does not know of its caller can be what another source says of hers."""
    if own.number:
        return False
    return not own.withheld or not other.number


def _are_twins(call: MergedCall, event: CallOffered) -> bool:
    """Two sources of this desk report the same number at the same time, and no linked id says that these are two.

    Who calls us while we call him is somebody else, or he himself on another line.
    """
    return (
        not call.is_alone
        and not call.rings_at(event.source)
        and (not call.linked_id or not event.linked_id)
        and (call.direction is Direction.OUT) == (event.direction is Direction.OUT)
        and is_same_number(call.number, event.caller.number)
    )


def _is_another_caller(call: MergedCall, event: CallOffered) -> bool:
    """A linked id that one source gives to two outside callers is none: their PBX sets a header that never changes."""
    known, said = call.caller.number, event.caller.number
    are_outside = Direction.INTERNAL not in {call.direction, event.direction}
    tells_of_it = any(source == event.source for source, _id in call.legs)
    return tells_of_it and are_outside and bool(known and said) and not is_same_number(known, said)


def _is_nobody(caller: Caller) -> bool:
    """The source could not tell at all who it is."""
    return not caller.number and caller.withheld is None


def _signs(caller: Caller) -> tuple[object, ...]:
    return caller.name, caller.withheld, caller.verstat


def _bare(number: str) -> str:
    return "".join(char for char in number if "0" <= char <= "9").lstrip("0")


def _tail(number: str) -> str:
    return _bare(number)[-_TAIL:]
