"""A customer's card without a call: the same card, note and drafts as a call's, in the same strip."""

from dataclasses import replace
from typing import Protocol

from app.audit.views import Views
from app.call import ByHand, Call, CallState, Ring
from app.calls import Calls
from app.entering import Entering, NewCustomer
from app.keeping import DraftKeeper
from app.phone_number import parse_number
from app.place import Place
from app.pop import NO_NUMBER, SEARCHING
from app.settings import LineSettings
from app.who_is_it import WhoIsIt
from cti.events import Direction
from db.kinds import Channel

__all__ = ["ByHand", "CardsByHand", "Channel", "Direction"]

BY_HAND = "by hand"  # the source of a card that no source told of
_NONE = parse_number("")


class HandDesk(Protocol):
    """What this needs of the desk."""

    calls: Calls
    drafts: DraftKeeper
    entering: Entering
    views: Views

    def redraw(self) -> None:
        """Draw what there is."""


class CardsByHand:
    """One per customer; one on which nothing was written goes when the next is opened."""

    def __init__(self, desk: HandDesk, who: WhoIsIt, place: Place) -> None:
        self._desk, self._who, self._place = desk, who, place

    def open(self, customer_id: int, way: ByHand) -> Call:
        """This customer's card, on the card at once."""
        self._clear()
        for call in self._desk.calls:
            if call.by_hand is not None and call.opened_id == customer_id:
                return self._select(call)
        self._desk.views.card(customer_id, "list")
        call = self._made(way)
        call.opened_id, call.is_chosen, call.pop = customer_id, True, SEARCHING
        self._who.ask_again(call)
        return self._select(call)

    def open_nobody(self) -> Call:
        """A card on which somebody is searched for, or entered as new."""
        self._clear()
        return self._select(self._made(ByHand()))

    def say_way(self, call: Call, way: ByHand) -> None:
        """By which way the contact came about; kept with the draft."""
        if call.by_hand is not None:
            call.by_hand = way
            self._desk.drafts.renew(call)

    def create(self, call: Call, new: NewCustomer, number: str) -> None:
        """Somebody new, with the number that was typed."""
        if call.by_hand is not None and number.strip():
            region = LineSettings("").region
            line = LineSettings("", region=region)
            call.ring = replace(call.ring, number=self._place.lines.read(number.strip(), line))
        self._desk.entering.create(call, new)

    def _made(self, way: ByHand) -> Call:
        clock = self._place.clock
        call_id = clock.new_id()
        ring = Ring(BY_HAND, str(call_id), _NONE, "", None, "", "", "", Direction.IN, clock.now())
        call = Call(call_id, ring, NO_NUMBER, CallState.AFTER_CALL, by_hand=way, is_traced=True)
        call.ended_at = clock.now()
        self._desk.calls.add(call)
        return call

    def _select(self, call: Call) -> Call:
        self._desk.calls.selected_id = call.id
        call.was_touched = True
        self._desk.redraw()
        return call

    def _clear(self) -> None:
        for call in self._desk.calls:
            if call.by_hand is not None and not call.note and not call.note.disposition:
                self._desk.drafts.forget(call)
                self._desk.calls.remove(call.id)
