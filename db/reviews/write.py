"""Writes what happens to a review: each version of it, each answer, and who has seen what. Nothing is overwritten.

Written again it adds nothing, whichever desk sent it, and in whatever order: a review is what its events make of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from db.kinds import ReviewFact, ReviewWay
from db.models import call, operator, review, review_event
from db.operators import operator_id
from db.sights import known_as
from db.upsert import add_once
from db.uuid7 import uuid7_within

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Marked:
    """One version: the mark (1 to 5) and words that `reviewer` (a login) gives to a call."""

    key: UUID
    call_id: UUID
    reviewer: str
    at: datetime
    mark: int
    comment: str
    way: ReviewWay = ReviewWay.CHOSEN


@dataclass(frozen=True, slots=True)
class Heard:
    """What the operator or the reviewer (`who`, a login) did about a review; words belong to an answer alone."""

    key: UUID
    review_id: UUID
    kind: ReviewFact
    who: str
    at: datetime
    words: str = ""


class NotTheirs(Exception):  # noqa: N818 -- a state, not a mistake
    """Of a call that nobody took there is no review, and of a review only two people have to say something."""


def review_id_of(call_id: UUID, reviewer: str) -> UUID:
    """The key of what this one says of the call: the same wherever it is written."""
    return uuid7_within(call_id, f"review {reviewer}")


def seen_key(review_id: UUID, versions: int) -> UUID:
    """The key of having seen this version: the same however often one looks."""
    return uuid7_within(review_id, f"seen {versions}")


def mark_call(connection: Connection, made: Marked) -> None:
    """Add this version. Raises NotTheirs where nobody took the call, or the reviewer did."""
    asked = select(call.c.id, call.c.operator_id, operator.c.login).join(operator, operator.c.id == call.c.operator_id)
    found: Any = connection.execute(asked.where(call.c.id == known_as(connection, made.call_id))).one_or_none()
    if found is None or found.login == made.reviewer:
        raise NotTheirs
    reviewer, key = operator_id(connection, made.reviewer), review_id_of(found.id, made.reviewer)
    folded = {"mark": made.mark, "made_at": made.at, "marked_at": made.at, "versions": 1}
    whose = {"id": key, "call_id": found.id, "operator_id": found.operator_id, "reviewer_id": reviewer}
    add_once(connection, review, whose | folded | {"way": made.way})
    event = {"id": made.key, "review_id": key, "at": made.at, "operator_id": reviewer, "kind": ReviewFact.MARKED}
    add_once(connection, review_event, event | {"mark": made.mark, "text": made.comment or None})
    _fold(connection, key)


def hear(connection: Connection, told: Heard) -> None:
    """Add it. Raises NotTheirs for somebody else's: the operator sees and answers, the reviewer reads."""
    whose = review.c.reviewer_id if told.kind is ReviewFact.READ else review.c.operator_id
    asked = select(operator.c.id).join_from(review, operator, operator.c.id == whose)
    who = connection.execute(asked.where(review.c.id == told.review_id, operator.c.login == told.who)).scalar()
    if who is None:
        raise NotTheirs
    event = {"id": told.key, "review_id": told.review_id, "at": told.at, "operator_id": who, "kind": told.kind}
    add_once(connection, review_event, event | {"text": told.words or None})
    _fold(connection, told.review_id)


def _fold(connection: Connection, review_id: UUID) -> None:
    asked = select(review_event.c.kind, review_event.c.at, review_event.c.mark)
    mine = asked.where(review_event.c.review_id == review_id).order_by(review_event.c.at, review_event.c.id)
    connection.execute(update(review).where(review.c.id == review_id).values(_folded(connection.execute(mine).all())))


def _folded(events: Sequence[Any]) -> dict[str, Any]:
    """A new version has to be seen anew, and has read whatever was answered before."""
    marked = [one for one in events if one.kind is ReviewFact.MARKED]
    newest = marked[-1]
    at = {kind: [one.at for one in events if one.kind is kind] for kind in ReviewFact}
    read_until = max([newest.at, *at[ReviewFact.READ]])
    return {
        "mark": newest.mark,
        "made_at": marked[0].at,
        "marked_at": newest.at,
        "versions": len(marked),
        "seen_at": max((one for one in at[ReviewFact.SEEN] if one >= newest.at), default=None),
        "answered_at": max(at[ReviewFact.ANSWERED], default=None),
        "unread_since": min((one for one in at[ReviewFact.ANSWERED] if one > read_until), default=None),
    }
