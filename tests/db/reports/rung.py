"""Calls as rows of the records, written many at a time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert

from db.kinds import Channel, Direction, InteractionKind, Outcome
from db.models import call, interaction

SECOND = timedelta(seconds=1)


def rung(at: datetime, outcome: Outcome, answered: float | None, ended: float | None, **more: Any) -> dict[str, Any]:
    """A row of `call`: `answered` and `ended` are seconds after it rang."""
    key = uuid4()
    told: dict[str, Any] = {
        "id": key, "source": "phone", "source_id": str(key), "direction": Direction.IN, "offered_at": at,
        "outcome": outcome, "line": "Main", "e164": None, "hold_ms": None, "operator_id": None, "customer_id": None,
        "waiting_since": None, "withheld": None,
    }  # fmt: skip
    told["answered_at"] = None if answered is None else at + answered * SECOND
    told["ended_at"] = None if ended is None else at + ended * SECOND
    return told | more


def worked_on(row: dict[str, Any], after_call_ms: int | None, **more: Any) -> dict[str, Any]:
    """The contact that was written about the call."""
    told = {
        "id": uuid4(), "call_id": row["id"], "channel": Channel.PHONE, "direction": Direction.IN,
        "kind": InteractionKind.INQUIRY, "started_at": row["offered_at"], "after_call_ms": after_call_ms,
        "handler_id": row["operator_id"], "disposition_id": None,
    }  # fmt: skip
    return told | more


def write(connection: Connection, rows: Iterable[dict[str, Any]], contacts: Iterable[dict[str, Any]] = ()) -> None:
    """All at once."""
    for table, some in ((call, list(rows)), (interaction, list(contacts))):
        if some:
            connection.execute(insert(table), some)
