"""The facts shown for one call: who it may be, why, and the whole card of the one that was opened."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.errors import DatabaseUnavailable, Trouble
from db.facts import (
    CautionFact,
    ComplaintFact,
    CustomerFact,
    CustomerFacts,
    FollowUpFact,
    HandlerFact,
    InteractionFact,
    ItemFact,
    Money,
    NumberBlock,
    NumberFact,
    PurchaseFact,
    RefusalFact,
)
from db.kinds import BlockState, CustomerKind, Reason

__all__ = [
    "BlockState",
    "Candidate",
    "CautionFact",
    "ComplaintFact",
    "CustomerFact",
    "CustomerFacts",
    "CustomerKind",
    "DatabaseUnavailable",
    "FollowUpFact",
    "Found",
    "HandlerFact",
    "InteractionFact",
    "ItemFact",
    "Money",
    "NumberBlock",
    "NumberFact",
    "Pop",
    "PopState",
    "PurchaseFact",
    "Reason",
    "RefusalFact",
    "Trouble",
    "Unsent",
]


class PopState(StrEnum):
    """How far the answer to "who is it?" has come."""

    SEARCHING = "searching"
    OPENED = "opened"  # `facts` is there
    CHOICE = "choice"  # candidates, none opened by itself
    NOBODY = "nobody"  # a number that no record has
    NO_NUMBER = "no_number"  # withheld, or none sent
    FAILED = "failed"  # the records could not be asked: `trouble` says why


@dataclass(frozen=True, slots=True)
class Candidate:
    """Perhaps the caller. `reason` is None for one found by search; `group` a household's or company's name.

    `besides` is what else speaks for whoever was chosen last time; `is_unsure`: the records themselves say "maybe";
    `sentence` is where a note mentions the number or what was searched for; the order's number if that was.
    """

    customer_id: int
    customer_no: str
    name: str
    reading: str
    reason: Reason | None
    group: str = ""
    extension: str = ""
    is_shared: bool = False
    is_stale: bool = False
    is_unsure: bool = False
    besides: Reason | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Copied:
    """A pop is this desk's own copy: as of when, and since when the database can't be reached (None: it is slow)."""

    as_of: datetime
    cut_at: datetime | None


class Unsent(StrEnum):
    """What of an open card was entered here and waits to be sent."""

    CUSTOMER = "customer"  # whose number and key the records will give
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Pop:
    """What one call shows; `candidates` best first. `copied`: not from the records, and `trouble` says why.

    `unsearched`: why nobody could say whose notes mention the number, and who is called like the caller.
    `block`: somebody annoys from the number that rings, whoever's it is.
    """

    state: PopState
    candidates: tuple[Candidate, ...] = ()
    facts: CustomerFacts | None = None
    trouble: Trouble | None = None
    copied: Copied | None = None
    unsearched: Trouble | None = None
    unsent: Unsent | None = None
    block: NumberBlock | None = None

    @property
    def opened_no(self) -> str | None:
        """The customer number of the card that stands open."""
        return self.facts.customer.customer_no if self.facts else None

    @property
    def opened_reason(self) -> Reason | None:
        """Why the open card is this customer's; None when the operator searched for it."""
        opened = self.facts.customer.customer_id if self.facts else None
        return next((one.reason for one in self.candidates if one.customer_id == opened), None)


@dataclass(frozen=True, slots=True)
class Found:
    """A pop, and when the records had it (`monotonic_ns`). `asks_more`: nobody has the number, but may be meant."""

    pop: Pop
    at_ns: int
    asks_more: bool = False


SEARCHING = Pop(PopState.SEARCHING)
NO_NUMBER = Pop(PopState.NO_NUMBER)
