"""Interactions of a file. They have no key of their own: the same contact told again is the same interaction."""

from datetime import datetime

from db.importing.history import find_handlers, find_owners, write_handlers
from db.importing.last_contact import bring_forward
from db.importing.layout import INTERACTION, REFUSAL, Layout
from db.importing.staged import ImportPlan
from db.importing.workbench import Workbench

_NEW = Layout("new_interaction", ("row key",), key=True)


def gather(bench: Workbench) -> None:
    """Bring together what the workers staged."""
    for layout in (INTERACTION, REFUSAL):
        bench.gather(layout)


def compare(bench: Workbench, plan: ImportPlan) -> None:
    """Find out all that is to be written."""
    bench.make(_NEW)
    find_owners(bench, INTERACTION.name, plan)
    find_handlers(bench, INTERACTION.name)
    bench.run(_FIND_NEW)
    bench.learn(_NEW.name)


def sizes(bench: Workbench) -> dict[str, int]:
    """How many keys each table is to count on."""
    return {"operator": int(bench.one("SELECT count(*) FROM told_handler WHERE n IS NOT NULL"))}


def write(bench: Workbench, plan: ImportPlan, bases: dict[str, int], at: datetime) -> None:
    """Write it, and bring up to date who dealt with whom, and when the last contact was."""
    write_handlers(bench, bases["operator"])
    bench.run(_INSERT, operators=bases["operator"])
    bench.run(_COUNT_HANDLERS, operators=bases["operator"])
    bring_forward(bench, INTERACTION.name, "at")


def note_changes(bench: Workbench, batch_no: str, bases: dict[str, int]) -> None:
    """Their keys are no range: each is kept."""
    bench.run(_NOTE, batch=batch_no)


def counts(bench: Workbench) -> tuple[int, int, int]:
    """Interactions that are new, and those that are there: none is ever changed."""
    created = bench.count(_NEW.name)
    return created, 0, bench.count("found") - created


_FIND_NEW = f"""
INSERT INTO new_interaction SELECT min(s.row) FROM {INTERACTION.name} s JOIN found f ON f.row = s.row
WHERE NOT EXISTS (SELECT 1 FROM interaction i WHERE i.id = s.id) GROUP BY s.id ORDER BY 1
"""
_NEW_ONES = f"FROM new_interaction w JOIN {INTERACTION.name} s ON s.row = w.row JOIN found f ON f.row = w.row"
_HANDLER = "coalesce(h.operator_id, :operators + h.n)"
_INSERT = f"""
INSERT INTO interaction (
    id, customer_id, channel, direction, kind, subject, excerpt, handler_id, disposition_id, started_at
)
SELECT s.id, f.customer_id, s.channel, s.direction, s.kind, s.subject, s.text, {_HANDLER}, d.id, s.at {_NEW_ONES}
LEFT JOIN told_handler h ON h.name = substr(s.handler, 1, 64) LEFT JOIN disposition d ON d.code = s.disposition
ORDER BY w.row
"""
_COUNT_HANDLERS = f"""
INSERT INTO customer_handler (customer_id, operator_id, last_at, count, last_subject)
SELECT customer_id, handler_id, last_at, times, subject FROM (
    SELECT i.customer_id, i.handler_id, i.subject, max(i.started_at) OVER own AS last_at, count(*) OVER own AS times,
        row_number() OVER (PARTITION BY i.customer_id, i.handler_id ORDER BY i.started_at DESC, i.id DESC) AS place
    FROM interaction i JOIN (
        SELECT DISTINCT f.customer_id, {_HANDLER} AS handler_id {_NEW_ONES}
        JOIN told_handler h ON h.name = substr(s.handler, 1, 64)
    ) AS touched ON touched.customer_id = i.customer_id AND touched.handler_id = i.handler_id
    WINDOW own AS (PARTITION BY i.customer_id, i.handler_id)
) AS counted WHERE place = 1
ON CONFLICT (customer_id, operator_id) DO UPDATE
SET last_at = excluded.last_at, count = excluded.count, last_subject = excluded.last_subject
"""
_NOTE = f"""
INSERT INTO import_row (batch_id, table_name, record_id, before, after)
SELECT b.id, 'interaction', CAST(s.id AS TEXT), '', '' FROM import_batch b CROSS JOIN (SELECT s.id {_NEW_ONES}) AS s
WHERE b.batch_no = :batch
"""
