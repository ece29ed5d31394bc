"""Takes imported customers back, with their numbers, households and links."""

from datetime import datetime

from db.importing.layout import Layout
from db.importing.number_changes import take_back
from db.importing.restore import restore
from db.importing.told import COLUMNS
from db.importing.workbench import Workbench
from db.models import customer, metadata
from db.search_index import forget_customers, refresh_tokens

_KEPT = Layout("kept", ("id key",), key=True)
_MADE_TOGETHER = frozenset(
    {"customer_phone.customer_id", "household_member.customer_id", "company_link.person_id", "external_ref.customer_id",
     "customer_search.customer_id"}
)  # fmt: skip
"""What an import writes with a customer: no sign that somebody has used him."""

_AT_ONCE = 5_000


def customers(bench: Workbench, batch: int, _at: datetime) -> tuple[int, int, int, int]:
    """How many were removed, put back, left since they are in use, left since they were changed."""
    first, last = bench.made(batch, "customer")
    _keep_used(bench, batch, first, last)
    told = {row[0] for row in bench.ask(_KNOWN_WITH_LINKS, batch=batch, first=first, last=last)}
    told |= {int(row[0]) for row in bench.ask(_TOLD, batch=batch)}
    bench.run(_LINKS, batch=batch, first=first, last=last)
    bench.run(_NUMBERS, batch=batch)
    numbers_back, numbers_kept = take_back(bench, batch)
    bench.run(_MEMBERS_OF_KNOWN, batch=batch)
    bench.run(_REFERENCES_OF_KNOWN, batch=batch)
    removed = _remove(bench, first, last)
    bench.run(_HOMES, batch=batch)
    restored, changed = restore(bench, batch, "customer", COLUMNS)
    refresh_tokens(bench.connection, sorted(told))
    return removed, restored + numbers_back, bench.count(_KEPT.name), changed + numbers_kept


def _keep_used(bench: Workbench, batch: int, first: int, last: int) -> None:
    """Whatever refers to a customer keeps him, and so does a change."""
    bench.make(_KEPT)
    bench.run(_KEEP_CHANGED, first=first, last=last)
    bench.run(_KEEP_LINKED, batch=batch, first=first, last=last)
    for table in metadata.sorted_tables:
        for column in table.columns:
            refers = any(key.column is customer.c.id for key in column.foreign_keys)
            if refers and f"{table.name}.{column.name}" not in _MADE_TOGETHER:
                bench.run(_KEEP_REFERRED.format(table=table.name, column=column.name), first=first, last=last)


def _remove(bench: Workbench, first: int, last: int) -> int:
    """A batch of keys at a time: a million would not fit a statement's values."""
    removed = 0
    for start in range(first, last + 1, _AT_ONCE):
        end = min(last, start + _AT_ONCE - 1)
        gone = [row[0] for row in bench.ask(_UNUSED, first=start, last=end)]
        forget_customers(bench.connection, gone)
        for statement in _GO_WITH_THEM:
            bench.run(statement, first=start, last=end)
        removed += bench.run(_CUSTOMERS, first=start, last=end)
    return removed


_GONE = "BETWEEN :first AND :last AND {column} NOT IN (SELECT id FROM kept)"
_KEEP_CHANGED = """
INSERT INTO kept SELECT id FROM customer WHERE id BETWEEN :first AND :last
AND (version_id > 1 OR merged_into_id IS NOT NULL OR erased_at IS NOT NULL OR last_contact_at IS NOT NULL)
"""
_OURS = """
EXISTS (
    SELECT 1 FROM import_range g WHERE g.batch_id = :batch AND g.table_name = '{table}'
    AND {table}.id BETWEEN g.first_id AND g.last_id
)
"""
_OUR_LINK = _OURS.format(table="customer_phone")
_KEEP_LINKED = f"""
INSERT INTO kept SELECT DISTINCT customer_id FROM customer_phone WHERE customer_id BETWEEN :first AND :last
AND (NOT {_OUR_LINK} OR last_used_at IS NOT NULL OR valid_to IS NOT NULL)
AND customer_id NOT IN (SELECT id FROM kept)
"""
_KEEP_REFERRED = """
INSERT INTO kept SELECT DISTINCT {column} FROM {table}
WHERE {column} BETWEEN :first AND :last AND {column} NOT IN (SELECT id FROM kept)
"""
_KNOWN_WITH_LINKS = f"""
SELECT DISTINCT customer_id FROM customer_phone WHERE {_OUR_LINK} AND NOT customer_id BETWEEN :first AND :last
"""
_TOLD = """
SELECT DISTINCT record_id FROM import_row WHERE batch_id = :batch AND table_name IN ('customer', 'household_member')
"""
_LINKS = f"""
DELETE FROM customer_phone WHERE {_OUR_LINK} AND customer_id NOT IN (SELECT id FROM kept)
AND (customer_id BETWEEN :first AND :last OR last_used_at IS NULL AND valid_to IS NULL)
AND NOT EXISTS (  -- who stays, since somebody has made him one with another, has his numbers there
    SELECT 1 FROM customer m WHERE m.merged_into_id = customer_phone.customer_id AND m.id BETWEEN :first AND :last
)
"""
_NUMBERS = f"""
DELETE FROM phone_number WHERE {_OURS.format(table="phone_number")} AND block_state IS NULL
AND NOT EXISTS (SELECT 1 FROM customer_phone l WHERE l.phone_number_id = phone_number.id)
"""
_MEMBERS_OF_KNOWN = """
DELETE FROM household_member WHERE EXISTS (
    SELECT 1 FROM import_row r WHERE r.batch_id = :batch AND r.table_name = 'household_member'
    AND r.record_id = CAST(household_member.customer_id AS TEXT)
    AND r.after = CAST(household_member.household_id AS TEXT)
)
"""
_REFERENCES_OF_KNOWN = """
DELETE FROM external_ref WHERE EXISTS (
    SELECT 1 FROM import_row r WHERE r.batch_id = :batch AND r.table_name = 'external_ref'
    AND r.record_id = external_ref.external_id AND r.after = external_ref.system
)
"""
_UNUSED = "SELECT id FROM customer WHERE id BETWEEN :first AND :last AND id NOT IN (SELECT id FROM kept)"
_GO_WITH_THEM = tuple(
    f"DELETE FROM {table} WHERE {column} {_GONE.format(column=column)}"
    for table, column in (
        ("household_member", "customer_id"),
        ("company_link", "person_id"),
        ("external_ref", "customer_id"),
    )
)
_CUSTOMERS = f"DELETE FROM customer WHERE id {_GONE.format(column='id')}"
_HOMES = f"""
DELETE FROM household WHERE {_OURS.format(table="household")}
AND NOT EXISTS (SELECT 1 FROM household_member m WHERE m.household_id = household.id)
"""
