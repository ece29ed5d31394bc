"""Customers of a file: who is new, what is told about those who are there, and which numbers are theirs.

`compare` finds everything out beside the records; `write` only inserts and updates, in one short transaction.
"""

from datetime import datetime

from db.importing import findable, homes, number_changes, numbers, told
from db.importing.layout import CUSTOMER, PHONE, REFUSAL, SEARCH, Layout
from db.importing.staged import ImportPlan
from db.importing.who_is_who import FOUND, who_is_who
from db.importing.workbench import Workbench

NEW = Layout("new_row", ("row key", "n key", "customer_no text", "is_ours integer"), key=True)


def gather(bench: Workbench) -> None:
    """Bring together what the workers staged."""
    for layout in (CUSTOMER, PHONE, REFUSAL) if bench.is_sqlite else (CUSTOMER, SEARCH, PHONE, REFUSAL):
        bench.gather(layout)


def compare(bench: Workbench, plan: ImportPlan) -> None:
    """Find out all that is to be written."""
    who_is_who(bench, plan)
    _number_new_ones(bench, plan)
    numbers.compare(bench, plan)
    told.compare(bench)
    homes.compare(bench)


def sizes(bench: Workbench) -> dict[str, int]:
    """How many keys each table is to count on."""
    return {"customer": bench.count(NEW.name), **numbers.sizes(bench), **homes.sizes(bench)}


def write(bench: Workbench, plan: ImportPlan, bases: dict[str, int], at: datetime) -> None:
    """Write it. `bases` are the keys after which each table's new rows are counted."""
    bench.run(_INSERT, base=bases["customer"], at=at)
    if plan.system:
        bench.run(_INSERT_REFERENCES, base=bases["customer"], system=plan.system)
    bench.run(_INSERT_REFERENCES_OF_KNOWN, system=plan.system)
    numbers.write(bench, bases, at)
    findable.write(bench, bases["customer"])
    told.write(bench)
    homes.write(bench, bases)
    findable.refresh(bench)


def note_changes(bench: Workbench, batch_no: str, bases: dict[str, int]) -> None:
    """Keep what is needed to undo what was changed; what was made is known by its keys."""
    bench.run(_NOTE_CHANGED, batch=batch_no)
    bench.run(_NOTE_MEMBERS, batch=batch_no, base=bases["household"])
    bench.run(_NOTE_REFERENCES, batch=batch_no)
    number_changes.note(bench, batch_no)
    _note_columns(bench, batch_no)


def counts(bench: Workbench) -> tuple[int, int, int]:
    """Rows that made a customer, changed one, left one as he was."""
    created, found = bench.count(NEW.name), bench.count(FOUND.name)
    updated = int(bench.one(_TOUCHED))
    return created, updated, found - updated


def _note_columns(bench: Workbench, batch_no: str) -> None:
    """Which columns told numbers: what they told is theirs to give up."""
    told = [row[0].strip(",").split(",") for row in bench.ask(_NUMBER_COLUMNS)]
    names = sorted({name for some in told for name in some})
    bench.run(_NOTE_COLUMNS, batch=batch_no, columns="".join([",", *(f"{name}," for name in names)]))


def _number_new_ones(bench: Workbench, plan: ImportPlan) -> None:
    """New customers get their places; who has no customer number gets the next free one."""
    bench.make(NEW)
    keyed = 0 if plan.system else bench.run(_NEW_WITH_KEY)
    without_key = "" if plan.system else "AND s.external_id = ''"
    numbered = bench.one(_ANY_NEW + without_key + " LIMIT 1") is not None
    if numbered:
        taken = max(bench.one(_HIGHEST) or 0, bench.one(_HIGHEST_IN_FILE) or 0)
        bench.run(_NEW_WITHOUT_KEY + without_key + " ORDER BY s.row", keyed=keyed, taken=taken)
    bench.learn(NEW.name)
    findable.compare(bench)


