"""What checked rows look like while they are staged: plain tables without an index, one set per kind of file.

Types are words that both databases understand in their own way: a time is aware UTC, a key fits a BIGINT.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from db.importing.staged import (
    Staged,
    StagedComplaint,
    StagedCustomer,
    StagedInteraction,
    StagedPhone,
    StagedPurchase,
)
from db.kinds import CustomerKind, ImportKind
from db.search_tokens import Known, SearchRow, search_row, tokens_of
from db.uuid7 import uuid7, uuid7_within

Rows = list[tuple[Any, ...]]
_WRITTEN = re.compile(r"[0-9+\-()./\s\u30fc\u2010-\u2015\u2212]*")  # ー included
_NO_DIGIT = re.compile(r"[^0-9]")
_ENDING = 8  # digits that a search for an ending compares
_KEY_DIGITS = 15  # of an E.164 number: reversed numbers are padded to it, so that a range finds a suffix


@dataclass(frozen=True, slots=True)
class Layout:
    """A staged table: its columns as "name type" words; `key` makes the first one its primary key."""

    name: str
    columns: tuple[str, ...]
    key: bool = False
    counted: bool = False  # gathered rows get a number "at", in the order of the file

    @property
    def names(self) -> str:
        """The columns' names, separated by commas."""
        return ", ".join(column.split()[0] for column in self.columns)


CUSTOMER = Layout(
    "staged_customer",
    (
        *("row key", "external_id text", "kind text", "name text", "reading text", "company text", "household text"),
        *("email text", "postal_code text", "address text", "birth_date date", "birth_precision text", "rank text"),
        *("memo text", "number_columns text", "name_key text", "reading_key text"),
    ),
    key=True,
)
SEARCH = Layout("staged_search", ("row key", "marks text", "tokens text"), key=True)
PHONE = Layout(
    "staged_phone",
    (
        *("row key", "position integer", "e164 key", "raw text", "extension text", "kind text", "label text"),
        "digits_rev key",
    ),
    counted=True,
)
ITEM = Layout(
    "staged_item",
    (
        *("row key", "customer_no text", "order_no text", "ordered_at time", "product_code text", "product text"),
        *("quantity integer", "unit_price key", "currency text", "tax_rate integer", "state text", "channel text"),
    ),
    key=True,
)
COMPLAINT = Layout(
    "staged_complaint",
    (
        *("row key", "customer_no text", "complaint_no text", "received_at time", "category text", "severity integer"),
        *("product text", "state text", "handler text", "text text", "resolution text", "resolved_at time"),
        *("received_id uuid", "state_id uuid"),
    ),
    key=True,
)
INTERACTION = Layout(
    "staged_interaction",
    (
        *("row key", "customer_no text", "at time", "channel text", "direction text", "kind text", "subject text"),
        *("handler text", "disposition text", "text text", "id uuid"),
    ),
    key=True,
)
REFUSAL = Layout("staged_refusal", ("row key", "field text", "because text", "value text"))
ODD = Layout("staged_odd", REFUSAL.columns)

SQLITE_TYPES = {"key": "INTEGER", "integer": "INTEGER", "text": "TEXT", "time": "TEXT", "date": "TEXT", "uuid": "TEXT"}
"""What the types of the columns are there."""

LAYOUTS = {
    ImportKind.CUSTOMERS: (CUSTOMER, SEARCH, PHONE),
    ImportKind.PURCHASES: (ITEM,),
    ImportKind.COMPLAINTS: (COMPLAINT,),
    ImportKind.INTERACTIONS: (INTERACTION,),
}


def utc_text(iso: str | None) -> str | None:
    """A time as the records keep it on SQLite, which PostgreSQL reads as well. ValueError without a zone."""
    if iso is None:
        return None
    at = datetime.fromisoformat(iso)
    if at.tzinfo is None:
        raise ValueError(f"a time without its zone: {iso}")
    return at.astimezone(UTC).isoformat(" ", "microseconds")


