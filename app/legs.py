"""Where a call has rung: one leg per place that a source tells of, and what became of the call there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cti.events import CallAnswered, CallEnded, CallOffered, EndCause

MOST_LEGS = 20  # the newest; a queue rings us again for as long as somebody waits in it


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


def with_leg(legs: Sequence[Leg], offered: CallOffered) -> tuple[Leg, ...]:
    """One more leg."""
    leg = Leg(offered.source, offered.source_id, offered.at)
    return (*legs, leg)[-MOST_LEGS:]


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


def _is(leg: Leg, fact: CallAnswered | CallEnded) -> bool:
    return (leg.source, leg.source_id) == (fact.source, fact.source_id)
