"""Who sits at which desk and what they do: a row that the desk renews while it runs, and takes away when it ends.

Desks' clocks differ, and a server knows better: what a desk tells is "for so long", counted back from the server's now.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select

from db.kinds import Doing
from db.models import operator, operator_presence
from db.upsert import add_or_update

FORGOTTEN_AFTER = timedelta(hours=12)
_MS = timedelta(milliseconds=1)


class Waits(NamedTuple):
    """A caller who waits: `linked_id` is the telephone system's name of the whole call, "" if it gave none."""

    linked_id: str
    where: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Sign:
    """A desk's sign of life, `at` its own clock's time; the operator is named by login.

    `waiting`: all who wait in the queues, None if this desk can't see them.
    """

    login: str
    desk: str
    doing: Doing
    since: datetime
    at: datetime
    waiting: tuple[Waits, ...] | None = None


class Present(NamedTuple):
    """An operator at a desk, whose last sign came at `seen_at`, and who waits as far as that desk can see."""

    login: str
    name: str
    desk: str
    doing: Doing
    since: datetime
    seen_at: datetime
    waiting: tuple[Waits, ...] | None = None


def sign(connection: Connection, told: Sign) -> None:
    """One operator per desk: who sat there before has left it."""
    here = operator_presence.c.desk == told.desk
    now = _now(connection, told.at)
    long_ago = operator_presence.c.seen_at < now - FORGOTTEN_AFTER
    gone = or_(and_(here, operator_presence.c.login != told.login), long_ago)
    connection.execute(delete(operator_presence).where(gone))
    row = {"login": told.login, "desk": told.desk, "doing": told.doing, "since": now - (told.at - told.since)}
    row |= {"seen_at": now, "waiting": _as_text(told)}
    add_or_update(connection, operator_presence, row, ("doing", "since", "seen_at", "waiting"))


def leave(connection: Connection, desk: str) -> None:
    """Nobody sits there any more."""
    connection.execute(delete(operator_presence).where(operator_presence.c.desk == desk))


def present(connection: Connection, here: datetime) -> Sequence[Present]:
    """Everybody of whom a desk has told in the last hours, all times as the clock tells them that says `here` now."""
    now = _now(connection, here)
    rows: Any = connection.execute(_PRESENT, {"oldest": now - FORGOTTEN_AFTER})
    return [_present(row, now - here) for row in rows]


def _present(row: Any, ahead: timedelta) -> Present:
    seen_at = row.seen_at - ahead
    return Present(
        row.login, row.name, row.desk, row.doing, row.since - ahead, seen_at, _from_text(row.waiting, seen_at)
    )  # fmt: skip


def _as_text(told: Sign) -> str:
    """How long each has waited when the sign was given: desks' clocks differ. "null", since NULL changes no row."""
    waits = None
    if told.waiting is not None:
        waits = [(one.linked_id, one.where, (told.at - one.since) // _MS) for one in told.waiting]
    return json.dumps(waits, ensure_ascii=False, separators=(",", ":"))


def _from_text(text: str | None, seen_at: datetime) -> tuple[Waits, ...] | None:
    waits: list[tuple[str, str, int]] | None = json.loads(text) if text else None
    if waits is None:
        return None
    return tuple([Waits(linked_id, where, seen_at - ms * _MS) for linked_id, where, ms in waits])


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
        operator_presence.c.waiting,
    )
    .select_from(operator_presence.outerjoin(operator, operator.c.login == operator_presence.c.login))
    .where(operator_presence.c.seen_at >= bindparam("oldest", type_=operator_presence.c.seen_at.type))
    .order_by("name", operator_presence.c.login, operator_presence.c.desk)
)
