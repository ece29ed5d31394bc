"""Who rings: one question to the records for a number that is known, more only where nobody has it.

Runs on the thread that owns the connection. What is asked never grows with anybody's history.
"""

from typing import Any

from app import match
from app.call import Ring
from app.phone_number import digits_of, e164_int
from app.pop import NO_NUMBER, Candidate, Pop, PopState
from db.customers import SUFFIX, NumberOwner
from db.guesses import owners_mentioned, owners_named
from db.ring import Known, RungNumber, known_about


def look_up(connection: Any, ring: Ring) -> Pop:
    """The pop of a call; of a caller who withholds the number nothing is asked."""
    if ring.withheld is not None:
        return NO_NUMBER
    number = ring.number
    known = known_about(connection, RungNumber(e164_int(number.key), number.extension, digits_of(number)))
    ranked = _candidates(connection, known, ring)
    opened = match.opens_by_itself(ranked, ring.verstat)
    if opened is not None:
        return Pop(PopState.OPENED, ranked, known.facts(opened.customer_id))
    if ranked:
        return Pop(PopState.CHOICE, ranked)
    return Pop(PopState.NOBODY if ring.number.key else PopState.NO_NUMBER)


def warm_up(connection: Any) -> None:
    """Compile and prepare what a ring asks, by asking for a number that nobody has."""
    known = known_about(connection, _NOBODYS)
    known.owners()
    known.owners_of_range()
    known.owners_of_suffix()
    owners_mentioned(connection, _NOBODYS.digits)
    owners_named(connection, "nobody")


def _candidates(connection: Any, known: Known, ring: Ring) -> tuple[Candidate, ...]:
    call = match.CallFacts(ring.at, ring.number.extension, ring.name)
    owners = known.owners()
    ranked = match.candidates(owners, call)
    if match.needs_more(ranked) and (companies := known.owners_of_range()):
        ranked = match.candidates((*owners, *companies), call)
    return ranked or match.candidates((*known.owners_of_suffix(), *_guesses(connection, ring)), call)


def _guesses(connection: Any, ring: Ring) -> tuple[NumberOwner, ...]:
    """Nobody has the number: who else may be meant."""
    digits = digits_of(ring.number)
    mentioned = owners_mentioned(connection, digits) if digits else ()
    named = owners_named(connection, ring.name) if ring.name else ()
    return (*mentioned, *named)


_NOBODYS = RungNumber(1, "", "0" * SUFFIX)
