"""A row of an import file after it was read and checked, ready to be staged. None: the file does not say.

`row` is the line of the file that a person would look for (the heading is line 1). Times are ISO text in UTC, dates
ISO text, money integer minor units; words are those of `db.kinds`. Tuples, not objects: a million cross processes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from db.kinds import ImportKind


class DuplicateRule(StrEnum):
    """What becomes of a customer's row without a known key whose name and number somebody in the records has."""

    UPDATE = "update"  # it is that customer
    SKIP = "skip"  # leave that customer alone, and the row out
    CREATE = "create"  # another customer of that name


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """How the rows are to be merged. `system` names whose keys `external_id` are ("": they are customer numbers)."""

    kind: ImportKind
    file_name: str
    operator: str
    duplicates: DuplicateRule = DuplicateRule.UPDATE
    system: str = ""


class StagedPhone(NamedTuple):
    """`e164` is the key's integer, None where a number has none (an extension, a short code); `raw` as in the file."""

    e164: int | None
    raw: str
    extension: str
    kind: str
    label: str


class StagedCustomer(NamedTuple):
    """`external_id` is the key of a re-import: the file's customer_no, or another system's key; "" when it has none.

    `phones` None leaves those that are there; the first is the primary one. `number_columns` names the columns that
    told them by their labels, as ",any,home," ("any": numbers of all kinds).
    """

    row: int
    external_id: str
    kind: str | None
    name: str
    reading: str | None
    company: str | None
    household: str | None
    phones: tuple[StagedPhone, ...] | None
    email: str | None
    postal_code: str | None
    address: str | None
    birth_date: str | None
    birth_precision: str | None
    rank: str | None
    memo: str | None
    number_columns: str | None = None


class StagedPurchase(NamedTuple):
    """One item of an order: rows with one `order_no` make one purchase; `unit_price` in minor units of `currency`.

    `tax_rate` in hundredths of a percent (1000 is 10 %).
    """

    row: int
    customer_no: str
    order_no: str
    ordered_at: str
    product_code: str | None
    product: str
    quantity: int
    unit_price: int
    currency: str
    tax_rate: int | None
    state: str
    channel: str | None


class StagedComplaint(NamedTuple):
    """`handler` is a login or a name; `severity` 1 to 5."""

    row: int
    customer_no: str
    complaint_no: str
    received_at: str
    category: str
    severity: int
    product: str | None
    state: str
    handler: str | None
    text: str | None
    resolution: str | None
    resolved_at: str | None


class StagedInteraction(NamedTuple):
    """One contact; `disposition` is a code of the tree."""

    row: int
    customer_no: str
    at: str
    channel: str
    direction: str
    kind: str
    subject: str | None
    handler: str | None
    disposition: str | None
    text: str | None


Staged = StagedCustomer | StagedPurchase | StagedComplaint | StagedInteraction


class Refusal(NamedTuple):
    """Why a row can't be taken: `because` is a word of the checks, `value` what stands there (cut to 64 characters)."""

    row: int
    column: str
    because: str
    value: str
