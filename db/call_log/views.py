"""Filters that an operator has saved under a name."""

from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from db.models import operator, saved_view
from db.operators import operator_id
from db.upsert import add_or_update

_MOST = 100


class SavedView(NamedTuple):
    """`told` is JSON, the app's own."""

    name: str
    told: str


def saved_views(connection: Connection, login: str, of: str) -> tuple[SavedView, ...]:
    """The operator's own of one list, by name."""
    asked = (
        select(saved_view.c.name, saved_view.c.told)
        .join_from(saved_view, operator, operator.c.id == saved_view.c.operator_id)
        .where(operator.c.login == login, saved_view.c.list == of)
        .order_by(saved_view.c.name)
        .limit(_MOST)
    )
    return tuple([SavedView(*row) for row in connection.execute(asked)])


def save_view(connection: Connection, login: str, of: str, view: SavedView) -> None:
    """Keep it under its name, in place of one that has the name already."""
    row = {"operator_id": operator_id(connection, login), "list": of, "name": view.name, "told": view.told}
    add_or_update(connection, saved_view, row, ("told",))


def forget_view(connection: Connection, login: str, of: str, name: str) -> None:
    """It is not offered any more."""
    whose = operator_id(connection, login)
    mine = saved_view.c.operator_id == whose, saved_view.c.list == of, saved_view.c.name == name
    connection.execute(delete(saved_view).where(*mine))
