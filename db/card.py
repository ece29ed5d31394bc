"""What a card shows as statements about one customer, each keyed and bounded: `who` is a value or an expression."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, or_, select, type_coerce

from db.kinds import OPEN_STATES, ConsentStatus
from db.models import (
    caution,
    complaint,
    consent,
    customer,
    customer_handler,
    customer_phone,
    customer_total,
    disposition,
    follow_up,
    interaction,
    operator,
    phone_number,
    purchase,
    purchase_item,
    purchase_total,
)

MOST_ROWS = 20
MOST_ITEMS = 50

Who = ColumnElement[int]


def card_parts(who: Who) -> dict[str, Select[Any]]:
    """By name; the rows' columns stand in the order of the facts' fields."""
    return {name: part(who) for name, part in _PARTS.items()}


def _customer(who: Who) -> Select[Any]:
    columns = (
        func.coalesce(customer_total.c.complaints, 0),
        func.coalesce(customer_total.c.open_complaints, 0),
        func.coalesce(customer_total.c.contacts, 0),
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
    )
    is_there = customer.c.id == who, customer.c.merged_into_id.is_(None), customer.c.erased_at.is_(None)
    return select(*columns).outerjoin_from(customer, customer_total).where(*is_there)


def _numbers(who: Who) -> Select[Any]:
    return (
        select(
            phone_number.c.raw,
            phone_number.c.e164,
            customer_phone.c.extension,
            phone_number.c.kind,
            customer_phone.c.label,
            customer_phone.c.is_primary,
            phone_number.c.is_shared,
            customer_phone.c.confidence,
            phone_number.c.block_state,
            _text(phone_number.c.block_reason),
            phone_number.c.blocked_until,
        )
        .join_from(customer_phone, phone_number)
        .where(customer_phone.c.customer_id == who)
        .order_by(customer_phone.c.is_primary.desc(), customer_phone.c.id)
        .limit(MOST_ROWS)
    )


def purchases(who: Who) -> Select[Any]:
    columns = purchase.c
    return _newest_purchases(
        who, columns.id, columns.order_no, columns.ordered_at, columns.state, columns.amount, columns.currency
    )


def _items(who: Who) -> Select[Any]:
    """Of those purchases, apart from them: one statement would tell each purchase anew for each of its lines."""
    return items_of(_newest_purchases(who, purchase.c.id))


def items_of(orders: Select[Any]) -> Select[Any]:
    """The lines of these orders, which are told by their keys."""
    those = orders.subquery()
    return (
        select(purchase_item.c.purchase_id, purchase_item.c.name, purchase_item.c.quantity, purchase_item.c.amount)
        .join_from(those, purchase_item, purchase_item.c.purchase_id == those.c.id)
        .where(purchase_item.c.position <= MOST_ITEMS)
        .order_by(purchase_item.c.purchase_id, purchase_item.c.position)
    )


def _newest_purchases(who: Who, *columns: Any) -> Select[Any]:
    newest = purchase.c.ordered_at.desc(), purchase.c.id.desc()
    return select(*columns).where(purchase.c.customer_id == who).order_by(*newest).limit(MOST_ROWS)


def _totals(who: Who) -> Select[Any]:
    return (
        select(purchase_total.c.currency, purchase_total.c.amount, purchase_total.c.purchases)
        .where(purchase_total.c.customer_id == who)
        .order_by(purchase_total.c.purchases.desc(), purchase_total.c.currency)
    )


def complaints(who: Who) -> Select[Any]:
    return (
        select(
            complaint.c.handler_id,
            complaint.c.id,
            complaint.c.complaint_no,
            complaint.c.category,
            complaint.c.severity,
            complaint.c.state,
            is_open,
            _text(operator.c.name),
            complaint.c.received_at,
            complaint.c.due_at,
            _text(complaint.c.text),
            _text(complaint.c.resolution),
            complaint.c.version_id,
        )
        .outerjoin_from(complaint, operator, complaint.c.handler_id == operator.c.id)
        .where(complaint.c.customer_id == who)
        .order_by(is_open.desc(), complaint.c.received_at.desc(), complaint.c.id.desc())
        .limit(MOST_ROWS)
    )


def interactions(who: Who) -> Select[Any]:
    """Names by a question each: joined by a hash, the newest would no longer come in the index's order."""
    handler = select(operator.c.name).where(operator.c.id == interaction.c.handler_id).scalar_subquery()
    outcome = {
        name: select(disposition.c[name]).where(disposition.c.id == interaction.c.disposition_id).scalar_subquery()
        for name in ("label_ja", "label_en")
    }
    return (
        select(
            interaction.c.started_at,
            interaction.c.channel,
            interaction.c.direction,
            interaction.c.kind,
            _text(interaction.c.subject),
            _text(handler),
            _text(outcome["label_ja"]),
            _text(outcome["label_en"]),
            _text(interaction.c.excerpt),
            type_coerce(interaction.c.id, String),  # to be told apart by: a UUID each would take as long as the rows
        )
        .where(interaction.c.customer_id == who)
        .order_by(interaction.c.started_at.desc(), interaction.c.id.desc())
        .limit(MOST_ROWS)
    )


