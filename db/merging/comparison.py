"""Two customers side by side, before anybody decides whether they are one; and the merges of the past."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from db.kinds import Confidence
from db.merging.fields import COLUMNS, WITH_BOTH, Choice, Field, is_same, suggested
from db.models import (
    call,
    complaint,
    customer,
    customer_phone,
    interaction,
    merge_log,
    note,
    operator,
    phone_number,
    purchase,
)

MOST_NUMBERS = 20
_COUNTED = (purchase, complaint, interaction, call, note)


@dataclass(frozen=True, slots=True)
class Side:
    """A customer, with how much hangs on it. `numbers` are as recorded, the primary one first."""

    customer_id: int
    customer_no: str
    name: str
    version_id: int
    created_at: datetime
    last_contact_at: datetime | None
    purchases: int
    complaints: int
    interactions: int
    calls: int
    notes: int
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One line of the comparison: text, a date or a word of `db.kinds` on each side, None where nothing is known.

    `detail` is what a value of two columns has beside it: a postal code, how much of a birth date is known.
    """

    field: Field
    left: str | date | None
    right: str | date | None
    left_detail: str | None
    right_detail: str | None
    is_same: bool
    suggested: Choice
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left` is the one that would be kept."""

    left: Side
    right: Side
    fields: tuple[FieldPair, ...]


@dataclass(frozen=True, slots=True)
class PastMerge:
    """A merge that can be looked at and, if `undone_at` is None, undone. `operator` is a name, or ""."""

    merge_id: int
    at: datetime
    operator: str
    kept_id: int
    kept_no: str
    kept_name: str
    merged_id: int
    merged_no: str
    merged_name: str
    undone_at: datetime | None


def compare(connection: Connection, left: int, right: int) -> Comparison | None:
    """None if one of the two is no customer any more (merged or erased)."""
    living = customer.c.id.in_((left, right)), customer.c.merged_into_id.is_(None), customer.c.erased_at.is_(None)
    rows = {row["id"]: row for row in connection.execute(select(customer).where(*living)).mappings()}
    if left == right or len(rows) != 2:
        return None
    kept, merged = rows[left], rows[right]
    lines = [_line(kept, merged, field) for field in Field]
    return Comparison(_side(connection, kept), _side(connection, merged), tuple(lines))


def past_merges(connection: Connection, most: int) -> tuple[PastMerge, ...]:
    """The newest merges."""
    rows: Any = connection.execute(_PAST.limit(most)).all()
    return tuple([PastMerge(*row) for row in rows])


def _line(kept: Any, merged: Any, field: Field) -> FieldPair:
    value = field.value
    detail = next((name for name in COLUMNS[field] if name != value), None)
    choices = (*(Choice.KEPT, Choice.MERGED), *([Choice.BOTH] if field in WITH_BOTH else []))
    return FieldPair(
        field, kept[value], merged[value], kept[detail] if detail else None, merged[detail] if detail else None,
        is_same(kept, merged, field), suggested(kept, merged, field), choices,
    )  # fmt: skip


def _side(connection: Connection, row: Any) -> Side:
    key = row["id"]
    purchases, complaints, interactions, calls, notes = (_count(connection, table, key) for table in _COUNTED)
    told = {name: row[name] for name in ("customer_no", "name", "version_id", "created_at", "last_contact_at")}
    return Side(
        customer_id=key,
        **told,
        purchases=purchases,
        complaints=complaints,
        interactions=interactions,
        calls=calls,
        notes=notes,
        numbers=_numbers(connection, key),
    )


def _count(connection: Connection, table: Any, customer_id: int) -> int:
    return connection.execute(select(func.count()).where(table.c.customer_id == customer_id)).scalar_one()


def _numbers(connection: Connection, customer_id: int) -> tuple[str, ...]:
    """Those in use first."""
    ours = customer_phone.c
    asked = (
        select(phone_number.c.raw, ours.extension)
        .join_from(customer_phone, phone_number, phone_number.c.id == ours.phone_number_id)
        .where(ours.customer_id == customer_id)
        .order_by(ours.is_primary.desc(), ours.confidence == Confidence.STALE, ours.id)
        .limit(MOST_NUMBERS)
    )
    return tuple([f"{raw} x{extension}" if extension else raw for raw, extension in connection.execute(asked)])


_kept, _merged = customer.alias("kept"), customer.alias("merged")
_PAST = (
    select(
        merge_log.c.id,
        merge_log.c.at,
        func.coalesce(operator.c.name, ""),
        _kept.c.id,
        _kept.c.customer_no,
        _kept.c.name,
        _merged.c.id,
        _merged.c.customer_no,
        _merged.c.name,
        merge_log.c.undone_at,
    )
    .select_from(
        merge_log.join(_kept, _kept.c.id == merge_log.c.kept_id)
        .join(_merged, _merged.c.id == merge_log.c.merged_id)
        .outerjoin(operator, operator.c.id == merge_log.c.operator_id)
    )
    .order_by(merge_log.c.id.desc())
)
