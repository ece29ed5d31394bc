"""Numbers that a file gave earlier and does not say any more are given up, not taken away; one it says again is live.

Only what the same source told: the same kind of key, and a column of the same numbers. What operators attached stays.
"""

from collections.abc import Mapping
from datetime import datetime

from db.importing.layout import Layout
from db.importing.staged import ImportPlan
from db.importing.told import ChangedMeanwhile
from db.importing.workbench import Workbench

CHANGE = Layout("number_change", ("id key", "customer_id key", "becomes text", "before text"), key=True)
_EARLIER = Layout("earlier", ("first_id key", "last_id key", "columns text"), key=True)
_SAID = Layout("said", ("id key", "at key", "was_given_up integer"), key=True)
_UNSAID = Layout("unsaid", ("id key", "customer_id key", "label text", "columns text"), key=True)
_LOST = Layout("lost_primary", ("customer_id key",), key=True)


def compare(bench: Workbench, plan: ImportPlan, words: Mapping[str, str]) -> None:
    """Before the new links are looked for. `words` say how a staged number is found in the records."""
    for layout in (CHANGE, _EARLIER, _SAID, _UNSAID, _LOST):
        bench.make(layout)
    if not bench.count("found") or bench.one(_ANY_EARLIER) is None:
        return
    bench.run(_SAY.format_map(words))
    bench.learn(_SAID.name)
    bench.run(_REVIVED)
    if bench.run(_FIND_EARLIER, system=plan.system):
        bench.learn(_EARLIER.name)
        bench.run(_FIND_UNSAID)
        bench.learn(_UNSAID.name)
        bench.run(_GIVEN_UP)
    bench.learn(CHANGE.name)


def choose_primary(bench: Workbench) -> None:
    """After the new links were found: who loses the primary number and gets none with them has one of the others."""
    if bench.count(CHANGE.name) and bench.run(_LOSE):
        bench.learn(_LOST.name)
        bench.run(_PROMOTE_REVIVED)
        bench.run(_PROMOTE)


def write(bench: Workbench, at: datetime) -> None:
    """Before the new links are written. Raises ChangedMeanwhile if somebody has said otherwise since."""
    given_up = bench.one(_COUNT_GIVEN_UP)
    if given_up and bench.run(_GIVE_UP, at=at) != given_up:
        raise ChangedMeanwhile
    if bench.count(CHANGE.name) > given_up:
        bench.run(_SET_LIVE)
        bench.run(_SET_PRIMARY)


def note(bench: Workbench, batch_no: str) -> None:
    """Keep what an undo needs."""
    bench.run(_NOTE, batch=batch_no)


def take_back(bench: Workbench, batch: int) -> tuple[int, int]:
    """After the batch's own links are gone: customers whose numbers are as before, numbers that are somebody's by now.

    Customers about whom the batch told something else are not counted.
    """
    restored = int(bench.one(_RESTORABLE, batch=batch))
    bench.run(_UNPROMOTE, batch=batch)
    bench.run(_UNREVIVE, batch=batch)
    back = bench.run(_GIVE_BACK, batch=batch)
    return restored, int(bench.one(_NOTED_AS_GIVEN_UP, batch=batch)) - back


