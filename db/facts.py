"""What the pop knows about one customer, as plain frozen values. No rows, no SQL, no sentences.

Times are aware UTC; money is integer minor units (yen, cents) with an ISO 4217 code; lists are bounded, newest first.
What a card has a hundred of are named tuples: a frozen dataclass takes 2 µs to build, as long as its row to fetch.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from db.kinds import (
    BirthPrecision,
    BlockState,
    Channel,
    ComplaintState,
    Confidence,
    ConsentStatus,
    CustomerKind,
    Direction,
    FollowUpKind,
    InteractionKind,
    LifecycleStage,
    NumberKind,
    NumberLabel,
    PurchaseState,
)


class Money(NamedTuple):
    """An amount in minor units of `currency`: ¥48,000 is (48000, "JPY"), $12.50 is (1250, "USD")."""

    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class CustomerFact:
    """Who the customer is. `memo` is the pinned "how to be treated"; empty text means unknown."""

    customer_id: int
    customer_no: str
    kind: CustomerKind
    name: str
    reading: str
    company: str
    rank: str
    lifecycle_stage: LifecycleStage
    memo: str
    birth_date: date | None
    birth_precision: BirthPrecision | None
    language: str
    postal_code: str
    address: str
    email: str
    last_contact_at: datetime | None
    version_id: int


class NumberBlock(NamedTuple):
    """Somebody annoys from this number; `until` None: for good."""

    state: BlockState
    reason: str
    until: datetime | None


class NumberFact(NamedTuple):
    """A number of the customer: `e164` is the key's integer, None for an internal or unreadable one."""

    raw: str
    e164: int | None
    extension: str
    kind: NumberKind
    label: NumberLabel
    is_primary: bool
    is_shared: bool
    confidence: Confidence
    block_state: BlockState | None = None
    block_reason: str = ""
    blocked_until: datetime | None = None

    @property
    def block(self) -> NumberBlock | None:
        """Whether one is warned of it."""
        if self.block_state is None:
            return None
        return NumberBlock(self.block_state, self.block_reason, self.blocked_until)


class ItemFact(NamedTuple):
    """One line of an order; `amount` is the whole line, in minor units of the order's currency."""

    name: str
    quantity: int
    amount: int


class PurchaseFact(NamedTuple):
    """One order; a return is an order of its own with a negative amount."""

    purchase_id: int
    order_no: str
    ordered_at: datetime
    state: PurchaseState
    amount: int
    currency: str
    items: tuple[ItemFact, ...]

    @property
    def money(self) -> Money:
        """The whole order's."""
        return Money(self.amount, self.currency)


class ComplaintFact(NamedTuple):
    """One complaint; severity 1 (slight) to 5 (grave), `handler` the operator's name or ""."""

    complaint_id: int
    complaint_no: str
    category: str
    severity: int
    state: ComplaintState
    is_open: bool
    handler: str
    received_at: datetime
    due_at: datetime | None
    text: str
    resolution: str
    version_id: int = 1


class InteractionFact(NamedTuple):
    """One contact over any channel; disposition labels are "" when none was chosen."""

    at: datetime
    channel: Channel
    direction: Direction
    kind: InteractionKind
    subject: str
    handler: str
    disposition_ja: str
    disposition_en: str
    excerpt: str
    key: str = ""  # a UUID as the database spells it; "" in what an older program has kept


@dataclass(frozen=True, slots=True)
class HandlerFact:
    """An operator who dealt with this customer; `complaints` are the numbers of the open ones that are his."""

    operator_id: int
    name: str
    last_at: datetime
    count: int
    last_subject: str
    complaints: tuple[str, ...]


class FollowUpFact(NamedTuple):
    """A task that is still open; `assignee` is the operator's name or ""."""

    follow_up_id: UUID
    kind: FollowUpKind
    due_at: datetime
    assignee: str
    text: str


class CautionFact(NamedTuple):
    """What a handler must beware of; `by` is an operator's name or ""."""

    caution_id: int
    reason: str
    by: str
    created_at: datetime
    expires_at: datetime | None


class RefusalFact(NamedTuple):
    """The customer's last word about being contacted this way was no; `contact_point` "": all of the channel."""

    channel: Channel
    contact_point: str
    purpose: str
    status: ConsentStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """All that the card shows. Lists hold at most 20 rows, the counts and totals are of all rows.

    `complaints` stand open first, then newest first; `follow_ups` by due time; `spent` has one entry per currency,
    cancelled orders left out, returns subtracted.
    """

    customer: CustomerFact
    numbers: tuple[NumberFact, ...]
    purchases: tuple[PurchaseFact, ...]
    purchase_count: int
    spent: tuple[Money, ...]
    complaints: tuple[ComplaintFact, ...]
    complaint_count: int
    open_complaint_count: int
    interactions: tuple[InteractionFact, ...]
    interaction_count: int
    handlers: tuple[HandlerFact, ...]
    follow_ups: tuple[FollowUpFact, ...]
    cautions: tuple[CautionFact, ...] = ()
    refusals: tuple[RefusalFact, ...] = ()
