"""Calls as rows: written as often as they change, never twice; read back for the log."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, literal, or_, select, update

from db.handlers import count_again
from db.kinds import Direction, EndCause, Outcome, Reason, Withheld
from db.living import living_id_to_write
from db.models import call, call_candidate, call_leg, customer, follow_up, interaction, note, operator
from db.operators import operator_id
from db.upsert import add_or_update

MOST_LISTED = 2000


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call as it stands now. `number` is as received, "" when withheld or none; `operator` is a login or ""."""

    id: UUID
    source: str
    source_id: str
    direction: Direction
    offered_at: datetime
    outcome: Outcome
    number: str = ""
    e164: int | None = None
    extension: str = ""
    name: str = ""
    withheld: Withheld | None = None
    dialled: str = ""
    line: str = ""
    diverted_from: str = ""
    linked_id: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    end_cause: EndCause | None = None
    answered_by: str = ""
    operator: str = ""
    customer_id: int | None = None
    queue: str = ""
    waiting_since: datetime | None = None
    hold_ms: int | None = None


@dataclass(frozen=True, slots=True)
class LegRow:
    """One place where the call rang; `who` is its extension or login, `answered_at` when it was answered there."""

    id: UUID
    call_id: UUID
    who: str
    offered_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    end_cause: EndCause | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Whom the pop showed for a call, best first, and who was chosen."""

    customer_id: int
    reason: Reason
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class CallListRow:
    """A line of the call log; what is unknown is "". `number` is as received, `operator` a name."""

    call_id: UUID
    at: datetime
    direction: Direction
    number: str
    withheld: Withheld | None
    caller_name: str
    line_name: str
    outcome: Outcome
    answered_at: datetime | None
    ended_at: datetime | None
    customer_id: int | None
    customer_no: str
    customer_name: str
    operator: str
    note_excerpt: str
    end_cause: EndCause | None = None


def save_call(connection: Connection, row: CallRow) -> None:
    """Write the call as it stands now; what is not known (yet, or any more) leaves what was."""
    add_or_update(connection, call, _values(connection, row), _CHANGING)


def add_to_call(connection: Connection, row: CallRow) -> None:
    """Write what another desk knows of a call that has its row: what is there stays, save the outcome and the end."""
    values = _values(connection, row)
    told = {name: func.coalesce(call.c[name], literal(values[name], call.c[name].type)) for name in _CHANGING}
    told |= {name: values[name] for name in ("outcome", "ended_at") if values[name] is not None}
    connection.execute(update(call).where(call.c.id == row.id).values(told))


def change_caller(connection: Connection, row: CallRow) -> None:
    """Say who has this call now: also that the number is withheld, where another caller's stood before."""
    values = _known(asdict(row))
    told = {name: values[name] for name in ("number", "e164", "extension", "name", "withheld", "direction")}
    connection.execute(update(call).where(call.c.id == row.id).values(told))


def save_leg(connection: Connection, row: LegRow) -> None:
    """Write a leg as it stands now; who it was at first stays, whoever finishes the call later."""
    add_or_update(connection, call_leg, asdict(row), ("answered_at", "ended_at", "end_cause", "outcome"))


def answered_elsewhere(connection: Connection, leg_id: UUID) -> None:
    """Say that nobody answered on this leg: the answer had been taken for its own."""
    connection.execute(update(call_leg).where(call_leg.c.id == leg_id).values(answered_at=None))


def save_candidates(connection: Connection, call_id: UUID, rows: tuple[CandidateRow, ...]) -> None:
    """Write whom the pop shows now, in place of what it showed before."""
    connection.execute(delete(call_candidate).where(call_candidate.c.call_id == call_id))
    if rows:
        ranked = [{"call_id": call_id, "rank": rank, **asdict(row)} for rank, row in enumerate(rows, start=1)]
        for row in ranked:
            row["customer_id"] = living_id_to_write(connection, row["customer_id"])
        connection.execute(call_candidate.insert(), ranked)


