"""Reviews as they are read: the newest first, page by page along a key; one with all its versions and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, func, literal, select, tuple_

from db.call_log.by_key import lines_by_key
from db.call_log.lines import LogLine
from db.columns import UtcDateTime
from db.kinds import ReviewFact, ReviewWay
from db.models import call, operator, review, review_event

PAGE = 60


class ReviewTold(NamedTuple):
    """A review as it stands. `seen_at`: when its operator saw the newest version."""

    review_id: UUID
    call_id: UUID
    operator_id: int
    operator_login: str
    operator: str
    reviewer_login: str
    reviewer: str
    way: ReviewWay
    mark: int
    marked_at: datetime
    versions: int
    seen_at: datetime | None
    answered_at: datetime | None
    unread_since: datetime | None


class FactTold(NamedTuple):
    """A version (with its mark), an answer, or that somebody looked."""

    kind: ReviewFact
    at: datetime
    who: str
    mark: int | None
    words: str


class Reviewed(NamedTuple):
    """A line of a list: the review, and its call as the call log tells it."""

    review: ReviewTold
    line: LogLine


@dataclass(frozen=True, slots=True)
class Whose:
    """Which reviews: of this operator's calls (a login), by this reviewer, with answers that he has not read."""

    operator: str = ""
    reviewer: str = ""
    is_unread: bool = False


class Marks(NamedTuple):
    """How many reviews came in this way, and the sum of their marks."""

    way: ReviewWay
    n: int
    total: int


def reviews_page(
    connection: Connection, whose: Whose, last: ReviewTold | None, most: int = PAGE
) -> tuple[Reviewed, ...]:
    """Those behind `last`; fewer than `most`: there are no more."""
    found: Any = connection.execute(page_statement(whose, last, most))
    rows = [ReviewTold(*row) for row in found]
    lines = {one.call_id: one for one in lines_by_key(connection, [one.call_id for one in rows])}
    return tuple([Reviewed(one, lines[one.call_id]) for one in rows])


def page_statement(whose: Whose, last: ReviewTold | None, most: int) -> Select[Any]:
    """The statement of a page, for whoever wants to look at how it is answered."""
    asked = _narrowed(_TOLD, whose).order_by(review.c.marked_at.desc(), review.c.id.desc()).limit(most)
    if last is None:
        return asked
    behind = literal(last.marked_at, UtcDateTime), literal(last.review_id, review.c.id.type)
    return asked.where(tuple_(review.c.marked_at, review.c.id) < tuple_(*behind))


def reviews_of(connection: Connection, call_id: UUID) -> tuple[ReviewTold, ...]:
    """What was said of a call, by whom ever, the first first."""
    rows: Any = connection.execute(_TOLD.where(review.c.call_id == call_id).order_by(review.c.made_at, review.c.id))
    return tuple([ReviewTold(*row) for row in rows])


def facts_of(connection: Connection, review_id: UUID) -> tuple[FactTold, ...]:
    """All that happened to a review, in its order."""
    columns = review_event.c
    asked = (
        select(columns.kind, columns.at, operator.c.name, columns.mark, func.coalesce(columns.text, ""))
        .join_from(review_event, operator, operator.c.id == columns.operator_id)
        .where(columns.review_id == review_id)
        .order_by(columns.at, columns.id)
    )
    return tuple([FactTold(*row) for row in connection.execute(asked)])


def taken_by(connection: Connection, call_id: UUID) -> str:
    """The login of who finished the call, "" where nobody did."""
    asked = select(operator.c.login).join_from(call, operator, operator.c.id == call.c.operator_id)
    return connection.execute(asked.where(call.c.id == call_id)).scalar_one_or_none() or ""


def unread(connection: Connection, reviewer: str) -> int:
    """How many of this reviewer's have answers that wait for him."""
    return _count(connection, Whose(reviewer=reviewer, is_unread=True))


def unseen(connection: Connection, login: str) -> tuple[bool, int]:
    """Whether this operator's calls were ever reviewed, and how many reviews he has not seen as they are now."""
    mine = select(operator.c.id).where(operator.c.login == login).scalar_subquery()
    some = select(review.c.id).where(review.c.operator_id == mine).exists()
    new = select(func.count()).where(review.c.operator_id == mine, review.c.seen_at.is_(None)).scalar_subquery()
    found: Any = connection.execute(select(some, new)).one()
    return bool(found[0]), int(found[1])


def marks(connection: Connection, operator_login: str, since: datetime) -> Sequence[Marks]:
    """Of the reviews made since then, by how their calls were come by; "": of everybody's calls."""
    asked = select(review.c.way, func.count(), func.sum(review.c.mark)).where(review.c.marked_at >= since)
    narrowed = _narrowed(asked, Whose(operator_login)).group_by(review.c.way)
    return [Marks(way, int(n), int(total)) for way, n, total in connection.execute(narrowed)]


def reviewed_people(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Operators with reviews, as (login, name), by name."""
    some = select(review.c.id).where(review.c.operator_id == operator.c.id).exists()
    asked = select(operator.c.login, operator.c.name).where(some).order_by(operator.c.name, operator.c.id)
    return tuple([(login, name) for login, name in connection.execute(asked)])


def _count(connection: Connection, whose: Whose) -> int:
    found: int = connection.execute(_narrowed(select(func.count()).select_from(review), whose)).scalar_one()
    return found


def _narrowed(asked: Select[Any], whose: Whose) -> Select[Any]:
    for login, column in ((whose.operator, review.c.operator_id), (whose.reviewer, review.c.reviewer_id)):
        if login:
            asked = asked.where(column == select(operator.c.id).where(operator.c.login == login).scalar_subquery())
    return asked.where(review.c.unread_since.is_not(None)) if whose.is_unread else asked


_whose, _by = operator.alias("whose"), operator.alias("by_whom")
_TOLD = (
    select(
        review.c.id,
        review.c.call_id,
        review.c.operator_id,
        _whose.c.login,
        _whose.c.name,
        _by.c.login,
        _by.c.name,
        review.c.way,
        review.c.mark,
        review.c.marked_at,
        review.c.versions,
        review.c.seen_at,
        review.c.answered_at,
        review.c.unread_since,
    )
    .join_from(review, _whose, _whose.c.id == review.c.operator_id)
    .join(_by, _by.c.id == review.c.reviewer_id)
)