def _made_key(at: str | None, *facts: str) -> UUID:
    """The same whenever it is imported again, whatever the batch."""
    told = datetime.fromisoformat(at or "1970-01-01T00:00:00+00:00")
    return uuid7_within(uuid7(told, lambda _bits: 0), "\n".join(facts))


def _customers(rows: Iterable[Staged]) -> dict[str, Rows]:
    people: Rows = []
    found: Rows = []
    phones: Rows = []
    for one in rows:
        assert isinstance(one, StagedCustomer)
        search = _search_row(one)
        people.append(_person(one, search))
        found.append((one.row, search.marks, tokens_of(search)))
        phones.extend(_numbers(one.row, one.phones or ()))
    return {CUSTOMER.name: people, SEARCH.name: found, PHONE.name: phones}


def _search_row(one: StagedCustomer) -> SearchRow:
    """What he is found by, whatever his key will be."""
    numbers = [(phone.e164, phone.raw) for phone in one.phones or ()]
    codes = [one.external_id] if one.external_id else []
    return search_row(Known(0, one.kind or CustomerKind.UNKNOWN, one.name, one.reading, one.company, codes, numbers))


def _person(one: StagedCustomer, search: SearchRow) -> tuple[Any, ...]:
    return (*one[:7], *one[8:], search.name_key, search.reading_key)


def _numbers(row: int, phones: Sequence[StagedPhone]) -> Rows:
    """Each number of the row once: an address book likes to tell the same one as home and as main."""
    found: dict[tuple[int | str, str], tuple[Any, ...]] = {}
    for position, (e164, raw, extension, kind, label) in enumerate(phones):
        backwards = _backwards(_digits_of(raw) if e164 is None else str(e164))
        key = (raw if e164 is None else e164, extension)
        found.setdefault(key, (row, position, e164, raw, extension, kind, label, backwards))
    return list(found.values())


def _backwards(digits: str) -> int | None:
    return int(digits[::-1].ljust(_KEY_DIGITS, "0")) if len(digits) <= _KEY_DIGITS and digits else None


def _digits_of(raw: str) -> str:
    """Of a number without a key: one that lacks its area code is found by its ending all the same."""
    text = unicodedata.normalize("NFKC", raw)
    digits = _NO_DIGIT.sub("", text) if _WRITTEN.fullmatch(text) else ""
    return digits if len(digits) >= _ENDING else ""  # padded, an extension would be found by 3-0000-0201


def _purchases(rows: Iterable[Staged]) -> dict[str, Rows]:
    made: Rows = []
    for one in rows:
        assert isinstance(one, StagedPurchase)
        made.append((*one[:3], utc_text(one.ordered_at), *one[4:]))
    return {ITEM.name: made}


def _complaints(rows: Iterable[Staged]) -> dict[str, Rows]:
    made: Rows = []
    for one in rows:
        assert isinstance(one, StagedComplaint)
        received = utc_text(one.received_at)
        keys = [_made_key(received, one.complaint_no, step).hex for step in ("received", f"moved to {one.state}")]
        made.append((*one[:3], received, *one[4:11], utc_text(one.resolved_at), *keys))
    return {COMPLAINT.name: made}


def _interactions(rows: Iterable[Staged]) -> dict[str, Rows]:
    made: Rows = []
    for one in rows:
        assert isinstance(one, StagedInteraction)
        at = utc_text(one.at)
        key = _made_key(at, one.customer_no, one.channel, one.direction, one.subject or "", one.text or "")
        made.append((*one[:2], at, *one[3:], key.hex))
    return {INTERACTION.name: made}


FLATTENED: dict[ImportKind, Callable[[Iterable[Staged]], dict[str, Rows]]] = {
    ImportKind.CUSTOMERS: _customers,
    ImportKind.PURCHASES: _purchases,
    ImportKind.COMPLAINTS: _complaints,
    ImportKind.INTERACTIONS: _interactions,
}
"""Checked rows as tuples for the staged tables of their kind."""
