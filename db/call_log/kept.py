"""Is the log's row of a call what the call itself says? For a check: it reads every call."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Select,
    case,
    except_,
    func,
    literal_column,
    select,
)

from db.models import call, caller_number, interaction, logged_call


def wrong_lines(connection: Connection, most: int) -> tuple[str, ...]:
    """The calls whose row is wrong, missing or of a call that is gone, and how many numbers are; at most so many."""
    said, kept = _as_calls_say(connection.dialect.name), select(logged_call)
    wrong: set[str] = set()
    for one, other in ((said, kept), (kept, said)):
        differing = except_(one, other).subquery()
        asked = select(differing.c.call_id).limit(most)
        wrong.update(str(key) for key in connection.execute(asked).scalars())
    numbers = sum(_unmatched(connection, one, other) for one, other in ((_RANG, _KNOWN), (_KNOWN, _RANG)))
    told = [f"logged_call {key}" for key in sorted(wrong)[:most]]
    return (*told, *([f"caller_number: {numbers}"] if numbers else []))


def milliseconds_of(column: Column[Any], dialect: str) -> ColumnElement[int]:
    """A call's time as the triggers of `logged_call` have it; unknown where it is."""
    time = f"{column.table.name}.{column.name}"
    seconds, rest = f"strftime('%s', substr({time}, 1, 19))", f"substr({time}, 21, 3)"
    if dialect == "sqlite":
        return literal_column(f"CAST({seconds} AS INTEGER) * 1000 + CAST({rest} AS INTEGER)", BigInteger)
    return literal_column(f"CAST(floor(extract(epoch FROM {time}) * 1000) AS bigint)", BigInteger)


def _as_calls_say(dialect: str) -> Select[Any]:
    """In the columns of `logged_call`."""
    row, times = call.c, ("waiting_since", "offered_at", "answered_at", "ended_at")
    waiting, offered, answered, ended = (milliseconds_of(row[name], dialect) for name in times)
    computed: dict[str, ColumnElement[Any]] = {
        "at": offered,
        "call_id": row.id,
        "line": func.coalesce(row.line, row.dialled),
        "disposition_id": _LAST_DISPOSITION,
        "wait_s": _seconds(func.coalesce(waiting, offered), func.coalesce(answered, ended)),
        "talk_s": _seconds(answered, ended),
    }
    plain = {one.name: row[one.name] for one in logged_call.c if one.name not in computed}
    return select(*((plain | computed)[one.name].label(one.name) for one in logged_call.c))


def _seconds(start: ColumnElement[int], end: ColumnElement[int]) -> ColumnElement[int]:
    """0 where one of them is not known, or a clock was set back."""
    return case((end - start > 0, (end - start) // 1000), else_=0)


def _unmatched(connection: Connection, one: Select[Any], other: Select[Any]) -> int:
    count: int = connection.execute(select(func.count()).select_from(except_(one, other).subquery())).scalar_one()
    return count


_LAST_DISPOSITION = (
    select(interaction.c.disposition_id)
    .where(interaction.c.call_id == call.c.id, interaction.c.disposition_id.is_not(None))
    .order_by(interaction.c.started_at.desc(), interaction.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_RANG, _KNOWN = select(call.c.e164).where(call.c.e164.is_not(None)), select(caller_number.c.e164)
