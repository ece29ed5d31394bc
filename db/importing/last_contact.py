"""When customers were last heard of, as far as files tell: an interaction, an order or a complaint.

It decides whether a number may have changed hands: somebody who only ordered something years ago is no sure owner.
"""

from db.importing.layout import Layout
from db.importing.workbench import Workbench

TOUCHED = Layout("touched", ("customer_id key", "operator_id key"))


def bring_forward(bench: Workbench, table: str, column: str) -> None:
    """By the time in a column of the staged rows that found their customers."""
    bench.run(_BRING_FORWARD.format(table=table, column=column))


def remember_customers(bench: Workbench, batch: int, table: str) -> None:
    """Before an undo: whose records it is about to change."""
    first, last = bench.made(batch, table)
    bench.make(TOUCHED)
    bench.run(_REMEMBER.format(table=table), batch=batch, first=first, last=last)


def count_again(bench: Workbench) -> None:
    """After an undo, for the customers of `touched`."""
    bench.run(_COUNT_AGAIN)


_BRING_FORWARD = """
UPDATE customer SET last_contact_at = t.last_at
FROM (SELECT f.customer_id, max(s.{column}) AS last_at FROM {table} s JOIN found f ON f.row = s.row
    GROUP BY f.customer_id) AS t
WHERE customer.id = t.customer_id AND (customer.last_contact_at IS NULL OR customer.last_contact_at < t.last_at)
"""
_REMEMBER = """
INSERT INTO touched SELECT DISTINCT customer_id, CAST(NULL AS BIGINT) FROM {table}
WHERE id BETWEEN :first AND :last OR id IN (
    SELECT CAST(record_id AS BIGINT) FROM import_row WHERE batch_id = :batch AND table_name = '{table}'
)
"""
_COUNT_AGAIN = """
UPDATE customer SET last_contact_at = (
    SELECT max(at) FROM (
        SELECT max(i.started_at) AS at FROM interaction i WHERE i.customer_id = customer.id
        UNION ALL SELECT max(p.ordered_at) FROM purchase p WHERE p.customer_id = customer.id
        UNION ALL SELECT max(c.received_at) FROM complaint c WHERE c.customer_id = customer.id
    ) AS signs
) WHERE id IN (SELECT customer_id FROM touched)
"""
