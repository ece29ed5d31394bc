"""Draws calls to be reviewed: as many of each operator, by lot or by risk, the same again whoever repeats it.

The lot of a call is a hash of the seed and its key, so that no order in which rows come and no program's generator of
random numbers matters. A call that was reviewed, or waits to be, is left out; so are the drawer's own.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from heapq import nsmallest
from operator import itemgetter
from statistics import median_low
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, and_, or_, select, union_all

from db.call_log.filters import milliseconds
from db.kinds import Direction, Outcome, ReviewWay
from db.models import logged_call, operator, review, review_sample, review_sample_call
from db.reviews.risk import AGAIN_DAYS, FEWEST_FOR_MEDIAN, Because, Rung, Span, in_span, known, reasons, weight

_AT_ONCE = {"yield_per": 5_000}


@dataclass(frozen=True, slots=True)
class Draw:
    """So many calls of the span; `by` draws (a login), `whose` narrows them to an operator's (a login, "": all)."""

    way: ReviewWay
    span: Span
    wanted: int
    seed: int
    by: str
    whose: str = ""


class Drawn(NamedTuple):
    """A call, and what spoke for it."""

    call_id: UUID
    risk: int = 0
    because: tuple[Because, ...] = ()


class Lot(NamedTuple):
    """What was drawn, out of so many."""

    calls: tuple[Drawn, ...]
    eligible: int


Ranked = tuple[tuple[int, bytes], Drawn]


def draw(connection: Connection, asked: Draw) -> Lot:
    """The calls in the order in which they were drawn: each operator's first, each one's second, and so on."""
    left_out = _left_out(connection, asked.span)
    whose = _operators(connection, asked)
    rung = (one for one in _rung(connection, asked) if one.operator_id in whose and one.call_id not in left_out)
    ranked = _at_random(rung, asked.seed) if asked.way is ReviewWay.RANDOM else _by_risk(connection, rung, asked)
    return _dealt(ranked, asked)


def _at_random(rung: Iterable[Rung], seed: int) -> Iterator[tuple[int, Ranked | None]]:
    for one in rung:
        yield one.operator_id, ((0, _lot(seed, one.call_id.bytes)), Drawn(one.call_id))


def _by_risk(connection: Connection, rung: Iterable[Rung], asked: Draw) -> Iterator[tuple[int, Ranked | None]]:
    """A call that nothing speaks for is not drawn."""
    told = known(connection, asked.span, _medians(connection, asked.span))
    for one in rung:
        why = reasons(one, told)
        risk = weight(why)
        place = -risk, _lot(asked.seed, one.call_id.bytes)
        yield one.operator_id, (place, Drawn(one.call_id, risk, why)) if risk else None


def _dealt(ranked: Iterable[tuple[int, Ranked | None]], asked: Draw) -> Lot:
    """In rounds, so that whoever has few calls gives his share to the others."""
    best: dict[int, list[Ranked]] = {}
    eligible = 0
    for operator_id, one in ranked:
        eligible += 1
        if one is not None:
            _keep(best.setdefault(operator_id, []), one, asked.wanted)
    hands = [
        (_lot(asked.seed, operator_id.to_bytes(8)), nsmallest(asked.wanted, some)) for operator_id, some in best.items()
    ]
    hands.sort(key=itemgetter(0))
    rounds = [hand[place][1] for place in range(asked.wanted) for _order, hand in hands if place < len(hand)]
    return Lot(tuple(rounds[: asked.wanted]), eligible)


def _keep(some: list[Ranked], one: Ranked, most: int) -> None:
    """Never much more than can be drawn: an operator may have had a hundred thousand calls."""
    some.append(one)
    if len(some) >= 4 * most + 64:
        some[:] = nsmallest(most, some)


def _lot(seed: int, key: bytes) -> bytes:
    return blake2b(seed.to_bytes(8) + key, digest_size=8).digest()


def _rung(connection: Connection, asked: Draw) -> Iterator[Rung]:
    """One pass over the narrow rows of the log, backwards, so that each knows when its number rang the next time."""
    span, is_by_risk = asked.span, asked.way is ReviewWay.RISK
    until = min(span.end + timedelta(days=AGAIN_DAYS), span.at) if is_by_risk else span.end
    first, last = milliseconds(span.start), milliseconds(span.end)
    row = logged_call.c
    columns = row.at, row.call_id, row.operator_id, row.customer_id, row.talk_s, row.e164, row.direction, row.outcome
    statement = select(*columns).where(row.at >= first, row.at < max(milliseconds(until), last))
    rows: Any = connection.execute(statement.order_by(row.at.desc(), row.call_id.desc()), execution_options=_AT_ONCE)
    nexts: dict[int, int] = {}
    for at, call_id, operator_id, customer_id, talk_s, e164, direction, outcome in rows:
        if at < last and outcome == Outcome.ANSWERED and operator_id is not None:
            yield Rung(at, call_id, operator_id, customer_id, talk_s, nexts.get(e164))
        if is_by_risk and e164 is not None and direction == Direction.IN:
            nexts[e164] = at


def _medians(connection: Connection, span: Span) -> dict[int, int]:
    """Of those who had enough calls for one."""
    columns = logged_call.c.operator_id, logged_call.c.talk_s
    rows = connection.execute(select(*columns).where(in_span(span)), execution_options=_AT_ONCE)
    lengths: dict[int, array[int]] = {}
    for operator_id, talk_s in rows:
        lengths.setdefault(operator_id, array("q")).append(talk_s)
    return {key: median_low(some) for key, some in lengths.items() if len(some) >= FEWEST_FOR_MEDIAN}


def _operators(connection: Connection, asked: Draw) -> set[int]:
    others = select(operator.c.id).where(operator.c.login != asked.by)
    narrowed = others.where(operator.c.login == asked.whose) if asked.whose else others
    return set(connection.execute(narrowed).scalars())


def _left_out(connection: Connection, span: Span) -> set[UUID]:
    """As it was known then: what has been reviewed or drawn since does not matter to whoever repeats it."""
    told = select(review.c.call_id).where(review.c.made_at >= span.start, review.c.made_at < span.at)
    kept = or_(review_sample_call.c.dropped_at.is_(None), review_sample_call.c.dropped_at >= span.at)
    waiting = (
        select(review_sample_call.c.call_id)
        .join(review_sample, review_sample.c.id == review_sample_call.c.sample_id)
        .where(and_(review_sample.c.made_at >= span.start, review_sample.c.made_at < span.at), kept)
    )
    return set(connection.execute(union_all(told, waiting)).scalars())
