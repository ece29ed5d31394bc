"""What notes say, newest first: words that somebody looks for, or a telephone number that was written down."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, func, select, text, union_all

from db.models import note, note_fts, note_revision, note_search
from db.name_folding import fold_prose
from db.prepared import ask
from db.search_slices import holding, last_full_slice
from db.search_tokens import asked_note_tokens, at_home, digits_of, numbers_in

MOST_MENTIONS = 50
_FEWEST_DIGITS = 4  # three are a price, an hour, a page
_LOOKED_AT_LONGER = 10  # times as many, where notes had the tokens but not the words
_SENTENCE = re.compile(r"[^。．！？!?\n]+[。．！？!?]*")
_LONGEST_SENTENCE = 120


class _Row(NamedTuple):
    """In the order of writing."""

    place: int
    customer_id: int | None
    note_id: UUID
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A note that speaks of somebody, and the sentence that does; `customer_id` is whose note it is."""

    customer_id: int | None
    note_id: UUID
    at: datetime
    sentence: str


def mentioned_in(connection: Connection, digits: str) -> tuple[Mention, ...]:
    """The newest notes that have this number, however it is spelt there; `digits` as dialled at home or the key's."""
    number = at_home(digits_of(digits))
    return notes_saying(connection, [number], MOST_MENTIONS) if len(number) >= _FEWEST_DIGITS else ()


def notes_saying(connection: Connection, words: Sequence[str], most: int) -> tuple[Mention, ...]:
    """The newest notes that have every one of the (folded) words, with the sentence of the first one."""
    tokens = asked_note_tokens(words)
    if not tokens:
        return ()
    for looked_at in (most, most * _LOOKED_AT_LONGER):
        rows = _newest(connection, tokens, looked_at)
        found = [row for row in rows if says(row.text, words)]
        if len(rows) < looked_at or len(found) >= most:
            break
    return tuple(Mention(row.customer_id, row.note_id, row.at, _sentence(row.text, words[0])) for row in found[:most])


def says(text: str, words: Sequence[str]) -> bool:
    """Whether a note's text has every one of the (folded) words."""
    return all(_has(text, word) for word in words)


def _has(text: str, word: str) -> bool:
    if word.isascii() and word.isdigit():
        return at_home(word) in numbers_in(text)
    return word in fold_prose(text)


def _sentence(text: str, word: str) -> str:
    """The first that has the word, cut where it is long; the whole where none has it by itself."""
    sentences = (one[0].strip() for one in _SENTENCE.finditer(text))
    found = next((one for one in sentences if _has(one, word)), " ".join(text.split()))
    return found if len(found) <= _LONGEST_SENTENCE else found[: _LONGEST_SENTENCE - 1] + "…"


def _newest(connection: Connection, tokens: Sequence[str], most: int) -> list[_Row]:
    if connection.dialect.name == "postgresql":
        rows = ask(connection, _CONTAINING, {"tokens": list(tokens), "most": most})
    else:
        match = " AND ".join(f'"{token}"' for token in tokens)
        rows = ask(connection, _MATCHING, {"match": match, "most": most})
    newest = {row[0]: _Row(*row) for row in rows}
    return sorted(newest.values(), reverse=True)[:most]


_SAID = (
    select(note_search.c.id, note.c.customer_id, note.c.id.label("note_id"), note_revision.c.at, note_revision.c.text)
    .join_from(note_search, note, note.c.id == note_search.c.note_id)
    .join(
        note_revision,
        and_(note_revision.c.note_id == note_search.c.note_id, note_revision.c.number == note_search.c.revision),
    )
    .order_by(note_search.c.id.desc())
    .limit(bindparam("most"))
)
_MATCHING = _SAID.where(
    note_search.c.id.in_(
        select(note_fts.c.rowid)
        .where(note_fts.c.note_fts.op("MATCH")(bindparam("match")))
        .order_by(note_fts.c.rowid.desc())
        .limit(bindparam("most"))
    )
)
_near, _before = (
    _SAID.where(text(holding(note_search, last_full_slice(note_search, before)))).cte(name)
    for before, name in ((0, "near"), (1, "before"))
)
_count = select(func.count()).select_from(_near).scalar_subquery() + (
    select(func.count()).select_from(_before).scalar_subquery()
)
_rest = _SAID.where(text(holding(note_search)), _count < bindparam("most"))
_CONTAINING = union_all(select(_near), select(_before), select(_rest.subquery()))
