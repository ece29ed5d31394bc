"""What a line of the log shows of a call; asked for the calls of one page alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from db.calls import LAST_EXCERPT
from db.kinds import Direction, EndCause, Outcome, Withheld
from db.models import call, customer, operator


class LogLine(NamedTuple):
    """What is unknown is "", 0 or None. `number` is as received, `line` a name or the number that was dialled."""

    call_id: UUID
    at: datetime
    direction: Direction
    outcome: Outcome
    end_cause: EndCause | None
    number: str
    withheld: Withheld | None
    caller_name: str
    line: str
    queue: str
    wait_s: int
    talk_s: int
    customer_id: int | None
    customer_no: str
    customer: str
    reading: str
    operator: str
    disposition_id: int | None
    excerpt: str


class Narrow(NamedTuple):
    """A row of `logged_call`, as a page is made of them."""

    at: int
    call_id: UUID
    line: str
    disposition_id: int | None
    wait_s: int
    talk_s: int


def lines_of(connection: Connection, rows: Sequence[Narrow]) -> tuple[LogLine, ...]:
    """The calls of these rows, in the same order; one that is gone by now is left out."""
    if not rows:
        return ()
    found: dict[Any, Any] = {
        told[0]: told for told in connection.execute(_LINES, {"ids": [one.call_id for one in rows]})
    }
    return tuple([_line(one, found[one.call_id]) for one in rows if one.call_id in found])


def _line(one: Narrow, told: Any) -> LogLine:
    """Its columns are those of LogLine but for what the narrow row has."""
    (*before, queue, customer_id, customer_no, customer_name, reading, who, excerpt) = told
    made: Any = (
        *before, one.line or "", queue, one.wait_s, one.talk_s, customer_id, customer_no, customer_name, reading, who,
        one.disposition_id, excerpt,
    )  # fmt: skip
    return LogLine(*made)


_LINES = (
    select(
        call.c.id,
        call.c.offered_at,
        call.c.direction,
        call.c.outcome,
        call.c.end_cause,
        func.coalesce(call.c.number, ""),
        call.c.withheld,
        func.coalesce(call.c.name, ""),
        func.coalesce(call.c.queue, ""),
        call.c.customer_id,
        func.coalesce(customer.c.customer_no, ""),
        func.coalesce(customer.c.name, ""),
        func.coalesce(customer.c.reading, ""),
        func.coalesce(operator.c.name, call.c.answered_by, ""),
        func.coalesce(LAST_EXCERPT, ""),
    )
    .select_from(
        call.outerjoin(customer, customer.c.id == call.c.customer_id).outerjoin(
            operator, operator.c.id == call.c.operator_id
        )
    )
    .where(call.c.id.in_(bindparam("ids", expanding=True)))
)
