"""Whose row a desk's call belongs to: another desk may have made it, or it turns out late that two rows are one.

Two desks see one call if the PBX's linked id says so; where one of the two has none, or it is a constant, if one
caller rang one number within NEAR.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, exists, literal, or_, select, update

from db.calls import CallRow
from db.models import call, call_candidate, call_leg, call_ref, metadata

NEAR = timedelta(seconds=3)
STILL_LINKED = timedelta(minutes=1)  # a queue rings the next desk after the first has fallen silent
LONGEST = timedelta(hours=4)
LINKED = "linked"  # whose ids `call_ref` knows a call by, beside those of desks
_TAIL = 8  # digits that every way to write one number shares


def row_of_another(connection: Connection, row: CallRow, who: str) -> UUID | None:
    """The row that another desk than that of `who` has made of this call; None if there is none yet."""
    others = exists().where(call_leg.c.call_id == call.c.id, call_leg.c.who != who)
    ours = exists().where(call_leg.c.call_id == call.c.id, call_leg.c.who == who)
    asked = select(call.c.id, call.c.dialled, call.c.number).where(call.c.id != row.id, others, ~ours)
    if row.linked_id:
        linked = connection.execute(asked.where(*_linked(row)).order_by(call.c.offered_at).limit(1)).first()
        if linked is not None:
            return UUID(str(linked.id))
    near = connection.execute(asked.where(*_near(row)).order_by(call.c.offered_at, call.c.id))
    return next((one.id for one in near if _is_one(row, one.dialled or "", one.number or "")), None)


def linked_row(connection: Connection, row: CallRow, who: str) -> UUID | None:
    """The same by the linked id alone, for a call that has a row and learned its id later."""
    if not row.linked_id:
        return None
    ours = exists().where(call_leg.c.call_id == call.c.id, call_leg.c.who == who)
    found = connection.execute(select(call.c.id).where(call.c.id != row.id, ~ours, *_linked(row))).first()
    return UUID(str(found.id)) if found is not None else None


def lead_to(connection: Connection, row_id: UUID, kept: UUID) -> None:
    """Two rows are one call: all that hangs on the one hangs on the other, and the one is gone."""
    chosen = select(call_candidate.c.rank).where(call_candidate.c.call_id == kept, call_candidate.c.is_chosen)
    loser = row_id if connection.execute(chosen).first() else kept
    connection.execute(delete(call_candidate).where(call_candidate.c.call_id == loser))
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is call.c.id:
                connection.execute(update(table).where(key.parent == row_id).values({key.parent.name: kept}))
    connection.execute(delete(call).where(call.c.id == row_id))


def turns_of(row: CallRow) -> Iterable[str]:
    """What other desks' calls have in common with this one if they are one: who writes of it waits for the others."""
    return sorted({f"linked {row.linked_id}", f"caller {row.e164 or row.number}"} - {"linked "})


def _linked(row: CallRow) -> list[Any]:
    """The PBX's word, unless it says the same of callers that can't be one: then its header is a constant."""
    linked = select(call_ref.c.call_id).where(call_ref.c.source == LINKED, call_ref.c.source_id == row.linked_id)
    return [
        call.c.id == linked.scalar_subquery(),
        or_(call.c.e164 == row.e164, call.c.e164.is_(None), literal(row.e164 is None)),
        or_(call.c.ended_at.is_(None), call.c.ended_at > row.offered_at - STILL_LINKED),
        call.c.offered_at > row.offered_at - LONGEST,
    ]


def _near(row: CallRow) -> list[Any]:
    """The same caller at the same time, where no linked id says that these are two."""
    return [
        call.c.e164 == row.e164 if row.e164 is not None else call.c.e164.is_(None),
        call.c.offered_at.between(row.offered_at - NEAR, row.offered_at + NEAR),
        call.c.direction == row.direction,
        call.c.withheld == row.withheld if row.withheld is not None else call.c.withheld.is_(None),
        or_(call.c.linked_id.is_(None), call.c.linked_id == row.linked_id, literal(not row.linked_id)),
    ]


def _is_one(row: CallRow, dialled: str, number: str) -> bool:
    """The same number was rung, as far as both desks know; and a caller without a number of the network is the same."""
    is_line_same = not (row.dialled and dialled) or _tail(row.dialled) == _tail(dialled)
    return is_line_same and (row.e164 is not None or row.number == number)


def _tail(number: str) -> str:
    digits = "".join(char for char in number if "0" <= char <= "9").lstrip("0")
    return digits[-_TAIL:] or number
