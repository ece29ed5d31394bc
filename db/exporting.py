"""The records as rows to hand out, page by page along a key: neither a million rows nor a transaction is held."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, Integer, Select, bindparam, func, select, tuple_

from db.engine import reading
from db.kinds import NoteKind
from db.models import (
    call,
    complaint,
    customer,
    customer_phone,
    disposition,
    household,
    household_member,
    interaction,
    note,
    note_revision,
    operator,
    phone_number,
    product,
    purchase,
    purchase_item,
)

Page = list[Any]
More = TypeVar("More")
PAGE = 2_000
_NO_UUID = UUID(int=0)
_EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Span:
    """Which rows: from `start` until before `end`, and of one customer if `customer_no` is not ""."""

    start: datetime = _EVER[0]
    end: datetime = _EVER[1]
    customer_no: str = ""


@dataclass(frozen=True, slots=True)
class PhoneOut:
    """A number of a customer, as it was given to us."""

    customer_id: int
    e164: int | None
    raw: str
    extension: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class NoteOut:
    """The newest text of a call's note."""

    call_id: Any
    kind: NoteKind
    text: str


def customers(engine: Engine, span: Span) -> Iterator[tuple[Page, list[PhoneOut]]]:
    """Customers with the numbers that are theirs today, in the order in which they came. Raises DatabaseUnavailable."""

    def phones(connection: Connection, page: Page) -> list[PhoneOut]:
        asked = {"first": page[0].id, "last": page[-1].id} if page else {"first": 0, "last": 0}
        return [PhoneOut(*row) for row in connection.execute(_PHONES, asked)]

    return _pages(engine, _narrowed(_CUSTOMERS, span), {"id": 0}, _after_id, phones)


def purchases(engine: Engine, span: Span) -> Iterator[tuple[Page, None]]:
    """One row per item."""
    asked = {"id": 0, "position": -1, "start": span.start, "end": span.end}
    return _pages(
        engine, _narrowed(_PURCHASES, span), asked, lambda row: {"id": row.id, "position": row.position}, _nothing
    )


def complaints(engine: Engine, span: Span) -> Iterator[tuple[Page, None]]:
    """In the order in which they came."""
    asked = {"id": 0, "start": span.start, "end": span.end}
    return _pages(engine, _narrowed(_COMPLAINTS, span), asked, _after_id, _nothing)


def interactions(engine: Engine, span: Span) -> Iterator[tuple[Page, None]]:
    """Oldest first."""
    first = {"at": span.start, "id": _NO_UUID}
    asked = {**first, "start": span.start, "end": span.end}
    return _pages(engine, _narrowed(_INTERACTIONS, span), asked, lambda row: {"at": row.at, "id": row.id}, _nothing)


def calls(engine: Engine, span: Span) -> Iterator[tuple[Page, list[NoteOut]]]:
    """Oldest first, with what was written about them."""

    def notes(connection: Connection, page: Page) -> list[NoteOut]:
        return notes_of([row.id for row in page], connection)

    asked = {"at": span.start, "id": _NO_UUID, "start": span.start, "end": span.end}
    return _pages(engine, _narrowed(_CALLS, span), asked, lambda row: {"at": row.at, "id": row.id}, notes)


def notes_of(calls: Sequence[Any], connection: Connection) -> list[NoteOut]:
    """What was written about these calls, as it reads now."""
    return [NoteOut(*row) for row in connection.execute(_NOTES, {"calls": list(calls)})]


def _pages(
    engine: Engine,
    statement: Select[Any],
    asked: dict[str, Any],
    key_of: Callable[[Any], dict[str, Any]],
    more: Callable[[Connection, Page], More],
) -> Iterator[tuple[Page, More]]:
    """Each page in a transaction of its own: a slow disk on our side must not keep the records from tidying up."""
    asked = asked | {"page": PAGE}
    while True:
        with reading(engine) as connection:
            page: Page = list(connection.execute(statement, asked).all())
            found = more(connection, page)
        if not page:
            return
        yield page, found
        if len(page) < asked["page"]:
            return
        asked = asked | key_of(page[-1])


def _nothing(_connection: Connection, _page: Page) -> None:
    """For rows that stand for themselves."""


def _after_id(row: Any) -> dict[str, Any]:
    return {"id": row.id}


def _narrowed(statement: Select[Any], span: Span) -> Select[Any]:
    return statement.where(customer.c.customer_no == span.customer_no) if span.customer_no else statement


def _within(column: Any) -> tuple[Any, Any]:
    return column >= _time("start"), column < _time("end")


def _time(name: str) -> Any:
    return bindparam(name, type_=call.c.offered_at.type)


