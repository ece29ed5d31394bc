"""A merge taken back, also after later work: what came to the kept customer since stays there.

Merges into one customer are undone newest first: each log knows only what the one before had left.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from db.merging.fields import COLUMNS, Field
from db.merging.links import LINKS, Key, carry_back
from db.merging.merge import count_handlers, locked
from db.merging.pairs import disinherit, restore
from db.merging.phones import appoint, before_parting, forget_learnt, numbers_of
from db.merging.plain import plain, typed
from db.merging.refused import MergeRefused, Why
from db.models import address, customer, merge_log
from db.operators import operator_id
from db.search_index import refresh_tokens


@dataclass(frozen=True, slots=True)
class Undone:
    """Both are customers again; `stayed` are fields that somebody has changed since: they stay as they are."""

    kept_id: int
    merged_id: int
    stayed: tuple[Field, ...]


def undo_merge(connection: Connection, merge_id: int, login: str, at: datetime) -> Undone:
    """Make two of one again. Raises MergeRefused."""
    log = _log(connection, merge_id)
    pair = log.kept_id, log.merged_id
    rows = locked(connection, pair)
    _check(connection, log, rows)
    told = json.loads(log.moved)
    numbers = numbers_of(told["numbers"])
    primaries = before_parting(connection, numbers, log.kept_id)
    for link in LINKS:
        keys: list[Key] = [key if isinstance(key, list) else [key] for key in told["moved"].get(link.name, ())]
        carry_back(connection, link, keys, log.kept_id, log.merged_id)
    forget_learnt(connection, numbers, log.kept_id)
    appoint(connection, log.kept_id, *primaries)
    appoint(connection, log.merged_id, numbers.merged_primary)
    _drop_address(connection, told["added"], rows)
    disinherit(connection, *pair, told["heirs"])
    restore(connection, pair, told["said"])
    stayed = _give_back(connection, rows, log, told["fields"])
    count_handlers(connection, *pair)
    refresh_tokens(connection, pair)
    done = {"undone_at": at, "undone_by_id": operator_id(connection, login)}
    connection.execute(update(merge_log).where(merge_log.c.id == merge_id).values(done))
    return Undone(log.kept_id, log.merged_id, stayed)


def _log(connection: Connection, merge_id: int) -> Any:
    found: Any = connection.execute(select(merge_log).where(merge_log.c.id == merge_id).with_for_update()).one_or_none()
    if found is None:
        raise MergeRefused(Why.GONE)
    return found


def _check(connection: Connection, log: Any, rows: dict[int, Any]) -> None:
    kept, merged = rows[log.kept_id], rows[log.merged_id]
    if log.undone_at is not None:
        raise MergeRefused(Why.UNDONE)
    later = connection.execute(_LATER.where(merge_log.c.id > log.id, _of(log.kept_id))).first()
    if later is not None:
        raise MergeRefused(Why.LATER, " + ".join(later))
    erased = next((one["customer_no"] for one in (kept, merged) if one["erased_at"] is not None), None)
    if erased:
        raise MergeRefused(Why.ERASED, erased)


def _give_back(connection: Connection, rows: dict[int, Any], log: Any, fields: dict[str, Any]) -> tuple[Field, ...]:
    """Values that nobody has changed since are the kept one's old ones again; two columns of one field go together."""
    kept, merged = rows[log.kept_id], rows[log.merged_id]
    stayed = [one for one in Field if any(_is_changed(kept, name, fields) for name in COLUMNS[one])]
    staying = {name for field in stayed for name in COLUMNS[field]}
    back = {
        name: typed(customer.c[name], before)
        for name, (before, _) in fields.items()
        if name not in staying and not _is_changed(kept, name, fields)
    }
    back["version_id"] = kept["version_id"] + 1
    connection.execute(update(customer).where(customer.c.id == log.kept_id).values(back))
    living = {"merged_into_id": None, "version_id": merged["version_id"] + 1}
    connection.execute(update(customer).where(customer.c.id == log.merged_id).values(living))
    return tuple(stayed)


def _is_changed(kept: Any, name: str, fields: dict[str, Any]) -> bool:
    return name in fields and plain(kept[name]) != fields[name][1]


def _drop_address(connection: Connection, added: dict[str, list[int]], rows: dict[int, Any]) -> None:
    """The copy of an address, unless somebody has put it right since: the merged one has it still."""
    texts = [row["address"] for row in rows.values()]
    ours = address.c.id.in_(added.get("address", [])), address.c.text.in_([one for one in texts if one])
    connection.execute(delete(address).where(*ours))


def _of(customer_id: int) -> Any:
    return or_(merge_log.c.kept_id == customer_id, merge_log.c.merged_id == customer_id)


_kept, _merged = customer.alias("kept"), customer.alias("merged")
_LATER = (
    select(_kept.c.customer_no, _merged.c.customer_no)
    .select_from(
        merge_log.join(_kept, _kept.c.id == merge_log.c.kept_id).join(_merged, _merged.c.id == merge_log.c.merged_id)
    )
    .where(merge_log.c.undone_at.is_(None))
    .order_by(merge_log.c.id.desc())
    .limit(1)
)
