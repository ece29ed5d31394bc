"""Who sits at which desk and what they do: a row that the desk renews while it runs, and takes away when it ends.

Desks' clocks differ, and a server knows better: what a desk tells is "for so long", counted back from the server's now.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select

from db.kinds import Doing
from db.models import operator, operator_presence
from db.upsert import add_or_update

FORGOTTEN_AFTER = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Sign:
    """A desk's sign of life, `at` its own clock's time; the operator is named by login."""

    login: str
    desk: str
    doing: Doing
    since: datetime
    at: datetime


class Present(NamedTuple):
    """An operator at a desk, whose last sign came at `seen_at`."""

    login: str
    name: str
    desk: str
    doing: Doing
    since: datetime
    seen_at: datetime


def sign(connection: Connection, told: Sign) -> None:
    """One operator per desk: who sat there before has left it."""
    here = operator_presence.c.desk == told.desk
    now = _now(connection, told.at)
    long_ago = operator_presence.c.seen_at < now - FORGOTTEN_AFTER
    gone = or_(and_(here, operator_presence.c.login != told.login), long_ago)
    connection.execute(delete(operator_presence).where(gone))
    row = asdict(told)
    row |= {"since": now - (row.pop("at") - told.since), "seen_at": now}
    add_or_update(connection, operator_presence, row, ("doing", "since", "seen_at"))


def leave(connection: Connection, desk: str) -> None:
    """Nobody sits there any more."""
    connection.execute(delete(operator_presence).where(operator_presence.c.desk == desk))


def present(connection: Connection, here: datetime) -> Sequence[Present]:
    """Everybody of whom a desk has told in the last hours, all times as the clock tells them that says `here` now."""
    now = _now(connection, here)
    rows: Any = connection.execute(_PRESENT, {"oldest": now - FORGOTTEN_AFTER})
    told = [Present(*row) for row in rows]
    return [one._replace(since=one.since - (now - here), seen_at=one.seen_at - (now - here)) for one in told]


def _now(connection: Connection, here: datetime) -> datetime:
    """The server's, which all desks share; where there is none, this PC's."""
    if connection.dialect.name == "sqlite":
        return here
    now: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return now


_PRESENT = (
    select(
        operator_presence.c.login,
        func.coalesce(operator.c.name, operator_presence.c.login).label("name"),
        operator_presence.c.desk,
        operator_presence.c.doing,
        operator_presence.c.since,
        operator_presence.c.seen_at,
    )
    .select_from(operator_presence.outerjoin(operator, operator.c.login == operator_presence.c.login))
    .where(operator_presence.c.seen_at >= bindparam("oldest", type_=operator_presence.c.seen_at.type))
    .order_by("name", operator_presence.c.login, operator_presence.c.desk)
)
