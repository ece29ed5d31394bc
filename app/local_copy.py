"""Pops for the time without a database: what this desk saw lately, and what it has written since."""

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.call import Ring
from app.call_rows import CallSnapshot, ContactSnapshot, WrapUpSnapshot
from app.outbox import Part
from app.pop import Candidate, Copied, CustomerFacts, InteractionFact, Pop, PopState, Trouble
from app.stored_values import as_json, from_json
from app.unsent import with_numbers
from app.written import with_parts
from db.by_hand import as_fact as contact_fact
from db.calls import CallRow
from db.errors import DatabaseUnavailable
from db.local_cards import LocalCards, Seen
from db.wrap_up import as_fact

log = logging.getLogger(__name__)
_MOST_INTERACTIONS = 20


class LocalCopy:
    """Keeps and finds pops. Whatever is wrong with a copy, it is only a copy: then there is none."""

    def __init__(self, cards: LocalCards) -> None:
        self._cards = cards

    def keep(self, ring: Ring, pop: Pop, at: datetime) -> None:
        """What the records have just said; another copy is nothing new, and what was entered here is in the outbox."""
        if pop.copied is not None or (not pop.candidates and pop.facts is None):
            return
        if pop.unsent is not None or any(one.customer_id < 0 for one in pop.candidates):
            return
        opened = pop.facts.customer.customer_id if pop.facts else None
        try:
            if pop.candidates and ring.number.key:
                self._cards.keep_number(_key(ring), Seen(at, _text(pop.candidates), opened))
            if pop.facts is not None:
                self._cards.keep_card(pop.facts.customer.customer_id, Seen(at, _text(pop.facts)))
        except DatabaseUnavailable as error:
            log.warning("no copy could be kept: %s", error)

    def find(self, ring: Ring, trouble: Trouble, cut_at: datetime | None) -> Pop | None:
        """Who it was when this number was last seen here; None: nobody can say."""
        seen = self._cards.number(_key(ring)) if ring.number.key else None
        if seen is None:
            return None
        candidates = _read(tuple[Candidate, ...], seen)
        if candidates is None:
            return None
        card = self.card(seen.opened, trouble, cut_at) if seen.opened is not None else None
        if card is None:
            return Pop(PopState.CHOICE, candidates, trouble=trouble, copied=Copied(seen.at, cut_at))
        return replace(card, candidates=candidates)

    def card(self, customer_id: int, trouble: Trouble, cut_at: datetime | None) -> Pop | None:
        """This customer's card as it was seen here last."""
        seen = self._cards.card(customer_id)
        facts = _read(CustomerFacts, seen) if seen else None
        if seen is None or facts is None:
            return None
        return Pop(PopState.OPENED, facts=facts, trouble=trouble, copied=Copied(seen.at, cut_at))

    def close(self) -> None:
        self._cards.close()


def with_waiting(pop: Pop, parts: Sequence[Part]) -> Pop:
    """The card with what was written here about this customer, and is not in the records yet."""
    pop = with_numbers(pop, parts)
    if pop.facts is None:
        return pop
    pop = replace(pop, facts=with_parts(pop.facts, parts))
    assert pop.facts is not None
    calls: dict[UUID, CallRow] = {}
    written: dict[UUID, InteractionFact] = {}
    for part in parts:
        if isinstance(part, CallSnapshot):
            calls[part.row.id] = part.row
        elif isinstance(part, WrapUpSnapshot) and part.done.call_id in calls:
            call = calls[part.done.call_id]
            if part.done.customer_id == pop.facts.customer.customer_id:
                written[call.id] = as_fact(part.done, call.direction, call.offered_at)
        elif isinstance(part, ContactSnapshot) and part.done.customer_id == pop.facts.customer.customer_id:
            written[part.done.contact_id] = contact_fact(part.done)
    if not written:
        return pop
    newest = sorted([*written.values(), *pop.facts.interactions], key=lambda one: one.at, reverse=True)
    facts = replace(
        pop.facts,
        interactions=tuple(newest[:_MOST_INTERACTIONS]),
        interaction_count=pop.facts.interaction_count + len(written),
    )
    return replace(pop, facts=facts)


def _key(ring: Ring) -> str:
    return f"{ring.number.key};{ring.number.extension}"


def _text(value: object) -> str:
    return json.dumps(as_json(value), ensure_ascii=False)


def _read(hint: Any, seen: Seen) -> Any:
    """None for what another version of the program has kept."""
    try:
        return from_json(hint, json.loads(seen.body))
    except (ValueError, TypeError, KeyError) as error:
        log.info("a copy of another version: %s", error)
        return None
