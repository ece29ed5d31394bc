"""The first three seconds: what must be known before the operator says hello, by fixed rules from the records.

Values only; `ui.first_line` makes the sentence and links each part to its record.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.pop import (
    BlockState,
    ComplaintFact,
    CustomerFacts,
    FollowUpFact,
    InteractionFact,
    NumberBlock,
    Pop,
    RefusalFact,
)

_SOON_S = 86_400


@dataclass(frozen=True, slots=True)
class Headline:
    """At most one of each, the most pressing: the oldest open complaint, the last contact, the next follow-up."""

    complaint: ComplaintFact | None
    last_contact: InteractionFact | None
    follow_up: FollowUpFact | None


PROFILE = "profile"
MEMO_ROW = "memo"


class PinKind(StrEnum):
    """Why something stands pinned above all else, the gravest first."""

    CAUTION = "caution"
    BLOCKED = "blocked"
    WARNED = "warned"
    NO_CONTACT = "no_contact"
    COMPLAINT = "complaint"
    OVERDUE = "overdue"
    DUE = "due"
    MEMO = "memo"


@dataclass(frozen=True, slots=True)
class Place:
    """A record in a panel: the panel's key, "" for nowhere, and the row's; None where the panel alone is meant."""

    panel: str = ""
    row: object = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Pin:
    """`text` is from the records; `at` a due time, `level` a complaint's severity; `more` of the kind stand behind."""

    kind: PinKind
    text: str
    at: datetime | None = None
    level: int = 0
    refusal: RefusalFact | None = None
    place: Place = NOWHERE
    more: int = 0


def headline(facts: CustomerFacts) -> Headline:
    """What goes into the one line."""
    open_ones = sorted((one for one in facts.complaints if one.is_open), key=lambda one: one.received_at)
    return Headline(
        open_ones[0] if open_ones else None,
        facts.interactions[0] if facts.interactions else None,
        facts.follow_ups[0] if facts.follow_ups else None,
    )


def pins(pop: Pop, now: datetime) -> tuple[Pin, ...]:
    """What stands above all else, one of each kind: the gravest, the newest or the next due."""
    found = [*_of_number(pop, now), *(_of_customer(pop.facts, now) if pop.facts else ())]
    return tuple(_first_of(kind, found) for kind in PinKind if any(one.kind is kind for one in found))


def block_now(block: NumberBlock | None, now: datetime) -> BlockState | None:
    """Whether it is still one."""
    return block.state if block is not None and (block.until is None or block.until > now) else None


def _of_number(pop: Pop, now: datetime) -> Iterator[Pin]:
    """The number that rings, unless it is one of the customer's, whose stand in the card."""
    numbers = pop.facts.numbers if pop.facts else ()
    found = [(one.block, Place(PROFILE, ("number", place))) for place, one in enumerate(numbers)]
    if pop.block not in [block for block, _place in found]:
        found.insert(0, (pop.block, NOWHERE))
    for block, place in found:
        if block is not None and (state := block_now(block, now)) is not None:
            yield Pin(PinKind(state.value), block.reason, place=place)


def _of_customer(facts: CustomerFacts, now: datetime) -> Iterator[Pin]:
    for caution in facts.cautions:
        if caution.expires_at is None or caution.expires_at > now:
            yield Pin(PinKind.CAUTION, caution.reason, place=Place(PROFILE, ("caution", caution.caution_id)))
    for place, refusal in enumerate(facts.refusals):
        yield Pin(PinKind.NO_CONTACT, refusal.purpose, refusal=refusal, place=Place(PROFILE, ("refusal", place)))
    for one in _gravest_first(facts.complaints):
        yield Pin(PinKind.COMPLAINT, one.category, level=one.severity, place=Place("complaints", one.complaint_no))
    for task in facts.follow_ups:
        if (task.due_at - now).total_seconds() < _SOON_S:
            kind = PinKind.OVERDUE if task.due_at < now else PinKind.DUE
            yield Pin(kind, task.text, task.due_at, place=Place(PROFILE, task.follow_up_id))
    if facts.customer.memo:
        yield Pin(PinKind.MEMO, facts.customer.memo, place=Place(PROFILE, MEMO_ROW))


def _gravest_first(complaints: Iterable[ComplaintFact]) -> list[ComplaintFact]:
    return sorted((one for one in complaints if one.is_open), key=lambda one: -one.severity)


def _first_of(kind: PinKind, found: Sequence[Pin]) -> Pin:
    of_kind = [one for one in found if one.kind is kind]
    return replace(of_kind[0], more=len(of_kind) - 1)
