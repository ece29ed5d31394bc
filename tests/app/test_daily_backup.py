"""The daily backup: due after a day, told on the screen, never in the way of the program's end."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.backup_words import backup_words
from app.daily_backup import FIRST_AFTER_MS, LOOK_EVERY_MS, DailyBackup
from app.db_worker import Worker
from app.keeping import StatusBoard
from app.screen import BackupStatus
from db.backup import Backups
from db.engine import FILE_NAME
from db.errors import Trouble
from tests.app.desk_at_work import HandClock, Posted, Timers
from tests.app.recording_screen import RecordingScreen


class Running:
    """A program with a backup, its time in the test's hand."""

    def __init__(self, folder: Path) -> None:
        self.posted, self.timers, self.time, self.screen = Posted(), Timers(), HandClock(), RecordingScreen()
        self.backups = Backups(folder / "backups")
        self.board = StatusBoard(self.screen)
        worker = Worker("backup", self.posted.post)
        self.daily = DailyBackup(folder / FILE_NAME, self.backups, worker, self.board)
        self.daily.begin(self.timers.later, self.time.clock)

    def look_after(self, milliseconds: int) -> BackupStatus:
        """Let time pass until the next look, and hear what it found."""
        self.time.now += timedelta(milliseconds=milliseconds)
        before = len(self.screen.statuses)
        self.board.set(backup=None)
        self.timers.pass_time(milliseconds)
        self.posted.run_until(lambda: len(self.screen.statuses) > before and self.board.status.backup)
        assert self.board.status.backup is not None
        return self.board.status.backup


@pytest.fixture
def running(engine: Engine, tmp_path: Path) -> Running:
    return Running(tmp_path)


def test_a_first_backup_is_taken_soon_after_the_start(running: Running) -> None:
    told = running.look_after(FIRST_AFTER_MS)
    assert (told.at, told.trouble) == (running.time.now, None)
    assert running.backups.newest is not None
    running.daily.stop()


def test_the_next_one_is_taken_a_day_later_and_not_before(running: Running) -> None:
    first = running.look_after(FIRST_AFTER_MS)
    for _ in range(23):
        assert running.look_after(LOOK_EVERY_MS).at is not None
        assert len(list(running.backups.folder.glob("*.db"))) == 1
    running.look_after(LOOK_EVERY_MS)
    assert len(list(running.backups.folder.glob("*.db"))) == 2
    running.daily.stop()
    assert first.at is not None


def test_a_clock_that_was_set_back_by_years_does_not_end_the_backups(running: Running) -> None:
    running.look_after(FIRST_AFTER_MS)
    running.time.now -= timedelta(days=900)
    running.look_after(LOOK_EVERY_MS)
    assert len(list(running.backups.folder.glob("*.db"))) == 2
    running.daily.stop()


@pytest.mark.expected_log("records: no backup")
def test_a_backup_that_fails_stands_on_the_screen_until_one_succeeds(running: Running) -> None:
    running.backups.folder.write_text("a file in the folder's place")
    told = running.look_after(FIRST_AFTER_MS)
    assert (told.at, told.trouble) == (None, Trouble.READ_ONLY)
    assert backup_words(told) == (
        f"There is no backup of the records: {running.backups.folder} cannot be written. Make it writable."
    )
    running.backups.folder.unlink()
    assert running.look_after(LOOK_EVERY_MS).trouble is None
    running.daily.stop()


def test_the_end_of_the_program_does_not_wait_for_a_backup(running: Running) -> None:
    running.daily.stop()
    assert running.backups.newest is None


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_reason_has_words(trouble: Trouble) -> None:
    assert backup_words(BackupStatus("/b", None, trouble)).endswith(".")
