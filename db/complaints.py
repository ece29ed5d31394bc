"""Complaints from a desk: received once, and moved on only together with an event that says who, when and why.

A desk gives a complaint its number, so that it can be told to the customer while the database is away. Its key is that
of the event with which it was received.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, case, func, or_, select, update

from db.belonging import met
from db.kinds import COMPLAINT_STEPS, OPEN_STATES, ComplaintState
from db.living import living_id_to_write
from db.models import complaint, complaint_event, operator, product
from db.operators import operator_id
from db.upsert import add_once

MOST_CATEGORIES, MOST_PRODUCTS, MOST_EVENTS = 200, 500, 500
_TRIES = 20
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another on the telephone
_REACHED = {
    ComplaintState.ACKNOWLEDGED: "acknowledged_at",
    ComplaintState.RESPONDING: "responded_at",
    ComplaintState.RESOLVED: "resolved_at",
    ComplaintState.VERIFIED: "verified_at",
    ComplaintState.CLOSED: "closed_at",
}


@dataclass(frozen=True, slots=True)
class NewComplaint:
    """What a desk received; logins, and a product's name as the operator chose it."""

    key: UUID
    complaint_no: str
    customer_id: int
    category: str
    severity: int
    product: str
    handler: str
    received_at: datetime
    due_at: datetime | None
    text: str
    operator: str


@dataclass(frozen=True, slots=True)
class Step:
    """A complaint as it was seen (`version_id`) is to go on to `to_state`; the words stay whatever becomes of it.

    `not_by_resolver`: whoever resolved it may not verify it himself. `cause` is what was found, "" if nothing new.
    """

    key: UUID
    complaint_no: str
    version_id: int
    to_state: ComplaintState
    at: datetime
    operator: str
    words: str
    not_by_resolver: bool = False
    cause: str = ""

    @property
    def may_be_own_work(self) -> bool:
        """Only the records know who resolved it."""
        return self.not_by_resolver and self.to_state is ComplaintState.VERIFIED


@dataclass(frozen=True, slots=True)
class Handover:
    """A complaint that had the handler `seen` (logins, "" for nobody) is to be another's.

    `words` tell of it in the history; `reason` is what stays there of one that came too late.
    """

    key: UUID
    complaint_no: str
    seen: str
    handler: str
    at: datetime
    operator: str
    words: str
    reason: str = ""


class StepTold(NamedTuple):
    """An event of a complaint. From a state to the same one it is a remark: a handover, or words that came too late."""

    key: UUID
    at: datetime
    who: str
    from_state: ComplaintState | None
    to_state: ComplaintState
    words: str


@dataclass(frozen=True, slots=True)
class ComplaintChoices:
    """What can be chosen from, most used first: categories, products, operators as (login, name)."""

    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    operators: tuple[tuple[str, str], ...] = ()


def number_for(key: UUID, at: datetime) -> str:
    """K-261122-7F3A2: the local day, and what two desks would hit upon together once in 33 million."""
    bits = key.int & (1 << 25) - 1
    letters = "".join(_LETTERS[bits >> place & 31] for place in (20, 15, 10, 5, 0))
    return f"K-{at:%y%m%d}-{letters}"


def receive(connection: Connection, new: NewComplaint) -> None:
    """Write it down; sent again it adds nothing. A number that another complaint has gets a letter more."""
    if connection.execute(select(complaint_event.c.id).where(complaint_event.c.id == new.key)).first():
        return
    customer_id = living_id_to_write(connection, new.customer_id)
    product_id = _product_id(connection, new.product)
    row: dict[str, Any] = {"customer_id": customer_id, "category": new.category, "severity": new.severity}
    row |= {"state": ComplaintState.RECEIVED, "product_id": product_id, "text": new.text or None}
    row |= {"handler_id": operator_id(connection, new.handler) if new.handler else None}
    row |= {"received_at": new.received_at, "due_at": new.due_at}
    complaint_id = _entered(connection, new.complaint_no, row)
    event = {"id": new.key, "complaint_id": complaint_id, "at": new.received_at, "to_state": ComplaintState.RECEIVED}
    words = new.product if new.product and product_id is None else None  # a name that no product has is not lost
    connection.execute(
        complaint_event.insert().values(event | {"operator_id": operator_id(connection, new.operator), "text": words})
    )
    met(connection, customer_id, new.received_at)


