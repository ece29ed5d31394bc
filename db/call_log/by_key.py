"""Calls of the log by their own keys, for lists that are not in the log's order."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, select

from db.call_log.kept import milliseconds_of
from db.call_log.lines import LogLine, Narrow, lines_of
from db.call_log.order import NARROW
from db.models import call, logged_call


def narrow_row_of_call(connection: Connection) -> Any:
    """What joins a call with its row of the log."""
    at = milliseconds_of(call.c.offered_at, connection.dialect.name)
    return and_(logged_call.c.at == at, logged_call.c.call_id == call.c.id)


def lines_by_key(connection: Connection, call_ids: Sequence[UUID]) -> tuple[LogLine, ...]:
    """Of one page alone; what is gone by now is left out."""
    if not call_ids:
        return ()
    asked = select(*NARROW).join_from(call, logged_call, narrow_row_of_call(connection))
    rows = connection.execute(asked.where(call.c.id.in_(bindparam("ids", expanding=True))), {"ids": list(call_ids)})
    return lines_of(connection, [Narrow(*row) for row in rows])
