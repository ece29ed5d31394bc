"""Follow-ups: what was promised, until when and by whom; written once however often a desk sends it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Connection,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
    update,
)

from db.columns import UtcDateTime
from db.kinds import FollowUpKind
from db.living import living_id, living_id_to_write
from db.models import call, customer, customer_phone, follow_up, operator, phone_number
from db.operators import operator_id
from db.sights import known_as
from db.upsert import add_once

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Promise:
    """A follow-up as a desk makes it: `assignee` is a login, "" stands for the whole team."""

    follow_up_id: UUID
    call_id: UUID | None
    customer_id: int | None
    kind: FollowUpKind
    due_at: datetime
    assignee: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """Who did it, and when."""

    follow_up_id: UUID
    operator: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PutOff:
    """It is due at another time, as an operator said."""

    follow_up_id: UUID
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """So often somebody has tried and not reached the customer; it is due then.

    The count and not one more: written twice it adds nothing. Of two desks that try at once one is lost: nobody
    misses it.
    """

    follow_up_id: UUID
    attempts: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Reassigned:
    """A supervisor gave it to another: `assignee` is a login, "" stands for the whole team."""

    follow_up_id: UUID
    assignee: str


class FollowUpCount(NamedTuple):
    """How many an operator ("": the team) has to do: `listed` in all, of these overdue and due today."""

    login: str
    name: str
    overdue: int
    today: int
    listed: int


class OpenFollowUp(NamedTuple):
    """One that is still to be done, as a list shows it: `login` and `assignee` are "" for the team's.

    `attempts`: how often the customer was not reached. `number` is the one to call back: that of the call, else the
    customer's own.
    """

    follow_up_id: UUID
    kind: FollowUpKind
    due_at: datetime
    login: str
    assignee: str
    text: str
    created_at: datetime
    call_id: UUID | None
    customer_id: int | None
    customer_no: str
    customer: str
    number: str
    attempts: int = 0


def promise(connection: Connection, made: Promise) -> None:
    """Write it down; a call that is another's row by now, or a customer who was merged, is found."""
    whose = made.customer_id and living_id_to_write(connection, made.customer_id)
    row: dict[str, Any] = {"id": made.follow_up_id, "call_id": made.call_id and known_as(connection, made.call_id)}
    row |= {"customer_id": whose, "kind": made.kind, "due_at": made.due_at, "text": made.text or None}
    row |= {"assignee_id": operator_id(connection, made.assignee) if made.assignee else None}
    add_once(connection, follow_up, row | {"created_at": made.created_at})


def keep(connection: Connection, kept: Kept) -> bool:
    """It is done. False if it was already, or is not there: whoever was first did it."""
    told = {"done_at": kept.at, "done_by_id": operator_id(connection, kept.operator)}
    told["version_id"] = follow_up.c.version_id + 1
    still_open = follow_up.c.id == kept.follow_up_id, follow_up.c.done_at.is_(None)
    return bool(connection.execute(update(follow_up).where(*still_open).values(told)).rowcount)


def put_off(connection: Connection, later: PutOff) -> bool:
    """It is due then. False if it is done, or is due then already."""
    told = {"due_at": later.due_at, "version_id": follow_up.c.version_id + 1}
    still_open = follow_up.c.id == later.follow_up_id, follow_up.c.done_at.is_(None)
    is_other = follow_up.c.due_at != later.due_at
    return bool(connection.execute(update(follow_up).where(*still_open, is_other).values(told)).rowcount)


def tried(connection: Connection, made: Tried) -> bool:
    """Tried so often, and due then. False if it is done, or stands so already."""
    told = {"due_at": made.due_at, "attempts": made.attempts, "version_id": follow_up.c.version_id + 1}
    still_open = follow_up.c.id == made.follow_up_id, follow_up.c.done_at.is_(None)
    is_other = or_(follow_up.c.due_at != made.due_at, follow_up.c.attempts != made.attempts)
    return bool(connection.execute(update(follow_up).where(*still_open, is_other).values(told)).rowcount)


def reassign(connection: Connection, made: Reassigned) -> bool:
    """It is another's. False if it is done, or is his already."""
    whose = operator_id(connection, made.assignee) if made.assignee else None
    told = {"assignee_id": whose, "version_id": follow_up.c.version_id + 1}
    still_open = follow_up.c.id == made.follow_up_id, follow_up.c.done_at.is_(None)
    is_other = follow_up.c.assignee_id.is_distinct_from(whose)
    return bool(connection.execute(update(follow_up).where(*still_open, is_other).values(told)).rowcount)


def reopen(connection: Connection, follow_up_id: UUID) -> bool:
    """It is not done after all. False if it is open."""
    told = {"done_at": None, "done_by_id": None, "version_id": follow_up.c.version_id + 1}
    was_done = follow_up.c.id == follow_up_id, follow_up.c.done_at.is_not(None)
    return bool(connection.execute(update(follow_up).where(*was_done).values(told)).rowcount)


def open_follow_ups(connection: Connection, login: str) -> tuple[OpenFollowUp, ...]:
    """What this operator and the team have to do, the most pressing first; at most MOST_LISTED."""
    rows: Any = connection.execute(_OPEN, {"login": login}).all()
    return tuple([OpenFollowUp(*row) for row in rows])


