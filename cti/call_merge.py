"""Between the sources and the desk: which offers are one call. Pure; its only clock is the events' `at`.

One call are: the same linked id, from whatever source; what `cti.twins` says of number, direction and time of two
sources. A source that offers two calls means two, unless their linked id says otherwise.

The operator's own telephone rings too when a call is ordered, before it dials: that is no call that comes in, and what
becomes of that ring says nothing of the call that goes out (`cti.own_rings`).

Who names the caller best is heard (`cti.better_caller`). Withheld wins: once any source says so of a caller, no other
source's number for him gets past here.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from cti.better_caller import better_of, is_better
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
from cti.merged_call import LegKey, MergedCall, Witness
from cti.own_rings import OwnRings
from cti.same_number import is_same_number, tail_of
from cti.shown_caller import as_may_be_shown, withholds
from cti.twins import TOGETHER, are_twins, is_another_caller, may_be_one, may_have_twins

MOST_CALLS = 1_000  # remembered, over or not


class CallMerge:
    """Folds legs into calls. `watching` names the sources that watch the operator's own telephone, `own_numbers` whom
    it shows when it rings for a call of its own.

    `announcers` are told that a call comes, before or while a telephone rings, and may hear no more of it; one that
    knows which telephone is the operator's hears no ringing all the same.
    """

    def __init__(
        self, watching: Collection[str] = (), announcers: Collection[str] = (), own_numbers: Collection[str] = ()
    ) -> None:
        self._witnesses = dict.fromkeys(watching, Witness.OWN_PHONE) | dict.fromkeys(announcers, Witness.ANNOUNCER)
        self._by_leg: dict[LegKey, MergedCall] = {}
        self._by_linked: dict[str, MergedCall] = {}
        self._by_tail: dict[str, list[MergedCall]] = {}
        self._calls: dict[MergedCall, None] = {}  # in the order of their last ring
        self._own_rings = OwnRings(own_numbers)

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
        linked = self._by_linked.get(event.linked_id) if event.linked_id else None
        if self._own_rings.has(event, linked):
            return self._own_ring(event, linked)
        call = None if event.is_test else self._find(event)
        if call is None:
            call = MergedCall(event, is_alone=event.is_test)
            self._add(call, event)
            return [event, *self._rung_before(call, event)]
        joins, shown = LegAdded if call.is_open_to(self._witness(event)) else RangAgain, as_may_be_shown(call, event)
        hides_number = bool(event.caller.number) and shown is not event
        told: list[DeskEvent] = [joins(*call.last_leg, shown, hides_number=hides_number)]
        if hides_number:
            call.number_withheld = call.number_withheld or event.caller.number
        self._add(call, event)
        return told + self._caller_known_better(call, event)

    def _own_ring(self, event: CallOffered, linked: MergedCall | None) -> list[DeskEvent]:
        """A leg of the call that goes out; nothing as long as no source has told of that."""
        dialling = (one for one in reversed(self._calls) if one.is_dialling)
        call = linked if linked is not None and linked.is_dialling else next(dialling, None)
        if call is None:
            self._own_rings.keep(event)
            return []
        joins = LegAdded(*call.last_leg, event)
        call.add_own_ring(event)
        self._by_leg[event.source, event.source_id] = call
        return [joins]

    def _rung_before(self, call: MergedCall, event: CallOffered) -> list[DeskEvent]:
        """The telephone's ring may be told before the order that made it ring."""
        if not call.is_dialling:
            return []
        return [told for ring in self._own_rings.take(event.at) for told in self._own_ring(ring, call)]

    def _witness(self, event: CallOffered) -> Witness:
        return self._witnesses.get(event.source, Witness.PHONE)

    def _add(self, call: MergedCall, event: CallOffered) -> None:
        if not call.is_ringing or not call.legs:
            self._remember(call)
        call.add(event, self._witness(event))
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
        if linked is not None and not linked.is_alone and not is_another_caller(linked, event):
            return linked
        twins = self._twins(event)
        return twins[0] if twins else self._find_unnumbered(event)

    def _twins(self, event: CallOffered) -> list[MergedCall]:
        """Those that began at its time first, then those that were announced long before; of each the oldest first."""
        witness, at = self._witness(event), event.at
        twins = [call for call in self._young(tail_of(event.caller.number), at) if are_twins(call, event, witness)]
        return sorted(twins, key=lambda call: abs(at - call.began_at) > TOGETHER)

    def _find_unnumbered(self, event: CallOffered) -> MergedCall | None:
        """The one call that another source told of just now, where one of the two has no number for the caller."""
        witness = self._witness(event)
        found = [call for call in self._just_now(event.at) if may_be_one(call, event, witness)]
        return found[0] if len(found) == 1 else None

    def _just_now(self, at: datetime) -> Iterator[MergedCall]:
        for call in reversed(self._calls):
            if at - call.began_at > TOGETHER:
                return
            if call.is_ringing and not call.is_alone:
                yield call

    def _young(self, tail: str, at: datetime) -> list[MergedCall]:
        """Calls of this number that may have a twin, oldest first; all others are let go."""
        young = [call for call in self._by_tail.pop(tail, ()) if may_have_twins(call, at)]
        if young:
            self._by_tail[tail] = young
        return young

    def _await_twins(self, call: MergedCall, at: datetime) -> None:
        tail = tail_of(call.number)
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
        is_withheld_by_another = before.withheld is not None and call.named_by != event.source
        if is_withheld_by_another or not (leg.is_open and call.is_now(leg)) or _is_old_news(call, event, said_before):
            return []  # the operator's own telephone may name the very person whose number another source withholds
        is_same = is_same_number(before.number, event.caller.number)
        if is_same and before.number and event.source != call.named_by:
            event = replace(event, caller=better_of(before, event.caller))
        is_known = is_same and _signs(before) == _signs(event.caller)
        return [] if is_known else self._give_caller(call, event)

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
        if (call.direction is Direction.OUT) != (event.direction is Direction.OUT):
            return []
        is_nobody = _is_nobody(known) and bool(said.number or said.withheld)
        is_another = not is_same_number(known.number, said.number)  # a transfer may have named him already
        is_colleague = is_another and call.direction is Direction.INTERNAL and event.direction is not Direction.INTERNAL
        if not is_nobody and not (is_colleague and bool(said.number or said.withheld)):
            return self._named_better(call, event)
        call.direction = event.direction
        return self._give_caller(call, CallerChanged(event.source, event.source_id, said, event.at))

    def _named_better(self, call: MergedCall, event: CallOffered) -> list[DeskEvent]:
        """Of two who name the caller the better one is heard, if that changes anything but a name."""
        known, said = call.caller, event.caller
        is_inside = event.direction is Direction.INTERNAL and call.direction is not Direction.INTERNAL
        if not (known.number and said.number) or is_inside:
            return []
        better = better_of(known, said)
        if is_better(said, known):
            call.named_by = event.source
        if is_same_number(better.number, known.number) and better.verstat is known.verstat:
            call.caller = better
            return []
        return self._give_caller(call, CallerChanged(event.source, event.source_id, better, event.at))


def _is_old_news(call: MergedCall, event: CallerChanged, said_before: Caller) -> bool:
    """The worse of two witnesses is heard only where he tells that the caller, as all know him, is another now."""
    known, said = call.caller, event.caller
    if event.source == call.named_by or not (known.number and said.number) or is_same_number(known.number, said.number):
        return False
    return is_better(known, said) and not is_same_number(said_before.number, known.number)


def _is_nobody(caller: Caller) -> bool:
    """The source could not tell at all who it is."""
    return not caller.number and caller.withheld is None


def _signs(caller: Caller) -> tuple[object, ...]:
    return caller.name, caller.withheld, caller.verstat
