"""The outbox file: in order, durable when acknowledged, private, and a damaged one begun anew without a loss."""

import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.errors import DatabaseUnavailable, Trouble
from db.outbox import FILE_NAME, Job, OutboxFile, Waiting

NOW = datetime(2026, 11, 21, 5, 12, tzinfo=UTC)
CALL, OTHER = UUID(int=1), UUID(int=2)
Opener = Callable[[], OutboxFile]


@pytest.fixture
def reopened(tmp_path: Path) -> Iterator[Opener]:
    """Opens the outbox of this test's folder, again and again; closes all at the end."""
    files: list[OutboxFile] = []

    def open_again() -> OutboxFile:
        files.append(OutboxFile.open(tmp_path / "drafts", NOW))
        return files[-1]

    yield open_again
    for file in files:
        file.close()


def emptied(file: OutboxFile) -> list[str]:
    bodies = []
    while jobs := file.oldest(2):
        bodies += [job.body for job in jobs]
        file.remove([job.number for job in jobs])
    return bodies


def test_jobs_come_out_in_the_order_in_which_they_were_put_also_after_a_restart(reopened: Opener) -> None:
    file = reopened()
    for body in ("one", "two"):
        file.put(CALL, body, 1, NOW)
    again = reopened()
    again.put(OTHER, "three", 0, NOW)
    assert again.waiting() == Waiting(notes=2, jobs=3, since=NOW)
    assert emptied(again) == ["one", "two", "three"]
    assert file.waiting() == Waiting()


def test_a_number_is_never_given_again_so_that_a_late_removal_takes_no_other_job(reopened: Opener) -> None:
    file = reopened()
    file.put(CALL, "one", 1, NOW)
    (first,) = file.oldest()
    file.remove([first.number])
    file.put(CALL, "two", 1, NOW)
    file.remove([first.number])
    assert emptied(file) == ["two"]


def test_what_is_set_aside_lets_the_others_pass_and_comes_again_when_asked(reopened: Opener) -> None:
    file = reopened()
    file.put(CALL, "poison", 1, NOW)
    file.put(OTHER, "sound", 1, NOW + timedelta(seconds=1))
    assert file.oldest() == [Job(1, CALL, "poison")]
    file.set_aside(1, "IntegrityError")
    assert file.waiting() == Waiting(notes=1, jobs=1, since=NOW + timedelta(seconds=1), set_aside=1)
    assert emptied(file) == ["sound"]
    assert [job.body for job in reopened().of(CALL)] == ["poison"]
    file.take_up_again()
    assert emptied(file) == ["poison"]


def test_only_the_owner_can_read_it(reopened: Opener, tmp_path: Path) -> None:
    reopened().put(CALL, "private", 1, NOW)
    for file in (tmp_path / "drafts").glob(FILE_NAME + "*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_each_acknowledged_job_was_brought_to_the_disk(reopened: Opener) -> None:
    assert reopened()._connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_a_damaged_file_is_set_aside_and_said(reopened: Opener, tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / FILE_NAME).write_bytes(b"not a database" * 400)
    file = reopened()
    assert file.damaged is not None
    assert file.damaged.name == "outbox-damaged-20261121T051200-0.db"
    file.put(CALL, "goes on", 1, NOW)
    assert emptied(file) == ["goes on"]


def test_a_later_programs_outbox_is_refused_and_left_alone(reopened: Opener, tmp_path: Path) -> None:
    reopened().put(CALL, "later", 1, NOW)
    with closing(sqlite3.connect(tmp_path / "drafts" / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(DatabaseUnavailable) as told:
        reopened()
    assert told.value.reason is Trouble.TOO_NEW


_PUTS_UNTIL_KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from db.outbox import OutboxFile
file = OutboxFile.open(Path(sys.argv[1]), datetime(2026, 11, 21, tzinfo=UTC))
for number in range(1_000_000):
    file.put(UUID(int=1), str(number), 1, datetime(2026, 11, 21, tzinfo=UTC))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path, reopened: Opener) -> None:
    command = [sys.executable, "-c", _PUTS_UNTIL_KILLED, str(tmp_path / "drafts")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        told = [program.stdout.readline() for _ in range(50)]
        program.send_signal(signal.SIGKILL)
        told += program.stdout.read().splitlines()
    acknowledged = len([one for one in told if one.strip()])
    kept = emptied(reopened())
    assert kept == [str(number) for number in range(len(kept))]
    assert acknowledged - 1 <= len(kept) <= acknowledged + 1