def all_open_follow_ups(
    connection: Connection, whose: str | None, last: OpenFollowUp | None
) -> tuple[OpenFollowUp, ...]:
    """Those of an operator ("": of the team, None: everybody's) behind `last`; fewer than MOST_LISTED: no more."""
    asked = _LISTED
    if whose is not None:
        asked = asked.where(operator.c.login == whose if whose else follow_up.c.assignee_id.is_(None))
    if last is not None:
        place = tuple_(literal(last.due_at, UtcDateTime), literal(last.follow_up_id, Uuid()))
        asked = asked.where(tuple_(follow_up.c.due_at, follow_up.c.id) > place)
    rows: Any = connection.execute(asked).all()
    return tuple([OpenFollowUp(*row) for row in rows])


def count_by_operator(connection: Connection, now: datetime, midnight: datetime) -> tuple[FollowUpCount, ...]:
    """Who has how many to do, whoever is latest first; `midnight` ends today."""
    is_late = follow_up.c.due_at <= literal(now, UtcDateTime)
    is_today = and_(not_(is_late), follow_up.c.due_at < literal(midnight, UtcDateTime))
    late = func.count(case((is_late, 1)))
    name = func.coalesce(operator.c.name, "")
    asked = (
        select(func.coalesce(operator.c.login, ""), name, late, func.count(case((is_today, 1))), func.count())
        .select_from(_OPEN_ONES)
        .where(_is_listed)
        .group_by(operator.c.login, operator.c.name)
        .order_by(late.desc(), name)
    )
    return tuple([FollowUpCount(*row) for row in connection.execute(asked)])


def follow_ups_of(connection: Connection, call_id: UUID) -> tuple[OpenFollowUp, ...]:
    """What was promised in a call and is still to be done."""
    rows: Any = connection.execute(_OF_CALL, {"call": known_as(connection, call_id)}).all()
    return tuple([OpenFollowUp(*row) for row in rows])


def follow_ups_again(connection: Connection, ids: Collection[UUID]) -> tuple[OpenFollowUp, ...]:
    """These, though the records may still say that they are done."""
    if not ids:
        return ()
    rows: Any = connection.execute(_ANY.where(follow_up.c.id.in_(ids))).all()
    return tuple([OpenFollowUp(*row) for row in rows])


def as_listed(connection: Connection, made: Promise) -> OpenFollowUp:
    """One that is not in the records yet, with whom and which number it is about as far as they know."""
    who = living_id(connection, made.customer_id) if made.customer_id is not None else None
    about: Any = connection.execute(_ABOUT.where(customer.c.id == who)).one_or_none() or ("", "", "")
    call_id = made.call_id and known_as(connection, made.call_id)
    rung = connection.execute(select(call.c.number).where(call.c.id == call_id)).scalar_one_or_none()
    name = connection.execute(select(operator.c.name).where(operator.c.login == made.assignee)).scalar_one_or_none()
    return OpenFollowUp(
        made.follow_up_id, made.kind, made.due_at, made.assignee, name or made.assignee, made.text, made.created_at,
        call_id, who, about[0], about[1], rung or about[2],
    )  # fmt: skip


_own_number = (
    select(phone_number.c.raw)
    .join_from(customer_phone, phone_number)
    .where(customer_phone.c.customer_id == customer.c.id, customer_phone.c.valid_to.is_(None))
    .order_by(customer_phone.c.is_primary.desc(), customer_phone.c.id)
    .limit(1)
    .scalar_subquery()
)
_OPEN_ONES = follow_up.outerjoin(operator, operator.c.id == follow_up.c.assignee_id).outerjoin(
    customer, customer.c.id == follow_up.c.customer_id
)
_is_known = or_(customer.c.id.is_(None), customer.c.erased_at.is_(None))
_is_listed = and_(follow_up.c.done_at.is_(None), _is_known)
_ANY = (
    select(
        follow_up.c.id,
        follow_up.c.kind,
        follow_up.c.due_at,
        func.coalesce(operator.c.login, ""),
        func.coalesce(operator.c.name, ""),
        func.coalesce(follow_up.c.text, ""),
        follow_up.c.created_at,
        follow_up.c.call_id,
        follow_up.c.customer_id,
        func.coalesce(customer.c.customer_no, ""),
        func.coalesce(customer.c.name, ""),
        func.coalesce(call.c.number, _own_number, ""),
        follow_up.c.attempts,
    )
    .select_from(_OPEN_ONES.outerjoin(call, call.c.id == follow_up.c.call_id))
    .where(_is_known)
)
_LISTED = _ANY.where(follow_up.c.done_at.is_(None)).order_by(follow_up.c.due_at, follow_up.c.id).limit(MOST_LISTED)
_ABOUT = select(customer.c.customer_no, customer.c.name, func.coalesce(_own_number, ""))
_OPEN = _LISTED.where(or_(follow_up.c.assignee_id.is_(None), operator.c.login == bindparam("login")))
_OF_CALL = _LISTED.where(follow_up.c.call_id == bindparam("call"))
