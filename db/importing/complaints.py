"""Complaints of a file. The state of one that is there moves with an event, as it does at a desk."""

from datetime import datetime

from db.importing import snapshots
from db.importing.history import find_handlers, find_owners, refuse, write_handlers
from db.importing.last_contact import bring_forward
from db.importing.layout import COMPLAINT, REFUSAL, Layout
from db.importing.staged import ImportPlan
from db.importing.told import ChangedMeanwhile
from db.importing.workbench import Workbench
from db.kinds import OPEN_STATES

_NEW = Layout("new_complaint", ("row key", "n key"), key=True)
_KNOWN = Layout("known_complaint", ("row key", "id key"), key=True)
_CHANGED = Layout("changed", ("id key", "row key", "version_id integer", "old_state text"), key=True)
_PRODUCT = Layout("named_product", ("name text", "id key"))


def gather(bench: Workbench) -> None:
    """Bring together what the workers staged."""
    for layout in (COMPLAINT, REFUSAL):
        bench.gather(layout)


def compare(bench: Workbench, plan: ImportPlan) -> None:
    """Find out all that is to be written."""
    for layout in (_NEW, _KNOWN, _CHANGED, _PRODUCT):
        bench.make(layout)
    find_owners(bench, COMPLAINT.name, plan)
    refuse(bench, COMPLAINT.name, "complaint_no", "twice", _REPEATED)
    refuse(bench, COMPLAINT.name, "complaint_no", "other_customer", _ANOTHERS)
    find_handlers(bench, COMPLAINT.name)
    for statement in (_PRODUCTS_BY_CODE, _PRODUCTS_BY_NAME, _KNOW, _COUNT_NEW, _COMPARE):
        bench.run(statement)
    bench.learn(_NEW.name)


def sizes(bench: Workbench) -> dict[str, int]:
    """How many keys each table is to count on."""
    handlers = int(bench.one("SELECT count(*) FROM told_handler WHERE n IS NOT NULL"))
    return {"operator": handlers, "complaint": bench.count(_NEW.name)}


def write(bench: Workbench, plan: ImportPlan, bases: dict[str, int], at: datetime) -> None:
    """Write it. Raises ChangedMeanwhile."""
    write_handlers(bench, bases["operator"])
    bench.run(_INSERT, base=bases["complaint"], operators=bases["operator"])
    bench.run(_RECEIVED, base=bases["complaint"])
    bench.run(_MOVED_NEW, base=bases["complaint"])
    bring_forward(bench, COMPLAINT.name, "received_at")
    changed = bench.count(_CHANGED.name)
    if changed:
        snapshots.take(bench, snapshots.COMPLAINTS)
        bench.run(_MOVED, at=at)
        if bench.run(_UPDATE, operators=bases["operator"]) != changed:
            raise ChangedMeanwhile


def note_changes(bench: Workbench, batch_no: str, bases: dict[str, int]) -> None:
    """Keep what is needed to undo what was changed."""
    if bench.count(_CHANGED.name):
        snapshots.note(bench, snapshots.COMPLAINTS, batch_no)


def counts(bench: Workbench) -> tuple[int, int, int]:
    """Complaints that are new, changed, and as they were."""
    updated = bench.count(_CHANGED.name)
    return bench.count(_NEW.name), updated, bench.count(_KNOWN.name) - updated


