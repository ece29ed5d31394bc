"""One import as a program of its own, to be killed: says on stdout what it is doing."""

import sys
from pathlib import Path

from app.importing.job import ImportJob, Progress, RecordsAddress, Told
from app.importing.process import import_file
from db.importing.staged import ImportPlan
from db.kinds import ImportKind
from tests.soak.overlapping_file import AT, OverlappingFile


def bring_in(url: str, folder: Path, rows: int, rank: str) -> None:
    """All rows into the records."""
    plan = ImportPlan(ImportKind.CUSTOMERS, "soak.csv", "soak")
    import_file(ImportJob(OverlappingFile(rows, rank), plan, RecordsAddress(url, folder), AT), _tell)


def _tell(told: Told) -> None:
    if isinstance(told, Progress):
        print(told.stage, flush=True)  # noqa: T201


if __name__ == "__main__":
    bring_in(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
