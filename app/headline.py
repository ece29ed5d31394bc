"""The first three seconds: what must be known before the operator says hello, by fixed rules from the records.

Values only; `ui.first_line` makes the sentence and links each part to its source.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.pop import ComplaintFact, CustomerFacts, FollowUpFact, InteractionFact

_MOST_PINS = 4


@dataclass(frozen=True, slots=True)
class Headline:
    """At most one of each, the most pressing: the oldest open complaint, the last contact, the next follow-up."""

    complaint: ComplaintFact | None
    last_contact: InteractionFact | None
    follow_up: FollowUpFact | None


class PinKind(StrEnum):
    """Why something stands pinned above all else, the gravest first."""

    COMPLAINT = "complaint"
    OVERDUE = "overdue"
    DUE = "due"
    MEMO = "memo"


@dataclass(frozen=True, slots=True)
class Pin:
    """`text` is from the records; `at` is a due time, `level` a complaint's severity."""

    kind: PinKind
    text: str
    at: datetime | None = None
    level: int = 0


def headline(facts: CustomerFacts) -> Headline:
    """What goes into the one line."""
    open_ones = sorted((one for one in facts.complaints if one.is_open), key=lambda one: one.received_at)
    return Headline(
        open_ones[0] if open_ones else None,
        facts.interactions[0] if facts.interactions else None,
        facts.follow_ups[0] if facts.follow_ups else None,
    )


def pins(facts: CustomerFacts, now: datetime) -> tuple[Pin, ...]:
    """What stands above all else: open complaints, follow-ups due within a day, how to treat the customer."""
    found = [
        Pin(PinKind.COMPLAINT, one.category, level=one.severity)
        for one in sorted(facts.complaints, key=lambda one: -one.severity)
        if one.is_open
    ]
    for one in facts.follow_ups:
        if (one.due_at - now).total_seconds() < 86_400:
            kind = PinKind.OVERDUE if one.due_at < now else PinKind.DUE
            found.append(Pin(kind, one.text, one.due_at))
    if facts.customer.memo:
        found.append(Pin(PinKind.MEMO, facts.customer.memo))
    order = list(PinKind)
    return tuple(sorted(found, key=lambda pin: order.index(pin.kind))[:_MOST_PINS])
