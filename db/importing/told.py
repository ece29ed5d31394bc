"""What a file tells about customers who are there: only what it says and what differs is changed, the rest stays."""

import json
from collections.abc import Iterator

from db.importing.layout import Layout
from db.importing.restore import plain
from db.importing.workbench import Row, Workbench

CHANGED = Layout("changed", ("customer_id key", "row key", "version_id integer", "before text", "after text"), key=True)
COLUMNS = (
    *("kind", "name", "reading", "company", "rank", "memo", "birth_date", "birth_precision", "postal_code", "address"),
    "email",
)


class ChangedMeanwhile(Exception):  # noqa: N818 -- the comparison is made again, nothing is wrong
    """Somebody has written to a record between comparing and merging."""


def compare(bench: Workbench) -> None:
    """Note who is told something new, with the values before and after."""
    bench.make(CHANGED)
    for batch in bench.stream(_DIFFERING):
        bench.add(CHANGED.name, list(_changes(batch)))
    bench.learn(CHANGED.name)


def write(bench: Workbench) -> None:
    """Raises ChangedMeanwhile if a customer is not as he was when compared."""
    changed = bench.count(CHANGED.name)
    if changed and bench.run(_UPDATE) != changed:
        raise ChangedMeanwhile


def _changes(batch: list[Row]) -> Iterator[Row]:
    for customer_id, row, version, *values in batch:
        theirs, told = values[: len(COLUMNS)], values[len(COLUMNS) :]
        pairs = [(name, old, new) for name, old, new in zip(COLUMNS, theirs, told, strict=True) if old != new]
        before = json.dumps({name: plain(old) for name, old, _ in pairs}, ensure_ascii=False)
        yield (
            customer_id,
            row,
            version,
            before,
            json.dumps({one[0]: plain(one[2]) for one in pairs}, ensure_ascii=False),
        )


_TOLD = {
    name: "coalesce(nullif(s.name, ''), c.name)" if name == "name" else f"coalesce(s.{name}, c.{name})"
    for name in COLUMNS
}
_DIFFERING = f"""
SELECT c.id, s.row, c.version_id, {", ".join(f"c.{name}" for name in COLUMNS)}, {", ".join(_TOLD.values())}
FROM found f CROSS JOIN staged_customer s CROSS JOIN customer c WHERE s.row = f.row AND c.id = f.customer_id
AND ({" OR ".join(f"{told} IS DISTINCT FROM c.{name}" for name, told in _TOLD.items())})
"""
_UPDATE = f"""
UPDATE customer SET version_id = t.version_id + 1, {", ".join(f"{name} = t.{name}" for name in COLUMNS)}
FROM (
    SELECT w.customer_id, w.version_id, {", ".join(f"{told} AS {name}" for name, told in _TOLD.items())}
    FROM changed w CROSS JOIN staged_customer s CROSS JOIN customer c WHERE s.row = w.row AND c.id = w.customer_id
) AS t
WHERE customer.id = t.customer_id AND customer.version_id = t.version_id
AND customer.merged_into_id IS NULL AND customer.erased_at IS NULL
"""
