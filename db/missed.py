"""Missed calls of the last days with what may have settled them since: an answer, a call back, an operator's mark.

A call back may go to another number of the customer, or be known only because an operator wrote it down.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, Connection, and_, bindparam, case, exists, func, literal, or_, select

from db.kinds import Channel, Direction, Outcome, Withheld
from db.models import call, call_leg, callback_mark, customer, interaction, operator
from db.operators import operator_id
from db.sights import known_as
from db.upsert import add_once

MOST_LISTED = 2000


@dataclass(frozen=True, slots=True)
class Mark:
    """An operator says that a missed caller is dealt with, or takes that back. `operator` is a login."""

    mark_id: UUID
    call_id: UUID
    at: datetime
    operator: str
    is_done: bool


class MissedCall(NamedTuple):
    """A call that nobody answered; what is unknown is "". `rang_here`: at the desk that asks."""

    call_id: UUID
    at: datetime
    number: str
    e164: int | None
    withheld: Withheld | None
    name: str
    line: str
    dialled: str
    customer_id: int | None
    customer_no: str
    customer: str
    rang_here: bool


class Answer(NamedTuple):
    """Somebody spoke with the number: it was called back, or one of its later calls was answered. `by` is a name.

    `customer_id` is whom it settles by whichever number: of a call back, and of what an operator wrote down by hand.
    """

    call_id: UUID
    at: datetime
    number: str
    e164: int | None
    direction: Direction
    by: str
    customer_id: int | None = None


class MarkFact(NamedTuple):
    """A mark as it stands in the records, with the operator's name."""

    mark_id: UUID
    call_id: UUID
    at: datetime
    by: str
    is_done: bool


class MissedFacts(NamedTuple):
    """All that says who is still to be called back, each newest first; at most MOST_LISTED calls."""

    calls: tuple[MissedCall, ...] = ()
    answers: tuple[Answer, ...] = ()
    marks: tuple[MarkFact, ...] = ()


def mark(connection: Connection, made: Mark) -> None:
    """Write it down once; a call that is another desk's row by now is found."""
    row = {"id": made.mark_id, "call_id": known_as(connection, made.call_id), "at": made.at, "is_done": made.is_done}
    add_once(connection, callback_mark, row | {"operator_id": operator_id(connection, made.operator)})


def missed_since(connection: Connection, start: datetime, login: str) -> MissedFacts:
    """The missed calls since then, whichever desk saw them, and what came of them."""
    told = {"start": start}
    calls: Any = connection.execute(_MISSED, told | {"login": login}).all()
    answers: Any = [*connection.execute(_ANSWERS, told), *connection.execute(_CONTACTS, told)]
    marks: Any = connection.execute(_MARKS, told).all()
    return MissedFacts(
        tuple([MissedCall(*row) for row in calls]),
        tuple([Answer(*row) for row in answers]),
        tuple([MarkFact(*row) for row in marks]),
    )


_is_missed = and_(
    call.c.offered_at >= bindparam("start"), call.c.outcome == Outcome.MISSED, call.c.direction == Direction.IN
)
_MISSED = (
    select(
        call.c.id,
        call.c.offered_at,
        func.coalesce(call.c.number, ""),
        call.c.e164,
        call.c.withheld,
        func.coalesce(call.c.name, ""),
        func.coalesce(call.c.line, ""),
        func.coalesce(call.c.dialled, ""),
        call.c.customer_id,
        func.coalesce(customer.c.customer_no, ""),
        func.coalesce(customer.c.name, ""),
        exists().where(call_leg.c.call_id == call.c.id, call_leg.c.who == bindparam("login")),
    )
    .select_from(call.outerjoin(customer, customer.c.id == call.c.customer_id))
    .where(_is_missed, or_(customer.c.id.is_(None), customer.c.erased_at.is_(None)))
    .order_by(call.c.offered_at.desc(), call.c.id.desc())
    .limit(MOST_LISTED)
)
_their_e164 = select(call.c.e164).where(_is_missed, call.c.e164.is_not(None))
_their_number = select(call.c.number).where(_is_missed, call.c.e164.is_(None), call.c.number.is_not(None))
_their_customer = select(call.c.customer_id).where(_is_missed, call.c.customer_id.is_not(None))
_is_call_back = call.c.direction == Direction.OUT
_ANSWERS = (
    select(
        call.c.id,
        call.c.offered_at,
        func.coalesce(call.c.number, ""),
        call.c.e164,
        call.c.direction,
        func.coalesce(operator.c.name, call.c.answered_by, ""),
        case((_is_call_back, call.c.customer_id)),
    )
    .select_from(call.outerjoin(operator, operator.c.id == call.c.operator_id))
    .where(
        call.c.offered_at >= bindparam("start"),
        call.c.outcome.in_((Outcome.ANSWERED, Outcome.ELSEWHERE)),
        call.c.direction.in_((Direction.IN, Direction.OUT)),
        or_(
            call.c.e164.in_(_their_e164),
            and_(call.c.e164.is_(None), call.c.number.in_(_their_number)),
            and_(_is_call_back, call.c.customer_id.in_(_their_customer)),
        ),
    )
    .order_by(call.c.offered_at.desc(), call.c.id.desc())
    .limit(MOST_LISTED)
)
_CONTACTS = (  # by telephone, and of no call that the log has
    select(
        interaction.c.id,
        interaction.c.started_at,
        literal(""),
        literal(None, BigInteger),
        interaction.c.direction,
        func.coalesce(operator.c.name, ""),
        interaction.c.customer_id,
    )
    .select_from(interaction.outerjoin(operator, operator.c.id == interaction.c.handler_id))
    .where(
        interaction.c.customer_id.in_(_their_customer),
        interaction.c.started_at >= bindparam("start"),
        interaction.c.channel == Channel.PHONE,
        interaction.c.call_id.is_(None),
    )
    .order_by(interaction.c.started_at.desc(), interaction.c.id.desc())
    .limit(MOST_LISTED)
)
_MARKS = (
    select(
        callback_mark.c.id,
        callback_mark.c.call_id,
        callback_mark.c.at,
        func.coalesce(operator.c.name, ""),
        callback_mark.c.is_done,
    )
    .select_from(callback_mark.outerjoin(operator, operator.c.id == callback_mark.c.operator_id))
    .where(callback_mark.c.at >= bindparam("start"))
    .order_by(callback_mark.c.at.desc(), callback_mark.c.id.desc())
    .limit(MOST_LISTED)
)
