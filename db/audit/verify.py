"""Does the chain of the audit log hold? Every entry is hashed anew, page by page, and compared with what it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from db.audit.chain import START, AuditEntry, hash_of
from db.audit.seen import Seen
from db.models import audit_log

_PAGE = 5_000


class Fault(StrEnum):
    """Where a chain breaks."""

    MISSING = "missing"  # a number is left out
    CUT = "cut"  # it does not follow the entry before it
    ALTERED = "altered"  # its words are not those that were hashed
    OTHER = "other"  # it is not the entry that was noted down
    SHORT = "short"  # the entry that was noted down is gone


@dataclass(frozen=True, slots=True)
class Verdict:
    """The entries up to the first fault, all of them where there is none; `broken_at` is the number of that entry."""

    entries: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    last_hash: str = START
    fault: Fault | None = None
    broken_at: int | None = None


def verify(connection: Connection, seen: Seen | None = None) -> Verdict:
    """Ask inside `db.engine.reading`: all of it at one moment."""
    number, before, first, last = 0, START, None, None
    for row in _rows(connection):
        fault = _fault(row, number + 1, before, seen)
        if fault is not None:
            return Verdict(number, first, last, before, fault, number + 1)
        number, before, first, last = row.number, row.hash, first or row.at, row.at
    is_short = seen is not None and number < seen.number
    return Verdict(number, first, last, before, Fault.SHORT if is_short else None, number + 1 if is_short else None)


def _fault(row: Any, number: int, before: str, seen: Seen | None) -> Fault | None:
    if row.number != number:
        return Fault.MISSING
    if row.previous_hash != before:
        return Fault.CUT
    entry = AuditEntry(row.id, row.at, row.operator, row.desk, row.action, row.subject, row.record, row.details)
    if hash_of(number, entry, before) != row.hash:
        return Fault.ALTERED
    is_other = seen is not None and seen.number == number and not row.hash.startswith(seen.hash)
    return Fault.OTHER if is_other else None


def _rows(connection: Connection) -> Iterator[Any]:
    asked, last = select(audit_log).order_by(audit_log.c.number).limit(_PAGE), 0
    while page := connection.execute(asked.where(audit_log.c.number > last)).all():
        yield from page
        last = page[-1].number