_IS_NEW = """
s.row NOT IN (SELECT row FROM found) AND s.row NOT IN (SELECT row FROM left_out)
AND s.row NOT IN (SELECT row FROM skipped)
"""
_ANY_NEW = f"SELECT 1 FROM staged_customer s WHERE {_IS_NEW}"
_NEW_WITH_KEY = f"""
INSERT INTO new_row SELECT s.row, row_number() OVER (ORDER BY s.row), s.external_id, 0
FROM staged_customer s WHERE s.external_id <> '' AND {_IS_NEW} ORDER BY s.row
"""
_FREE = ":taken + row_number() OVER (ORDER BY s.row)"
_NEW_WITHOUT_KEY = f"""
INSERT INTO new_row SELECT s.row, :keyed + row_number() OVER (ORDER BY s.row),
'C-' || CASE WHEN {_FREE} < 1000000 THEN substr(CAST(1000000 + {_FREE} AS TEXT), 2) ELSE CAST({_FREE} AS TEXT) END, 1
FROM staged_customer s WHERE {_IS_NEW}
"""
_HIGHEST = """
SELECT max({counted}customer_no{counted_end}) FROM customer
WHERE customer_no LIKE 'C-%' AND length(customer_no) <= 17
"""
_HIGHEST_IN_FILE = """
SELECT max({counted}external_id{counted_end}) FROM staged_customer
WHERE external_id LIKE 'C-%' AND length(external_id) <= 17
"""
_INSERT = """
INSERT INTO customer (
    id, customer_no, kind, name, reading, company, rank, lifecycle_stage, memo, birth_date, birth_precision, language,
    postal_code, address, email, created_at, version_id
)
SELECT :base + r.n, r.customer_no, coalesce(s.kind, 'unknown'), s.name, s.reading, s.company, s.rank, 'active', s.memo,
    s.birth_date, s.birth_precision, 'ja', s.postal_code, s.address, s.email, :at, 1
FROM new_row r CROSS JOIN staged_customer s WHERE s.row = r.row ORDER BY r.row
"""
_INSERT_REFERENCES = """
INSERT INTO external_ref (system, external_id, customer_id)
SELECT :system, s.external_id, :base + r.n FROM new_row r CROSS JOIN staged_customer s
WHERE s.row = r.row AND s.external_id <> ''
"""
_INSERT_REFERENCES_OF_KNOWN = """
INSERT INTO external_ref (system, external_id, customer_id)
SELECT :system, s.external_id, f.customer_id
FROM same_name n CROSS JOIN found f CROSS JOIN staged_customer s
WHERE f.row = n.row AND s.row = n.row AND s.external_id <> ''
"""
_TOUCHED = """
SELECT count(*) FROM found f WHERE customer_id IN (SELECT customer_id FROM new_link)
OR customer_id IN (SELECT customer_id FROM changed) OR customer_id IN (SELECT customer_id FROM new_member)
OR customer_id IN (SELECT customer_id FROM number_change)
"""
_NUMBER_COLUMNS = "SELECT DISTINCT number_columns FROM staged_customer WHERE number_columns IS NOT NULL"
_NOTE_COLUMNS = "UPDATE import_batch SET number_columns = :columns WHERE batch_no = :batch"
_NOTE_CHANGED = """
INSERT INTO import_row (batch_id, table_name, record_id, before, after)
SELECT b.id, 'customer', CAST(c.customer_id AS TEXT), c.before, c.after FROM import_batch b CROSS JOIN changed c
WHERE b.batch_no = :batch
"""
_NOTE_MEMBERS = """
INSERT INTO import_row (batch_id, table_name, record_id, before, after)
SELECT b.id, 'household_member', CAST(m.customer_id AS TEXT), '',
    CAST(coalesce(m.household_id, :base + m.household) AS TEXT)
FROM import_batch b CROSS JOIN new_member m WHERE b.batch_no = :batch AND m.customer_id IS NOT NULL
"""
_NOTE_REFERENCES = """
INSERT INTO import_row (batch_id, table_name, record_id, before, after)
SELECT b.id, 'external_ref', s.external_id, '', e.system
FROM import_batch b CROSS JOIN same_name n CROSS JOIN found f CROSS JOIN staged_customer s CROSS JOIN external_ref e
WHERE b.batch_no = :batch AND f.row = n.row AND s.row = n.row AND e.external_id = s.external_id
AND e.customer_id = f.customer_id
"""
