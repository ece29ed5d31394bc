"""Calls in whose notes words stand, the newest note first.

Read from the index of note text backwards, a little at a time: as far as a page needs, and no further than one would
notice; whoever asks can read on.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, func, select, text

from db.call_log.by_key import narrow_row_of_call
from db.call_log.by_people import Found
from db.call_log.filters import LogFilter, conditions
from db.call_log.lines import Narrow
from db.call_log.order import NARROW
from db.call_log.pages import few_calls
from db.models import call, logged_call, note, note_fts, note_revision, note_search
from db.note_search import says
from db.search_slices import SLICE_BITS, holding, slice_token
from db.search_tokens import asked_note_tokens

_MOST_SLICES, _FEW = 32, 20  # of notes that have the words, in one slice: fewer are found everywhere at once
_AT_A_TIME = (200, 600, 1_200)  # notes; what is let through is read again with more of them
_FEW_CALLS = 600  # are let through: their notes are read instead


def calls_with_notes(
    connection: Connection, words: Sequence[str], wanted: LogFilter, before: int | None, most: int
) -> Found:
    """Those whose notes have all the (folded) words; `before` is where the page before this one ended."""
    tokens = asked_note_tokens(words)
    if not tokens:
        return Found([], None)
    end = before if before is not None else _beyond(connection)
    found: dict[Any, tuple[int, Narrow]] = {}
    for many in _AT_A_TIME:
        if many > _AT_A_TIME[0] and wanted != LogFilter():
            calls = few_calls(connection, wanted, _FEW_CALLS)
            if calls is not None:
                rest = _let_through(connection, _of_calls(connection, calls, end), words, wanted)
                return _page([*found.values(), *rest], most)
        keys = _newest(connection, tokens, end, many)
        for key, one in _let_through(connection, keys, words, wanted):
            found.setdefault(one.call_id, (key, one))
        if len(found) >= most:
            return _page(list(found.values()), most)
        if len(keys) < many:
            return Found([one for _key, one in found.values()], None)
        end = keys[-1]
    return Found([one for _key, one in found.values()], end, is_unfinished=True)


def _page(found: Sequence[tuple[int, Narrow]], most: int) -> Found:
    """A call once, with its newest note; the end of it all where they are not more."""
    each: dict[Any, tuple[int, Narrow]] = {}
    for key, one in found:
        each.setdefault(one.call_id, (key, one))
    kept = list(each.values())[:most]
    return Found([one for _key, one in kept], kept[-1][0] if len(kept) == most else None)


def _of_calls(connection: Connection, calls: Sequence[UUID], before: int) -> list[int]:
    """Keys of the index, whatever these calls' notes say."""
    asked = select(note_search.c.id).join_from(note, note_search, note_search.c.note_id == note.c.id)
    return list(connection.execute(asked.where(note.c.call_id.in_(calls), note_search.c.id < before)).scalars())


def _beyond(connection: Connection) -> int:
    newest: int = connection.execute(select(func.coalesce(func.max(note_search.c.id), 0))).scalar_one()
    return newest + 1


def _newest(connection: Connection, tokens: Sequence[str], before: int, most: int) -> list[int]:
    """Keys of the index, falling."""
    if connection.dialect.name != "postgresql":
        asked = {"match": " AND ".join(f'"{token}"' for token in tokens), "before": before, "most": most}
        return list(connection.execute(_MATCHING, asked).scalars())
    found: list[int] = []
    place = before - 1 >> SLICE_BITS
    for looked_in in range(1, _MOST_SLICES + 1):  # all of very many would be found before the first is given
        near = {"tokens": [*tokens, slice_token(place << SLICE_BITS)], "before": before, "most": most - len(found)}
        found += connection.execute(_HOLDING, near).scalars()
        if len(found) == most or place == 0:
            return found
        before, place = place << SLICE_BITS, place - 1
        if len(found) < _FEW * looked_in:
            break
    rest = {"tokens": list(tokens), "before": before, "most": most - len(found)}
    return [*found, *connection.execute(_HOLDING, rest).scalars()]


def _let_through(
    connection: Connection, keys: Sequence[int], words: Sequence[str], wanted: LogFilter
) -> list[tuple[int, Narrow]]:
    if not keys:
        return []
    asked = (
        _SAID.add_columns(*NARROW)
        .join(call, call.c.id == note.c.call_id)
        .join(logged_call, narrow_row_of_call(connection))
        .where(*conditions(wanted))
    )
    rows: Any = connection.execute(asked, {"ids": list(keys)})
    return [(key, Narrow(*narrow)) for key, said, *narrow in rows if says(said, words)]


_SAID = (
    select(note_search.c.id, note_revision.c.text)
    .join_from(note_search, note, note.c.id == note_search.c.note_id)
    .join(
        note_revision,
        and_(note_revision.c.note_id == note_search.c.note_id, note_revision.c.number == note_search.c.revision),
    )
    .where(note_search.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(note_search.c.id.desc())
)
_MATCHING = (
    select(note_fts.c.rowid)
    .where(note_fts.c.note_fts.op("MATCH")(bindparam("match")), note_fts.c.rowid < bindparam("before"))
    .order_by(note_fts.c.rowid.desc())
    .limit(bindparam("most"))
)
_held = (  # by itself: a planner that sees the order would read the key backwards and every note on its way
    select(note_search.c.id)
    .where(text(holding(note_search)), note_search.c.id < bindparam("before"))
    .cte("held")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_HOLDING = select(_held.c.id).order_by(_held.c.id.desc()).limit(bindparam("most"))
