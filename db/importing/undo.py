"""Takes an import back: what it made and nobody has used since goes, what it changed becomes what it was.

What cannot be taken back stays and is counted: a customer on whom a call or a note hangs, a value changed since.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, select

from db.audit.chain import AuditEntry, append
from db.engine import reading, said_plainly
from db.importing.undo_customers import customers
from db.importing.undo_history import complaints, interactions, purchases
from db.importing.workbench import Workbench
from db.kinds import ImportKind
from db.models import import_batch, operator
from db.operators import operator_id

_KINDS = {
    ImportKind.CUSTOMERS: customers,
    ImportKind.PURCHASES: purchases,
    ImportKind.COMPLAINTS: complaints,
    ImportKind.INTERACTIONS: interactions,
}
_MOST_BATCHES = 200


class NoSuchBatch(Exception):  # noqa: N818 -- a state, not a mistake
    """No import has this number."""


class AlreadyUndone(Exception):  # noqa: N818 -- a state, not a mistake
    """`at` is when."""

    def __init__(self, at: datetime) -> None:
        super().__init__(str(at))
        self.at = at


@dataclass(frozen=True, slots=True)
class Batch:
    """An import that was merged; `undone_at` tells when it was taken back."""

    batch_no: str
    kind: ImportKind
    file_name: str
    operator: str
    merged_at: datetime
    created: int
    updated: int
    unchanged: int
    skipped: int
    refused: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: records that went, records put back, and those left since they are in use or changed.

    `later` are imports after this one that touched the same records.
    """

    batch_no: str
    removed: int
    restored: int
    in_use: int
    changed_since: int
    later: tuple[str, ...]


def batches(engine: Engine) -> tuple[Batch, ...]:
    """The newest imports first."""
    with reading(engine) as connection:
        rows: Any = connection.execute(_BATCHES).all()
    return tuple([Batch(*row) for row in rows])


def undo(engine: Engine, batch_no: str, login: str, at: datetime, entry: AuditEntry | None = None) -> Undone:
    """Take one import back, in one transaction, with the audit log's `entry` about it.

    Raises NoSuchBatch, AlreadyUndone, DatabaseUnavailable.
    """
    with said_plainly():
        bench = Workbench(engine)
        try:
            with bench.merging({}):
                undone = _undo(bench, batch_no, login, at)
                if entry is not None:
                    append(bench.connection, entry)
                return undone
        finally:
            bench.close()


def _undo(bench: Workbench, batch_no: str, login: str, at: datetime) -> Undone:
    found: Any = bench.connection.execute(_BATCH.where(import_batch.c.batch_no == batch_no)).first()
    if found is None:
        raise NoSuchBatch(batch_no)
    if found.undone_at is not None:
        raise AlreadyUndone(found.undone_at)
    later = tuple([row[0] for row in bench.ask(_LATER, batch=found.id)])
    removed, restored, in_use, changed = _KINDS[found.kind](bench, found.id, at)
    bench.run("DELETE FROM import_row WHERE batch_id = :batch", batch=found.id)
    bench.run("DELETE FROM import_range WHERE batch_id = :batch", batch=found.id)
    bench.run(_NOTE, at=at, operator=operator_id(bench.connection, login), batch=found.id)
    return Undone(batch_no, removed, restored, in_use, changed, later)


_columns = import_batch.c
_BATCH: Select[Any] = select(_columns.id, _columns.kind, _columns.undone_at)
_BATCHES = (
    select(
        *(_columns[name] for name in ("batch_no", "kind", "file_name")), operator.c.name,
        *(_columns[name] for name in ("merged_at", "created", "updated", "unchanged", "skipped", "refused")),
        _columns.undone_at,
    )
    .outerjoin(operator, operator.c.id == _columns.operator_id)
    .order_by(_columns.id.desc())
    .limit(_MOST_BATCHES)
)  # fmt: skip
_LATER = """
SELECT b.batch_no FROM import_batch b WHERE b.id > :batch AND b.undone_at IS NULL AND EXISTS (
    SELECT 1 FROM import_row r JOIN import_row o ON o.table_name = r.table_name AND o.record_id = r.record_id
    WHERE r.batch_id = b.id AND o.batch_id = :batch
    UNION ALL
    SELECT 1 FROM import_row r JOIN import_range o ON o.table_name = r.table_name
    WHERE r.batch_id = b.id AND o.batch_id = :batch AND r.table_name NOT IN ('external_ref', 'interaction')
    AND CASE WHEN r.table_name NOT IN ('external_ref', 'interaction') THEN CAST(r.record_id AS BIGINT) END
        BETWEEN o.first_id AND o.last_id
) ORDER BY b.id
"""
_NOTE = "UPDATE import_batch SET undone_at = :at, undone_by_id = :operator WHERE id = :batch"