def attach(connection: Connection, call_id: UUID, customer_id: int | None) -> None:
    """Say whose call it was (None: nobody's): notes, interaction and promises go with it, also from one to another."""
    if customer_id is not None:
        customer_id = living_id_to_write(connection, customer_id)
    before = connection.execute(
        select(interaction.c.customer_id, interaction.c.handler_id).where(interaction.c.call_id == call_id)
    ).all()
    connection.execute(update(call).where(call.c.id == call_id).values(customer_id=customer_id))
    for table in (note, interaction, follow_up):
        connection.execute(update(table).where(table.c.call_id == call_id).values(customer_id=customer_id))
    for old_customer, handler in before:
        for one in {old_customer, customer_id} - {None}:
            count_again(connection, one, handler)


def close_left_open(connection: Connection, before: datetime) -> int:
    """Calls that rang before and whose end nobody saw (the program was killed) count as missed; how many there were."""
    left_open = call.c.outcome == Outcome.OFFERED, call.c.ended_at.is_(None), call.c.offered_at < before
    told = {"outcome": Outcome.MISSED, "end_cause": EndCause.FAILED}
    return connection.execute(update(call).where(*left_open).values(told)).rowcount


def calls_between(connection: Connection, start: datetime, end: datetime, whose: str = "") -> tuple[CallListRow, ...]:
    """The calls offered from `start` until before `end`, newest first; at most MOST_LISTED.

    `whose`: those alone that rang at this operator's desk, or that he took; "" for all.
    """
    times = {"start": start, "end": end}
    rows: Any = connection.execute(_OWN, {**times, "whose": whose}) if whose else connection.execute(_LISTED, times)
    return tuple([CallListRow(*row) for row in rows])


def _values(connection: Connection, row: CallRow) -> dict[str, Any]:
    """Its columns: a login is the operator's key, and a customer who was merged the one that was kept."""
    values = _known(asdict(row))
    login = values.pop("operator")
    values["operator_id"] = operator_id(connection, login) if login else None
    if row.customer_id is not None:
        values["customer_id"] = living_id_to_write(connection, row.customer_id)
    return values


def _known(values: dict[str, Any]) -> dict[str, Any]:
    """Unknown text is NULL in the records."""
    required = ("source", "source_id", "operator")
    return {name: None if value == "" and name not in required else value for name, value in values.items()}


_CHANGING = (
    "outcome", "answered_at", "ended_at", "end_cause", "answered_by", "operator_id", "customer_id", "name", "number",
    "e164", "extension", "withheld", "direction", "dialled", "line", "diverted_from", "linked_id",
    "queue", "waiting_since", "hold_ms",
)  # fmt: skip
LAST_EXCERPT = (  # whom a call is handed to writes a note of his own
    select(interaction.c.excerpt)
    .where(interaction.c.call_id == call.c.id)
    .order_by(interaction.c.started_at.desc(), interaction.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_LISTED = (
    select(
        call.c.id,
        call.c.offered_at,
        call.c.direction,
        func.coalesce(call.c.number, ""),
        call.c.withheld,
        func.coalesce(call.c.name, ""),
        func.coalesce(call.c.line, ""),
        call.c.outcome,
        call.c.answered_at,
        call.c.ended_at,
        call.c.customer_id,
        func.coalesce(customer.c.customer_no, ""),
        func.coalesce(customer.c.name, ""),
        func.coalesce(operator.c.name, ""),
        func.coalesce(LAST_EXCERPT, ""),
        call.c.end_cause,
    )
    .select_from(
        call.outerjoin(customer, customer.c.id == call.c.customer_id).outerjoin(
            operator, operator.c.id == call.c.operator_id
        )
    )
    .where(call.c.offered_at >= bindparam("start"), call.c.offered_at < bindparam("end"))
    .order_by(call.c.offered_at.desc(), call.c.id.desc())
    .limit(MOST_LISTED)
)
_rang_there = call_leg.c.call_id == call.c.id, call_leg.c.who == bindparam("whose")
_OWN = _LISTED.where(or_(operator.c.login == bindparam("whose"), select(call_leg.c.id).where(*_rang_there).exists()))