def rewrite(connection: Connection, key: UUID, before: str, now: str, customer_id: int | None) -> None:
    """The note that is the complaint's text was written on, or the call is another customer's; else nothing changes."""
    mine = complaint.c.id == _received_as(key)
    if customer_id is not None:
        whose = living_id_to_write(connection, customer_id)
        connection.execute(update(complaint).where(mine, complaint.c.customer_id != whose).values(customer_id=whose))
    unchanged = func.coalesce(complaint.c.text, "") == before
    connection.execute(update(complaint).where(mine, unchanged).values(text=now or None))


def take_step(connection: Connection, step: Step) -> bool:
    """Move it on, with its event; False if somebody was quicker or the step is none: then only the words are kept."""
    found = _locked(connection, step.complaint_no)
    if found is None:
        return False
    may = found.version_id == step.version_id and step.to_state in COMPLAINT_STEPS[found.state]
    may = may and not is_own_work(connection, step)
    event = _event(connection, step, found) | {"text": step.words or None}
    if may:
        event |= {"to_state": step.to_state, "version_id": step.version_id + 1}
    if not add_once(connection, complaint_event, event):
        return False
    if may:  # after its event: a trigger asks for it
        _move(connection, found, step)
    return may


def hand_over(connection: Connection, made: Handover) -> bool:
    """It is another's, which stands in its history; False if it was not as it was seen: then only the reason is kept.

    The version stays: a step that is under way is not refused for it.
    """
    found = _locked(connection, made.complaint_no)
    if found is None:
        return False
    may = _login(connection, found.handler_id) == made.seen
    words = made.words if may else made.reason
    event = _event(connection, made, found) | {"text": words or None}
    if not words or not add_once(connection, complaint_event, event) or not may:
        return False
    whose = operator_id(connection, made.handler) if made.handler else None
    connection.execute(update(complaint).where(complaint.c.id == found.id).values(handler_id=whose))
    return True


def handler_of(connection: Connection, complaint_no: str) -> str:
    """The login of who deals with it; "" for nobody."""
    asked = select(complaint.c.handler_id).where(complaint.c.complaint_no == complaint_no)
    return _login(connection, connection.execute(asked).scalar_one_or_none())


def is_own_work(connection: Connection, step: Step) -> bool:
    """Whether it would verify what the same person resolved, where that is not wanted."""
    if not step.may_be_own_work:
        return False
    resolver: str | None = connection.execute(_RESOLVER, {"no": step.complaint_no}).scalars().first()
    return resolver == step.operator


def steps_of(connection: Connection, complaint_no: str) -> tuple[StepTold, ...]:
    """What happened to a complaint, newest first."""
    return _told(connection, complaint.c.complaint_no == complaint_no)


def step_told(connection: Connection, key: UUID) -> StepTold | None:
    """What became of a step that a desk has sent; None: it is not there yet."""
    return next(iter(_told(connection, complaint_event.c.id == key)), None)


def received_as(connection: Connection, key: UUID) -> tuple[str, str, int, str] | None:
    """Number, category, severity and text of the complaint with this key; None if there is none."""
    text = func.coalesce(complaint.c.text, "")
    asked = select(complaint.c.complaint_no, complaint.c.category, complaint.c.severity, text)
    found: Any = connection.execute(asked.where(complaint.c.id == _received_as(key))).one_or_none()
    return tuple(found) if found else None


def complaint_choices(connection: Connection) -> ComplaintChoices:
    """What a complaint can be made of, from what the records have."""
    return ComplaintChoices(
        tuple(connection.execute(_CATEGORIES).scalars()),
        tuple(connection.execute(_PRODUCTS).scalars()),
        tuple((login, name) for login, name in connection.execute(_OPERATORS)),
    )


def _entered(connection: Connection, complaint_no: str, row: dict[str, Any]) -> int:
    for number in range(_TRIES):
        told = row | {"complaint_no": f"{complaint_no}{_LETTERS[9 + number] if number else ''}"}
        if add_once(connection, complaint, told):
            mine = complaint.c.complaint_no == told["complaint_no"]
            key: int = connection.execute(select(complaint.c.id).where(mine)).scalar_one()
            return key
    raise RuntimeError("no complaint number is free")


