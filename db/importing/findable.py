"""Imported customers in the search: what they are found by was worked out while they were staged."""

from db.importing.layout import Layout
from db.importing.workbench import Workbench
from db.name_folding import fold
from db.search_index import SLICE_BITS, refresh_tokens, slice_token
from db.search_tokens import SearchRow, tokens_of

_NUMBERED = Layout("numbered", ("row key", "marks text", "tokens text"), key=True)


def compare(bench: Workbench) -> None:
    """Customers who got a number of ours are found by it too."""
    bench.make(_NUMBERED)
    for batch in bench.stream(_WITH_NEW_NUMBER):
        rows = []
        for row, customer_no, name_key, reading_key, marks in batch:
            found = SearchRow(0, name_key, reading_key, "\n".join(filter(None, (marks, fold(customer_no)))))
            rows.append((row, found.marks, tokens_of(found)))
        bench.add(_NUMBERED.name, rows)
    bench.learn(_NUMBERED.name)


def write(bench: Workbench, base: int) -> None:
    """New customers."""
    if bench.is_sqlite:
        bench.run(_INSERT.format(tokens="NULL"), base=base)
        bench.run(_INSERT_FTS, base=base)
    else:
        bench.run(_INSERT.format(tokens=_WITH_SLICE), base=base, slice=slice_token(0)[:-1], bits=SLICE_BITS)


def refresh(bench: Workbench) -> None:
    """Customers who were there and are found by something else now."""
    refresh_tokens(bench.connection, [row[0] for row in bench.ask(_TOUCHED)])


_WITH_NEW_NUMBER = """
SELECT s.row, r.customer_no, s.name_key, s.reading_key, s.marks FROM new_row r CROSS JOIN staged_customer s
WHERE s.row = r.row AND s.external_id <> r.customer_no ORDER BY s.row
"""
_FROM = """
FROM new_row r CROSS JOIN staged_customer s LEFT JOIN numbered k ON k.row = r.row WHERE s.row = r.row ORDER BY r.row
"""
_INSERT = f"""
INSERT INTO customer_search (customer_id, name_key, reading_key, marks, tokens)
SELECT :base + r.n, s.name_key, s.reading_key, coalesce(k.marks, s.marks), {{tokens}} {_FROM}
"""
_WITH_SLICE = "coalesce(k.tokens, s.tokens) || ' ' || :slice || CAST((:base + r.n) >> :bits AS TEXT)"
_INSERT_FTS = f"""
INSERT INTO customer_fts (rowid, tokens) SELECT :base + r.n, coalesce(k.tokens, s.tokens) {_FROM}
"""
_TOUCHED = """
SELECT customer_id FROM changed UNION SELECT customer_id FROM new_link WHERE customer_id IS NOT NULL
UNION SELECT f.customer_id FROM found f JOIN same_name n ON n.row = f.row
"""
