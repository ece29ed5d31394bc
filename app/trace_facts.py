"""What the trace says of a call, in the words of docs/trace.md."""

from datetime import timedelta
from typing import Any

from app.call import Call, Ring
from app.legs import Leg, Said
from app.pop import Candidate
from app.trace import iso
from cti.events import Caller
from cti.same_number import is_same_number


def of(call: Call) -> dict[str, Any]:
    """The facts that every line about a call carries. A withheld number is nowhere in it: the source dropped it."""
    ring = call.ring
    facts: dict[str, Any] = {
        "call": str(call.id), "source": ring.source, "source_id": ring.source_id, "direction": ring.direction,
        "number": ring.number.key or ring.number.raw, "name": ring.name, "withheld": ring.withheld,
        "dialled": ring.dialled, "line": ring.line_name, "identity_from": ring.identity_from,
        "verstat": ring.verstat,
        "candidates": [_candidate(one) for one in call.pop.candidates],
        "opened": call.pop.opened_no, "why_no_pop": call.why_no_pop, "stamps_us": call.stamps.microseconds(),
        "legs": [_leg(one) for one in call.legs],
        "queue": ring.queue, "waited_ms": _ms(call.waited), "held_ms": call.held.milliseconds,
        "named_by": _named_by(call),
    }  # fmt: skip
    if ring.is_test:
        facts["test"] = True
    if call.came_in_break:
        facts["break"] = True
    if call.pop.trouble is not None:
        facts["trouble"] = call.pop.trouble
    if call.pop.unsearched is not None:
        facts["unsearched"] = call.pop.unsearched
    return facts


def of_caller(caller: Caller) -> dict[str, Any]:
    """Who the caller was before."""
    return {"number": caller.number, "name": caller.name, "withheld": caller.withheld}


def _ms(time: timedelta | None) -> int | None:
    return None if time is None else int(time / timedelta(milliseconds=1))


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "source": leg.source, "source_id": leg.source_id, "offered": iso(leg.offered_at),
        "answered": iso(leg.answered_at) if leg.answered_at else None, "by": leg.answered_by,
        "ended": iso(leg.ended_at) if leg.ended_at else None, "why": leg.why_ended, "said": _said(leg.said),
    }  # fmt: skip


def _said(said: Said | None) -> dict[str, Any] | None:
    if said is None:
        return None
    facts: dict[str, Any] = {
        "number": said.number, "name": said.name, "withheld": said.withheld, "identity_from": said.identity_from,
        "dialled": said.dialled, "queue": said.queue, "linked_id": said.linked_id,
    }  # fmt: skip
    return facts | {"hidden": True} if said.is_hidden else facts


def _named_by(call: Call) -> str | None:
    """The source of the caller as he is known now: of those who say the same the one that is believed."""
    ring = call.ring
    same = [leg for leg in call.legs if leg.said is not None and _says(leg.said, ring)]
    by_header = [leg for leg in same if leg.said is not None and leg.said.identity_from == ring.identity_from]
    found = by_header or same
    return found[0].source if found and not ring.is_nobody else None


def _says(said: Said, ring: Ring) -> bool:
    return said.withheld == ring.withheld and not said.is_hidden and is_same_number(said.number, ring.number.raw)


def _candidate(one: Candidate) -> dict[str, Any]:
    facts: dict[str, Any] = {"customer": one.customer_no, "reason": one.reason}
    if one.is_shared:
        facts["shared"] = True
    if one.is_stale:
        facts["stale"] = True
    if one.besides is not None:
        facts["besides"] = one.besides
    return facts
