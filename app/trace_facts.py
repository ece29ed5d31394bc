"""What the trace says of a call, in the words of docs/trace.md."""

from typing import Any

from app.call import Call


def of(call: Call) -> dict[str, Any]:
    """The facts that every line about a call carries. A withheld number is nowhere in it: the source dropped it."""
    ring = call.ring
    facts: dict[str, Any] = {
        "call": str(call.id), "source": ring.source, "source_id": ring.source_id, "direction": ring.direction,
        "number": ring.number.key or ring.number.raw, "name": ring.name, "withheld": ring.withheld,
        "dialled": ring.dialled, "line": ring.line_name, "identity_from": ring.identity_from,
        "verstat": ring.verstat,
        "candidates": [{"customer": one.customer_no, "reason": one.reason} for one in call.pop.candidates],
        "opened": call.pop.opened_no, "why_no_pop": call.why_no_pop, "stamps_us": call.stamps.microseconds(),
    }  # fmt: skip
    if ring.is_test:
        facts["test"] = True
    if call.pop.trouble is not None:
        facts["trouble"] = call.pop.trouble
    return facts
