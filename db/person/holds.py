"""Legal holds: while one stands, the person is not erased, whoever asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from db.models import legal_hold
from db.person.whole import Person, among


@dataclass(frozen=True, slots=True)
class Hold:
    """Why, since when, and who said so."""

    reason: str
    operator: str
    at: datetime


def holds_on(connection: Connection, person: Person) -> tuple[Hold, ...]:
    """Those that stand, the oldest first."""
    columns = legal_hold.c
    asked = select(columns.reason, columns.operator, columns.at).where(_standing(person)).order_by(columns.id)
    rows: Any = connection.execute(asked).all()
    return tuple([Hold(*row) for row in rows])


def hold(connection: Connection, person: Person, said: Hold) -> None:
    """One more reason not to erase."""
    row = {"customer_id": person.ids[0], "reason": said.reason, "operator": said.operator, "at": said.at}
    connection.execute(insert(legal_hold).values(row))


def lift(connection: Connection, person: Person, at: datetime) -> int:
    """End all that stand; how many there were."""
    return connection.execute(update(legal_hold).where(_standing(person)).values(lifted_at=at)).rowcount


def _standing(person: Person) -> Any:
    return among(legal_hold.c.customer_id, person.ids) & legal_hold.c.lifted_at.is_(None)
