"""Another state for a complaint whatever its steps allow, with the event that the records ask for."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, select, update

from db.kinds import ComplaintState
from db.models import complaint, complaint_event


def put_in_state(connection: Connection, which: Any, state: ComplaintState, at: datetime) -> None:
    """`which` is a condition on complaint; its version grows by one."""
    found = connection.execute(select(complaint.c.id, complaint.c.state, complaint.c.version_id).where(which)).one()
    event = {"id": uuid4(), "complaint_id": found.id, "at": at, "from_state": found.state, "to_state": state}
    connection.execute(complaint_event.insert().values(event | {"version_id": found.version_id + 1}))
    grown = {"state": state, "version_id": found.version_id + 1}
    connection.execute(update(complaint).where(complaint.c.id == found.id).values(grown))
