"""How many calls a filter lets through, counted no further than anybody cares."""

from sqlalchemy import Connection, func, literal, select

from db.call_log.by_kinds import kinds_of
from db.call_log.filters import LogFilter, conditions, kind_conditions, within
from db.models import logged_call


def count_calls(connection: Connection, wanted: LogFilter, most: int) -> int:
    """At most so many: along the index of the kinds of calls, else along that of time or of a customer."""
    met = conditions(wanted)
    if wanted.customer_id is None and kind_conditions(wanted):
        met = [logged_call.c.kind_id.in_(kinds_of(connection, wanted)), *within(wanted)]
    some = select(literal(1)).select_from(logged_call).where(*met).limit(most).subquery()
    found: int = connection.execute(select(func.count()).select_from(some)).scalar_one()
    return found