_PAGE = bindparam("page", type_=Integer)
_home = (
    select(func.min(household.c.name))
    .join(household_member, household_member.c.household_id == household.c.id)
    .where(household_member.c.customer_id == customer.c.id)
    .scalar_subquery()
)
_CUSTOMERS = (
    select(
        customer.c.id,
        customer.c.customer_no,
        customer.c.kind,
        customer.c.name,
        customer.c.reading,
        customer.c.company,
        _home.label("household"),
        customer.c.email,
        customer.c.postal_code,
        customer.c.address,
        customer.c.birth_date,
        customer.c.birth_precision,
        customer.c.rank,
        customer.c.memo,
    )
    .where(customer.c.id > bindparam("id"), customer.c.merged_into_id.is_(None), customer.c.erased_at.is_(None))
    .order_by(customer.c.id)
    .limit(_PAGE)
)
_PHONES = (
    select(
        customer_phone.c.customer_id,
        phone_number.c.e164,
        phone_number.c.raw,
        customer_phone.c.extension,
        phone_number.c.kind,
        customer_phone.c.label,
    )
    .join(phone_number, phone_number.c.id == customer_phone.c.phone_number_id)
    .where(
        customer_phone.c.customer_id.between(bindparam("first"), bindparam("last")),
        customer_phone.c.valid_to.is_(None),
    )
    .order_by(customer_phone.c.customer_id, customer_phone.c.is_primary.desc(), customer_phone.c.id)
)
_PURCHASES = (
    select(
        purchase.c.id,
        func.coalesce(purchase_item.c.position, 0).label("position"),
        customer.c.customer_no,
        purchase.c.order_no,
        purchase.c.ordered_at,
        product.c.code,
        purchase_item.c.name,
        purchase_item.c.quantity,
        purchase_item.c.unit_price,
        purchase_item.c.amount,
        purchase.c.amount.label("whole"),
        purchase.c.currency,
        purchase_item.c.tax_rate,
        purchase.c.state,
        purchase.c.channel,
    )
    .select_from(
        purchase.join(customer, customer.c.id == purchase.c.customer_id)
        .outerjoin(purchase_item, purchase_item.c.purchase_id == purchase.c.id)
        .outerjoin(product, product.c.id == purchase_item.c.product_id)
    )
    .where(
        tuple_(purchase.c.id, func.coalesce(purchase_item.c.position, 0))
        > tuple_(bindparam("id"), bindparam("position")),
        *_within(purchase.c.ordered_at),
    )
    .order_by(purchase.c.id, func.coalesce(purchase_item.c.position, 0))
    .limit(_PAGE)
)
_COMPLAINTS = (
    select(
        complaint.c.id,
        customer.c.customer_no,
        complaint.c.complaint_no,
        complaint.c.received_at,
        complaint.c.category,
        complaint.c.severity,
        product.c.name.label("product"),
        complaint.c.state,
        operator.c.login,
        complaint.c.text,
        complaint.c.resolution,
        complaint.c.resolved_at,
    )
    .select_from(
        complaint.join(customer, customer.c.id == complaint.c.customer_id)
        .outerjoin(product, product.c.id == complaint.c.product_id)
        .outerjoin(operator, operator.c.id == complaint.c.handler_id)
    )
    .where(
        complaint.c.id > bindparam("id"),
        *_within(complaint.c.received_at),
    )
    .order_by(complaint.c.id)
    .limit(_PAGE)
)
_INTERACTIONS = (
    select(
        interaction.c.id,
        interaction.c.started_at.label("at"),
        customer.c.customer_no,
        interaction.c.channel,
        interaction.c.direction,
        interaction.c.kind,
        interaction.c.subject,
        operator.c.login,
        disposition.c.code,
        interaction.c.excerpt,
    )
    .select_from(
        interaction.join(customer, customer.c.id == interaction.c.customer_id)
        .outerjoin(operator, operator.c.id == interaction.c.handler_id)
        .outerjoin(disposition, disposition.c.id == interaction.c.disposition_id)
    )
    .where(
        tuple_(interaction.c.started_at, interaction.c.id)
        > tuple_(_time("at"), bindparam("id", type_=interaction.c.id.type)),
        *_within(interaction.c.started_at),
    )
    .order_by(interaction.c.started_at, interaction.c.id)
    .limit(_PAGE)
)
_CALLS = (
    select(
        call.c.id,
        call.c.offered_at.label("at"),
        call.c.direction,
        call.c.number,
        call.c.withheld,
        call.c.name.label("caller_name"),
        call.c.dialled,
        call.c.line,
        call.c.diverted_from,
        call.c.outcome,
        call.c.end_cause,
        call.c.answered_at,
        call.c.ended_at,
        customer.c.customer_no,
        customer.c.name.label("customer_name"),
        operator.c.name.label("operator"),
    )
    .select_from(
        call.outerjoin(customer, customer.c.id == call.c.customer_id).outerjoin(
            operator, operator.c.id == call.c.operator_id
        )
    )
    .where(
        tuple_(call.c.offered_at, call.c.id) > tuple_(_time("at"), bindparam("id", type_=call.c.id.type)),
        *_within(call.c.offered_at),
    )
    .order_by(call.c.offered_at, call.c.id)
    .limit(_PAGE)
)
_newest = (
    select(func.max(note_revision.c.number))
    .where(note_revision.c.note_id == note.c.id)
    .correlate(note)
    .scalar_subquery()
)
_NOTES = (
    select(note.c.call_id, note.c.kind, note_revision.c.text)
    .join(note_revision, (note_revision.c.note_id == note.c.id) & (note_revision.c.number == _newest))
    .where(note.c.call_id.in_(bindparam("calls", expanding=True)))
)