_ANY_EARLIER = "SELECT 1 FROM import_range WHERE table_name = 'customer_phone' LIMIT 1"
_FIND_EARLIER = """
INSERT INTO earlier SELECT g.first_id, g.last_id, coalesce(b.number_columns, '')
FROM import_range g JOIN import_batch b ON b.id = g.batch_id
WHERE g.table_name = 'customer_phone' AND coalesce(b.key_system, '') = :system
"""
_SAY = """
INSERT INTO said SELECT l.id, p.at, CASE WHEN l.valid_to IS NULL OR l.source <> 'import' THEN 0 ELSE 1 END
FROM staged_phone p JOIN found f ON f.row = p.row {number_of}
JOIN customer_phone l ON l.customer_id = f.customer_id AND l.phone_number_id = {id} AND l.extension = p.extension
"""
_FIND_UNSAID = """
INSERT INTO unsaid SELECT l.id, l.customer_id, ',' || l.label || ',', s.number_columns
FROM found f CROSS JOIN staged_customer s CROSS JOIN customer_phone l
WHERE s.row = f.row AND l.customer_id = f.customer_id AND l.source = 'import' AND l.valid_to IS NULL
AND s.external_id <> '' AND s.number_columns IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM said WHERE said.id = l.id)
AND NOT EXISTS (SELECT 1 FROM same_name n WHERE n.row = f.row)
"""
_TELLS_IT, _TELLS_ANY = "u.columns LIKE '%' || u.label || '%'", "u.columns LIKE '%,any,%'"
_TOLD_IT, _TOLD_ANY = "e.columns LIKE '%' || u.label || '%'", "e.columns LIKE '%,any,%'"
_GIVEN_UP = f"""
INSERT INTO number_change SELECT u.id, u.customer_id, 'given_up', '' FROM unsaid u JOIN earlier e
ON e.first_id = (SELECT max(first_id) FROM earlier WHERE first_id <= u.id) AND e.last_id >= u.id
WHERE ({_TELLS_IT} AND ({_TELLS_ANY} OR NOT {_TOLD_ANY} OR NOT {_TOLD_IT}) OR {_TELLS_ANY} AND NOT {_TOLD_IT})
AND NOT EXISTS (  -- who was made one of two has the other's numbers, of which this row knows nothing
    SELECT 1 FROM customer m WHERE m.merged_into_id = u.customer_id
)
"""
_REVIVED = """
INSERT INTO number_change SELECT l.id, l.customer_id, 'live', CAST(l.valid_to AS TEXT)
FROM said s CROSS JOIN customer_phone l WHERE s.was_given_up = 1 AND l.id = s.id
AND EXISTS (SELECT 1 FROM import_batch b WHERE b.merged_at = l.valid_to)
"""
_LOSE = """
INSERT INTO lost_primary SELECT g.customer_id FROM number_change g CROSS JOIN customer_phone l
WHERE l.id = g.id AND g.becomes = 'given_up' AND l.is_primary
EXCEPT SELECT customer_id FROM new_link WHERE is_primary = 1
"""
_BEST = """
SELECT id FROM (
    SELECT s.id, row_number() OVER (PARTITION BY l.customer_id ORDER BY s.at) AS place
    FROM lost_primary x CROSS JOIN customer_phone l CROSS JOIN said s
    WHERE l.customer_id = x.customer_id AND s.id = l.id
) AS ranked WHERE place = 1
"""
_PROMOTE_REVIVED = f"UPDATE number_change SET becomes = 'primary' WHERE becomes = 'live' AND id IN ({_BEST})"
_PROMOTE = f"""
INSERT INTO number_change SELECT l.id, l.customer_id, 'primary', '' FROM customer_phone l
WHERE l.id IN ({_BEST}) AND l.valid_to IS NULL
"""
_COUNT_GIVEN_UP = "SELECT count(*) FROM number_change WHERE becomes = 'given_up'"
_GIVE_UP = """
UPDATE customer_phone SET valid_to = :at FROM number_change g
WHERE g.id = customer_phone.id AND g.becomes = 'given_up'
AND customer_phone.valid_to IS NULL AND customer_phone.source = 'import'
"""
_SET_LIVE = """
UPDATE customer_phone SET valid_to = NULL, is_primary = false FROM number_change g
WHERE g.id = customer_phone.id AND g.before <> ''
"""
_SET_PRIMARY = """
UPDATE customer_phone SET is_primary = true FROM number_change g
WHERE g.id = customer_phone.id AND g.becomes = 'primary'
"""
_NOTE = """
INSERT INTO import_row (batch_id, table_name, record_id, before, after)
SELECT b.id, 'customer_phone', CAST(g.id AS TEXT), g.before, g.becomes FROM import_batch b CROSS JOIN number_change g
WHERE b.batch_no = :batch
"""
_OF_BATCH = "r.batch_id = :batch AND r.table_name = 'customer_phone'"
_MERGED_AT = "(SELECT b.merged_at FROM import_batch b WHERE b.id = :batch)"
_RESTORABLE = f"""
SELECT count(DISTINCT l.customer_id) FROM import_row r CROSS JOIN customer_phone l
WHERE {_OF_BATCH} AND l.id = CAST(r.record_id AS BIGINT) AND r.after = 'given_up' AND l.valid_to = {_MERGED_AT}
AND NOT EXISTS (
    SELECT 1 FROM import_row c
    WHERE c.batch_id = :batch AND c.table_name = 'customer' AND c.record_id = CAST(l.customer_id AS TEXT)
)
"""
_NOTED_AS_GIVEN_UP = f"SELECT count(*) FROM import_row r WHERE {_OF_BATCH} AND r.after = 'given_up'"
_UNPROMOTE = f"""
UPDATE customer_phone SET is_primary = false FROM import_row r
WHERE {_OF_BATCH} AND r.after = 'primary' AND r.before = '' AND customer_phone.id = CAST(r.record_id AS BIGINT)
AND EXISTS (
    SELECT 1 FROM customer_phone o
    WHERE o.customer_id = customer_phone.customer_id AND o.is_primary AND o.valid_to = {_MERGED_AT}
)
"""
_UNREVIVE = f"""
UPDATE customer_phone SET is_primary = false, valid_to = {{time}}r.before{{time_end}} FROM import_row r
WHERE {_OF_BATCH} AND r.before <> '' AND customer_phone.id = CAST(r.record_id AS BIGINT)
AND customer_phone.valid_to IS NULL AND customer_phone.source = 'import'
AND (customer_phone.last_used_at IS NULL OR customer_phone.last_used_at < {_MERGED_AT})
"""
_GIVE_BACK = f"""
UPDATE customer_phone SET valid_to = NULL, is_primary = customer_phone.is_primary AND NOT EXISTS (
    SELECT 1 FROM customer_phone o
    WHERE o.customer_id = customer_phone.customer_id AND o.is_primary AND o.valid_to IS NULL
)
FROM import_row r WHERE {_OF_BATCH} AND r.after = 'given_up' AND customer_phone.id = CAST(r.record_id AS BIGINT)
AND customer_phone.valid_to = {_MERGED_AT}
"""
