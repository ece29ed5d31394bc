"""Finding a customer by hand: name, reading, part of a number, customer or order number, or what a note says.

Never a sort over all that match: what begins with the words comes from ordered keys, the rest from an index of tokens
that is read no further than the screen needs. Tokens only say who may match; the words themselves are compared here.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, literal, select, text, union_all

from db.kinds import CustomerKind
from db.models import customer, customer_fts, customer_search, purchase
from db.name_folding import fold, fold_company
from db.note_search import notes_saying
from db.search_index import SLICE_BITS, slice_token
from db.search_tokens import FEWEST_DIGITS, SearchRow, asked_tokens, digits_of

MOST_FOUND = 50
_LOOKED_AT = 300  # of each way: so many are put in order
_LOOKED_AT_LONGER = 5000  # where those had the tokens but not the words
_HIGHEST = "\U0010ffff"
_NUMBER = re.compile(r"\+?[0-9()][-0-9().\u2010-\u2015\u2212ー]*")
_LONGEST_CODE = 64


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
    def beginnings(self) -> set[str]:
        """What a name may begin with; a company's legal form is no part of it."""
        whole = "".join(self.words)
        return {whole, fold_company(whole)}


def search_customers(connection: Connection, text: str) -> tuple[CustomerHit, ...]:
    """The first MOST_FOUND customers that match every word of `text`.

    First whose customer or order number it is, then whose name or reading it is, then those that begin so, then the
    others by reading; at last those whose orders' numbers begin with it, and those of whom notes speak.
    """
    asked = _understood(text)
    found: dict[int, str] = {}
    for way in (_by_code, _by_beginning, _by_tokens, _by_order, _by_notes) if asked.words else ():
        found |= {key: said for key, said in way(connection, asked).items() if key not in found}
        if len(found) >= MOST_FOUND:
            break
    return _hits(connection, dict(list(found.items())[:MOST_FOUND]))


