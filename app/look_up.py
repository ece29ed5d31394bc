"""Who rings: one question to the records for a number that is known, more only where nobody has it.

Runs on the thread that owns the connection. What is asked never grows with anybody's history; only `with_guesses`,
which has a thread of its own, looks into what all customers have: notes and names.
"""

from dataclasses import replace
from typing import Any

from app import match
from app.call import Ring
from app.phone_number import digits_of, e164_int
from app.pop import NO_NUMBER, Candidate, CustomerFacts, NumberBlock, Pop, PopState, Reason
from db.customers import SUFFIX, NumberOwner
from db.guesses import owners_mentioned, owners_named
from db.ring import Known, RungNumber, known_about


def look_up(connection: Any, ring: Ring) -> Pop:
    """Who has the number, whose it belongs to, or whose ends alike; a withheld one is not asked about."""
    if ring.withheld is not None:
        return NO_NUMBER
    number = ring.number
    known = known_about(connection, RungNumber(e164_int(number.key), number.extension, digits_of(number)))
    ranked = _candidates(known, ring)
    opened = match.opens_by_itself(ranked, ring.verstat)
    if opened is not None:
        facts = known.facts(opened.customer_id)
        return Pop(PopState.OPENED, ranked, facts, block=_block(known, ring, facts))
    if ranked:
        return Pop(PopState.CHOICE, ranked, block=known.block())
    return Pop(PopState.NOBODY if ring.number.key else PopState.NO_NUMBER, block=known.block())


def asks_more(ring: Ring, known: Pop) -> bool:
    """Whether nobody has the number, nor does it belong to anybody, so that others may be meant."""
    is_nobodys = all(one.reason is Reason.SUFFIX for one in known.candidates)
    return is_nobodys and ring.withheld is None and bool(ring.name or digits_of(ring.number))


def with_guesses(connection: Any, ring: Ring, known: Pop) -> Pop:
    """`known`, and behind it who is mentioned with this number in a note, or is called like the caller."""
    guessed = match.candidates(_guesses(connection, ring), _call_facts(ring))
    there = {one.customer_id for one in known.candidates}
    more = tuple(one for one in guessed if one.customer_id not in there)
    return replace(known, state=PopState.CHOICE, candidates=(*known.candidates, *more)) if more else known


def warm_up(connection: Any) -> None:
    """Compile and prepare what a ring asks, by asking for a number that nobody has."""
    known = known_about(connection, _NOBODYS)
    known.owners()
    known.owners_of_range()
    known.owners_of_suffix()
    known.block()


def warm_up_guesses(connection: Any) -> None:
    """The same for what is asked beyond that."""
    owners_mentioned(connection, _NOBODYS.digits)
    owners_named(connection, "nobody")


def _candidates(known: Known, ring: Ring) -> tuple[Candidate, ...]:
    call = _call_facts(ring)
    owners = known.owners()
    ranked = match.candidates(owners, call)
    if match.needs_more(ranked) and (companies := known.owners_of_range()):
        ranked = match.candidates((*owners, *companies), call)
    return ranked or match.candidates(known.owners_of_suffix(), call)


def _block(known: Known, ring: Ring, facts: CustomerFacts | None) -> NumberBlock | None:
    """The card of whoever has the number tells it already."""
    e164 = e164_int(ring.number.key)
    there = [one.block for one in facts.numbers if one.e164 == e164] if facts and e164 is not None else []
    return there[0] if there else known.block()


def _guesses(connection: Any, ring: Ring) -> tuple[NumberOwner, ...]:
    """Who else may be meant."""
    digits = digits_of(ring.number)
    mentioned = owners_mentioned(connection, digits) if digits else ()
    named = owners_named(connection, ring.name) if ring.name else ()
    return (*mentioned, *named)


def _call_facts(ring: Ring) -> match.CallFacts:
    return match.CallFacts(ring.at, ring.number.extension, ring.name)


_NOBODYS = RungNumber(1, "", "0" * SUFFIX)
