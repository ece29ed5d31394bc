"""Who dealt with a customer before, the one to ask first on top: the last, the most frequent, the open complaint's."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.pop import CustomerFacts, HandlerFact


class Standing(StrEnum):
    """Why a handler stands before others, in the order in which they are asked."""

    LAST = "last"
    MOST = "most"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class PriorHandler:
    """`contact` None: has an open complaint of the customer, but never dealt with him."""

    name: str
    contact: HandlerFact | None
    standings: tuple[Standing, ...]
    complaints: tuple[str, ...]


def prior_handlers(facts: CustomerFacts) -> tuple[PriorHandler, ...]:
    """Each once: the last, the most frequent, those of open complaints, then the others, the latest first."""
    found = [*map(prior_handler, facts.handlers), *_without_contact(facts)]
    firsts = _firsts(found)
    told = [
        PriorHandler(one.name, one.contact, tuple(why for why in Standing if one in firsts[why]), one.complaints)
        for one in found
    ]
    order = list(Standing)
    return tuple(sorted(told, key=lambda one: min(map(order.index, one.standings), default=len(order))))


def prior_handler(fact: HandlerFact) -> PriorHandler:
    """One of those who dealt with the customer, who is none of the first."""
    return PriorHandler(fact.name, fact, (), fact.complaints)


def _firsts(found: list[PriorHandler]) -> dict[Standing, list[PriorHandler]]:
    met = [one for one in found if one.contact is not None]
    return {
        Standing.LAST: met[:1],
        Standing.MOST: sorted(met, key=_count, reverse=True)[:1] if len(met) > 1 else [],
        Standing.COMPLAINT: [one for one in found if one.complaints],
    }


def _count(one: PriorHandler) -> int:
    return one.contact.count if one.contact is not None else 0


def _without_contact(facts: CustomerFacts) -> Iterator[PriorHandler]:
    known = {one.name for one in facts.handlers}
    names = dict.fromkeys(one.handler for one in facts.complaints if one.is_open and one.handler)
    for name in names:
        if name not in known:
            numbers = tuple(one.complaint_no for one in facts.complaints if one.is_open and one.handler == name)
            yield PriorHandler(name, None, (Standing.COMPLAINT,), numbers)