def _understood(typed: str) -> _Asked:
    """A telephone number that was typed with blanks is one word."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    parts = plain.split()
    if len(parts) > 1 and parts[0][0] in "0+(" and all(map(_NUMBER.fullmatch, parts)):
        parts = ["".join(parts)]
    folded = (digits_of(part) if _NUMBER.fullmatch(part) and digits_of(part) else fold(part) for part in parts)
    is_code = len(plain) <= _LONGEST_CODE and plain.isprintable() and any(map(str.isdigit, plain))
    return _Asked(plain if is_code else "", [word for word in folded if word])


def _by_code(connection: Connection, asked: _Asked) -> dict[int, str]:
    """Whose customer or order number it is, in small or large letters."""
    if not asked.code:
        return {}
    spelt = {"spelt": list({asked.code, asked.code.upper(), asked.code.lower()})}
    rows: Any = connection.execute(_OWN_CODE, spelt)
    return dict(reversed(rows.all()))


def _by_order(connection: Connection, asked: _Asked) -> dict[int, str]:
    """Whose orders have numbers that begin so."""
    if len(asked.code) < FEWEST_DIGITS:
        return {}
    found: dict[int, str] = {}
    for spelt in {asked.code, asked.code.upper()}:
        rows: Any = connection.execute(_ORDERED, {"first": spelt, "after": spelt + _HIGHEST}).all()
        for key, order_no in rows:
            found.setdefault(key, order_no)
    return found


def _by_beginning(connection: Connection, asked: _Asked) -> dict[int, str]:
    """Names and readings that are the words or begin with them."""
    rows: dict[int, SearchRow] = {}
    for beginning in asked.beginnings:
        span = {"first": beginning, "after": beginning + _HIGHEST}
        for statement in (_NAMED, _READ):
            rows |= {row[0]: SearchRow(*row) for row in connection.execute(statement, span)}
    exact = asked.beginnings
    ordered = sorted(rows.values(), key=lambda row: (not exact & {row.name_key, row.reading_key}, *_place(row)))
    return {row.customer_id: "" for row in ordered}


def _by_tokens(connection: Connection, asked: _Asked) -> dict[int, str]:
    """Every customer that has all the words somewhere; by reading."""
    tokens = asked_tokens(asked.words)
    if not tokens:
        return {}
    look_up = _by_gin if connection.dialect.name == "postgresql" else _by_fts
    for most in (_LOOKED_AT, _LOOKED_AT_LONGER):
        rows = look_up(connection, tokens, most)
        matching = [row for row in rows if _has_all(row, asked.words)]
        if len(rows) < most or len(matching) >= MOST_FOUND:
            break
    return {row.customer_id: "" for row in sorted(matching, key=_place)}


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


def _by_fts(connection: Connection, tokens: Sequence[str], most: int) -> list[SearchRow]:
    """SQLite gives row after row, and stops where it is told to."""
    match = " AND ".join(f'"{token}"' for token in tokens)
    return [SearchRow(*row) for row in connection.execute(_MATCHING, {"match": match, "most": most})]


def _by_gin(connection: Connection, tokens: Sequence[str], most: int) -> list[SearchRow]:
    """PostgreSQL finds all before it gives the first: what many have is found in the last full slice of them."""
    connection.execute(_NO_SCAN)
    newest = connection.execute(_LAST).scalar_one() or 0
    if newest >> SLICE_BITS:
        near = slice_token(newest - (1 << SLICE_BITS))
        rows = _gin_rows(connection, [*tokens, near], most)
        if len(rows) >= MOST_FOUND:
            return rows
    return _gin_rows(connection, tokens, most)


def _gin_rows(connection: Connection, tokens: Sequence[str], most: int) -> list[SearchRow]:
    return [SearchRow(*row) for row in connection.execute(_CONTAINING, {"tokens": list(tokens), "most": most})]


def _hits(connection: Connection, found: dict[int, str]) -> tuple[CustomerHit, ...]:
    rows = {row[0]: row for row in connection.execute(_FOUND, {"ids": list(found)})} if found else {}
    return tuple(CustomerHit(*rows[key], said) for key, said in found.items() if key in rows)


_searched = customer_search.c
_KEYS = select(_searched.customer_id, _searched.name_key, _searched.reading_key, _searched.marks)


def _beginning(column: Any, then: Any) -> Select[Any]:
    """Without the marks, so that the index alone answers."""
    span = column >= bindparam("first"), column < bindparam("after")
    keys = select(_searched.customer_id, _searched.name_key, _searched.reading_key, literal(""))
    return keys.where(*span).order_by(column, then).limit(_LOOKED_AT)


_NAMED = _beginning(_searched.name_key, _searched.reading_key)
_READ = _beginning(_searched.reading_key, _searched.name_key)
_MATCHING = (
    _KEYS.join_from(customer_fts, customer_search, _searched.customer_id == customer_fts.c.rowid)
    .where(customer_fts.c.customer_fts.op("MATCH")(bindparam("match")))
    .limit(bindparam("most"))
)
_has_tokens = text("string_to_array(tokens, ' ') @> CAST(:tokens AS text[])")
_CONTAINING = _KEYS.where(_has_tokens).limit(bindparam("most"))
_NO_SCAN = text("SET LOCAL enable_seqscan = off")  # its guess of how many have two tokens together can be far out
_LAST = select(func.max(_searched.customer_id))
_orders = select(purchase.c.customer_id, purchase.c.order_no)
_OWN_CODE = union_all(
    select(func.coalesce(customer.c.merged_into_id, customer.c.id), literal("")).where(
        customer.c.customer_no.in_(bindparam("spelt", expanding=True))
    ),
    _orders.where(purchase.c.order_no.in_(bindparam("spelt", expanding=True))),
)
_ORDERED = (
    _orders.where(purchase.c.order_no >= bindparam("first"), purchase.c.order_no < bindparam("after"))
    .order_by(purchase.c.order_no)
    .limit(MOST_FOUND)
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
