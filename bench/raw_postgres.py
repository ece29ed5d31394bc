"""The rows that a pop needs from PostgreSQL by one hand-written lateral query, prepared: the floor of the look-up.

psycopg reads the JSON; no facts are built from it and no text is read as a time.
"""

from typing import Any

import psycopg

from db.standing import READY

_RING = """
SELECT c.id, c.customer_no, c.name, c.reading, c.kind, c.company, c.rank, c.lifecycle_stage, c.memo, c.birth_date,
       c.birth_precision, c.language, c.postal_code, c.address, c.email, c.last_contact_at, c.version_id, own.extension,
       own.is_shared, own.confidence, own.valid_to, own.label, own.last_used_at, own.others,
       numbers.rows, purchases.rows, totals.rows, complaints.rows, t.complaints, t.open_complaints,
       interactions.rows, t.contacts, handlers.rows, follow_ups.rows, cautions.rows, refusals.rows, own.block_state,
       own.block_reason, own.blocked_until
FROM (SELECT p.customer_id, p.extension, n.is_shared, p.confidence, p.valid_to, p.label, p.last_used_at,
             n.block_state, n.block_reason, n.blocked_until, count(*) OVER () AS others
      FROM phone_number n JOIN customer_phone p ON p.phone_number_id = n.id WHERE n.e164 = %s LIMIT 1) own
JOIN customer c ON c.id = own.customer_id AND c.merged_into_id IS NULL AND c.erased_at IS NULL
LEFT JOIN customer_total t ON t.customer_id = c.id
CROSS JOIN LATERAL (SELECT json_agg(r) AS rows FROM (
    SELECT n.raw, n.e164, p.extension, n.kind, p.label, p.is_primary, n.is_shared, p.confidence,
           n.block_state, n.block_reason, n.blocked_until
    FROM customer_phone p JOIN phone_number n ON n.id = p.phone_number_id WHERE p.customer_id = c.id
    ORDER BY p.is_primary DESC, p.id LIMIT 20) r) numbers
CROSS JOIN LATERAL (SELECT json_agg(r) AS rows FROM (
    SELECT o.id, o.order_no, o.ordered_at, o.state, o.amount, o.currency, items.rows AS items
    FROM (SELECT * FROM purchase WHERE customer_id = c.id ORDER BY ordered_at DESC, id DESC LIMIT 20) o
    CROSS JOIN LATERAL (SELECT json_agg(r) AS rows FROM (
        SELECT i.name, i.quantity, i.amount FROM purchase_item i WHERE i.purchase_id = o.id AND i.position <= 50
        ORDER BY i.position) r) items
    ORDER BY o.ordered_at DESC, o.id DESC) r) purchases
CROSS JOIN LATERAL (SELECT json_agg(r) AS rows FROM (
    SELECT currency, amount, purchases FROM purchase_total WHERE customer_id = c.id
    ORDER BY purchases DESC, currency) r) totals
CROSS JOIN LATERAL (SELECT json_agg(r) AS rows FROM (
    SELECT m.handler_id, m.id, m.complaint_no, m.category, m.severity, m.state,
           m.state NOT IN ('resolved', 'verified', 'closed') AS is_open, o.name, m.received_at, m.due_at, m.text,
           m.resolution
    FROM complaint m LEFT JOIN operator o ON o.id = m.handler_id WHERE m.customer_id = c.id
    ORDER BY is_open DESC, m.received_at DESC, m.id DESC LIMIT 20) r) complaints
CROSS JOIN LATERAL (SELECT json_agg(r) AS rows FROM (
    SELECT i.started_at, i.channel, i.direction, i.kind, i.subject, o.name, d.label_ja, d.label_en, i.excerpt, i.id
    FROM (SELECT * FROM interaction WHERE customer_id = c.id ORDER BY started_at DESC, id DESC LIMIT 20) i
    LEFT JOIN operator o ON o.id = i.handler_id LEFT JOIN disposition d ON d.id = i.disposition_id
    ORDER BY i.started_at DESC, i.id DESC) r) interactions
CROSS JOIN LATERAL (SELECT json_agg(r) AS rows FROM (
    SELECT h.operator_id, o.name, h.last_at, h.count, h.last_subject FROM customer_handler h
    JOIN operator o ON o.id = h.operator_id WHERE h.customer_id = c.id
    ORDER BY h.last_at DESC, h.operator_id LIMIT 20) r) handlers
CROSS JOIN LATERAL (SELECT json_agg(r) AS rows FROM (
    SELECT f.id, f.kind, f.due_at, o.name, f.text FROM follow_up f LEFT JOIN operator o ON o.id = f.assignee_id
    WHERE f.customer_id = c.id AND f.done_at IS NULL ORDER BY f.due_at, f.id LIMIT 20) r) follow_ups
CROSS JOIN LATERAL (SELECT json_agg(r) AS rows FROM (
    SELECT u.id, u.reason, o.name, u.created_at, u.expires_at
    FROM caution u LEFT JOIN operator o ON o.id = u.created_by_id WHERE u.customer_id = c.id
    ORDER BY u.expires_at IS NULL DESC, u.expires_at DESC, u.id DESC LIMIT 20) r) cautions
CROSS JOIN LATERAL (SELECT json_agg(r) AS rows FROM (
    SELECT channel, contact_point, purpose, status, at
    FROM (SELECT *, row_number() OVER (PARTITION BY channel, contact_point, purpose ORDER BY at DESC, id DESC) AS age
          FROM consent WHERE customer_id = c.id) s
    WHERE age = 1 AND status <> 'granted' ORDER BY at DESC LIMIT 20) r) refusals
"""
_LISTS = {
    "numbers": 24,
    "purchases": 25,
    "complaints": 27,
    "interactions": 30,
    "handlers": 32,
    "cautions": 34,
    "refusals": 35,
}


def open_raw(url: str) -> "psycopg.Connection[Any]":
    """A connection that prepares each statement at once, and plans it once, as ours does."""
    connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)
    for setting in READY:
        connection.execute(f"SET {setting}".encode())
    return connection


def fetch(connection: "psycopg.Connection[Any]", number: str) -> tuple[Any, ...]:
    """The one row for `number` (E.164 with its plus)."""
    row: tuple[Any, ...] | None = connection.execute(_RING, (int(number[1:]),)).fetchone()
    assert row is not None
    return row


def lengths(row: tuple[Any, ...]) -> dict[str, int]:
    """How many rows each list has."""
    told = {name: len(row[place] or ()) for name, place in _LISTS.items()}
    return {**told, "items": sum(len(one["items"] or ()) for one in row[_LISTS["purchases"]] or ())}