_OF_FOUND = f"{COMPLAINT.name} s JOIN found f ON f.row = s.row"
_REPEATED = f"""
SELECT row FROM (
    SELECT s.row, row_number() OVER (PARTITION BY s.complaint_no ORDER BY s.row) AS place FROM {_OF_FOUND}
) AS told WHERE place > 1
"""
_ANOTHERS = f"""
SELECT s.row FROM {_OF_FOUND} JOIN complaint p ON p.complaint_no = s.complaint_no WHERE p.customer_id <> f.customer_id
"""
_NAMED = f"SELECT product FROM {COMPLAINT.name} WHERE product IS NOT NULL"
_PRODUCTS_BY_CODE = f"INSERT INTO named_product SELECT code, id FROM product WHERE code IN ({_NAMED})"
_PRODUCTS_BY_NAME = f"""
INSERT INTO named_product SELECT name, min(id) FROM product WHERE name IN ({_NAMED})
AND name NOT IN (SELECT name FROM named_product) GROUP BY name
"""
_KNOW = f"""
INSERT INTO known_complaint SELECT s.row, p.id FROM {_OF_FOUND} JOIN complaint p ON p.complaint_no = s.complaint_no
"""
_COUNT_NEW = f"""
INSERT INTO new_complaint SELECT s.row, row_number() OVER (ORDER BY s.row) FROM {_OF_FOUND}
WHERE s.row NOT IN (SELECT row FROM known_complaint)
"""
_WITH_WORDS = """
LEFT JOIN told_handler h ON h.name = substr(s.handler, 1, 64) LEFT JOIN named_product d ON d.name = s.product
"""
_COMPARE = f"""
INSERT INTO changed SELECT p.id, s.row, p.version_id, p.state
FROM known_complaint k JOIN {COMPLAINT.name} s ON s.row = k.row JOIN complaint p ON p.id = k.id {_WITH_WORDS}
WHERE p.received_at <> s.received_at OR p.category <> s.category OR p.severity <> s.severity OR p.state <> s.state
OR coalesce(d.id, p.product_id) IS DISTINCT FROM p.product_id OR coalesce(s.text, p.text) IS DISTINCT FROM p.text
OR coalesce(s.resolution, p.resolution) IS DISTINCT FROM p.resolution
OR coalesce(s.resolved_at, p.resolved_at) IS DISTINCT FROM p.resolved_at
OR s.handler IS NOT NULL AND h.operator_id IS DISTINCT FROM p.handler_id
"""
_HANDLER = "coalesce(h.operator_id, :operators + h.n)"
_INSERT = f"""
INSERT INTO complaint (
    id, complaint_no, customer_id, category, severity, state, product_id, handler_id, received_at, resolved_at, text,
    resolution, reopened_count, version_id
)
SELECT :base + w.n, s.complaint_no, f.customer_id, s.category, s.severity, s.state, d.id, {_HANDLER}, s.received_at,
    s.resolved_at, s.text, s.resolution, 0, 1
FROM new_complaint w JOIN {COMPLAINT.name} s ON s.row = w.row JOIN found f ON f.row = w.row {_WITH_WORDS} ORDER BY w.n
"""
_RECEIVED = f"""
INSERT INTO complaint_event (id, complaint_id, at, from_state, to_state)
SELECT s.received_id, :base + w.n, s.received_at, NULL, 'received'
FROM new_complaint w JOIN {COMPLAINT.name} s ON s.row = w.row
"""
_MOVED_NEW = f"""
INSERT INTO complaint_event (id, complaint_id, at, from_state, to_state)
SELECT s.state_id, :base + w.n, coalesce(s.resolved_at, s.received_at), 'received', s.state
FROM new_complaint w JOIN {COMPLAINT.name} s ON s.row = w.row WHERE s.state <> 'received'
"""
_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
_UPDATE = f"""
UPDATE complaint SET version_id = t.version_id + 1, received_at = t.received_at, category = t.category,
    severity = t.severity, state = t.state, product_id = coalesce(t.product, complaint.product_id),
    handler_id = coalesce(t.handler, complaint.handler_id), text = coalesce(t.text, complaint.text),
    resolution = coalesce(t.resolution, complaint.resolution),
    resolved_at = coalesce(t.resolved_at, complaint.resolved_at),
    reopened_count = complaint.reopened_count
        + CASE WHEN t.old_state NOT IN ({_OPEN}) AND t.state IN ({_OPEN}) THEN 1 ELSE 0 END
FROM (
    SELECT c.id, c.version_id, c.old_state, s.received_at, s.category, s.severity, s.state, d.id AS product,
        {_HANDLER} AS handler, s.text, s.resolution, s.resolved_at
    FROM changed c JOIN {COMPLAINT.name} s ON s.row = c.row {_WITH_WORDS}
) AS t WHERE complaint.id = t.id AND complaint.version_id = t.version_id
"""
_MOVED = f"""
INSERT INTO complaint_event (id, complaint_id, at, from_state, to_state, version_id)
SELECT {{new_key}}, c.id, :at, c.old_state, s.state, c.version_id + 1
FROM changed c JOIN {COMPLAINT.name} s ON s.row = c.row WHERE c.old_state <> s.state
"""