def _locked(connection: Connection, complaint_no: str) -> Any:
    """As it stands until this transaction ends; None if there is none."""
    asked = select(complaint.c.id, complaint.c.state, complaint.c.version_id, complaint.c.handler_id)
    return connection.execute(asked.where(complaint.c.complaint_no == complaint_no).with_for_update()).one_or_none()


def _event(connection: Connection, made: Step | Handover, found: Any) -> dict[str, Any]:
    """A remark, as long as nothing else is said."""
    event = {"id": made.key, "complaint_id": found.id, "at": made.at, "from_state": found.state}
    return event | {"to_state": found.state, "operator_id": operator_id(connection, made.operator)}


def _move(connection: Connection, found: Any, step: Step) -> None:
    is_reopened = found.state not in OPEN_STATES and step.to_state in OPEN_STATES
    told: dict[str, Any] = {"state": step.to_state, "version_id": step.version_id + 1}
    if (reached := _REACHED.get(step.to_state)) is not None:
        told[reached] = step.at
    if step.to_state is ComplaintState.RESOLVED and step.words:
        told["resolution"] = step.words
    if step.cause:
        told["cause"] = step.cause
    if is_reopened:
        told |= {"reopened_count": complaint.c.reopened_count + 1}
        told |= dict.fromkeys(("resolved_at", "verified_at", "closed_at"))
    connection.execute(update(complaint).where(complaint.c.id == found.id).values(told))


def _login(connection: Connection, key: int | None) -> str:
    found: str | None = connection.execute(select(operator.c.login).where(operator.c.id == key)).scalar_one_or_none()
    return found or ""


def _product_id(connection: Connection, name: str) -> int | None:
    if not name:
        return None
    asked = select(product.c.id).where(or_(product.c.name == name, product.c.code == name))
    best = case((product.c.code == name, 0), else_=1), product.c.id
    found: int | None = connection.execute(asked.order_by(*best).limit(1)).scalar_one_or_none()
    return found


def _received_as(key: UUID) -> Any:
    return select(complaint_event.c.complaint_id).where(complaint_event.c.id == key).scalar_subquery()


def _told(connection: Connection, which: Any) -> tuple[StepTold, ...]:
    asked = (
        select(
            complaint_event.c.id,
            complaint_event.c.at,
            func.coalesce(operator.c.name, ""),
            complaint_event.c.from_state,
            complaint_event.c.to_state,
            func.coalesce(complaint_event.c.text, ""),
        )
        .select_from(
            complaint_event.join(complaint).outerjoin(operator, operator.c.id == complaint_event.c.operator_id)
        )
        .where(which)
        .order_by(complaint_event.c.at.desc(), complaint_event.c.id.desc())
        .limit(MOST_EVENTS)
    )
    rows: Sequence[Any] = connection.execute(asked).all()
    return tuple([StepTold(*row) for row in rows])


_is_resolving = complaint_event.c.to_state == ComplaintState.RESOLVED
_is_step = or_(complaint_event.c.from_state.is_(None), complaint_event.c.from_state != ComplaintState.RESOLVED)
_RESOLVER = (
    select(operator.c.login)
    .select_from(complaint_event.join(complaint).outerjoin(operator, operator.c.id == complaint_event.c.operator_id))
    .where(complaint.c.complaint_no == bindparam("no"), _is_resolving, _is_step)
    .order_by(complaint_event.c.at.desc(), complaint_event.c.id.desc())
    .limit(1)
)
_recent = select(complaint.c.category).order_by(complaint.c.id.desc()).limit(5_000).subquery()
_CATEGORIES = (
    select(_recent.c.category)
    .group_by(_recent.c.category)
    .order_by(func.count().desc(), _recent.c.category)
    .limit(MOST_CATEGORIES)
)
_PRODUCTS = select(product.c.name).group_by(product.c.name).order_by(product.c.name).limit(MOST_PRODUCTS)
_OPERATORS = select(operator.c.login, operator.c.name).order_by(operator.c.name, operator.c.id).limit(MOST_PRODUCTS)
