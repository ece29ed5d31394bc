"""The same rows that a pop needs, by hand-written SQL on a bare sqlite3 connection: the floor of the look-up.

No facts are built from the rows and no text is read as a time.
"""

import sqlite3
from typing import Any

Rows = list[tuple[Any, ...]]

_OWNERS = """
SELECT c.id, c.customer_no, c.name, c.reading, c.kind, p.extension, n.is_shared, p.confidence, p.valid_to, p.label,
       c.company, p.last_used_at
FROM phone_number n JOIN customer_phone p ON p.phone_number_id = n.id JOIN customer c ON c.id = p.customer_id
WHERE n.e164 = :e164 AND c.merged_into_id IS NULL AND c.erased_at IS NULL
UNION ALL
SELECT c.id, c.customer_no, c.name, c.reading, c.kind, '', n.is_shared, p.confidence, p.valid_to, NULL, h.name, NULL
FROM phone_number n JOIN customer_phone p ON p.phone_number_id = n.id
JOIN household_member o ON o.customer_id = p.customer_id JOIN household h ON h.id = o.household_id
JOIN household_member m ON m.household_id = h.id JOIN customer c ON c.id = m.customer_id
WHERE n.e164 = :e164 AND NOT n.is_shared AND c.merged_into_id IS NULL AND c.erased_at IS NULL
UNION ALL
SELECT c.id, c.customer_no, c.name, c.reading, c.kind, '', n.is_shared, p.confidence, p.valid_to, NULL, b.name, NULL
FROM phone_number n JOIN customer_phone p ON p.phone_number_id = n.id
JOIN company_link l ON l.company_id = p.customer_id JOIN customer b ON b.id = l.company_id
JOIN customer c ON c.id = l.person_id
WHERE n.e164 = :e164 AND c.merged_into_id IS NULL AND c.erased_at IS NULL
LIMIT 60
"""
_BUNDLE = {
    "customer": """
SELECT t.complaints, t.open_complaints, t.contacts, c.id, c.customer_no, c.kind, c.name, c.reading, c.company, c.rank,
       c.lifecycle_stage, c.memo, c.birth_date, c.birth_precision, c.language, c.postal_code, c.address, c.email,
       c.last_contact_at, c.version_id
FROM customer c LEFT JOIN customer_total t ON t.customer_id = c.id
WHERE c.id = :customer AND c.merged_into_id IS NULL AND c.erased_at IS NULL""",
    "numbers": """
SELECT n.raw, n.e164, p.extension, n.kind, p.label, p.is_primary, n.is_shared, p.confidence,
       n.block_state, n.block_reason, n.blocked_until
FROM customer_phone p JOIN phone_number n ON n.id = p.phone_number_id WHERE p.customer_id = :customer
ORDER BY p.is_primary DESC, p.id LIMIT 20""",
    "purchases": """
SELECT id, order_no, ordered_at, state, amount, currency FROM purchase WHERE customer_id = :customer
ORDER BY ordered_at DESC, id DESC LIMIT 20""",
    "items": """
SELECT i.purchase_id, i.name, i.quantity, i.amount
FROM (SELECT id FROM purchase WHERE customer_id = :customer ORDER BY ordered_at DESC, id DESC LIMIT 20) o
JOIN purchase_item i ON i.purchase_id = o.id AND i.position <= 50 ORDER BY i.purchase_id, i.position""",
    "totals": """
SELECT currency, amount, purchases FROM purchase_total WHERE customer_id = :customer
ORDER BY purchases DESC, currency""",
    "complaints": """
SELECT m.handler_id, m.id, m.complaint_no, m.category, m.severity, m.state,
       m.state NOT IN ('resolved', 'verified', 'closed') AS is_open, o.name, m.received_at, m.due_at, m.text,
       m.resolution
FROM complaint m LEFT JOIN operator o ON o.id = m.handler_id WHERE m.customer_id = :customer
ORDER BY is_open DESC, m.received_at DESC, m.id DESC LIMIT 20""",
    "interactions": """
SELECT i.started_at, i.channel, i.direction, i.kind, i.subject, o.name, d.label_ja, d.label_en, i.excerpt, i.id
FROM interaction i LEFT JOIN operator o ON o.id = i.handler_id LEFT JOIN disposition d ON d.id = i.disposition_id
WHERE i.customer_id = :customer ORDER BY i.started_at DESC, i.id DESC LIMIT 20""",
    "handlers": """
SELECT h.operator_id, o.name, h.last_at, h.count, h.last_subject FROM customer_handler h
JOIN operator o ON o.id = h.operator_id WHERE h.customer_id = :customer
ORDER BY h.last_at DESC, h.operator_id LIMIT 20""",
    "follow_ups": """
SELECT f.id, f.kind, f.due_at, o.name, f.text FROM follow_up f LEFT JOIN operator o ON o.id = f.assignee_id
WHERE f.customer_id = :customer AND f.done_at IS NULL ORDER BY f.due_at, f.id LIMIT 20""",
    "cautions": """
SELECT c.id, c.reason, o.name, c.created_at, c.expires_at FROM caution c LEFT JOIN operator o ON o.id = c.created_by_id
WHERE c.customer_id = :customer ORDER BY c.expires_at IS NULL DESC, c.expires_at DESC, c.id DESC LIMIT 20""",
    "refusals": """
SELECT channel, contact_point, purpose, status, at
FROM (SELECT *, row_number() OVER (PARTITION BY channel, contact_point, purpose ORDER BY at DESC, id DESC) AS age
      FROM consent WHERE customer_id = :customer) s
WHERE age = 1 AND status <> 'granted' ORDER BY at DESC LIMIT 20""",
}


def open_raw(path: str) -> sqlite3.Connection:
    """A connection that begins by hand; to be used in the thread that opened it."""
    return sqlite3.connect(path, isolation_level=None)


def fetch(connection: sqlite3.Connection, number: str) -> dict[str, Rows]:
    """All rows for `number` (E.164 with its plus), in one snapshot."""
    connection.execute("BEGIN")
    owners = connection.execute(_OWNERS, {"e164": int(number[1:])}).fetchall()
    about = {"customer": owners[0][0]}
    rows = {name: connection.execute(statement, about).fetchall() for name, statement in _BUNDLE.items()}
    connection.execute("COMMIT")
    return {"owners": owners, **rows}


def lengths(rows: dict[str, Rows]) -> dict[str, int]:
    """How many rows each list has."""
    names = "numbers", "purchases", "items", "complaints", "interactions", "handlers", "cautions", "refusals"
    return {name: len(rows[name]) for name in names}
