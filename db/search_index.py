"""Keeps what customers and notes are found by in step with the records.

Whoever writes a customer, a number or a note calls this in the same transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, bindparam, delete, exists, insert, select, text

from db.living import DESKS
from db.models import (
    customer,
    customer_phone,
    customer_search,
    external_ref,
    note,
    note_revision,
    note_search,
    phone_number,
)
from db.search_slices import slice_token
from db.search_tokens import Known, SearchRow, note_tokens, search_row, tokens_of

_AT_ONCE = 500
_FTS = {customer_search: "customer_fts", note_search: "note_fts"}


def refresh_tokens(connection: Connection, customer_ids: Iterable[int]) -> None:
    """Bring these customers up to date, after their names, numbers or keys were written, merged or erased."""
    for ids in _batches(customer_ids):
        wanted = {row.customer_id: row for row in _rows_of(connection, ids)}  # locked: another desk may do the same
        kept = {row.customer_id: row for row in _indexed(connection, ids)}
        forget_rows(connection, [row for key, row in kept.items() if wanted.get(key) != row])
        index_rows(connection, [row for key, row in wanted.items() if kept.get(key) != row])


def forget_customers(connection: Connection, customer_ids: Iterable[int]) -> None:
    """Take them out of the search, before they are deleted."""
    for ids in _batches(customer_ids):
        forget_rows(connection, _indexed(connection, ids))


def index_rows(connection: Connection, rows: Sequence[SearchRow]) -> None:
    """Add customers that are not in the search yet; an import makes the rows itself."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.executemany("INSERT INTO customer_search VALUES (?, ?, ?, ?, NULL)", rows)
        driver.executemany(
            "INSERT INTO customer_fts (rowid, tokens) VALUES (?, ?)",
            [(row.customer_id, tokens_of(row)) for row in rows],
        )
    else:
        _copy(connection, "customer_search", ((*row, _with_slice(row.customer_id, tokens_of(row))) for row in rows))


