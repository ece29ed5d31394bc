"""What may be wrong with a call, as far as the records tell: plain reasons, each with a weight, and their sum.

A reason says why somebody should look, never that somebody did wrong. All of them together are a handful of statements
bound by the period, however many calls there are.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, and_, exists, func, literal, or_, select

from db.call_log.filters import milliseconds
from db.kinds import NoteKind, Outcome
from db.models import call, call_candidate, call_leg, complaint, follow_up, logged_call, note


class Risk(StrEnum):
    """A reason to look at a call; what its number means stands behind it."""

    COMPLAINED = "complained"  # days until the customer complained
    AGAIN = "again"  # hours until the same number called again
    OTHER_CUSTOMER = "other_customer"  # none
    LATE = "late"  # none
    HELD = "held"  # seconds on hold
    HANDED = "handed"  # how many people answered
    LONG = "long"  # the operator's median, in seconds
    SHORT = "short"  # the same
    NO_NOTE = "no_note"  # none


WEIGHTS: Mapping[Risk, int] = {
    Risk.COMPLAINED: 5,
    Risk.AGAIN: 3,
    Risk.OTHER_CUSTOMER: 3,
    Risk.LATE: 3,
    Risk.HELD: 2,
    Risk.HANDED: 2,
    Risk.LONG: 2,
    Risk.SHORT: 2,
    Risk.NO_NOTE: 1,
}
"""The one table of weights; docs/supervisors.md prints it."""
COMPLAINT_DAYS, AGAIN_DAYS = 7, 3
LONG_HOLD_S = 120
FEWEST_FOR_MEDIAN = 20
LONG_TIMES, LONG_MORE_S = 3, 120  # so many times the median, and at least so many seconds more
SHORT_PART, SHORT_MEDIAN_S = 4, 60  # that part of the median, where it is at least so long
_DAY_MS, _HOUR_MS = 86_400_000, 3_600_000


class Because(NamedTuple):
    """A reason, and its number (0 where it has none)."""

    risk: Risk
    number: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until before `end`, as it was known `at`."""

    start: datetime
    end: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the records tell beside the calls' own rows: of calls by their key, of complaints by customer."""

    flags: Mapping[UUID, tuple[Because, ...]]
    complaints: Mapping[int, list[int]] = field(default_factory=dict)
    medians: Mapping[int, int] = field(default_factory=dict)


class Rung(NamedTuple):
    """A call that may be drawn; `next_ms` is when its number rang the next time, None: not that anybody knows."""

    at: int
    call_id: UUID
    operator_id: int
    customer_id: int | None
    talk_s: int
    next_ms: int | None


def known(connection: Connection, span: Span, medians: Mapping[int, int]) -> Known:
    """All that is asked beside the calls themselves."""
    flags: dict[UUID, list[Because]] = {}
    for call_id, why in _flagged(connection, span):
        flags.setdefault(call_id, []).append(why)
    return Known({key: tuple(some) for key, some in flags.items()}, _complaints(connection, span), medians)


