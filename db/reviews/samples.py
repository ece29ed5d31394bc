"""Samples that were drawn: kept with all it takes to draw them again, and what of them is still to be done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, exists, func, insert, literal, select, tuple_, update

from db.call_log.by_key import lines_by_key
from db.call_log.lines import LogLine
from db.kinds import ReviewWay
from db.models import operator, review, review_sample, review_sample_call
from db.operators import operator_id
from db.reviews.draw import Draw, Drawn, Lot
from db.reviews.risk import Because, Risk, Span

PAGE = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw under its key, and out of how many calls it was."""

    sample_id: UUID
    asked: Draw
    eligible: int
    drawn: int = 0


class Todo(NamedTuple):
    """A call that waits to be reviewed: its sample and its place there, why it was drawn, and the call itself."""

    sample_id: UUID
    place: int
    call_id: UUID
    way: ReviewWay
    drawn: Drawn
    line: LogLine


def keep_sample(connection: Connection, sample_id: UUID, asked: Draw, lot: Lot) -> Sample:
    """Write it down; nothing for an empty one."""
    row: dict[str, Any] = {"id": sample_id, "operator_id": operator_id(connection, asked.by), "made_at": asked.span.at}
    row |= {"way": asked.way, "seed": asked.seed, "start": asked.span.start, "end": asked.span.end}
    row |= {"wanted": asked.wanted, "eligible": lot.eligible}
    row |= {"whose_id": operator_id(connection, asked.whose) if asked.whose else None}
    if lot.calls:
        connection.execute(insert(review_sample), row)
        connection.execute(insert(review_sample_call), [_row(sample_id, *one) for one in enumerate(lot.calls)])
    return Sample(sample_id, asked, lot.eligible, len(lot.calls))


def to_do(connection: Connection, login: str, last: Todo | None, most: int = PAGE) -> tuple[Todo, ...]:
    """What this one drew and nobody has reviewed, the oldest sample first; those behind `last`."""
    columns = review_sample_call.c
    asked = _waiting(
        select(columns.sample_id, columns.place, columns.call_id, review_sample.c.way, columns.risk, columns.reasons),
        login,
    )
    if last is not None:
        behind = literal(last.sample_id, columns.sample_id.type), literal(last.place)
        asked = asked.where(tuple_(columns.sample_id, columns.place) > tuple_(*behind))
    rows: Sequence[Any] = connection.execute(asked.order_by(columns.sample_id, columns.place).limit(most)).all()
    lines = {one.call_id: one for one in lines_by_key(connection, [row.call_id for row in rows])}
    return tuple([_todo(row, lines[row.call_id]) for row in rows])


def waiting(connection: Connection, login: str) -> int:
    """How many there are."""
    found: int = connection.execute(_waiting(select(func.count()), login)).scalar_one()
    return found


def drop(connection: Connection, sample_id: UUID, place: int, at: datetime) -> None:
    """It is not wanted after all."""
    mine = review_sample_call.c.sample_id == sample_id, review_sample_call.c.place == place
    connection.execute(update(review_sample_call).where(*mine).values(dropped_at=at))


def newest_sample(connection: Connection, login: str) -> Sample | None:
    """The last one that this one drew."""
    columns, whose = review_sample.c, operator.alias("whose")
    drawn = select(func.count()).where(review_sample_call.c.sample_id == columns.id).scalar_subquery()
    asked = (
        select(review_sample, func.coalesce(whose.c.login, "").label("whose"), drawn.label("drawn"))
        .join_from(review_sample, operator, operator.c.id == columns.operator_id)
        .outerjoin(whose, whose.c.id == columns.whose_id)
        .where(operator.c.login == login)
        .order_by(columns.id.desc())
        .limit(1)
    )
    row: Any = connection.execute(asked).one_or_none()
    if row is None:
        return None
    span = Span(row.start, row.end, row.made_at)
    return Sample(row.id, Draw(row.way, span, row.wanted, row.seed, login, row.whose), row.eligible, row.drawn)


def calls_in(connection: Connection, sample_id: UUID) -> tuple[UUID, ...]:
    """As they were drawn."""
    columns = review_sample_call.c
    asked = select(columns.call_id).where(columns.sample_id == sample_id).order_by(columns.place)
    return tuple(connection.execute(asked).scalars())


def way_of(connection: Connection, call_id: UUID) -> ReviewWay:
    """How this call came to be reviewed: by the first sample that has it, else a supervisor picked it."""
    asked = (
        select(review_sample.c.way)
        .join(review_sample_call, review_sample_call.c.sample_id == review_sample.c.id)
        .where(review_sample_call.c.call_id == call_id, review_sample_call.c.dropped_at.is_(None))
        .order_by(review_sample.c.id)
        .limit(1)
    )
    return connection.execute(asked).scalar_one_or_none() or ReviewWay.CHOSEN


def _waiting(asked: Any, login: str) -> Any:
    columns = review_sample_call.c
    mine = select(operator.c.id).where(operator.c.login == login).scalar_subquery()
    is_done = exists().where(review.c.call_id == columns.call_id)
    joined = asked.join_from(review_sample, review_sample_call, columns.sample_id == review_sample.c.id)
    return joined.where(review_sample.c.operator_id == mine, columns.dropped_at.is_(None), ~is_done)


def _row(sample_id: UUID, place: int, one: Drawn) -> dict[str, Any]:
    told = json.dumps([[why.risk.value, why.number] for why in one.because])
    return {"sample_id": sample_id, "place": place, "call_id": one.call_id, "risk": one.risk, "reasons": told}


def _todo(row: Any, line: LogLine) -> Todo:
    known = {one.value for one in Risk}  # a later program may know more
    because = [Because(Risk(name), number) for name, number in json.loads(row.reasons) if name in known]
    return Todo(row.sample_id, row.place, row.call_id, row.way, Drawn(row.call_id, row.risk, tuple(because)), line)
