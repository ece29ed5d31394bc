"""What people have said of pairs of customers: the same, or not. "Not the same" is never asked again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select

from db.kinds import PairDecision
from db.merging.plain import Plain, plain, typed
from db.models import duplicate_pair
from db.operators import operator_id
from db.upsert import add_once

Pair = tuple[int, int]  # two customers, in any order
_OURS = duplicate_pair.c
_NAMES = tuple(column.name for column in duplicate_pair.columns)


@dataclass(frozen=True, slots=True)
class Said:
    """Who said it, and when. `operator` is a login."""

    operator: str
    at: datetime


def decide(connection: Connection, pair: Pair, decision: PairDecision, said: Said) -> None:
    """Remember it, in place of what was said before."""
    ask_again(connection, pair)
    first, second = sorted(pair)
    told = {"decision": decision, "operator_id": operator_id(connection, said.operator), "decided_at": said.at}
    connection.execute(duplicate_pair.insert().values(first_id=first, second_id=second, **told))


def ask_again(connection: Connection, pair: Pair) -> None:
    """Take back what was said of these two."""
    connection.execute(delete(duplicate_pair).where(_is(*sorted(pair))))


def decision_on(connection: Connection, pair: Pair) -> dict[str, Plain] | None:
    """The pair's row as the log keeps it."""
    row = connection.execute(select(duplicate_pair).where(_is(*sorted(pair)))).mappings().one_or_none()
    return None if row is None else {name: plain(row[name]) for name in _NAMES}


def restore(connection: Connection, pair: Pair, before: dict[str, Plain] | None) -> None:
    """What was said before the merge is what counts again."""
    ask_again(connection, pair)
    if before is not None:
        told = {name: typed(_OURS[name], value) for name, value in before.items()}
        connection.execute(duplicate_pair.insert().values(told))


def inherit(connection: Connection, kept: int, merged: int) -> list[int]:
    """Whoever is not the one that goes is not the kept one either; gives whom that was said of newly."""
    heirs: list[int] = []
    for row in _refusals_of(connection, merged):
        other = row.second_id if row.first_id == merged else row.first_id
        first, second = sorted((kept, other))
        told = {"decision": row.decision, "score": row.score, "operator_id": row.operator_id}
        pair = {"first_id": first, "second_id": second, "decided_at": row.decided_at, **told}
        if other != kept and add_once(connection, duplicate_pair, pair):
            heirs.append(other)
    return heirs


def disinherit(connection: Connection, kept: int, merged: int, heirs: list[int]) -> None:
    """Take back what `inherit` said, unless somebody has said it of the kept one himself since."""
    said = {(row.first_id, row.second_id): row.decided_at for row in _refusals_of(connection, merged)}
    for other in heirs:
        first, second = sorted((kept, other))
        then = said.get((min(merged, other), max(merged, other)))
        unchanged = _OURS.decision == PairDecision.NOT_SAME, _OURS.decided_at == then
        connection.execute(delete(duplicate_pair).where(_is(first, second), *unchanged))


def _refusals_of(connection: Connection, customer_id: int) -> Any:
    theirs = or_(_OURS.first_id == customer_id, _OURS.second_id == customer_id)
    refused = select(duplicate_pair).where(theirs, _OURS.decision == PairDecision.NOT_SAME)
    return connection.execute(refused.order_by(_OURS.first_id, _OURS.second_id)).all()


def _is(first: int, second: int) -> Any:
    return and_(_OURS.first_id == first, _OURS.second_id == second)
