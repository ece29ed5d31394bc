"""A number that any desk's source withholds leaves the call's row, and no desk that was told it writes it again."""

from dataclasses import replace

from sqlalchemy import Connection, delete, select

from db.calls import CallRow, change_caller
from db.kinds import CallFact
from db.models import call, call_candidate, call_event


def as_may_be_kept(connection: Connection, row: CallRow) -> CallRow:
    """The row as another desk tells it: without its caller, if he is known to withhold the number."""
    known = connection.execute(select(call.c.withheld).where(call.c.id == row.id)).scalar_one_or_none()
    if known is None or row.withheld is not None:
        return row
    return replace(row, number="", e164=None, extension="", name="", withheld=known)


def forget_number(connection: Connection, row: CallRow) -> None:
    """The caller of this row withholds it: what was written of him goes, in whichever desk's words."""
    change_caller(connection, row)
    told = call_event.c.call_id == row.id, call_event.c.kind == CallFact.OFFERED
    connection.execute(delete(call_event).where(*told, call_event.c.facts.not_like('%"number": ""%')))
    guessed = call_candidate.c.call_id == row.id, call_candidate.c.is_chosen.is_(False)
    connection.execute(delete(call_candidate).where(*guessed))
