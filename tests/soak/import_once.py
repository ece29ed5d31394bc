"""One import as a program of its own, to be killed: says on stdout what it is doing, and how it ended.

`here`: this program does it itself, as `omote import` does; `beside`: a process of its own does, as for the window.
"""

import sys
from datetime import timedelta
from pathlib import Path
from threading import Lock

from app.errors import UserError
from app.importing.job import ImportJob, Progress, RecordsAddress, Told
from app.importing.process import ImportRun, import_file
from db.importing.merge import Merged
from db.importing.staged import ImportPlan
from db.kinds import ImportKind
from tests.soak.overlapping_file import AT, OverlappingFile

GAVE_UP = 3


def job_of(url: str, folder: Path, rows: int, rank: str, days: int = 0) -> ImportJob:
    """All rows into the records, so many days before AT."""
    plan = ImportPlan(ImportKind.CUSTOMERS, "soak.csv", "soak")
    return ImportJob(OverlappingFile(rows, rank), plan, RecordsAddress(url, folder), AT - timedelta(days=days))


def _tell(told: Told) -> None:
    if isinstance(told, Progress):
        print(told.stage, flush=True)  # noqa: T201


def _here(job: ImportJob) -> Merged | UserError:
    try:
        return import_file(job, _tell)
    except UserError as error:
        return error


def _beside(job: ImportJob) -> Merged | UserError:
    ends: list[Merged | UserError] = []
    one_at_a_time = Lock()

    def post(call: object, word: Merged | UserError) -> None:
        with one_at_a_time:
            call(word)  # type: ignore[operator]  # a callable of one word, as for a window

    run = ImportRun(job, post, _tell, ends.append)
    run.wait()
    return ends[0]


def main(url: str, folder: str, rows: str, rank: str, how: str) -> int:
    """0 if it says that it is done, GAVE_UP if it says why not."""
    job = job_of(url, Path(folder), int(rows), rank)
    end = (_beside if how == "beside" else _here)(job)
    print(f"ended {end}" if isinstance(end, Merged) else f"failed {end}", flush=True)  # noqa: T201
    return GAVE_UP if isinstance(end, UserError) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
