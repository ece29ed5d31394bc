"""What a report can be narrowed to: the lines that were rung, whoever works here, and since when there are calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from db.call_log.filters import moment
from db.models import call_kind, logged_call, operator
from db.reports.picked import rows_of


@dataclass(frozen=True, slots=True)
class Choices:
    """`operators`: key and name; `since`: the first call, None where there is none yet."""

    lines: Sequence[str]
    operators: Sequence[tuple[int, str]]
    since: datetime | None


def choices(connection: Connection) -> Choices:
    """By their names."""
    lines = rows_of(connection, select(call_kind.c.line).distinct().order_by(call_kind.c.line))
    people = rows_of(connection, select(operator.c.id, operator.c.name).order_by(operator.c.name, operator.c.id))
    since = connection.execute(select(func.min(logged_call.c.at))).scalar_one()
    told = [line for (line,) in lines if line], [(key, name) for key, name in people]
    return Choices(*told, moment(since) if since is not None else None)
