"""The fields that a person chooses between when two customers become one, and what is suggested for each."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from db.kinds import BirthPrecision, CustomerKind, LifecycleStage
from db.merging.plain import Plain, plain
from db.name_folding import fold


class Choice(StrEnum):
    """Whose value a field gets."""

    KEPT = "kept"
    MERGED = "merged"
    BOTH = "both"  # memos are joined; the address that goes is kept among the others


class Field(StrEnum):
    """What can be chosen; a field may be two columns, which make no sense one by one."""

    NAME = "name"
    READING = "reading"
    KIND = "kind"
    COMPANY = "company"
    RANK = "rank"
    LIFECYCLE_STAGE = "lifecycle_stage"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    EMAIL = "email"
    PREFERRED_CHANNEL = "preferred_channel"
    LANGUAGE = "language"
    MEMO = "memo"


COLUMNS: dict[Field, tuple[str, ...]] = {one: (one.value,) for one in Field} | {
    Field.BIRTH_DATE: ("birth_date", "birth_precision"),
    Field.ADDRESS: ("postal_code", "address"),
}
WITH_BOTH = frozenset({Field.MEMO, Field.ADDRESS})
"""Where nothing need be given up."""

Row = Mapping[str, Any]  # a customer's columns
_PRECISE = (BirthPrecision.DAY, BirthPrecision.MONTH, BirthPrecision.YEAR, BirthPrecision.NO_YEAR)
_STAGES = (
    *(LifecycleStage.LOYAL, LifecycleStage.ACTIVE, LifecycleStage.DORMANT, LifecycleStage.FORMER),
    LifecycleStage.PROSPECT,
)


def value_of(row: Row, field: Field) -> tuple[Any, ...]:
    """The field's columns."""
    return tuple(row[name] for name in COLUMNS[field])


def is_empty(row: Row, field: Field) -> bool:
    """Whether nothing is known."""
    if field is Field.KIND:
        return bool(row["kind"] == CustomerKind.UNKNOWN)
    return not any(value_of(row, field))


def is_same(kept: Row, merged: Row, field: Field) -> bool:
    """Whether there is nothing to choose."""
    return value_of(kept, field) == value_of(merged, field)


def suggested(kept: Row, merged: Row, field: Field) -> Choice:
    """What most people would choose: the one that says more, else the kept one's."""
    if is_same(kept, merged, field) or is_empty(merged, field):
        return Choice.KEPT
    if is_empty(kept, field):
        return Choice.MERGED
    if field is Field.MEMO:
        return Choice.KEPT if merged["memo"].strip() in kept["memo"] else Choice.BOTH
    return Choice.MERGED if _says_more(kept, merged, field) else Choice.KEPT


def chosen(kept: Row, merged: Row, choices: Mapping[Field, Choice]) -> dict[str, Any]:
    """The kept one's columns that change, with their new values; a field that is not named keeps what it has."""
    values: dict[str, Any] = {}
    for field, choice in choices.items():
        if choice is Choice.MERGED:
            values |= dict(zip(COLUMNS[field], value_of(merged, field), strict=True))
        elif choice is Choice.BOTH and field is Field.MEMO:
            memos = (kept["memo"], merged["memo"])
            values["memo"] = "\n".join(dict.fromkeys(memo for memo in memos if memo)) or None
    return {name: value for name, value in values.items() if value != kept[name]}


def plain_values(row: Row, names: tuple[str, ...]) -> list[Plain]:
    """The columns as the log keeps them."""
    return [plain(row[name]) for name in names]


def _says_more(kept: Row, merged: Row, field: Field) -> bool:
    mine, theirs = kept[COLUMNS[field][0]], merged[COLUMNS[field][0]]
    match field:
        case Field.NAME:
            short, long = fold(mine), fold(theirs)
            return bool(short != long and long.startswith(short))
        case Field.BIRTH_DATE:
            return _precision(merged) < _precision(kept)
        case Field.LIFECYCLE_STAGE:
            return _STAGES.index(theirs) < _STAGES.index(mine)
        case _:
            return False


def _precision(row: Row) -> int:
    known: date | None = row["birth_date"]
    return len(_PRECISE) if known is None else _PRECISE.index(row["birth_precision"] or BirthPrecision.DAY)
