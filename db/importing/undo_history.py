"""Takes imported purchases, complaints and interactions back."""

from datetime import datetime
from typing import Any

from db.importing import snapshots
from db.importing.last_contact import TOUCHED, count_again, remember_customers
from db.importing.layout import Layout
from db.importing.workbench import Workbench
from db.models import complaint, metadata, product, purchase

_KEPT = Layout("kept", ("id key",), key=True)


def purchases(bench: Workbench, batch: int, at: datetime) -> tuple[int, int, int, int]:
    """Removed, restored, left since they are in use, left since they were changed."""
    first, last = bench.made(batch, "purchase")
    remember_customers(bench, batch, "purchase")
    _keep_used(bench, purchase.name, ("purchase_item.purchase_id",), first, last)
    bench.run(_KEEP_TOLD_AGAIN, batch=batch, name="purchase", first=first, last=last)
    bench.run(_ITEMS, first=first, last=last)
    removed = bench.run(_GONE.format(table="purchase"), first=first, last=last)
    restored, changed = snapshots.put_back(bench, snapshots.ORDERS, batch)
    count_again(bench)
    in_use = bench.count(_KEPT.name)
    _remove_unused(bench, batch, product.name)
    return removed, restored, in_use, changed


def complaints(bench: Workbench, batch: int, at: datetime) -> tuple[int, int, int, int]:
    """The same; a state that goes back does so with an event."""
    first, last = bench.made(batch, "complaint")
    remember_customers(bench, batch, "complaint")
    _keep_used(bench, complaint.name, ("complaint_event.complaint_id",), first, last)
    bench.run(_KEEP_CHANGED, first=first, last=last)
    bench.run(_EVENTS, first=first, last=last)
    removed = bench.run(_GONE.format(table="complaint"), first=first, last=last)

    def moves(key: int, to: dict[str, Any]) -> None:
        bench.run(_MOVES_BACK, id=key, at=at, state=to["state"])

    restored, changed = snapshots.put_back(bench, snapshots.COMPLAINTS, batch, moves)
    count_again(bench)
    in_use = bench.count(_KEPT.name)
    _remove_unused(bench, batch, "operator")
    return removed, restored, in_use, changed


def interactions(bench: Workbench, batch: int, at: datetime) -> tuple[int, int, int, int]:
    """An interaction of an import is never changed afterwards, only its summaries are brought up to date."""
    bench.make(TOUCHED)
    bench.run(_WHO_IS_TOUCHED, batch=batch)
    removed = bench.run(_INTERACTIONS, batch=batch)
    for statement in (_FORGET_HANDLERS, _COUNT_HANDLERS):
        bench.run(statement)
    count_again(bench)
    _remove_unused(bench, batch, "operator")
    return removed, 0, 0, 0


def _keep_used(bench: Workbench, table: str, own: tuple[str, ...], first: int, last: int) -> None:
    """Whatever refers to a record keeps it."""
    bench.make(_KEPT)
    _keep_referred(bench, table, own, first, last)


def _remove_unused(bench: Workbench, batch: int, table: str) -> None:
    """Products and operators that came with an import go with it, if nothing refers to them any more."""
    first, last = bench.made(batch, table)
    if last < first:
        return
    _keep_used(bench, table, (), first, last)
    bench.run(_GONE.format(table=table), first=first, last=last)


def _keep_referred(bench: Workbench, target: str, own: tuple[str, ...], first: int, last: int) -> None:
    for table in metadata.sorted_tables:
        for column in table.columns:
            refers = any(key.target_fullname == f"{target}.id" for key in column.foreign_keys)
            if refers and f"{table.name}.{column.name}" not in own:
                bench.run(_KEEP_REFERRED.format(table=table.name, column=column.name), first=first, last=last)


_KEEP_REFERRED = """
INSERT INTO kept SELECT DISTINCT {column} FROM {table}
WHERE {column} BETWEEN :first AND :last AND {column} NOT IN (SELECT id FROM kept)
"""
_KEEP_TOLD_AGAIN = """
INSERT INTO kept SELECT DISTINCT record FROM (
    SELECT CASE WHEN table_name = :name THEN CAST(record_id AS BIGINT) END AS record
    FROM import_row WHERE batch_id > :batch AND table_name = :name
) AS told WHERE record BETWEEN :first AND :last AND record NOT IN (SELECT id FROM kept)
"""
_KEEP_CHANGED = """
INSERT INTO kept SELECT id FROM complaint WHERE id BETWEEN :first AND :last AND id NOT IN (SELECT id FROM kept)
AND (version_id > 1 OR id IN (SELECT complaint_id FROM complaint_event WHERE operator_id IS NOT NULL))
"""
_GONE = "DELETE FROM {table} WHERE id BETWEEN :first AND :last AND id NOT IN (SELECT id FROM kept)"
_ITEMS = """
DELETE FROM purchase_item WHERE purchase_id BETWEEN :first AND :last AND purchase_id NOT IN (SELECT id FROM kept)
"""
_EVENTS = """
DELETE FROM complaint_event WHERE complaint_id BETWEEN :first AND :last AND complaint_id NOT IN (SELECT id FROM kept)
"""
_MOVES_BACK = """
INSERT INTO complaint_event (id, complaint_id, at, from_state, to_state, version_id)
SELECT {new_key}, id, :at, state, CAST(:state AS VARCHAR), version_id + 1 FROM complaint
WHERE id = :id AND state <> CAST(:state AS VARCHAR)
"""
_OURS = "SELECT record_id FROM import_row WHERE batch_id = :batch AND table_name = 'interaction'"
_WHO_IS_TOUCHED = f"""
INSERT INTO touched SELECT DISTINCT i.customer_id, i.handler_id FROM interaction i
JOIN ({_OURS}) AS r ON i.id = {{key}}r.record_id{{key_end}}
"""
_INTERACTIONS = f"DELETE FROM interaction WHERE id IN (SELECT {{key}}record_id{{key_end}} FROM ({_OURS}) AS r)"
_FORGET_HANDLERS = """
DELETE FROM customer_handler WHERE EXISTS (
    SELECT 1 FROM touched t WHERE t.customer_id = customer_handler.customer_id
    AND t.operator_id = customer_handler.operator_id
)
"""
_COUNT_HANDLERS = """
INSERT INTO customer_handler (customer_id, operator_id, last_at, count, last_subject)
SELECT customer_id, handler_id, last_at, times, subject FROM (
    SELECT i.customer_id, i.handler_id, i.subject, max(i.started_at) OVER own AS last_at, count(*) OVER own AS times,
        row_number() OVER (PARTITION BY i.customer_id, i.handler_id ORDER BY i.started_at DESC, i.id DESC) AS place
    FROM interaction i JOIN touched t ON t.customer_id = i.customer_id AND t.operator_id = i.handler_id
    WINDOW own AS (PARTITION BY i.customer_id, i.handler_id)
) AS counted WHERE place = 1
"""
