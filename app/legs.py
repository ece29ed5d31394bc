"""Where a call has rung: one leg per place that a source tells of, and what became of the call there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cti.events import CallAnswered, CallEnded, Caller, CallOffered, EndCause, LegAdded, RangAgain, Withheld

MOST_LEGS = 20  # the newest; a queue rings us again for as long as somebody waits in it


@dataclass(frozen=True, slots=True)
class Said:
    """What a leg's source said of its call; `is_hidden`: a number too, which another source withholds."""

    number: str = ""
    name: str = ""
    withheld: Withheld | None = None
    identity_from: str | None = None
    dialled: str = ""
    queue: str = ""
    linked_id: str = ""
    is_hidden: bool = False

    def of(self, caller: Caller) -> "Said":
        """The same, of another caller."""
        return replace(
            self, number=caller.number, name=caller.name, withheld=caller.withheld, identity_from=caller.identity_from
        )

    def hidden(self) -> "Said":
        """Without the number, if there is one."""
        return replace(self, number="", name="", is_hidden=True) if self.number else self


@dataclass(frozen=True, slots=True)
class Leg:
    """One place where a call rings. `answered_at` is when it was answered there, as far as its source can know."""

    source: str
    source_id: str
    offered_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    ended_at: datetime | None = None
    why_ended: EndCause | None = None
    said: Said | None = None  # of a draft's legs nobody knows it any more


def with_leg(legs: Sequence[Leg], told: CallOffered | LegAdded | RangAgain) -> tuple[Leg, ...]:
    """One more leg."""
    offered, is_hidden = (told, False) if isinstance(told, CallOffered) else (told.offered, told.hides_number)
    said = Said(dialled=offered.dialled, queue=offered.queue, linked_id=offered.linked_id, is_hidden=is_hidden)
    return (*legs, Leg(offered.source, offered.source_id, offered.at, said=said.of(offered.caller)))[-MOST_LEGS:]


def named(legs: Sequence[Leg], source: str, source_id: str, caller: Caller) -> tuple[Leg, ...]:
    """One of them has another caller now."""
    key = source, source_id
    return tuple(
        replace(leg, said=leg.said.of(caller)) if leg.said and (leg.source, leg.source_id) == key else leg
        for leg in legs
    )


def hidden(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """One source withholds what others have told."""
    return tuple(replace(leg, said=leg.said.hidden()) if leg.said else leg for leg in legs)


def answered(legs: Sequence[Leg], fact: CallAnswered) -> tuple[Leg, ...]:
    """One of them was answered; a later word says better by whom."""
    return tuple(
        replace(leg, answered_at=leg.answered_at or fact.at, answered_by=fact.by) if _is(leg, fact) else leg
        for leg in legs
    )


def ended(legs: Sequence[Leg], fact: CallEnded) -> tuple[Leg, ...]:
    """One of them is over; the first word counts."""
    return tuple(
        replace(leg, ended_at=fact.at, why_ended=fact.why) if _is(leg, fact) and leg.ended_at is None else leg
        for leg in legs
    )


def answered_elsewhere(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """Somebody else took the call: it was not answered here, whatever was thought."""
    return tuple(replace(leg, answered_at=None) for leg in legs)


def is_any_open(legs: Sequence[Leg]) -> bool:
    """Whether one still rings as far as its source has told: that one will say more."""
    return any(leg.answered_at is None and leg.ended_at is None for leg in legs)


def _is(leg: Leg, fact: CallAnswered | CallEnded) -> bool:
    return (leg.source, leg.source_id) == (fact.source, fact.source_id)
