"""What the trace says of a call, in the words of docs/trace.md."""

from datetime import timedelta
from typing import Any

from app.call import Call
from app.legs import Leg
from app.pop import Candidate
from app.trace import iso
from cti.events import Caller


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
        "ended": iso(leg.ended_at) if leg.ended_at else None, "why": leg.why_ended,
    }  # fmt: skip


def _candidate(one: Candidate) -> dict[str, Any]:
    facts: dict[str, Any] = {"customer": one.customer_no, "reason": one.reason}
    if one.is_shared:
        facts["shared"] = True
    if one.is_stale:
        facts["stale"] = True
    if one.besides is not None:
        facts["besides"] = one.besides
    return facts
