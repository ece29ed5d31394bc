"""The rows of a card's lists behind the first twenty, page by page: each begins behind the last row that is shown.

By the index's own order, so that the thousandth page costs what the first does.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, literal, not_, or_, select, tuple_

from db.card import complaints, handlers, interactions, is_open, items_of, purchases
from db.columns import BigKey, UtcDateTime
from db.facts import ComplaintFact, HandlerFact, InteractionFact, PurchaseFact
from db.models import complaint, customer_handler, interaction, purchase
from db.pop import handlers_from, purchases_from

PAGE = 50


def purchases_after(connection: Connection, customer_id: int, last: PurchaseFact) -> tuple[PurchaseFact, ...]:
    """Older orders, with their items."""
    behind = _before((purchase.c.ordered_at, last.ordered_at), (purchase.c.id, last.purchase_id))
    page = purchases(literal(customer_id, BigKey)).where(behind).limit(PAGE)
    items = items_of(page.with_only_columns(purchase.c.id))
    return purchases_from(_rows(connection, page), _rows(connection, items))


def complaints_after(connection: Connection, customer_id: int, last: ComplaintFact) -> tuple[ComplaintFact, ...]:
    """Older ones, those that are not open behind all that are."""
    older = _before((complaint.c.received_at, last.received_at), (complaint.c.id, last.complaint_id))
    behind = or_(and_(is_open, older), not_(is_open)) if last.is_open else and_(not_(is_open), older)
    page = complaints(literal(customer_id, BigKey)).where(behind).limit(PAGE)
    return tuple([ComplaintFact(*row[1:]) for row in _rows(connection, page)])


def interactions_after(connection: Connection, customer_id: int, last: InteractionFact) -> tuple[InteractionFact, ...]:
    """Older contacts."""
    key = UUID(last.key) if last.key else UUID(int=0)  # an older program's copy has none
    behind = _before((interaction.c.started_at, last.at), (interaction.c.id, key))
    page = interactions(literal(customer_id, BigKey)).where(behind).limit(PAGE)
    return tuple([InteractionFact._make((*row[:-1], str(row[-1]))) for row in _rows(connection, page)])


def handlers_after(connection: Connection, customer_id: int, last: HandlerFact) -> tuple[HandlerFact, ...]:
    """Who dealt with the customer longer ago."""
    columns = customer_handler.c
    same_time = and_(columns.last_at == last.last_at, columns.operator_id > last.operator_id)
    page = handlers(literal(customer_id, BigKey)).where(or_(columns.last_at < last.last_at, same_time)).limit(PAGE)
    rows = _rows(connection, page)
    theirs = select(complaint.c.handler_id, complaint.c.id, complaint.c.complaint_no).where(
        complaint.c.customer_id == customer_id, is_open, complaint.c.handler_id.in_([row[0] for row in rows])
    )
    return handlers_from(rows, _rows(connection, theirs))


def _before(at: tuple[Any, Any], key: tuple[Any, Any]) -> Any:
    """Older than this, in the order of (time, key) read backwards."""
    column, time = at
    key_column, value = key
    return tuple_(column, key_column) < tuple_(literal(time, UtcDateTime), literal(value, key_column.type))


def _rows(connection: Connection, statement: Select[Any]) -> list[Any]:
    return [tuple(row) for row in connection.execute(statement)]
