"""What was staged becomes part of the records: all of it in one transaction, or nothing.

All that can be found out before is found out before. If somebody has written to the same records meanwhile (a number
taken, a customer changed), nothing is written and the comparison is made again.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from db.audit.chain import AuditEntry, append
from db.engine import reading, said_plainly
from db.errors import DatabaseUnavailable, Trouble
from db.importing import complaints, customers, interactions, purchases
from db.importing.layout import REFUSAL
from db.importing.parts import StagingPlace
from db.importing.staged import ImportPlan, Refusal
from db.importing.told import ChangedMeanwhile
from db.importing.workbench import Workbench, wait_for_merging
from db.kinds import ImportKind
from db.models import import_batch
from db.operators import operator_id

_TRIES = 3
_COUNTS = ("created", "updated", "unchanged", "skipped", "refused")
_KINDS: dict[ImportKind, ModuleType] = {
    ImportKind.CUSTOMERS: customers,
    ImportKind.PURCHASES: purchases,
    ImportKind.COMPLAINTS: complaints,
    ImportKind.INTERACTIONS: interactions,
}


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of the rows; `batch_no` is what an undo asks for ("" for a dry run and where nothing was changed).

    `seconds` is how long the records were held.
    """

    batch_no: str
    created: int
    updated: int
    unchanged: int
    skipped: int
    refused: int
    seconds: float = 0.0


class Merge:
    """A staged import on its way into the records. Use as a context manager; nothing of the staging remains visible."""

    def __init__(self, engine: Engine, place: StagingPlace, plan: ImportPlan) -> None:
        self._engine = engine
        self._plan = plan
        with said_plainly():
            self._bench = Workbench(engine, place)
        self._kind: Any = _KINDS[plan.kind]

    def __enter__(self) -> "Merge":
        with said_plainly():
            self._kind.gather(self._bench)
        return self

    def __exit__(self, *_: object) -> None:
        self._bench.close()

    @said_plainly()
    def compare(self) -> Merged:
        """What the rows would do now; changes nothing."""
        with self._bench.comparing():
            self._kind.compare(self._bench, self._plan)
        created, updated, unchanged = self._kind.counts(self._bench)
        refused = self._bench.one(f"SELECT count(DISTINCT row) FROM {REFUSAL.name}")
        return Merged("", created, updated, unchanged, self._bench.count("skipped"), refused)

    def write(self, found: Merged, at: datetime, entry: AuditEntry | None = None) -> Merged:
        """Change the records, as `compare` found, with the audit log's `entry` about it. Raises DatabaseUnavailable."""
        for _ in range(_TRIES - 1):
            try:
                return self._write(found, at, entry)
            except (IntegrityError, ChangedMeanwhile):  # somebody has taken a number, or changed a customer
                found = self.compare()
        try:
            return self._write(found, at, entry)
        except ChangedMeanwhile as error:
            raise DatabaseUnavailable(Trouble.LOCKED, "the same customers are being changed all the time") from error

    def refusals(self) -> Iterator[list[Refusal]]:
        """The rows that were not taken, in the order of the file."""
        with said_plainly(), self._bench.comparing():
            for batch in self._bench.stream(_REFUSALS):
                yield [Refusal(*row) for row in batch]

    @said_plainly()
    def _write(self, found: Merged, at: datetime, entry: AuditEntry | None) -> Merged:
        if not found.created and not found.updated:
            return found
        bench, sizes = self._bench, self._kind.sizes(self._bench)
        started = time.monotonic()
        with bench.merging(sizes) as bases:
            self._kind.write(bench, self._plan, bases, at)
            batch_no = _note_batch(bench, self._plan, found, at)
            for table, size in sizes.items():
                if size:
                    bench.run(_RANGE, batch=batch_no, name=table, first=bases[table] + 1, last=bases[table] + size)
            self._kind.note_changes(bench, batch_no, bases)
            if entry is not None:
                append(bench.connection, replace(entry, record=batch_no))
        held = time.monotonic() - started
        bench.tidy(tuple(sizes))
        return Merged(batch_no, found.created, found.updated, found.unchanged, found.skipped, found.refused, held)


def merged_at(engine: Engine, at: datetime) -> Merged | None:
    """What the import of that instant did; None if it did nothing, and is dead."""
    wait_for_merging(engine)
    with reading(engine) as connection:
        columns = [import_batch.c[name] for name in _COUNTS]
        asked = select(import_batch.c.batch_no, *columns).where(import_batch.c.merged_at == at)
        found: Any = connection.execute(asked).first()
    return None if found is None else Merged(*found)


def _note_batch(bench: Workbench, plan: ImportPlan, found: Merged, at: datetime) -> str:
    """A number that people can say: the day, and which import of that day."""
    day = f"B-{at:%Y%m%d}-"
    known = [int(row[0].removeprefix(day)) for row in bench.ask(_BATCHES_OF_DAY, day=f"{day}%")]
    batch_no = f"{day}{max(known, default=0) + 1}"
    operator = operator_id(bench.connection, plan.operator)
    counts = {name: getattr(found, name) for name in _COUNTS}
    named = {"kind": plan.kind.value, "file_name": plan.file_name, "operator": operator, "at": at}
    bench.run(_BATCH, batch=batch_no, system=plan.system, **named, **counts)
    return batch_no


_BATCHES_OF_DAY = "SELECT batch_no FROM import_batch WHERE batch_no LIKE :day"
_BATCH = """
INSERT INTO import_batch (
    batch_no, kind, file_name, operator_id, merged_at, created, updated, unchanged, skipped, refused,
    key_system
) VALUES (:batch, :kind, :file_name, :operator, :at, :created, :updated, :unchanged, :skipped, :refused,
    :system)
"""
_RANGE = """
INSERT INTO import_range (batch_id, table_name, first_id, last_id)
SELECT id, :name, :first, :last FROM import_batch WHERE batch_no = :batch
"""
_REFUSALS = f"SELECT row, field, because, value FROM {REFUSAL.name} ORDER BY row"
