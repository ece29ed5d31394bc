"""The audit log as it is read: the newest first, page by page, each beginning behind the last row that is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, literal, select, text, tuple_

from db.columns import BigKey, UtcDateTime
from db.models import audit_log, call, customer

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: "" and None stand for all. `until` is not within; `customer_no` is a customer's number."""

    since: datetime | None = None
    until: datetime | None = None
    operator: str = ""
    action: str = ""
    customer_no: str = ""


class Told(NamedTuple):
    """One entry. `about`: the number of the customer, or the time of the call, that it is about."""

    number: int
    at: datetime
    operator: str
    desk: str
    action: str
    subject: str
    record: str
    details: str
    about: str | datetime | None = None


def entries(connection: Connection, wanted: Wanted, last: Told | None = None) -> tuple[Told, ...]:
    """Fewer than PAGE: there are no more."""
    statement = _wanted(connection, wanted)
    if last is not None:
        behind = literal(last.at, UtcDateTime), literal(last.number, BigKey)
        statement = statement.where(tuple_(_columns.at, _columns.number) < tuple_(*behind))
    found = [Told(*row) for row in connection.execute(statement)]
    return tuple(_with_subjects(connection, found))


def operators(connection: Connection) -> tuple[str, ...]:
    """Whoever stands in it, by steps through the index: not one look at each entry."""
    return tuple(connection.execute(_OPERATORS).scalars())


def _wanted(connection: Connection, wanted: Wanted) -> Select[Any]:
    statement = _ENTRIES
    for value, matches in (
        (wanted.since, _columns.at >= literal(wanted.since, UtcDateTime)),
        (wanted.until, _columns.at < literal(wanted.until, UtcDateTime)),
        (wanted.operator, _columns.operator == wanted.operator),
        (wanted.action, _columns.action == wanted.action),
    ):
        statement = statement.where(matches) if value else statement
    if wanted.customer_no:
        asked = select(customer.c.id).where(customer.c.customer_no == wanted.customer_no)
        key = connection.execute(asked).scalar_one_or_none()
        statement = statement.where(_columns.subject == customer.name, _columns.record == str(key))
    return statement


def _with_subjects(connection: Connection, found: list[Told]) -> Iterable[Told]:
    """What the records call what each is about, asked once for the page."""
    customers = [int(one.record) for one in found if one.subject == customer.name]
    calls = [UUID(one.record) for one in found if one.subject == call.name]
    names: dict[tuple[str, str], Any] = {}
    for key, number in connection.execute(
        select(customer.c.id, customer.c.customer_no).where(customer.c.id.in_(customers))
    ):
        names[customer.name, str(key)] = number
    for key, at in connection.execute(select(call.c.id, call.c.offered_at).where(call.c.id.in_(calls))):
        names[call.name, str(key)] = at
    return [one._replace(about=names.get((one.subject, one.record))) for one in found]


_columns = audit_log.c
_ENTRIES = (
    select(*(_columns[name] for name in Told._fields[:-1]))
    .order_by(_columns.at.desc(), _columns.number.desc())
    .limit(PAGE)
)
_OPERATORS = text("""
WITH RECURSIVE step(name) AS (
    SELECT min(operator) FROM audit_log
    UNION ALL SELECT (SELECT min(operator) FROM audit_log WHERE operator > step.name) FROM step WHERE name IS NOT NULL
) SELECT name FROM step WHERE name IS NOT NULL
""")
