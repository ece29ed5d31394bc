"""Complaints received in a period: grouped, beside what was sold, and how long each took."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from db.kinds import PurchaseState
from db.models import complaint, product, purchase, purchase_item
from db.reports.picked import Picked, rows_of

_NEVER_SOLD = (PurchaseState.CANCELLED, PurchaseState.RETURNED)


class Group(NamedTuple):
    """`name` is "" for those of which nobody said it."""

    name: str
    complaints: int


class ProductGroup(NamedTuple):
    """`sold`: pieces ordered in the same period."""

    name: str
    complaints: int
    sold: int


class Course(NamedTuple):
    """`resolved_at` is None while it is open."""

    severity: int
    received_at: datetime
    resolved_at: datetime | None


def by_category(connection: Connection, picked: Picked) -> Sequence[Group]:
    """What customers said."""
    return _grouped(connection, picked, complaint.c.category)


def by_cause(connection: Connection, picked: Picked) -> Sequence[Group]:
    """What was found."""
    return _grouped(connection, picked, func.coalesce(complaint.c.cause, ""))


def by_product(connection: Connection, picked: Picked) -> Sequence[ProductGroup]:
    """Products without a complaint are left out."""
    complaints = select(complaint.c.product_id, func.count().label("n")).where(
        *_received(picked), complaint.c.product_id.is_not(None)
    )
    told = complaints.group_by(complaint.c.product_id).subquery()
    asked = select(product.c.id, product.c.name, told.c.n).join(told, told.c.product_id == product.c.id)
    rows = rows_of(connection, asked)
    sold = {key: int(pieces) for key, pieces in rows_of(connection, _sales(picked, [row[0] for row in rows]))}
    return [ProductGroup(name, n, sold.get(key, 0)) for key, name, n in rows]


def courses(connection: Connection, picked: Picked) -> Sequence[Course]:
    """Each with its own times: nothing can be grouped before the open ones are reckoned in."""
    asked = select(complaint.c.severity, complaint.c.received_at, complaint.c.resolved_at).where(*_received(picked))
    return [Course(*one) for one in rows_of(connection, asked)]


def _sales(picked: Picked, products: Sequence[int]) -> Any:
    return (
        select(purchase_item.c.product_id, func.sum(purchase_item.c.quantity))
        .join(purchase, purchase.c.id == purchase_item.c.purchase_id)
        .where(
            purchase_item.c.product_id.in_(products),
            purchase.c.ordered_at >= picked.start,
            purchase.c.ordered_at < picked.end,
            purchase.c.state.not_in(_NEVER_SOLD),
        )
        .group_by(purchase_item.c.product_id)
    )


def _grouped(connection: Connection, picked: Picked, name: ColumnElement[Any]) -> Sequence[Group]:
    asked = select(name, func.count()).where(*_received(picked)).group_by(name)
    return [Group(*one) for one in rows_of(connection, asked)]


def _received(picked: Picked) -> list[ColumnElement[Any]]:
    told = [complaint.c.received_at >= picked.start, complaint.c.received_at < picked.end]
    return told if picked.operator_id is None else [*told, complaint.c.handler_id == picked.operator_id]
