"""A few days of calls of three operators, with what makes a call worth looking at, for the tests of reviews."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from db.keys import count_on
from db.kinds import Direction, NoteKind, Outcome
from db.models import call, customer, note, operator

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
PEOPLE = {"sato": 1, "suzuki": 2, "tanaka": 3}
SECOND = timedelta(seconds=1)


def people(connection: Connection) -> None:
    """Operators and two customers."""
    connection.execute(
        insert(operator), [{"id": key, "login": login, "name": login.title()} for login, key in PEOPLE.items()]
    )
    row = {"kind": "person", "lifecycle_stage": "active", "created_at": NOW}
    connection.execute(
        insert(customer), [row | {"id": key, "customer_no": f"C-{key}", "name": f"N{key}"} for key in (1, 2)]
    )
    for table in (operator, customer):
        count_on(connection, table)


def rang(connection: Connection, key: int, login: str | None, days_ago: float, talk: int = 100, **more: Any) -> UUID:
    """An answered call that lasted so many seconds, with a note unless `noted` is False."""
    at, made = NOW - timedelta(days=days_ago), UUID(int=key)
    is_noted = more.pop("noted", True)
    row = {
        "id": made, "source": "pbx", "source_id": str(key), "direction": Direction.IN, "outcome": Outcome.ANSWERED,
        "offered_at": at, "answered_at": at + 5 * SECOND, "ended_at": at + (5 + talk) * SECOND,
        "operator_id": PEOPLE[login] if login else None, "e164": 810000000000 + key,
    }  # fmt: skip
    connection.execute(insert(call), row | more)
    if is_noted:
        told = {"id": UUID(int=key + 10**6), "call_id": made, "kind": NoteKind.BODY, "created_at": at}
        connection.execute(insert(note), told)
    return made


def usual_days(connection: Connection, each: int = 30) -> None:
    """So many ordinary calls of each operator within a week, of 95 to 105 seconds."""
    for login, person in PEOPLE.items():
        for place in range(each):
            key = 1000 * person + place
            rang(connection, key, login, 6.5 * (place + 0.5) / each, 95 + place % 11)
