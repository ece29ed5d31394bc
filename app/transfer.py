"""Another caller in the same call: a colleague hands it on, or the network learns late who it is.

Note and call stay one; a customer whom the operator has chosen stays open, and the new caller is offered instead.
"""

from dataclasses import replace

from app.call import Call, Ring
from app.legs import hidden
from app.phone_number import PhoneNumber
from app.pop import NO_NUMBER, SEARCHING
from cti.events import Caller, Direction, Withheld


def give_caller(call: Call, caller: Caller, number: PhoneNumber) -> bool:
    """Let this be the caller. True if the records have to be asked who it is."""
    before, ring = call.ring, call.ring.with_caller(caller, number)
    if ring.direction is Direction.INTERNAL and not (before.direction is Direction.INTERNAL or before.is_nobody):
        return False  # a colleague on the line of a customer's call: the customer is whom the card is about
    call.ring = ring
    is_same = _same_number(before, ring)
    if is_same and ring.verstat == before.verstat and call.pop is not SEARCHING:
        return False
    if not (is_same or before.is_nobody):
        call.transferred_by = caller_of(before)
    if call.is_chosen and call.opened_id is not None:
        call.pop = replace(call.pop, candidates=())
        return ring.can_be_sought
    call.opened_id, call.pop = None, SEARCHING if ring.can_be_sought else NO_NUMBER
    return True


def withhold(call: Call, why: Withheld) -> None:
    """Forget the number, and whose card it has opened; one that the operator has chosen stays."""
    call.ring, call.chosen_for, call.legs = call.ring.without_caller(why), "", hidden(call.legs)
    if call.is_chosen and call.opened_id is not None:
        call.pop = replace(call.pop, candidates=())
    else:
        call.opened_id, call.pop = None, NO_NUMBER


def handed_on_by(call: Call, ring: Ring) -> None:
    """A colleague rings us about this customer's call, before he hands it on: the customer stays, he is named."""
    if ring.direction is Direction.INTERNAL and call.ring.direction is not Direction.INTERNAL:
        call.transferred_by = caller_of(ring)


def caller_of(ring: Ring) -> Caller:
    """Who rang, as the source named him."""
    return Caller(ring.number.raw, ring.name, ring.withheld)


def _same_number(one: Ring, other: Ring) -> bool:
    return (one.number.key or one.number.raw, one.withheld) == (other.number.key or other.number.raw, other.withheld)
