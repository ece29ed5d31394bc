"""Imported customers in the search: what they are found by was worked out while they were staged."""

from db.importing.layout import SEARCH, Layout
from db.importing.workbench import Workbench
from db.name_folding import fold
from db.search_index import refresh_tokens
from db.search_slices import SLICE_BITS, slice_token
from db.search_tokens import SearchRow, tokens_of

_NUMBERED = Layout("numbered", ("row key", "marks text", "tokens text"), key=True)


def compare(bench: Workbench) -> None:
    """Customers who get a number of ours are found by it too."""
    bench.make(_NUMBERED)
    if not bench.one("SELECT max(is_ours) FROM new_row"):
        return
    for batch in bench.stream(_from_parts(bench, _OURS)):
        rows = []
        for row, customer_no, name_key, reading_key, marks in batch:
            found = SearchRow(0, name_key, reading_key, "\n".join(filter(None, (marks, fold(customer_no)))))
            rows.append((row, found.marks, tokens_of(found)))
        bench.add(_NUMBERED.name, rows)
    bench.learn(_NUMBERED.name)


def write(bench: Workbench, base: int) -> None:
    """New customers."""
    staged = _from_parts(bench, _STAGED)
    if bench.is_sqlite:
        bench.run(_INSERT.format(tokens="NULL", staged=staged), base=base)
        bench.run(_INSERT_FTS.format(staged=staged), base=base)
    else:
        slices = {"slice": slice_token(0)[:-1], "bits": SLICE_BITS}
        bench.run(_INSERT.format(tokens=_WITH_SLICE, staged=staged), base=base, **slices)


def refresh(bench: Workbench) -> None:
    """Customers who were there and are found by something else now."""
    refresh_tokens(bench.connection, [row[0] for row in bench.ask(_TOUCHED)])


def _from_parts(bench: Workbench, arm: str) -> str:
    """The arms in the order of the file: SQLite merges them as it goes, without sorting."""
    return " UNION ALL ".join(arm.format(source=source) for source in bench.sources(SEARCH)) + " ORDER BY 1"


_OURS = """
SELECT t.row, r.customer_no, s.name_key, s.reading_key, t.marks
FROM {source} t CROSS JOIN new_row r CROSS JOIN staged_customer s
WHERE r.row = t.row AND s.row = t.row AND r.is_ours = 1
"""
_STAGED = """
SELECT t.row, r.n, s.name_key, s.reading_key, coalesce(k.marks, t.marks) AS marks,
    coalesce(k.tokens, t.tokens) AS tokens
FROM {source} t CROSS JOIN new_row r CROSS JOIN staged_customer s LEFT JOIN numbered k ON k.row = t.row
WHERE r.row = t.row AND s.row = t.row
"""
_INSERT = """
INSERT INTO customer_search (customer_id, name_key, reading_key, marks, tokens)
SELECT :base + n, name_key, reading_key, marks, {tokens} FROM ({staged}) AS staged
"""
_WITH_SLICE = "tokens || ' ' || :slice || CAST((:base + n) >> :bits AS TEXT)"
_INSERT_FTS = "INSERT INTO customer_fts (rowid, tokens) SELECT :base + n, tokens FROM ({staged}) AS staged"
_TOUCHED = """
SELECT customer_id FROM changed UNION SELECT customer_id FROM new_link WHERE customer_id IS NOT NULL
UNION SELECT f.customer_id FROM found f JOIN same_name n ON n.row = f.row
"""
