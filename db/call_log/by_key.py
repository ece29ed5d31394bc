"""Calls of the log by their own keys, for lists that are not in the log's order."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, literal_column, select

from db.call_log.lines import LogLine, Narrow, lines_of
from db.call_log.pages import NARROW
from db.models import call, logged_call

_time = "call.offered_at"
AT_OF_CALL: dict[str, Any] = {  # as the triggers of logged_call have it
    "sqlite": literal_column(
        f"CAST(strftime('%s', substr({_time}, 1, 19)) AS INTEGER) * 1000 + CAST(substr({_time}, 21, 3) AS INTEGER)"
    ),
    "postgresql": literal_column(f"CAST(floor(extract(epoch FROM {_time}) * 1000) AS bigint)"),
}


def narrow_row_of_call(connection: Connection) -> Any:
    """What joins a call with its row of the log."""
    return and_(logged_call.c.at == AT_OF_CALL[connection.dialect.name], logged_call.c.call_id == call.c.id)


def lines_by_key(connection: Connection, call_ids: Sequence[UUID]) -> tuple[LogLine, ...]:
    """Of one page alone; what is gone by now is left out."""
    if not call_ids:
        return ()
    asked = select(*NARROW).join_from(call, logged_call, narrow_row_of_call(connection))
    rows = connection.execute(asked.where(call.c.id.in_(bindparam("ids", expanding=True))), {"ids": list(call_ids)})
    return lines_of(connection, [Narrow(*row) for row in rows])
