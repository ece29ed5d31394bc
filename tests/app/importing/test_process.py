"""An import as a process with workers: what it tells, and that it leaves nothing half-done however it ends."""

import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from app.errors import UserError
from app.importing.job import Aim, ImportJob, LeftBehind, Progress, RecordsAddress, RefusedRows, Stage
from app.importing.process import ImportRun, import_file
from db.engine import FILE_NAME, open_engine
from db.importing.merge import Merged
from db.importing.parts import Part, StagingPlace
from db.importing.staged import ImportPlan
from db.kinds import ImportKind
from db.migrate import bring_up_to_date
from tests.app.importing.made_file import MadeFile

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
MANY = 3_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    engine = open_engine("sqlite", tmp_path)
    bring_up_to_date(engine)
    engine.dispose()
    return tmp_path


def job_for(folder: Path, file: MadeFile, aim: Aim = Aim.MERGE) -> ImportJob:
    return ImportJob(
        file, ImportPlan(ImportKind.CUSTOMERS, "made.csv", "sato"), RecordsAddress("sqlite", folder), AT, aim
    )


def customers_in(folder: Path) -> int:
    """As a bare reader sees it."""
    connection = sqlite3.connect(folder / FILE_NAME)
    try:
        return int(connection.execute("SELECT count(*) FROM customer").fetchone()[0])
    finally:
        connection.close()


def staged_in(folder: Path) -> list[str]:
    return [one.name for one in (folder / "import").iterdir() if not one.name.startswith("lock.db")]


def run(job: ImportJob, at: Any = lambda _run, _told: None) -> tuple[list[Any], Merged | UserError]:
    """Everything that an import in a process of its own tells; `at(run, told)` may interfere."""
    posted: Queue[Any] = Queue()
    told: list[Any] = []
    one = ImportRun(job, lambda call, word: posted.put((call, word)), told.append, lambda end: None)
    while True:
        call, word = posted.get(timeout=60)
        call(word)
        if isinstance(word, Merged | UserError):
            one.wait()
            return told, word
        at(one, word)


@pytest.mark.parametrize("rows", [3, MANY], ids=["a small file, in this process", "a big one, with workers"])
def test_all_rows_arrive_and_the_staging_is_gone(folder: Path, rows: int) -> None:
    told: list[Any] = []
    merged = import_file(job_for(folder, MadeFile(rows)), told.append)
    assert (merged.created, customers_in(folder)) == (rows, rows)
    assert [one.stage for one in told][-2:] == [Stage.COMPARING, Stage.MERGING]
    assert told[-1].rows == rows
    assert not staged_in(folder)


def test_refused_rows_are_told_in_the_order_of_the_file(folder: Path) -> None:
    told: list[Any] = []
    merged = import_file(job_for(folder, MadeFile(MANY, refuses=1000)), told.append)
    assert (merged.created, merged.refused) == (MANY - 3, 3)
    refused = [row for one in told if isinstance(one, RefusedRows) for row in one.rows]
    assert [row.row for row in refused] == [2, 1002, 2002]


def test_a_dry_run_counts_and_changes_nothing(folder: Path) -> None:
    merged = import_file(job_for(folder, MadeFile(MANY), Aim.DRY_RUN), lambda _told: None)
    assert (merged.batch_no, merged.created) == ("", MANY)
    assert customers_in(folder) == 0


@pytest.mark.parametrize("rows", [MANY, 400])
def test_a_file_that_is_no_good_changes_nothing(folder: Path, rows: int) -> None:
    with pytest.raises(UserError, match="Line 300 is no text"):
        import_file(job_for(folder, MadeFile(rows, broken_at=300)), lambda _told: None)
    assert customers_in(folder) == 0
    assert not staged_in(folder)


def test_a_worker_that_dies_ends_the_import_with_a_word(folder: Path) -> None:
    with pytest.raises(UserError, match="ended before its time"):
        import_file(job_for(folder, MadeFile(MANY, dies_at=1700)), lambda _told: None)
    assert customers_in(folder) == 0


def test_two_imports_at_once_are_refused(folder: Path) -> None:
    place = StagingPlace(folder)
    with pytest.raises(UserError, match="Another import"):
        import_file(job_for(folder, MadeFile(3)), lambda _told: None)
    place.leave()
    assert import_file(job_for(folder, MadeFile(3)), lambda _told: None).created == 3


def test_what_a_killed_import_left_is_removed_and_told(folder: Path) -> None:
    (folder / "import").mkdir()
    (folder / "import" / "part-0.db").write_bytes(b"half a file")
    told: list[Any] = []
    import_file(job_for(folder, MadeFile(3)), told.append)
    assert isinstance(told[0], LeftBehind)
    assert customers_in(folder) == 3


def test_a_worker_that_outlives_its_import_writes_into_no_other(folder: Path) -> None:
    killed = StagingPlace(folder)
    early, late = killed.part_path(0), killed.part_path(1)
    Part(early, ImportKind.CUSTOMERS).close()
    killed._lock.close()
    place = StagingPlace(folder)
    assert place.left_behind
    with pytest.raises(FileNotFoundError):
        Part(late, ImportKind.CUSTOMERS)
    assert place.parts() == []
    place.leave()
    assert not staged_in(folder)


def test_an_import_in_a_process_of_its_own_tells_how_it_goes(folder: Path) -> None:
    told, end = run(job_for(folder, MadeFile(MANY)))
    assert isinstance(end, Merged)
    assert end.created == customers_in(folder) == MANY
    assert {one.stage for one in told if isinstance(one, Progress)} == set(Stage)


def test_a_cancelled_import_leaves_nothing(folder: Path) -> None:
    def cancel(one: ImportRun, told: Any) -> None:
        if isinstance(told, Progress) and told.rows:
            one.cancel()

    _told, end = run(job_for(folder, MadeFile(20 * MANY, held_at=10 * MANY)), cancel)
    assert isinstance(end, UserError)
    assert "cancelled" in end.what
    assert customers_in(folder) == 0
    assert not staged_in(folder)


def test_a_cancel_that_comes_too_late_tells_what_was_merged(folder: Path) -> None:
    job = job_for(folder, MadeFile(10))
    import_file(job, lambda _told: None)
    _told, end = run(job_for(folder, MadeFile(MANY, held_at=1_000)), lambda one, _word: one.cancel())
    assert isinstance(end, Merged)  # the batch of that very instant
    assert end.created == 10


def test_an_error_of_the_file_comes_out_of_the_process_as_it_is(folder: Path) -> None:
    _told, end = run(job_for(folder, MadeFile(MANY, broken_at=300)))
    assert isinstance(end, UserError)
    assert (end.what, end.todo) == ("Line 300 is no text.", "Nothing was imported.")


@pytest.mark.skipif(sys.platform == "win32", reason="files are not limited there")
@pytest.mark.parametrize("rows", [MANY, 400])
def test_a_disk_without_room_for_the_staging_is_told(folder: Path, rows: int) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, before[1]))  # the workers have it too
    try:
        with pytest.raises(UserError, match="disk"):
            import_file(job_for(folder, MadeFile(rows)), lambda _told: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert customers_in(folder) == 0
