"""Are the totals that triggers keep what the rows add up to? For a check: it reads every row."""

from typing import Any

from sqlalchemy import Connection, Select, case, except_, func, literal, select, union_all

from db.kinds import OPEN_STATES, PurchaseState
from db.models import complaint, customer_total, interaction, purchase, purchase_total


def wrong_totals(connection: Connection, most: int) -> tuple[int, ...]:
    """The keys of customers whose totals are wrong, at most so many of each kind."""
    wrong: set[int] = set()
    for counted, kept in _BOTH:
        for one, other in ((counted, kept), (kept, counted)):
            differing = except_(one, other).limit(most)
            wrong.update(int(row[0]) for row in connection.execute(differing))
    return tuple(sorted(wrong))


def _contacts_and_complaints() -> Select[Any]:
    is_open = case((complaint.c.state.in_(OPEN_STATES), 1), else_=0)
    each = union_all(
        select(
            interaction.c.customer_id, literal(1).label("contacts"), literal(0).label("told"), literal(0).label("open")
        ),
        select(complaint.c.customer_id, literal(0), literal(1), is_open),
    ).subquery()
    sums = func.sum(each.c.contacts), func.sum(each.c.told), func.sum(each.c.open)
    return select(each.c.customer_id, *sums).where(each.c.customer_id.is_not(None)).group_by(each.c.customer_id)


def _purchases() -> Select[Any]:
    columns = purchase.c
    paid = case((columns.state == PurchaseState.CANCELLED, 0), else_=columns.amount)
    counted = select(columns.customer_id, columns.currency, func.count(), func.sum(paid))
    return counted.group_by(columns.customer_id, columns.currency)


_BOTH = (_contacts_and_complaints(), select(customer_total)), (_purchases(), select(purchase_total))
