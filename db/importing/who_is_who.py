"""Which customer each row of a file is about: by its key, else by number and name. Nothing is changed here."""

from collections.abc import Iterator
from hashlib import sha256

from db.importing.layout import REFUSAL, Layout
from db.importing.staged import DuplicateRule, ImportPlan
from db.importing.workbench import Row, Workbench
from db.kinds import CustomerKind
from db.name_folding import fold, fold_company

FOUND = Layout("found", ("row key", "customer_id key"), key=True)
LEFT_OUT = Layout("left_out", ("row key",), key=True)
SKIPPED = Layout("skipped", ("row key",), key=True)
_SAME_NAME = Layout("same_name", ("row key", "customer_id key"), key=True)
_LONGEST_CHAIN = 20  # of customers merged into one another


def who_is_who(bench: Workbench, plan: ImportPlan) -> None:
    """Fill `found` with the rows whose customer is known; rows that can't be taken go to `left_out` and are refused."""
    for layout in (FOUND, LEFT_OUT, SKIPPED, _SAME_NAME):
        bench.make(layout)
    _refuse(bench, _REPEATED, "twice")
    bench.run(_BY_NUMBER if not plan.system else _BY_REFERENCE, system=plan.system)
    if not plan.system:
        bench.run(_BY_REFERENCE, system="")
    bench.learn(FOUND.name)
    follow_merges(bench)
    _refuse(bench, _ERASED, "erased")
    _refuse_suppressed(bench)
    if plan.duplicates is not DuplicateRule.CREATE:
        _find_same_names(bench, plan)
    _refuse(bench, _SAME_CUSTOMER, "twice")
    bench.run(_FORGET_LEFT_OUT)
    bench.learn(FOUND.name)


def follow_merges(bench: Workbench) -> None:
    """Who was merged into somebody is that one now."""
    for _ in range(_LONGEST_CHAIN):
        if not bench.run(_FOLLOW):
            return


def suppression_hash(name: str, e164: int) -> str:
    """What an erased customer leaves behind, so that no import brings him back; the number can't be read from it."""
    return sha256(f"{fold(name)}\n{e164}".encode()).hexdigest()


def _name_key(name: str, kind: str) -> str:
    """As the search has it: a company without its legal form."""
    return fold_company(name) if kind == CustomerKind.COMPANY else fold(name)


def _refuse(bench: Workbench, rows: str, because: str) -> None:
    bench.run(f"INSERT INTO left_out {rows}")
    bench.run(_SAY_REFUSED, because=because)


def _refuse_suppressed(bench: Workbench) -> None:
    suppressed = {row[0] for row in bench.ask(_SUPPRESSED)}
    if not suppressed:
        return
    hit = [
        (row,)
        for batch in bench.stream(_NAMES_AND_NUMBERS)
        for row, folded, e164 in batch
        if suppression_hash(folded, e164) in suppressed
    ]
    for row in sorted(set(hit)):
        bench.run("INSERT INTO left_out SELECT :row WHERE :row NOT IN (SELECT row FROM left_out)", row=row[0])
    bench.run(_SAY_REFUSED, because="erased")


def _find_same_names(bench: Workbench, plan: ImportPlan) -> None:
    """Rows without a known key whose number and name somebody has."""
    if bench.one("SELECT 1 FROM phone_number LIMIT 1") is None:
        return
    for batch in _same_names(bench):
        bench.add(_SAME_NAME.name, batch)
    bench.learn(_SAME_NAME.name)
    if plan.duplicates is DuplicateRule.SKIP:
        bench.run("INSERT INTO skipped SELECT row FROM same_name")
    else:
        bench.run("INSERT INTO found SELECT row, customer_id FROM same_name")


def _same_names(bench: Workbench) -> Iterator[list[Row]]:
    last = None
    for batch in bench.stream(_SAME_NUMBER):
        hits: list[Row] = []
        for row, customer_id, key, name, kind in batch:
            if row != last and key == _name_key(name, kind):
                hits.append((row, customer_id))
                last = row
        yield hits


_REPEATED = """
SELECT row FROM (
    SELECT row, row_number() OVER (PARTITION BY external_id ORDER BY row) AS place
    FROM staged_customer WHERE external_id <> ''
) AS keyed WHERE place > 1
"""
_BY_NUMBER = """
INSERT INTO found SELECT s.row, c.id FROM staged_customer s CROSS JOIN customer c
WHERE s.external_id <> '' AND c.customer_no = s.external_id AND s.row NOT IN (SELECT row FROM left_out)
"""
_BY_REFERENCE = """
INSERT INTO found SELECT s.row, e.customer_id FROM staged_customer s CROSS JOIN external_ref e
WHERE s.external_id <> '' AND e.system = :system AND e.external_id = s.external_id
AND s.row NOT IN (SELECT row FROM left_out) AND s.row NOT IN (SELECT row FROM found)
"""
_FOLLOW = """
UPDATE found SET customer_id = c.merged_into_id FROM customer c
WHERE c.id = found.customer_id AND c.merged_into_id IS NOT NULL
"""
_ERASED = """
SELECT f.row FROM found f JOIN customer c ON c.id = f.customer_id
WHERE c.erased_at IS NOT NULL AND f.row NOT IN (SELECT row FROM left_out)
"""
_SUPPRESSED = "SELECT suppression_hash FROM erasure_request WHERE suppression_hash IS NOT NULL"
_NAMES_AND_NUMBERS = """
SELECT s.row, s.name_key, p.e164 FROM staged_phone p JOIN staged_customer s ON s.row = p.row WHERE p.e164 IS NOT NULL
"""
_SAME_NUMBER = """
SELECT s.row, c.id, s.name_key, c.name, c.kind FROM staged_phone p
CROSS JOIN phone_number n CROSS JOIN customer_phone l CROSS JOIN customer c CROSS JOIN staged_customer s
WHERE n.e164 = p.e164 AND l.phone_number_id = n.id AND c.id = l.customer_id AND s.row = p.row
AND c.merged_into_id IS NULL AND c.erased_at IS NULL
AND NOT EXISTS (SELECT 1 FROM found f WHERE f.row = p.row)
AND NOT EXISTS (SELECT 1 FROM left_out o WHERE o.row = p.row)
ORDER BY s.row, c.id
"""
_SAME_CUSTOMER = """
SELECT row FROM (
    SELECT row, row_number() OVER (PARTITION BY customer_id ORDER BY row) AS place FROM found
) AS told WHERE place > 1 AND row NOT IN (SELECT row FROM left_out)
"""
_SAY_REFUSED = f"""
INSERT INTO {REFUSAL.name} SELECT s.row, 'customer_no', :because, substr(s.external_id, 1, 64)
FROM left_out o JOIN staged_customer s ON s.row = o.row WHERE o.row NOT IN (SELECT row FROM {REFUSAL.name})
"""
_FORGET_LEFT_OUT = "DELETE FROM found WHERE row IN (SELECT row FROM left_out)"