def handlers(who: Who) -> Select[Any]:
    return (
        select(
            customer_handler.c.operator_id,
            operator.c.name,
            customer_handler.c.last_at,
            customer_handler.c.count,
            _text(customer_handler.c.last_subject),
        )
        .join_from(customer_handler, operator)
        .where(customer_handler.c.customer_id == who)
        .order_by(customer_handler.c.last_at.desc(), customer_handler.c.operator_id)
        .limit(MOST_ROWS)
    )


def _follow_ups(who: Who) -> Select[Any]:
    return (
        select(follow_up.c.id, follow_up.c.kind, follow_up.c.due_at, _text(operator.c.name), _text(follow_up.c.text))
        .outerjoin_from(follow_up, operator, follow_up.c.assignee_id == operator.c.id)
        .where(follow_up.c.customer_id == who, follow_up.c.done_at.is_(None))
        .order_by(follow_up.c.due_at, follow_up.c.id)
        .limit(MOST_ROWS)
    )


def _cautions(who: Who) -> Select[Any]:
    """Those that never expire first, so that expired ones push none out."""
    lasting = caution.c.expires_at.is_(None).desc(), caution.c.expires_at.desc(), caution.c.id.desc()
    return (
        select(caution.c.id, caution.c.reason, _text(operator.c.name), caution.c.created_at, caution.c.expires_at)
        .outerjoin_from(caution, operator, caution.c.created_by_id == operator.c.id)
        .where(caution.c.customer_id == who)
        .order_by(*lasting)
        .limit(MOST_ROWS)
    )


def _refusals(who: Who) -> Select[Any]:
    """What was said last about a contact point, channel and purpose, where that is no."""
    told = consent.c
    about = told.channel, told.contact_point, told.purpose
    newest = told.at.desc(), told.id.desc()
    last = (
        select(*about, told.status, told.at, func.row_number().over(partition_by=about, order_by=newest).label("age"))
        .where(told.customer_id == who)
        .subquery()
    )
    return (
        select(last.c.channel, _text(last.c.contact_point), last.c.purpose, last.c.status, last.c.at)
        .where(last.c.age == 1, last.c.status != ConsentStatus.GRANTED)
        .order_by(last.c.at.desc(), last.c.channel, last.c.contact_point, last.c.purpose)
        .limit(MOST_ROWS)
    )


def _text(column: Any) -> Any:
    """Unknown is NULL in the records and "" in the facts."""
    return func.coalesce(column, "")


is_open = or_(*(complaint.c.state == state for state in OPEN_STATES))  # with IN PostgreSQL's plan would hold an array
_PARTS: dict[str, Callable[[Who], Select[Any]]] = {
    "customer": _customer,
    "numbers": _numbers,
    "purchases": purchases,
    "items": _items,
    "totals": _totals,
    "complaints": complaints,
    "interactions": interactions,
    "handlers": handlers,
    "follow_ups": _follow_ups,
    "cautions": _cautions,
    "refusals": _refusals,
}
