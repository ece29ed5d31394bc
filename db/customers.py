"""Whose number is this? All owners of a number, never "the first match"."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.kinds import CustomerKind, NumberLabel


class Relation(StrEnum):
    """How a customer comes to stand behind a number."""

    NUMBER = "number"  # the number itself is recorded for this customer
    HOUSEHOLD = "household"  # lives with one whose number it is
    COMPANY = "company"  # works for the company whose number it is


@dataclass(frozen=True, slots=True)
class NumberOwner:
    """A customer who may be the caller. `extension` is "" unless recorded behind this number.

    `group` is the household's or company's name (for Relation.NUMBER the company that the person works for, or "");
    `is_shared` says that the number serves many (a switchboard); `is_stale` that it may have changed hands.
    """

    customer_id: int
    customer_no: str
    name: str
    reading: str
    kind: CustomerKind
    relation: Relation
    extension: str
    is_shared: bool
    is_stale: bool
    label: NumberLabel | None
    group: str
    last_used_at: datetime | None
