"""Imports rows for tests: staged by two workers' parts, merged, the way the program does it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from db.engine import reading
from db.importing.merge import Merge, Merged
from db.importing.parts import Part, StagingPlace
from db.importing.staged import (
    DuplicateRule,
    ImportKind,
    ImportPlan,
    Refusal,
    Staged,
    StagedComplaint,
    StagedCustomer,
    StagedInteraction,
    StagedPhone,
    StagedPurchase,
)

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_KINDS = {
    StagedCustomer: ImportKind.CUSTOMERS,
    StagedPurchase: ImportKind.PURCHASES,
    StagedComplaint: ImportKind.COMPLAINTS,
    StagedInteraction: ImportKind.INTERACTIONS,
}


def phone(e164: int | None, raw: str = "", extension: str = "", label: str = "mobile") -> StagedPhone:
    """A mobile number."""
    return StagedPhone(e164, raw or f"0{str(e164)[2:]}", extension, "mobile", label)


def person(row: int, external_id: str, name: str, *phones: StagedPhone, **more: Any) -> StagedCustomer:
    """A customer of whom the file tells little."""
    nothing = dict.fromkeys(StagedCustomer._fields)
    told = {"row": row, "external_id": external_id, "name": name, "phones": phones or None}
    told["number_columns"] = f",{','.join(sorted({one.label for one in phones}))}," if phones else None
    return StagedCustomer(**nothing | told | more)


def plan_for(rows: Sequence[Staged], rule: DuplicateRule = DuplicateRule.UPDATE, system: str = "") -> ImportPlan:
    """Of the kind of the rows."""
    kind = _KINDS[type(rows[0])] if rows else ImportKind.CUSTOMERS
    return ImportPlan(kind, "kunden.csv", "sato", rule, system)


def stage(place: StagingPlace, kind: ImportKind, rows: Sequence[Staged]) -> None:
    """In two parts, as two workers take turns."""
    parts = [Part(place.part_path(number), kind) for number in range(2)]
    for row, part in zip(rows, cycle(parts), strict=False):
        part.add([row])
    for part in parts:
        part.close()


def bring_in(  # noqa: PLR0917 -- what most tests leave out stands last
    engine: Engine,
    folder: Path,
    rows: Sequence[Staged],
    rule: DuplicateRule = DuplicateRule.UPDATE,
    system: str = "",
    at: datetime = AT,
) -> tuple[Merged, list[Refusal]]:
    """What became of the rows, and those that were refused."""
    place, plan = StagingPlace(folder), plan_for(rows, rule, system)
    stage(place, plan.kind, rows)
    with Merge(engine, place, plan) as merge:
        merged = merge.write(merge.compare(), at)
        refused = [one for batch in merge.refusals() for one in batch]
    place.leave()
    return merged, refused


def ask(engine: Engine, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """What the records say."""
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(text(statement), values)]
