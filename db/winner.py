"""Who answered a call that several desks saw: one of them, and rather one that knows it than one that takes it for so.

A second contact on a desk phone can't tell who answered: each desk of a ring group takes the call for its own.
"""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, select, update

from db.calls import CallRow
from db.kinds import Outcome
from db.models import call, call_leg, operator
from db.operators import operator_id


def as_won(connection: Connection, row: CallRow) -> CallRow:
    """The row as this desk may write it: without its claim, if another desk knows better or was first to claim."""
    if row.outcome is not Outcome.ANSWERED or not row.operator:
        return row
    asked = select(call.c.answered_by, operator.c.login).outerjoin(operator, operator.c.id == call.c.operator_id)
    there = connection.execute(asked.select_from(call).where(call.c.id == row.id)).one_or_none()
    if there is None or there.login == row.operator or row.answered_by:
        return row
    has_winner = there.answered_by is not None or there.login is not None
    return replace(row, operator="", answered_at=None) if has_winner else row


def take_win(connection: Connection, row: CallRow) -> None:
    """This desk knows that it answered: what others only took for an answer of theirs gives way."""
    if row.outcome is Outcome.ANSWERED and row.answered_by and row.operator:
        told = {
            "operator_id": operator_id(connection, row.operator),
            "answered_at": row.answered_at,
            "answered_by": row.answered_by,
        }
        unknown = call.c.answered_by.is_(None) | (call.c.answered_by == row.answered_by)
        connection.execute(update(call).where(call.c.id == row.id, unknown).values(told))


def give_win_back(connection: Connection, call_id: UUID, who: str) -> None:
    """Whoever took it for his own did not answer: the first of the others who says so has. To be asked before his legs
    are saved.
    """
    claims = call_leg.c.call_id == call_id, call_leg.c.outcome == Outcome.ANSWERED
    if connection.execute(select(call_leg.c.id).where(*claims, call_leg.c.who == who)).first() is None:
        return
    asked = select(call_leg.c.who, call_leg.c.answered_at).where(*claims, call_leg.c.who != who)
    first = connection.execute(asked.order_by(call_leg.c.answered_at, call_leg.c.id).limit(1)).one_or_none()
    mine = select(operator.c.id).where(operator.c.login == who).scalar_subquery()
    told: dict[str, object] = {"operator_id": None}
    if first is not None:
        told = {"operator_id": operator_id(connection, first.who), "answered_at": first.answered_at}
    unknown = call.c.answered_by.is_(None)
    connection.execute(update(call).where(call.c.id == call_id, call.c.operator_id == mine, unknown).values(told))
