"""The operators that the records know, by their login."""

from sqlalchemy import Connection, select

from db.models import operator
from db.upsert import add_once


def operator_id(connection: Connection, login: str) -> int:
    """The operator's key; one who works here for the first time is written down under the login."""
    asked = select(operator.c.id).where(operator.c.login == login)
    known: int | None = connection.execute(asked).scalar_one_or_none()
    if known is not None:
        return known
    add_once(connection, operator, {"login": login, "name": login})
    made: int = connection.execute(asked).scalar_one()
    return made
