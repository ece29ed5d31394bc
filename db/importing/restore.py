"""Puts the values back that an import replaced, where they are still those that it gave."""

import json
from collections.abc import Sequence
from typing import Any

from db.importing.workbench import Row, Workbench

_AT_ONCE = 2_000


def restore(bench: Workbench, batch: int, table: str, columns: Sequence[str]) -> tuple[int, int]:
    """How many records were put back, and how many have values that were changed since (those stay)."""
    restored, changed, last = 0, 0, ""
    asked = _ROWS.format(table=table, columns=", ".join(f"c.{name}" for name in columns))
    put_back = _PUT_BACK.format(table=table, columns=", ".join(f"{name} = :{name}" for name in columns))
    while rows := bench.ask(asked, batch=batch, table=table, last=last, most=_AT_ONCE):
        for row in rows:
            values, is_whole = _values(row, columns)
            changed += not is_whole
            if values is not None:
                bench.run(put_back, id=row[1], **values)
                restored += 1
        last = rows[-1][0]
    return restored, changed


def _values(row: Row, columns: Sequence[str]) -> tuple[dict[str, Any] | None, bool]:
    """What the columns are to be (None: nothing can be put back), and whether all that was replaced can."""
    before, after = json.loads(row[2]), json.loads(row[3])
    now = dict(zip(columns, row[4:], strict=True))
    same = [name for name in before if plain(now[name]) == after[name]]
    values = now | {name: before[name] for name in same}
    return (values if same else None), len(same) == len(before)


def plain(value: Any) -> Any:
    """As JSON has it: a date is its ISO text."""
    return value if value is None or isinstance(value, int | str) else value.isoformat()


_ROWS = """
SELECT r.record_id, c.id, r.before, r.after, {columns} FROM import_row r JOIN {table} c
ON c.id = CAST(r.record_id AS BIGINT)
WHERE r.batch_id = :batch AND r.table_name = :table AND r.record_id > :last ORDER BY r.record_id LIMIT :most
"""
_PUT_BACK = "UPDATE {table} SET version_id = version_id + 1, {columns} WHERE id = :id"
