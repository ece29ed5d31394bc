"""Finding a customer by hand: name, reading, part of a number, customer or order number, or what a note says.

Never a sort over all that match: what begins with the words comes from ordered keys, the rest from an index of tokens
that is read no further than the screen needs. Tokens only say who may match; the words themselves are compared here.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text, union_all

from db.kinds import CustomerKind
from db.models import customer, customer_fts, customer_search
from db.name_folding import fold, fold_company
from db.note_search import notes_saying
from db.prepared import ask
from db.search_slices import holding, last_full_slice
from db.search_spans import BEGINNING, CODED, LOOKED_AT, NAMED, NUMBERED, ORDERED, spans_of
from db.search_tokens import SearchRow, asked_tokens, digits_of

MOST_FOUND = 50
_MOST_COMPARED = 5000  # of those that have the tokens
_NUMBER = re.compile(r"\+?[0-9()][-0-9().\u2010-\u2015\u2212ー]*")
_LONGEST_CODE = 64
_LEAST_OF_WHOLE_CODE = 6  # whoever typed such a number to its end looks for no other that contains it


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """A customer that the search found; `group` is the company the person works for, or "".

    `said` is the order number or the note's sentence that it was found by, "" if it was found by itself.
    """

    customer_id: int
    customer_no: str
    kind: CustomerKind
    name: str
    reading: str
    group: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """`code` as it was typed, "" if it can't be a customer or order number; `words` folded, at least one."""

    code: str
    words: Sequence[str]

    @property
    def beginnings(self) -> tuple[str, str]:
        """What a name may begin with; a company's legal form is no part of it."""
        whole = "".join(self.words)
        return whole, fold_company(whole)


def search_customers(connection: Connection, text: str) -> tuple[CustomerHit, ...]:
    """The first MOST_FOUND customers that match every word of `text`.

    First whose customer or order number it is, then whose name or reading it is, then those that begin so, then the
    others by reading; at last those whose orders' numbers begin with it, and those of whom notes speak.
    """
    asked = _understood(text)
    if not asked.words:
        return ()
    begin = _by_beginning(connection, asked)
    found = {key: begin.coded.get(key, "") for key in (*begin.coded, *begin.named, *begin.numbered)}
    is_whole_code = begin.coded and len(asked.code) >= _LEAST_OF_WHOLE_CODE
    for way in () if is_whole_code else (_by_tokens, lambda *_: begin.ordered, _by_notes):
        if len(found) >= MOST_FOUND:
            break
        found |= {key: said for key, said in way(connection, asked).items() if key not in found}
    return _hits(connection, dict(list(found.items())[:MOST_FOUND]))


def words_of(typed: str) -> Sequence[str]:
    """What somebody typed as (folded) words; a telephone number that was typed with blanks is one."""
    return _understood(typed).words


def _understood(typed: str) -> _Asked:
    """A telephone number that was typed with blanks is one word."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    parts = plain.split()
    if len(parts) > 1 and parts[0][0] in "0+(" and all(map(_NUMBER.fullmatch, parts)):
        parts = ["".join(parts)]
    folded = (digits_of(part) if _NUMBER.fullmatch(part) and digits_of(part) else fold(part) for part in parts)
    is_code = len(plain) <= _LONGEST_CODE and plain.isprintable() and any(map(str.isdigit, plain))
    return _Asked(plain if is_code else "", [word for word in folded if word])


@dataclass(frozen=True, slots=True)
class _Beginnings:
    """Whose code it is and what says so, whose name begins so, whose numbers begin or end so, whose orders' do."""

    coded: dict[int, str]
    named: Iterable[int]
    numbered: Iterable[int]
    ordered: dict[int, str]


