"""All that the card shows about one customer: eight keyed statements, each bounded, compiled once.

Ask inside `db.engine.reading`, so that the parts belong to one moment.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, case, func, or_, select

from db.facts import (
    ComplaintFact,
    CustomerFact,
    CustomerFacts,
    FollowUpFact,
    HandlerFact,
    InteractionFact,
    ItemFact,
    Money,
    NumberFact,
    PurchaseFact,
)
from db.kinds import OPEN_STATES, PurchaseState
from db.models import (
    complaint,
    customer,
    customer_handler,
    customer_phone,
    disposition,
    follow_up,
    interaction,
    operator,
    phone_number,
    purchase,
    purchase_item,
)
from db.prepared import ask

MOST_ROWS = 20
MOST_ITEMS = 50

_Rows = Sequence[Any]  # rows of the statements below, in the order of the facts' fields


def customer_facts(connection: Connection, customer_id: int) -> CustomerFacts | None:
    """What is known about the customer, None if there is no such record (or it was erased or merged away)."""
    about = {"customer": customer_id}
    people = ask(connection, _CUSTOMER, about)
    if not people:
        return None
    person = people[0]

    def rows(statement: Select[Any]) -> _Rows:
        return ask(connection, statement, about)

    totals = rows(_TOTALS)
    complaints = rows(_COMPLAINTS)
    return CustomerFacts(
        customer=CustomerFact(*person[3:]),
        numbers=tuple([NumberFact(*row) for row in rows(_NUMBERS)]),
        purchases=_purchases(rows(_PURCHASES)),
        purchase_count=sum(row[2] for row in totals),
        spent=tuple([Money(row[1], row[0]) for row in totals]),
        complaints=tuple([ComplaintFact(*row[1:]) for row in complaints]),
        complaint_count=person[0],
        open_complaint_count=person[1],
        interactions=tuple([InteractionFact(*row) for row in rows(_INTERACTIONS)]),
        interaction_count=person[2],
        handlers=_handlers(rows(_HANDLERS), complaints),
        follow_ups=tuple([FollowUpFact(*row) for row in rows(_FOLLOW_UPS)]),
    )


def _purchases(rows: _Rows) -> tuple[PurchaseFact, ...]:
    """One fact per order, from rows that repeat the order for each of its lines."""
    return tuple([_purchase(list(lines)) for _, lines in groupby(rows, key=itemgetter(0))])


def _purchase(lines: _Rows) -> PurchaseFact:
    purchase_id, order_no, ordered_at, state, amount, currency = lines[0][:6]
    items = [ItemFact(*line[6:]) for line in lines if line[6] is not None]
    return PurchaseFact(purchase_id, order_no, ordered_at, state, Money(amount, currency), tuple(items))


def _handlers(rows: _Rows, complaints: _Rows) -> tuple[HandlerFact, ...]:
    theirs: dict[int, list[str]] = {}
    for complaint_row in complaints:
        if complaint_row[6]:
            theirs.setdefault(complaint_row[0], []).append(complaint_row[2])
    return tuple(
        [
            HandlerFact(key, name, last_at, count, subject, tuple(theirs.get(key, ())))
            for key, name, last_at, count, subject in rows
        ]
    )


def _text(column: Any) -> Any:
    """Unknown is NULL in the records and "" in the facts."""
    return func.coalesce(column, "")


_asked: BindParameter[int] = bindparam("customer")
_is_open = or_(*(complaint.c.state == state for state in OPEN_STATES))  # IN would be rewritten at every call


def _count(table: Any, *conditions: Any) -> Any:
    return select(func.count()).select_from(table).where(table.c.customer_id == _asked, *conditions).scalar_subquery()


_CUSTOMER = select(
    _count(complaint),
    _count(complaint, _is_open),
    _count(interaction),
    customer.c.id,
    customer.c.customer_no,
    customer.c.kind,
    customer.c.name,
    _text(customer.c.reading),
    _text(customer.c.company),
    _text(customer.c.rank),
    customer.c.lifecycle_stage,
    _text(customer.c.memo),
    customer.c.birth_date,
    customer.c.birth_precision,
    customer.c.language,
    _text(customer.c.postal_code),
    _text(customer.c.address),
    _text(customer.c.email),
    customer.c.last_contact_at,
    customer.c.version_id,
).where(customer.c.id == _asked, customer.c.merged_into_id.is_(None), customer.c.erased_at.is_(None))

_NUMBERS = (
    select(
        phone_number.c.raw,
        phone_number.c.e164,
        customer_phone.c.extension,
        phone_number.c.kind,
        customer_phone.c.label,
        customer_phone.c.is_primary,
        phone_number.c.is_shared,
        customer_phone.c.confidence,
    )
    .join_from(customer_phone, phone_number)
    .where(customer_phone.c.customer_id == _asked)
    .order_by(customer_phone.c.is_primary.desc(), customer_phone.c.id)
    .limit(MOST_ROWS)
)

_newest = (
    select(purchase)
    .where(purchase.c.customer_id == _asked)
    .order_by(purchase.c.ordered_at.desc(), purchase.c.id.desc())
    .limit(MOST_ROWS)
    .subquery()
)
_PURCHASES = (
    select(
        _newest.c.id,
        _newest.c.order_no,
        _newest.c.ordered_at,
        _newest.c.state,
        _newest.c.amount,
        _newest.c.currency,
        purchase_item.c.name,
        purchase_item.c.quantity,
        purchase_item.c.amount,
    )
    .outerjoin_from(
        _newest,
        purchase_item,
        and_(purchase_item.c.purchase_id == _newest.c.id, purchase_item.c.position <= MOST_ITEMS),
    )
    .order_by(_newest.c.ordered_at.desc(), _newest.c.id.desc(), purchase_item.c.position)
)
_TOTALS = (
    select(
        purchase.c.currency,
        func.sum(case((purchase.c.state != PurchaseState.CANCELLED, purchase.c.amount), else_=0)),
        func.count(),
    )
    .where(purchase.c.customer_id == _asked)
    .group_by(purchase.c.currency)
    .order_by(func.count().desc(), purchase.c.currency)
)

_COMPLAINTS = (
    select(
        complaint.c.handler_id,
        complaint.c.id,
        complaint.c.complaint_no,
        complaint.c.category,
        complaint.c.severity,
        complaint.c.state,
        _is_open,
        _text(operator.c.name),
        complaint.c.received_at,
        complaint.c.due_at,
        _text(complaint.c.text),
        _text(complaint.c.resolution),
    )
    .outerjoin_from(complaint, operator, complaint.c.handler_id == operator.c.id)
    .where(complaint.c.customer_id == _asked)
    .order_by(_is_open.desc(), complaint.c.received_at.desc(), complaint.c.id.desc())
    .limit(MOST_ROWS)
)

_INTERACTIONS = (
    select(
        interaction.c.started_at,
        interaction.c.channel,
        interaction.c.direction,
        interaction.c.kind,
        _text(interaction.c.subject),
        _text(operator.c.name),
        _text(disposition.c.label_ja),
        _text(disposition.c.label_en),
        _text(interaction.c.excerpt),
    )
    .select_from(
        interaction.outerjoin(operator, interaction.c.handler_id == operator.c.id).outerjoin(
            disposition, interaction.c.disposition_id == disposition.c.id
        )
    )
    .where(interaction.c.customer_id == _asked)
    .order_by(interaction.c.started_at.desc(), interaction.c.id.desc())
    .limit(MOST_ROWS)
)

_HANDLERS = (
    select(
        customer_handler.c.operator_id,
        operator.c.name,
        customer_handler.c.last_at,
        customer_handler.c.count,
        _text(customer_handler.c.last_subject),
    )
    .join_from(customer_handler, operator)
    .where(customer_handler.c.customer_id == _asked)
    .order_by(customer_handler.c.last_at.desc(), customer_handler.c.operator_id)
    .limit(MOST_ROWS)
)

_FOLLOW_UPS = (
    select(follow_up.c.id, follow_up.c.kind, follow_up.c.due_at, _text(operator.c.name), _text(follow_up.c.text))
    .outerjoin_from(follow_up, operator, follow_up.c.assignee_id == operator.c.id)
    .where(follow_up.c.customer_id == _asked, follow_up.c.done_at.is_(None))
    .order_by(follow_up.c.due_at, follow_up.c.id)
    .limit(MOST_ROWS)
)
