"""An entry of the audit log, how it is hashed, and how it gets behind the last one.

The hash of an entry is the SHA-256, in hexadecimal, of its canonical form: a JSON array in UTF-8 without blanks, its
texts unescaped where JSON allows, of FORM, number, id, time (UTC, ISO 8601 with microseconds and +00:00), operator,
desk, action, subject, record, details and the hash of the entry before, which for the first is START.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, insert, select, text

from db.models import audit_log

FORM = "omote audit 1"
START = "0" * 64
_TURN = 0x4F6D6F74654175  # "OmoteAu": PostgreSQL's lock of whoever adds an entry


class AuditAction(StrEnum):
    """What was done. A word of its own may come without a migration."""

    CARD_OPENED = "card_opened"
    CALL_OPENED = "call_opened"
    EXPORT_BEGUN = "export_begun"
    EXPORT_ENDED = "export_ended"
    IMPORTED = "imported"
    MERGED = "merged"
    MERGE_UNDONE = "merge_undone"
    IMPORT_UNDONE = "import_undone"
    ERASED = "erased"
    RETENTION = "retention"
    RULE_CHANGED = "rule_changed"
    HELD = "held"
    RELEASED = "released"
    ROLE_CHANGED = "role_changed"
    CHECKED = "checked"
    REVIEWED = "reviewed"
    REVIEW_ANSWERED = "review_answered"
    REVIEWS_DRAWN = "reviews_drawn"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What one entry says: its id is made where it happened, so that written again it adds nothing.

    `record` is the key of a row of the table `subject`; `details` hold JSON, and nothing by which a customer is known.
    """

    id: UUID
    at: datetime
    operator: str
    desk: str
    action: str
    subject: str = ""
    record: str = ""
    details: str = ""


def append(connection: Connection, entry: AuditEntry) -> None:
    """Behind the last entry, in the caller's transaction; nothing where it is there already.

    On PostgreSQL whoever adds waits until the one before has committed: add as the last thing of a transaction, so
    that nobody who waits holds what the other wants.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_WAIT, {"turn": _TURN})
    if connection.execute(_KNOWN, {"id": entry.id}).first() is not None:
        return
    last = connection.execute(_LAST).first()
    number, before = (last.number + 1, last.hash) if last is not None else (1, START)
    row = {name: getattr(entry, name) for name in AuditEntry.__dataclass_fields__}
    made = {"number": number, "previous_hash": before, "hash": hash_of(number, entry, before)}
    connection.execute(insert(audit_log), {**row, **made})


def hash_of(number: int, entry: AuditEntry, before: str) -> str:
    """As the canonical form in this file's head says."""
    told = [
        FORM, number, str(entry.id), entry.at.astimezone(UTC).isoformat("T", "microseconds"), entry.operator,
        entry.desk, entry.action, entry.subject, entry.record, entry.details, before,
    ]  # fmt: skip
    return sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


_WAIT = text("SELECT pg_advisory_xact_lock(:turn)")
_id: BindParameter[Any] = BindParameter("id", type_=audit_log.c.id.type)
_KNOWN = select(audit_log.c.number).where(audit_log.c.id == _id)
_LAST = select(audit_log.c.number, audit_log.c.hash).order_by(audit_log.c.number.desc()).limit(1)