def reasons(one: Rung, told: Known) -> tuple[Because, ...]:
    """Why to look at this call, the weightiest first."""
    found = [*_by_customer(one, told), *_by_length(one, told), *told.flags.get(one.call_id, ())]
    if one.next_ms is not None and one.next_ms - one.at <= AGAIN_DAYS * _DAY_MS:
        found.append(Because(Risk.AGAIN, (one.next_ms - one.at) // _HOUR_MS))
    order = list(Risk)
    return tuple(sorted(found, key=lambda why: order.index(why.risk)))


def weight(found: tuple[Because, ...]) -> int:
    """The sum."""
    return sum(WEIGHTS[one.risk] for one in found)


def _by_customer(one: Rung, told: Known) -> Iterator[Because]:
    received = told.complaints.get(one.customer_id, []) if one.customer_id is not None else []
    place = bisect_left(received, one.at)
    if place < len(received) and received[place] - one.at <= COMPLAINT_DAYS * _DAY_MS:
        yield Because(Risk.COMPLAINED, (received[place] - one.at) // _DAY_MS)


def _by_length(one: Rung, told: Known) -> Iterator[Because]:
    median = told.medians.get(one.operator_id)
    if median is None:
        return
    if one.talk_s >= LONG_TIMES * median and one.talk_s - median >= LONG_MORE_S:
        yield Because(Risk.LONG, median)
    elif median >= SHORT_MEDIAN_S and one.talk_s * SHORT_PART <= median:
        yield Because(Risk.SHORT, median)


def _flagged(connection: Connection, span: Span) -> Iterator[tuple[UUID, Because]]:
    for statement, risk in (
        (_held(span), Risk.HELD),
        (_handed(span), Risk.HANDED),
        (_other_customer(span), Risk.OTHER_CUSTOMER),
        (_late(span), Risk.LATE),
        (_no_note(span), Risk.NO_NOTE),
    ):
        for call_id, number in connection.execute(statement, execution_options={"yield_per": 2_000}):
            yield call_id, Because(risk, int(number))


def in_span(span: Span) -> Any:
    """Answered calls of the log that somebody took."""
    row = logged_call.c
    return and_(
        row.at >= milliseconds(span.start),
        row.at < milliseconds(span.end),
        row.outcome == Outcome.ANSWERED.value,
        row.operator_id.is_not(None),
    )


def _rang(span: Span) -> Any:
    return and_(call.c.offered_at >= span.start, call.c.offered_at < span.end)


def _held(span: Span) -> Any:
    return select(call.c.id, call.c.hold_ms // 1000).where(_rang(span), call.c.hold_ms >= LONG_HOLD_S * 1000)


def _handed(span: Span) -> Any:
    people = func.count(call_leg.c.who.distinct())
    answered = and_(call_leg.c.call_id == logged_call.c.call_id, call_leg.c.answered_at.is_not(None))
    asked = select(logged_call.c.call_id, people).join_from(logged_call, call_leg, answered).where(in_span(span))
    return asked.group_by(logged_call.c.call_id).having(people > 1)


def _other_customer(span: Span) -> Any:
    """As the report on recognition counts what was re-assigned."""
    shown = call_candidate.c.call_id == logged_call.c.call_id
    them = select(call_candidate.c.customer_id).where(shown)
    was_any = exists().where(shown, call_candidate.c.rank == 1)
    is_somebodys = logged_call.c.customer_id.is_not(None)
    is_other = logged_call.c.customer_id.not_in(them.correlate(logged_call))
    return select(logged_call.c.call_id, literal(0)).where(in_span(span), is_somebodys, was_any, is_other)


def _late(span: Span) -> Any:
    is_late = or_(
        follow_up.c.done_at > follow_up.c.due_at, and_(follow_up.c.done_at.is_(None), follow_up.c.due_at < span.at)
    )
    return select(call.c.id, literal(0)).where(_rang(span), exists().where(follow_up.c.call_id == call.c.id, is_late))


def _no_note(span: Span) -> Any:
    has_note = exists().where(note.c.call_id == logged_call.c.call_id, note.c.kind == NoteKind.BODY)
    return select(logged_call.c.call_id, literal(0)).where(in_span(span), ~has_note)


def _complaints(connection: Connection, span: Span) -> dict[int, list[int]]:
    until = min(span.at, span.end + timedelta(days=COMPLAINT_DAYS))
    asked = (
        select(complaint.c.customer_id, complaint.c.received_at)
        .where(complaint.c.received_at >= span.start, complaint.c.received_at <= until)
        .order_by(complaint.c.received_at)
    )
    found: dict[int, list[int]] = {}
    for customer_id, at in connection.execute(asked):
        found.setdefault(customer_id, []).append(milliseconds(at))
    return found
