"""The numbers of two customers who become one: the same number stands once, and one live number is the primary one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from db.kinds import Confidence, NumberLabel
from db.merging.plain import Plain, plain, typed
from db.models import customer_phone

_OURS = customer_phone.c
_SURE = (Confidence.KNOWN, Confidence.MAYBE, Confidence.STALE)
Told = dict[str, list[Plain]]  # column to its value before and after


@dataclass(frozen=True, slots=True)
class Numbers:
    """What became of them: rows of the kept one that learnt something, and each one's live primary row before.

    `given` is the row that was made the primary one of both.
    """

    told: dict[int, Told]
    kept_primary: int | None
    merged_primary: int | None
    given: int | None


def join_numbers(connection: Connection, kept: int, merged: int) -> Numbers:
    """Before the rows are carried over: tell the kept one's rows what the other's know of the same numbers."""
    kept_primary, merged_primary = live_primary(connection, kept), live_primary(connection, merged)
    mine, theirs = _rows(connection, kept), _rows(connection, merged)
    twins = {row.id: mine[number] for number, row in theirs.items() if number in mine}
    _demote(connection, [kept_primary, merged_primary])
    told = {mine[number].id: _learnt(mine[number], row) for number, row in theirs.items() if number in mine}
    for row_id, changes in told.items():
        _set(connection, row_id, {name: after for name, (_, after) in changes.items()})
    told = {row_id: changes for row_id, changes in told.items() if changes}
    given = kept_primary
    if given is None and merged_primary is not None:
        given = twins[merged_primary].id if merged_primary in twins else merged_primary
    return Numbers(told, kept_primary, merged_primary, given)


def appoint(connection: Connection, customer_id: int, *row_ids: int | None) -> None:
    """Make the first of these the primary number that is the customer's and still in use, if he has none."""
    for row_id in row_ids:
        if row_id is not None and live_primary(connection, customer_id) is None:
            theirs = _OURS.id == row_id, _OURS.customer_id == customer_id, _OURS.valid_to.is_(None)
            connection.execute(update(customer_phone).where(*theirs).values(is_primary=True))


def before_parting(connection: Connection, numbers: Numbers, kept: int) -> list[int]:
    """Nobody has a primary number while rows go back; gives the rows that may be the kept one's, the best first."""
    now = live_primary(connection, kept)
    _demote(connection, [now])
    best = numbers.kept_primary if now == numbers.given else now
    return [] if best is None else [best] if numbers.kept_primary is None else [best, numbers.kept_primary]


def forget_learnt(connection: Connection, numbers: Numbers, kept: int) -> None:
    """Give the kept one's rows back what they said before, unless somebody has changed them since."""
    for row_id, changes in numbers.told.items():
        mine = _OURS.id == row_id, _OURS.customer_id == kept
        now = connection.execute(select(customer_phone).where(*mine)).mappings().one_or_none()
        if now is not None and all(plain(now[name]) == after for name, (_, after) in changes.items()):
            _set(connection, row_id, {name: before for name, (before, _) in changes.items()})


def live_primary(connection: Connection, customer_id: int) -> int | None:
    """The row of the customer's primary number."""
    theirs = _OURS.customer_id == customer_id, _OURS.is_primary, _OURS.valid_to.is_(None)
    found: int | None = connection.execute(select(_OURS.id).where(*theirs)).scalar_one_or_none()
    return found


def numbers_of(told: dict[str, Any]) -> Numbers:
    """From the log."""
    rows = {int(row_id): changes for row_id, changes in told["told"].items()}
    return Numbers(rows, told["kept_primary"], told["merged_primary"], told["given"])


def _rows(connection: Connection, customer_id: int) -> dict[Sequence[Any], Any]:
    rows: Any = connection.execute(select(customer_phone).where(_OURS.customer_id == customer_id)).all()
    return {(row.phone_number_id, row.extension): row for row in rows}


def _learnt(mine: Any, theirs: Any) -> Told:
    """The surer, the longer and the later of both."""
    dead = None if mine.valid_to is None or theirs.valid_to is None else max(mine.valid_to, theirs.valid_to)
    known = {
        "confidence": min(mine.confidence, theirs.confidence, key=_SURE.index),
        "label": theirs.label if mine.label is NumberLabel.OTHER else mine.label,
        "last_used_at": _last(max, mine.last_used_at, theirs.last_used_at),
        "valid_from": _last(min, mine.valid_from, theirs.valid_from),
        "valid_to": dead,
        "is_primary": mine.is_primary and dead == mine.valid_to,  # given up as primary, it comes back as any other
    }
    return {
        name: [plain(getattr(mine, name)), plain(value)]
        for name, value in known.items()
        if value != getattr(mine, name)
    }


def _last(which: Any, mine: datetime | None, theirs: datetime | None) -> datetime | None:
    known = [one for one in (mine, theirs) if one is not None]
    return which(known) if known else None


def _demote(connection: Connection, row_ids: Sequence[int | None]) -> None:
    rows = [one for one in row_ids if one is not None]
    connection.execute(update(customer_phone).where(_OURS.id.in_(rows)).values(is_primary=False))


def _set(connection: Connection, row_id: int, values: dict[str, Plain]) -> None:
    if values:
        told = {name: typed(_OURS[name], value) for name, value in values.items()}
        connection.execute(update(customer_phone).where(_OURS.id == row_id).values(told))
