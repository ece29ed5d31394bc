"""One call that several desks see: the first to write makes its row, the others add their legs to it.

Which calls are one: `db.same_call`; who answered: `db.winner`. What a desk writes goes by the key that it made itself;
`call_ref` tells the row that it belongs to.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from db.calls import (
    CallRow,
    CandidateRow,
    LegRow,
    add_to_call,
    answered_elsewhere,
    attach,
    change_caller,
    save_call,
    save_candidates,
    save_leg,
)
from db.kinds import CallFact, Outcome
from db.models import call, call_event, call_leg, call_ref
from db.same_call import LINKED, lead_to, linked_row, row_of_another, turns_of
from db.upsert import add_once
from db.uuid7 import uuid7_within
from db.winner import as_won, give_win_back, take_win
from db.withheld import as_may_be_kept, forget_number

_DESK = "desk"  # whose ids `call_ref` knows a call by
_NOT_MINE = (Outcome.ELSEWHERE, Outcome.MISSED)
_GRAVEST_FIRST = (Outcome.ANSWERED, Outcome.ELSEWHERE, Outcome.OFFERED)


@dataclass(frozen=True, slots=True)
class Sight:
    """A call as one desk sees it now; `is_transferred` when it has another caller than at first."""

    row: CallRow
    legs: tuple[LegRow, ...]
    candidates: tuple[CandidateRow, ...]
    is_transferred: bool


def save_sight(connection: Connection, seen: Sight) -> UUID:
    """Write it, as often as it changes; the key of the call's row, which another desk may have made."""
    _take_turns(connection, seen.row)
    call_id = _row_of(connection, seen)
    is_ours = call_id == seen.row.id
    row = replace(seen.row, id=call_id, outcome=_folded(connection, call_id, seen))
    if not (is_ours and seen.is_transferred):
        row = as_may_be_kept(connection, row)
        seen = _as_kept(seen, row)
    (save_call if is_ours else add_to_call)(connection, as_won(connection, row))
    take_win(connection, row)
    _refer(connection, seen.row, call_id)
    if seen.is_transferred:
        change_caller(connection, row)
    elif row.withheld is not None:
        forget_number(connection, row)
    _save_legs(connection, seen, call_id)
    if is_ours and row.customer_id is None:  # saving never erases: that it is nobody's (any more) has to be said
        attach(connection, call_id, None)
    if is_ours or any(one.is_chosen for one in seen.candidates):
        save_candidates(connection, call_id, seen.candidates)
    _add_facts(connection, seen, call_id)
    return call_id


def _save_legs(connection: Connection, seen: Sight, call_id: UUID) -> None:
    if seen.legs and seen.row.outcome in _NOT_MINE:
        give_win_back(connection, call_id, seen.legs[0].who)
    for leg in seen.legs:
        save_leg(connection, replace(leg, call_id=call_id))
        if seen.row.outcome is Outcome.ELSEWHERE:
            answered_elsewhere(connection, leg.id)


def _as_kept(seen: Sight, row: CallRow) -> Sight:
    """With the caller that may be kept; whom his number only let guess goes with it."""
    if row.withheld == seen.row.withheld:
        return seen
    chosen = tuple(one for one in seen.candidates if one.is_chosen)
    return replace(seen, row=replace(row, id=seen.row.id, outcome=seen.row.outcome), candidates=chosen)


def known_as(connection: Connection, call_id: UUID) -> UUID:
    """The key of the row that a desk's own key stands for."""
    found: UUID | None = connection.execute(_ref(_DESK, str(call_id))).scalar_one_or_none()
    return found or call_id


def _row_of(connection: Connection, seen: Sight) -> UUID:
    row = seen.row
    is_there = connection.execute(select(call.c.id).where(call.c.id == row.id)).first() is not None
    known = row.id if is_there else known_as(connection, row.id)
    if not seen.legs or known != row.id:
        return known
    who = seen.legs[0].who
    if not is_there:
        return row_of_another(connection, row, who) or row.id
    other = linked_row(connection, row, who)
    if other is None:
        return row.id
    lead_to(connection, row.id, other)
    return other


def _folded(connection: Connection, call_id: UUID, seen: Sight) -> Outcome:
    """Missed only if nobody answered."""
    mine = [leg.id for leg in seen.legs]
    others = select(call_leg.c.outcome).where(call_leg.c.call_id == call_id, call_leg.c.id.not_in(mine))
    outcomes = {seen.row.outcome, *connection.execute(others).scalars()}
    return next((one for one in _GRAVEST_FIRST if one in outcomes), Outcome.MISSED)


def _refer(connection: Connection, row: CallRow, call_id: UUID) -> None:
    if row.id != call_id:
        add_once(connection, call_ref, {"source": _DESK, "source_id": str(row.id), "call_id": call_id})
    if row.linked_id:
        add_once(connection, call_ref, {"source": LINKED, "source_id": row.linked_id, "call_id": call_id})


def _take_turns(connection: Connection, row: CallRow) -> None:
    """Five desks write at once. On SQLite the transaction has the file's write lock already."""
    if connection.dialect.name == "postgresql":
        for turn in sorted(_lock_of(same) for same in turns_of(row)):
            connection.execute(select(func.pg_advisory_xact_lock(turn)))


def _lock_of(same: str) -> int:
    """The same at all desks; in one order, so that two never wait for each other."""
    return int.from_bytes(blake2b(same.encode(), digest_size=8).digest(), signed=True)


def _add_facts(connection: Connection, seen: Sight, call_id: UUID) -> None:
    for kind, at, facts in _facts(seen):
        key = uuid7_within(seen.row.id, f"{kind} {at.isoformat()} {json.dumps(facts)}")
        told = {"call_id": call_id, "at": at, "kind": kind, "source": seen.row.source, "facts": json.dumps(facts)}
        add_once(connection, call_event, {"id": key, **told})


def _facts(seen: Sight) -> Iterable[tuple[CallFact, datetime, dict[str, Any]]]:
    """What the sources said, in their order. A caller that a transfer brought has no time of its own."""
    row = seen.row
    caller = {"number": row.number, "withheld": row.withheld, "who": [leg.who for leg in seen.legs]}
    kind = CallFact.CALLER_CHANGED if seen.is_transferred else CallFact.OFFERED
    yield kind, row.offered_at, caller
    if row.answered_at is not None:
        yield CallFact.ANSWERED, row.answered_at, {"by": row.answered_by}
    if row.ended_at is not None:
        yield CallFact.ENDED, row.ended_at, {"why": row.end_cause}


def _ref(source: str, source_id: str) -> Any:
    return select(call_ref.c.call_id).where(call_ref.c.source == source, call_ref.c.source_id == source_id)
