"""Customers and numbers that were entered here and are not in the records yet: what cards and rings show meanwhile."""

from collections.abc import Sequence
from dataclasses import replace

from app.call import Ring
from app.call_rows import CustomerSnapshot, NumberSnapshot
from app.outbox import Part
from app.phone_number import e164_int
from app.pop import Candidate, CustomerFact, CustomerFacts, NumberFact, Pop, PopState, Reason, Unsent
from db.belonging import Entered, NewNumber
from db.kinds import Confidence, LifecycleStage

_LANGUAGE = "ja"  # as the records have it until somebody says otherwise


def unsent_card(entered: Entered) -> Pop:
    """The card with what was typed. Its customer has the desk's own key, and no customer number."""
    new, number = entered.new, entered.number
    customer = CustomerFact(
        entered.key, "", new.kind, new.name, new.reading, new.company, "", LifecycleStage.PROSPECT, "", None, None,
        _LANGUAGE, "", "", "", None, 0,
    )  # fmt: skip
    numbers = (_fact(number, ()),) if number is not None else ()
    facts = CustomerFacts(customer, numbers, (), 0, (), (), 0, 0, (), 0, (), ())
    return Pop(PopState.OPENED, facts=facts, unsent=Unsent.CUSTOMER)


def with_numbers(pop: Pop, parts: Sequence[Part]) -> Pop:
    """The card with the numbers that were recorded here for this customer."""
    for part in parts:
        if isinstance(part, NumberSnapshot) and pop.facts is not None:
            pop = _with_number(pop, pop.facts, part)
    return pop


def entered_in(parts: Sequence[Part], customer_id: int) -> Entered | None:
    """What was typed about the customer of this key of the desk's own."""
    waiting = (part.entered for part in parts if isinstance(part, CustomerSnapshot))
    return next((one for one in waiting if one.key == customer_id), None)


def owners_in(parts: Sequence[Part], ring: Ring) -> list[int]:
    """Whose number it is that rings, as it was entered here; the last one first."""
    entered = [part for part in reversed(parts) if isinstance(part, CustomerSnapshot | NumberSnapshot)]
    return list(dict.fromkeys(part.customer_id for part in entered if _is_of(part, ring)))


def with_owners(pop: Pop, ring: Ring, owners: Sequence[Pop]) -> Pop:
    """Who rings, with these before all others; one that has no other beside him opens."""
    known = {one.customer_id for one in pop.candidates}
    new = [one for one in owners if one.facts is not None and one.facts.customer.customer_id not in known]
    if not new:
        return pop
    candidates = (*(_candidate(one.facts) for one in new if one.facts is not None), *pop.candidates)
    if len(candidates) == 1 and not ring.may_be_spoofed:
        return replace(new[0], candidates=candidates)
    return replace(pop, state=PopState.CHOICE, candidates=candidates, facts=None, copied=pop.copied or new[0].copied)


def _is_of(part: CustomerSnapshot | NumberSnapshot, ring: Ring) -> bool:
    number = part.number if isinstance(part, NumberSnapshot) else part.entered.number
    e164 = e164_int(ring.number.key)
    return number is not None and e164 is not None and (number.e164, number.extension) == (e164, ring.number.extension)


def _candidate(facts: CustomerFacts) -> Candidate:
    """As the records will tell it: chosen at the last call, and the number is theirs."""
    one = facts.customer
    return Candidate(one.customer_id, one.customer_no, one.name, one.reading, Reason.REMEMBERED, besides=Reason.EXACT)


def _with_number(pop: Pop, facts: CustomerFacts, attached: NumberSnapshot) -> Pop:
    number, known = attached.number, {_key(one) for one in facts.numbers}
    if facts.customer.customer_id != attached.customer_id or _key(number) in known:
        return pop
    numbers = (*facts.numbers, _fact(number, facts.numbers))
    return replace(pop, facts=replace(facts, numbers=numbers), unsent=pop.unsent or Unsent.NUMBER)


def _key(number: NewNumber | NumberFact) -> tuple[int | str, str]:
    return number.raw if number.e164 is None else number.e164, number.extension


def _fact(number: NewNumber, others: Sequence[NumberFact]) -> NumberFact:
    is_primary = not any(one.is_primary for one in others)
    return NumberFact(
        number.raw, number.e164, number.extension, number.kind, number.label, is_primary, False, Confidence.KNOWN
    )
