"""Is the log's row of a call what the call itself says? For a check: it reads every call."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    except_,
    exists,
    func,
    literal_column,
    select,
)

from db.kinds import NoteKind, Outcome
from db.models import call, call_kind, caller_number, follow_up, interaction, logged_call, note
from db.models.call_log import Used


def wrong_lines(connection: Connection, most: int) -> tuple[str, ...]:
    """The calls whose row is wrong, missing or of a call that is gone, and how many numbers are; at most so many."""
    said, kept = _as_calls_say(connection.dialect.name), select(*_TOLD)
    wrong: set[str] = set()
    for one, other in ((said, kept), (kept, said)):
        differing = except_(one, other).subquery()
        asked = select(differing.c.call_id).limit(most)
        wrong.update(str(key) for key in connection.execute(asked).scalars())
    numbers = sum(_unmatched(connection, one, other) for one, other in ((_RANG, _KNOWN), (_KNOWN, _RANG)))
    wrong.update(str(key) for key in connection.execute(_OF_NO_SUCH_KIND.limit(most)).scalars())
    told = [f"logged_call {key}" for key in sorted(wrong)[:most]]
    return (*told, *([f"caller_number: {numbers}"] if numbers else []))


def milliseconds_of(column: Column[Any], dialect: str) -> ColumnElement[int]:
    """A call's time as the triggers of `logged_call` have it; unknown where it is."""
    time = f"{column.table.name}.{column.name}"
    seconds, rest = f"strftime('%s', substr({time}, 1, 19))", f"substr({time}, 21, 3)"
    if dialect == "sqlite":
        return literal_column(f"(CAST({seconds} AS INTEGER) * 1000 + CAST({rest} AS INTEGER))", BigInteger)
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
        **_counted(dialect),
    }
    plain = {one.name: row[one.name] for one in _TOLD if one.name not in computed}
    return select(*((plain | computed)[one.name].label(one.name) for one in _TOLD))


def _counted(dialect: str) -> dict[str, ColumnElement[Any]]:
    """What reports count."""
    row = call.c
    is_answered = row.outcome.in_((Outcome.ANSWERED, Outcome.ELSEWHERE))
    is_timed = case((is_answered, row.answered_at), else_=row.ended_at).is_not(None)
    is_over = and_(is_answered, row.answered_at.is_not(None), row.ended_at.is_not(None))
    waited = _between(
        "coalesce(call.waiting_since, call.offered_at)", "coalesce(call.answered_at, call.ended_at)", dialect
    )
    talked = _between("call.answered_at", "call.ended_at", dialect) - func.coalesce(row.hold_ms, 0)
    used = [
        (Used.NOTED, exists().where(note.c.call_id == row.id, note.c.kind == NoteKind.BODY)),
        (Used.HANDED_OVER, exists().where(note.c.call_id == row.id, note.c.kind == NoteKind.HANDOVER)),
        (Used.PROMISED, exists().where(follow_up.c.call_id == row.id)),
    ]
    bits = [case((there, bit.value), else_=0) for bit, there in used]
    return {
        "waited_ms": case((is_timed, waited)),
        "talked_ms": case((is_over, talked)),
        "held_ms": case((is_over, row.hold_ms)),
        "used": bits[0] + bits[1] + bits[2],
    }


def _between(start: str, end: str, dialect: str) -> ColumnElement[int]:
    """Rounded to milliseconds, as the triggers do."""
    if dialect == "sqlite":
        told = f"CAST(round((julianday({end}) - julianday({start})) * 86400000) AS INTEGER)"
    else:
        told = f"CAST(round(date_part('epoch', {end} - {start}) * 1000) AS bigint)"
    return literal_column(told, BigInteger)


def _seconds(start: ColumnElement[int], end: ColumnElement[int]) -> ColumnElement[int]:
    """0 where one of them is not known, or a clock was set back."""
    return case((end - start > 0, (end - start) // 1000), else_=0)


def _unmatched(connection: Connection, one: Select[Any], other: Select[Any]) -> int:
    count: int = connection.execute(select(func.count()).select_from(except_(one, other).subquery())).scalar_one()
    return count


_TOLD = tuple(one for one in logged_call.c if one.name != "kind_id")
_OF_NO_SUCH_KIND = select(logged_call.c.call_id).where(
    ~exists().where(
        call_kind.c.id == logged_call.c.kind_id,
        *(
            one == func.coalesce(logged_call.c[one.name], 0 if one.name.endswith("_id") else "")
            for one in call_kind.c
            if one.name != "id"
        ),
    )
)
_LAST_DISPOSITION = (
    select(interaction.c.disposition_id)
    .where(interaction.c.call_id == call.c.id, interaction.c.disposition_id.is_not(None))
    .order_by(interaction.c.started_at.desc(), interaction.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_RANG, _KNOWN = select(call.c.e164).where(call.c.e164.is_not(None)), select(caller_number.c.e164)
