"""The embedded records back themselves up once a day, on a thread of their own; a failure stands on the screen."""

import logging
from datetime import timedelta
from pathlib import Path

from app.clock import Clock
from app.db_worker import Worker
from app.keeping import StatusBoard
from app.screen import BackupStatus
from app.who_is_it import Later
from db.backup import Backup, Backups, Stopped
from db.errors import DatabaseUnavailable, Trouble

log = logging.getLogger(__name__)

FIRST_AFTER_MS = 20_000  # not while the program starts
LOOK_EVERY_MS = 3_600_000
DUE_AFTER = timedelta(hours=24)


class DailyBackup:
    """Looks at start and every hour whether the newest copy is a day old. `worker` is for this alone: it takes long."""

    def __init__(self, database: Path, backups: Backups, worker: Worker, board: StatusBoard) -> None:
        self._database = database
        self._backups = backups
        self._worker = worker
        self._board = board
        self._is_wanted = True

    def begin(self, later: Later, clock: Clock) -> None:
        """From now on until `stop`; `later` runs in the desk's thread."""

        def look() -> None:
            later(LOOK_EVERY_MS, look)
            self._worker.ask(lambda: self._take_if_due(clock), self._taken, self._failed)

        later(FIRST_AFTER_MS, look)

    def stop(self) -> None:
        """Give up a copy that is being made, and end the thread."""
        self._is_wanted = False
        self._worker.stop()

    def _take_if_due(self, clock: Clock) -> Backup:
        now, newest = clock.now(), self._backups.newest
        if newest is not None and abs(now - newest.at) < DUE_AFTER:  # a clock that was set back must not end it all
            return newest
        taken = self._backups.take(self._database, now, lambda: self._is_wanted)
        log.info("records: backup of %d bytes taken", taken.size)
        return taken

    def _taken(self, newest: Backup) -> None:
        self._board.set(backup=BackupStatus(str(self._backups.folder), newest.at))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            return
        if not isinstance(error, DatabaseUnavailable):
            self._tell(Trouble.IO_ERROR)
            raise error
        log.error("records: no backup: %s", error)
        self._tell(error.reason)

    def _tell(self, trouble: Trouble) -> None:
        newest = self._backups.newest
        at = newest.at if newest else None
        self._board.set(backup=BackupStatus(str(self._backups.folder), at, trouble))