def _by_beginning(connection: Connection, asked: _Asked) -> _Beginnings:
    """One query."""
    found: dict[str, dict[int, str]] = {way: {} for way in (CODED, NUMBERED, ORDERED)}
    rows: dict[int, SearchRow] = {}
    for way, key, said, reading in ask(connection, BEGINNING, spans_of(asked.code, asked.words, asked.beginnings)):
        if way == NAMED:
            rows[key] = SearchRow(key, said, reading, "")
        else:
            found[way].setdefault(key, said)
    whole = set(asked.beginnings)
    exact = {key for key, row in rows.items() if not whole.isdisjoint((row.name_key, row.reading_key))}
    best = sorted(rows.values(), key=lambda row: (row.customer_id not in exact, *_place(row)))
    named = [row.customer_id for row in best]
    return _Beginnings(found[CODED], named, found[NUMBERED], found[ORDERED])


def _by_tokens(connection: Connection, asked: _Asked) -> dict[int, str]:
    """Customers who have all the words somewhere; by reading."""
    tokens = asked_tokens(asked.words)
    if not tokens:
        return {}
    values: dict[str, object] = {"word": max(asked.words, key=len)}
    if connection.dialect.name == "postgresql":
        rows = ask(connection, _CONTAINING, values | {"tokens": tokens})
    else:
        rows = ask(connection, _MATCHING, values | {"match": " AND ".join(f'"{token}"' for token in tokens)})
    matching = {row[0]: SearchRow(*row) for row in rows if _has_all(SearchRow(*row), asked.words)}
    return {row.customer_id: "" for row in sorted(matching.values(), key=_place)}


def _by_notes(connection: Connection, asked: _Asked) -> dict[int, str]:
    """Of whom the newest notes speak, with the sentence."""
    found: dict[int, str] = {}
    for mention in notes_saying(connection, asked.words, MOST_FOUND):
        if mention.customer_id is not None:
            found.setdefault(mention.customer_id, mention.sentence)
    return found


def _place(row: SearchRow) -> tuple[str, int]:
    return row.reading_key or row.name_key, row.customer_id


def _has_all(row: SearchRow, words: Sequence[str]) -> bool:
    lines = f"{row.name_key}\n{row.reading_key}\n{row.marks}"
    return all(word in lines for word in words)


def _hits(connection: Connection, found: dict[int, str]) -> tuple[CustomerHit, ...]:
    rows = {row[0]: row for row in connection.execute(_FOUND, {"ids": list(found)})} if found else {}
    return tuple(CustomerHit(*rows[key], said) for key, said in found.items() if key in rows)


_searched = customer_search.c
_KEYS = select(_searched.customer_id, _searched.name_key, _searched.reading_key, _searched.marks)


def _with_word(keys: Any, place_of: Any) -> Any:
    """Compared in the database, so that rows which have its tokens alone cost little."""
    lines = keys.name_key + "\n" + keys.reading_key + "\n" + keys.marks
    return place_of(lines, bindparam("word")) > 0


_holders = (
    select(customer_fts.c.rowid)
    .where(customer_fts.c.customer_fts.op("MATCH")(bindparam("match")))
    .limit(_MOST_COMPARED)
).subquery()
_MATCHING = (  # SQLite gives row after row, and stops where it is told to
    _KEYS.join_from(_holders, customer_search, _searched.customer_id == _holders.c.rowid)
    .where(_with_word(_searched, func.instr))
    .limit(LOOKED_AT)
)
_in_slice = text(holding(customer_search, last_full_slice(customer_search)))
_near = _KEYS.where(_in_slice, _with_word(_searched, func.strpos)).limit(LOOKED_AT).cte("near")
_too_few = select(func.count()).select_from(_near).scalar_subquery() < MOST_FOUND
_others = _KEYS.where(text(holding(customer_search)), _too_few).limit(_MOST_COMPARED).subquery()
_CONTAINING = (
    union_all(  # PostgreSQL finds all before it gives the first: in the last full slice of them, or everywhere
        select(_near), select(select(_others).where(_with_word(_others.c, func.strpos)).limit(LOOKED_AT).subquery())
    )
)
_FOUND = select(
    customer.c.id,
    customer.c.customer_no,
    customer.c.kind,
    customer.c.name,
    func.coalesce(customer.c.reading, ""),
    func.coalesce(customer.c.company, ""),
).where(
    customer.c.id.in_(bindparam("ids", expanding=True)),
    customer.c.merged_into_id.is_(None),
    customer.c.erased_at.is_(None),
)
