"""Who rings: one question to the records for a number that is known, more only where nobody has it.

Runs on the thread that owns the connection. What is asked never grows with anybody's history.
"""

from typing import Any

from app import match
from app.call import Ring
from app.phone_number import digits_of, e164_int
from app.pop import NO_NUMBER, Candidate, Pop, PopState
from db.customers import SUFFIX, NumberOwner, owners_of, owners_of_range, owners_of_suffix
from db.guesses import owners_mentioned, owners_named
from db.pop import customer_facts


def look_up(connection: Any, ring: Ring) -> Pop:
    """The pop of a call; of a caller who withholds the number nothing is asked."""
    if ring.withheld is not None:
        return NO_NUMBER
    ranked = _candidates(connection, ring)
    opened = match.opens_by_itself(ranked, ring.verstat)
    if opened is not None:
        return Pop(PopState.OPENED, ranked, customer_facts(connection, opened.customer_id))
    if ranked:
        return Pop(PopState.CHOICE, ranked)
    return Pop(PopState.NOBODY if ring.number.key else PopState.NO_NUMBER)


def warm_up(connection: Any) -> None:
    """Compile and prepare what a ring asks, by asking for a number that nobody has."""
    owners_of(connection, 0)
    owners_of_range(connection, 0)
    owners_of_suffix(connection, "0" * SUFFIX)
    owners_mentioned(connection, "0" * SUFFIX)
    owners_named(connection, "nobody")


def _candidates(connection: Any, ring: Ring) -> tuple[Candidate, ...]:
    number, call = ring.number, match.CallFacts(ring.at, ring.number.extension, ring.name)
    e164 = e164_int(number.key)
    owners = owners_of(connection, e164, number.extension) if e164 else ()
    ranked = match.candidates(owners, call)
    if e164 and match.needs_more(ranked):
        owners = (*owners, *owners_of_range(connection, e164))
        ranked = match.candidates(owners, call)
    return ranked or match.candidates(_guesses(connection, ring), call)


def _guesses(connection: Any, ring: Ring) -> tuple[NumberOwner, ...]:
    """Nobody has the number: who else may be meant."""
    digits = digits_of(ring.number)
    mentioned = owners_mentioned(connection, digits) if digits else ()
    named = owners_named(connection, ring.name) if ring.name else ()
    return (*owners_of_suffix(connection, digits), *mentioned, *named)
