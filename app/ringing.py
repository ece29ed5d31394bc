"""What a source offers as a call of the desk: its number understood, its line named, and whether it pops by itself."""

from app.call import Call, CallState, Ring, ring_from
from app.clock import Clock
from app.legs import with_leg
from app.lines import Lines
from app.phone_number import NumberKind, PhoneNumber
from app.pop import NO_NUMBER, SEARCHING
from cti.events import Caller, CallEvent, CallOffered, Direction


class Ringing:
    """Makes calls by the rules of the site's lines."""

    def __init__(self, lines: Lines, clock: Clock) -> None:
        self._lines, self._clock = lines, clock

    def call_of(self, event: CallOffered) -> Call:
        """A new call with its first leg."""
        ring = self.ring_of(event)
        state = CallState.DIALLING if ring.direction is Direction.OUT else CallState.RINGING
        call = Call(self._clock.new_id(), ring, SEARCHING if ring.can_be_sought else NO_NUMBER, state)
        call.legs = with_leg((), event)
        call.stamp_anew(event.received_ns, event.parsed_ns)
        self.decide(call)
        return call

    def ring_of(self, event: CallOffered) -> Ring:
        """What this leg alone says."""
        line = self._lines.of(event.dialled, event.source)
        number = self._lines.read(event.caller.number, line)
        return ring_from(event, number, line.name, line.region)

    def number_of(self, caller: Caller, ring: Ring) -> PhoneNumber:
        """The number of another caller on the same line."""
        return self._lines.read(caller.number, self._lines.of(ring.dialled, ring.source))

    def seen_from_here(self, event: CallEvent) -> CallEvent:
        """The event, and whether a call comes from inside as the site's plan has it."""
        return self._lines.seen_from_here(event) if isinstance(event, CallOffered) else event

    def decide(self, call: Call) -> None:
        """Whether it pops, as far as is known of it now; what has popped stays."""
        if call.was_rung:
            return
        why = self._lines.why_no_pop(call.ring, self._lines.of(call.ring.dialled, call.ring.source))
        if call.goes_out and call.ring.number.kind is NumberKind.EXTENSION:
            why = why or "internal_call"
        if why == "internal_call" and any(self._lines.is_talked_in(leg.source) for leg in call.legs):
            why = None
        is_due = why == "line_pops_on_answer" and call.state is CallState.TALKING
        call.why_no_pop = None if is_due else why
