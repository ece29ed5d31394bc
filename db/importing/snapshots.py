"""How orders and complaints stood before and after an import, as JSON: what an undo compares with and goes back to."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from db.importing.layout import Layout
from db.importing.restore import plain
from db.importing.workbench import Workbench

_TAKEN = Layout("snapshot", ("id key", "before text"), key=True)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """A table, its columns, and the table of its lines, if it has lines."""

    table: str
    columns: tuple[str, ...]
    lines: str = ""
    line_columns: tuple[str, ...] = ()
    has_version: bool = False

    @property
    def parent(self) -> str:
        """The lines' column that names their record."""
        return f"{self.table}_id"


ORDERS = Kind(
    "purchase",
    ("state", "amount", "currency", "ordered_at", "channel"),
    "purchase_item",
    ("position", "product_id", "name", "quantity", "amount", "unit_price", "tax_rate"),
)
COMPLAINTS = Kind(
    "complaint",
    (
        *("received_at", "category", "severity", "product_id", "state", "handler_id", "text", "resolution"),
        *("resolved_at", "reopened_count"),
    ),
    has_version=True,
)


def take(bench: Workbench, kind: Kind) -> None:
    """Before the records of `changed` are written."""
    bench.make(_TAKEN)
    for ids in _batches(bench):
        bench.add(_TAKEN.name, [(key, text) for key, text in texts(bench, kind, ids).items()])


def note(bench: Workbench, kind: Kind, batch_no: str) -> None:
    """After they were written."""
    batch = bench.one("SELECT id FROM import_batch WHERE batch_no = :batch", batch=batch_no)
    before: dict[int, str] = {row[0]: row[1] for row in bench.ask("SELECT id, before FROM snapshot")}
    for ids in _batches(bench):
        after = texts(bench, kind, ids)
        rows = [(batch, kind.table, str(key), before[key], after[key]) for key in ids]
        bench.add("import_row (batch_id, table_name, record_id, before, after)", rows)


def texts(bench: Workbench, kind: Kind, ids: Sequence[int]) -> dict[int, str]:
    """How the records stand now."""
    listed = ", ".join(map(str, ids))
    found: dict[int, dict[str, Any]] = {}
    for key, *values in bench.ask(f"SELECT id, {', '.join(kind.columns)} FROM {kind.table} WHERE id IN ({listed})"):
        found[key] = {name: plain(one) for name, one in zip(kind.columns, values, strict=True)}
    if kind.lines:
        lines = ", ".join(kind.line_columns)
        asked = (
            f"SELECT {kind.parent}, {lines} FROM {kind.lines} WHERE {kind.parent} IN ({listed}) ORDER BY 1, position"
        )
        for one in found.values():
            one["lines"] = []
        for parent, *values in bench.ask(asked):
            found[parent]["lines"].append([plain(one) for one in values])
    return {key: json.dumps(one, ensure_ascii=False) for key, one in found.items()}


def put_back(
    bench: Workbench, kind: Kind, batch: int, first: Callable[[int, dict[str, Any]], object] = lambda _key, _to: None
) -> tuple[int, int]:
    """Records as they were before, where they still are as the import left them: how many, and how many are not.

    `first` is told of each, and how it will be.
    """
    restored = changed = 0
    rows = bench.ask(_NOTED, batch=batch, table=kind.table)
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        now = texts(bench, kind, [int(row[0]) for row in some])
        for record, before, after in some:
            if now.get(int(record)) == after:
                first(int(record), json.loads(before))
                _restore(bench, kind, int(record), json.loads(before))
                restored += 1
            else:
                changed += 1
    return restored, changed


def _restore(bench: Workbench, kind: Kind, record: int, before: dict[str, Any]) -> None:
    values = {name: before[name] for name in kind.columns}
    settings = ", ".join(f"{name} = :{name}" for name in kind.columns)
    settings += ", version_id = version_id + 1" if kind.has_version else ""
    bench.run(f"UPDATE {kind.table} SET {settings} WHERE id = :id", id=record, **values)
    if not kind.lines:
        return
    bench.run(f"DELETE FROM {kind.lines} WHERE {kind.parent} = :id", id=record)
    columns = (kind.parent, *kind.line_columns)
    places = ", ".join(f":{name}" for name in columns)
    for line in before["lines"]:
        told = dict(zip(kind.line_columns, line, strict=True)) | {kind.parent: record}
        bench.run(f"INSERT INTO {kind.lines} ({', '.join(columns)}) VALUES ({places})", **told)


def _batches(bench: Workbench) -> Iterable[list[int]]:
    ids = [row[0] for row in bench.ask("SELECT id FROM changed ORDER BY id")]
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


_NOTED = """
SELECT record_id, before, after FROM import_row WHERE batch_id = :batch AND table_name = :table ORDER BY record_id
"""