def forget_rows(connection: Connection, rows: Sequence[SearchRow]) -> None:
    """Take out rows just as they were added: FTS5 finds what to delete by its tokens."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _forget_tokens(connection, "customer_fts", [(row.customer_id, tokens_of(row)) for row in rows])
    gone = customer_search.c.customer_id.in_([row.customer_id for row in rows])
    connection.execute(delete(customer_search).where(gone))


def index_note(connection: Connection, note_id: UUID) -> None:
    """Bring a note up to date with its newest revision."""
    connection.execute(_NOTE, {"note_id": note_id})
    newest: Any = connection.execute(_NEWEST, {"note_id": note_id}).first()
    kept: Any = connection.execute(_NOTE_KEPT, {"note_id": note_id}).first()
    if newest is None or (kept is not None and kept.revision == newest.number):
        return
    if kept is not None:
        _forget(connection, kept)
    _add_note(connection, note_id, newest.number, newest.text)


def forget_note(connection: Connection, note_id: UUID) -> None:
    """Take a note out of the search, before its words are erased; `index_note` adds what is left of it."""
    connection.execute(_NOTE, {"note_id": note_id})
    kept: Any = connection.execute(_NOTE_KEPT, {"note_id": note_id}).first()
    if kept is not None:
        _forget(connection, kept)


def index_everything(connection: Connection) -> None:
    """Add every customer and note that is not in the search yet, as after an upgrade."""
    if connection.dialect.name == "postgresql":  # it goes on as it planned for tables that were empty at the time
        connection.execute(text("SET LOCAL enable_seqscan = off"))
    last = 0
    while ids := connection.execute(_NEXT, {"last": last, "most": _AT_ONCE}).scalars().all():
        kept = {row.customer_id for row in _indexed(connection, ids)}
        index_rows(connection, _rows_of(connection, [key for key in ids if key not in kept]))
        last = ids[-1]
    for note_id in connection.execute(_NOTES_NOT_INDEXED).scalars().all():
        index_note(connection, note_id)


def not_indexed(connection: Connection, most: int) -> tuple[list[int], list[UUID]]:
    """Customers and notes that no search would find; at most so many of each."""
    customers = connection.execute(_NOT_INDEXED, {"last": 0, "most": most}).scalars().all()
    notes = connection.execute(_NOTES_NOT_INDEXED.limit(most)).scalars().all()
    return list(customers), list(notes)


def _forget(connection: Connection, kept: Any) -> None:
    """FTS5 finds what to delete by its tokens, so by the words that were added."""
    if connection.dialect.name == "sqlite":
        _forget_tokens(connection, "note_fts", [(kept.id, note_tokens(kept.text))])
    connection.execute(delete(note_search).where(note_search.c.id == kept.id))


def _with_slice(key: int, tokens: str) -> str:
    return f"{tokens} {slice_token(key)}"


def _add_note(connection: Connection, note_id: UUID, revision: int, text: str) -> None:
    tokens = note_tokens(text)
    row = {"note_id": note_id, "revision": revision}
    key = connection.execute(insert(note_search).values(row).returning(note_search.c.id)).scalar_one()
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute("INSERT INTO note_fts (rowid, tokens) VALUES (?, ?)", (key, tokens))
    else:
        kept = {"tokens": _with_slice(key, tokens)}
        connection.execute(note_search.update().where(note_search.c.id == key).values(kept))


def _forget_tokens(connection: Connection, fts: str, keyed: Sequence[tuple[int, str]]) -> None:
    driver: Any = connection.connection.driver_connection
    driver.executemany(f"INSERT INTO {fts} ({fts}, rowid, tokens) VALUES ('delete', ?, ?)", keyed)  # noqa: S608 -- ours


def _copy(connection: Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _batches(keys: Iterable[int]) -> Iterator[Sequence[int]]:
    each = list(dict.fromkeys(keys))
    return (each[start : start + _AT_ONCE] for start in range(0, len(each), _AT_ONCE))


def _indexed(connection: Connection, ids: Sequence[int]) -> list[SearchRow]:
    return [SearchRow(*row) for row in connection.execute(_KEPT, {"ids": list(ids)})]


def _rows_of(connection: Connection, ids: Sequence[int]) -> list[SearchRow]:
    among = {"ids": list(ids)}
    customers = connection.execute(_CUSTOMERS, among).all()
    codes: dict[int, list[str]] = {}
    numbers: dict[int, list[tuple[int | None, str]]] = {}
    for statement in (_CODES, _FORMER_CODES):
        for key, code in connection.execute(statement, among):
            codes.setdefault(key, []).append(code)
    for key, e164, raw in connection.execute(_NUMBERS, among):
        numbers.setdefault(key, []).append((e164, raw))
    return [
        search_row(Known(key, kind, name, reading, company, [no, *codes.get(key, ())], numbers.get(key, ())))
        for key, kind, name, reading, company, no in customers
    ]


def _among(statement: Select[Any], column: Any) -> Select[Any]:
    return statement.where(column.in_(bindparam("ids", expanding=True))).order_by(column)


_search = customer_search.c
_KEPT = _among(
    select(_search.customer_id, _search.name_key, _search.reading_key, _search.marks), customer_search.c.customer_id
)
_whole = customer.c.merged_into_id.is_(None), customer.c.erased_at.is_(None)
_CUSTOMERS = _among(
    select(
        customer.c.id, customer.c.kind, customer.c.name, customer.c.reading, customer.c.company, customer.c.customer_no
    ).where(*_whole),
    customer.c.id,
).with_for_update(key_share=True)
_CODES = _among(
    select(external_ref.c.customer_id, external_ref.c.external_id).where(external_ref.c.system != DESKS),
    external_ref.c.customer_id,
).order_by(external_ref.c.system, external_ref.c.external_id)
_FORMER_CODES = _among(  # of those who were merged into these
    select(customer.c.merged_into_id, customer.c.customer_no), customer.c.merged_into_id
).order_by(customer.c.id)
_NUMBERS = _among(
    select(customer_phone.c.customer_id, phone_number.c.e164, phone_number.c.raw).join_from(
        customer_phone, phone_number, phone_number.c.id == customer_phone.c.phone_number_id
    ),
    customer_phone.c.customer_id,
).order_by(phone_number.c.id)
_NEXT = select(customer.c.id).where(customer.c.id > bindparam("last")).order_by(customer.c.id).limit(bindparam("most"))
_NOT_INDEXED = (
    select(customer.c.id)
    .where(*_whole, customer.c.id > bindparam("last"), ~exists().where(customer_search.c.customer_id == customer.c.id))
    .order_by(customer.c.id)
    .limit(bindparam("most"))
)
_NOTE = select(note.c.id).where(note.c.id == bindparam("note_id")).with_for_update(key_share=True)
_NEWEST = (
    select(note_revision.c.number, note_revision.c.text)
    .where(note_revision.c.note_id == bindparam("note_id"))
    .order_by(note_revision.c.number.desc())
    .limit(1)
)
_NOTE_KEPT = select(note_search.c.id, note_search.c.revision, note_revision.c.text).where(
    note_search.c.note_id == bindparam("note_id"),
    and_(note_revision.c.note_id == note_search.c.note_id, note_revision.c.number == note_search.c.revision),
)
_NOTES_NOT_INDEXED = (
    select(note.c.id).where(~exists().where(note_search.c.note_id == note.c.id)).order_by(note.c.created_at, note.c.id)
)
