"""Every keystroke of a note to a local file, on a thread of its own: kill -9 loses at most the key in flight.

Another thread brings what was put to the disk itself: a busy disk takes tenths of a second, in which keys go on.

A draft that could not be written stays in memory, is tried again every second, and the operator is told for as long.
"""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.db_worker import Post
from db.drafts import Draft
from db.errors import DatabaseUnavailable, Trouble

log = logging.getLogger(__name__)

_SCRUB, _TIME = "scrub", "time"
SYNC_EVERY_S = 0.25
RETRY_EVERY_S = 1.0
KEY_WAITS_S = 0.25  # the most that a key waits for its own put; a put and two changes of thread take 0.2 ms


class Drafts(Protocol):
    """What the journal needs of the drafts file."""

    @property
    def is_on_reserve(self) -> bool: ...
    def put(self, draft: Draft) -> None: ...
    def remove(self, call_id: UUID) -> None: ...
    def sync(self) -> None: ...
    def all(self, operator: str) -> Sequence[Draft]: ...
    def scrub(self) -> None: ...
    def close(self) -> None: ...


class JournalListener(Protocol):
    """Hears, in the desk's thread, what became of a keystroke."""

    def draft_written(self, call_id: UUID, seq: int) -> None: ...
    def drafts_failed(self, error: DatabaseUnavailable) -> None: ...
    def drafts_work_again(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Question:
    operator: str
    then: Callable[[Sequence[Draft]], object]


_Job = Draft | UUID | str | _Question | None


class Journal:
    """`write` and `forget` return at once; the newest version of each draft wins."""

    def __init__(self, drafts: Drafts, listener: JournalListener, post: Post) -> None:
        self._drafts = drafts
        self._listener = listener
        self._post = post
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._waiting: dict[UUID, Draft | None] = {}  # None: to be removed
        self._is_failing = False
        self._is_scrub_due = False
        self._asked = self._done = 0
        self._is_behind = self._is_refused = False
        self._progress = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._is_unsynced, self._is_ending = threading.Event(), threading.Event()
        self._sync_thread = threading.Thread(target=self._run_syncs, name="journal sync", daemon=True)
        self._thread.start()
        self._sync_thread.start()

    def write(self, draft: Draft) -> None:
        """Keep this version of a draft."""
        self._asked += 1
        self._jobs.put(draft)

    def write_key(self, draft: Draft) -> None:
        """The same for a key: it is in the file before the next one, however busy the PC is.

        A disk that hangs costs one key a quarter of a second; until it has caught up, none waits again. Nor does one
        wait for a file that refuses what it is given: a locked one would cost every key its patience.
        """
        self.write(draft)
        with self._progress:
            if not self._is_refused and (not self._is_behind or self._done >= self._asked - 1):
                self._is_behind = not self._progress.wait_for(lambda: self._done >= self._asked, KEY_WAITS_S)

    def forget(self, call_id: UUID) -> None:
        """The note is in the records: its draft is no longer needed."""
        self._jobs.put(call_id)

    def read(self, operator: str, then: Callable[[Sequence[Draft]], object]) -> None:
        """This operator's drafts as they are once all that was written so far is in the file."""
        self._jobs.put(_Question(operator, then))

    def scrub(self) -> None:
        """Once all that was written is in the file, let nothing of earlier versions be left on the disk."""
        self._jobs.put(_SCRUB)

    def close(self) -> None:
        """Write and sync what is queued, then end both threads."""
        self._jobs.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while True:
            job = self._next()
            if isinstance(job, Draft):
                self._waiting[job.call_id] = job
            elif isinstance(job, UUID):
                self._waiting[job] = None
            self._is_scrub_due |= job == _SCRUB
            self._flush()
            self._handled(job)
            if isinstance(job, _Question):
                self._answer(job)
            if job is None and self._jobs.empty():
                self._is_ending.set()
                self._is_unsynced.set()
                self._sync_thread.join(timeout=5)
                self._drafts.close()
                return

    def _run_syncs(self) -> None:
        """A while after the first put, so that many keys share one; what fails is tried again more slowly."""
        pause = SYNC_EVERY_S
        while not self._is_ending.is_set():
            self._is_unsynced.wait()
            self._is_ending.wait(pause)
            self._is_unsynced.clear()
            is_done = self._synced()
            pause = SYNC_EVERY_S if is_done else RETRY_EVERY_S
            if not is_done:
                self._is_unsynced.set()

    def _answer(self, question: _Question) -> None:
        """A file that can't be read now is tried again when the operator sits down the next time."""
        try:
            self._post(question.then, self._drafts.all(question.operator))
        except DatabaseUnavailable as error:
            self._failed(error)

    def _handled(self, job: _Job) -> None:
        with self._progress:
            self._done += isinstance(job, Draft)
            self._is_refused = bool(self._waiting)
            self._progress.notify_all()

    def _next(self) -> _Job:
        wait = RETRY_EVERY_S if self._waiting or self._is_scrub_due else None
        try:
            return self._jobs.get(timeout=wait)
        except queue.Empty:
            return _TIME

    def _flush(self) -> None:
        for call_id, draft in list(self._waiting.items()):
            if not self._written(call_id, draft):
                break
            del self._waiting[call_id]
            self._is_unsynced.set()
        if self._is_scrub_due and not self._waiting:
            self._is_scrub_due = not self._scrubbed()

    def _scrubbed(self) -> bool:
        try:
            self._drafts.scrub()
        except DatabaseUnavailable as error:
            self._failed(error)
            return False
        except Exception as bug:  # as above: the keys go on being kept
            log.exception("what was masked cannot be overwritten")
            self._failed(DatabaseUnavailable(Trouble.IO_ERROR, type(bug).__name__))
            return True
        self._tell_state()
        return True

    def _written(self, call_id: UUID, draft: Draft | None) -> bool:
        """False: the file can't be written now, try again. A draft that never can must not hold the others up."""
        try:
            if draft is None:
                self._drafts.remove(call_id)
            else:
                self._drafts.put(draft)
        except DatabaseUnavailable as error:
            self._failed(error)
            return False
        except Exception as bug:  # the root of this thread: keystrokes of other notes must go on being kept
            log.exception("a draft cannot be written")
            self._failed(DatabaseUnavailable(Trouble.IO_ERROR, type(bug).__name__))
            return True
        self._tell_state()
        if draft is not None:
            self._post(self._listener.draft_written, call_id, draft.seq)
        return True

    def _synced(self) -> bool:
        try:
            self._drafts.sync()
        except DatabaseUnavailable as error:
            self._failed(error)
            return False
        except Exception as bug:  # the root of that thread: a later sync may succeed
            log.exception("drafts cannot be brought to the disk")
            self._failed(DatabaseUnavailable(Trouble.IO_ERROR, type(bug).__name__))
            return False
        self._tell_state()
        return not self._drafts.is_on_reserve

    def _tell_state(self) -> None:
        if self._drafts.is_on_reserve:
            self._failed(DatabaseUnavailable(Trouble.DISK_FULL))
        elif self._is_failing:
            self._is_failing = False
            self._post(self._listener.drafts_work_again)

    def _failed(self, error: DatabaseUnavailable) -> None:
        if not self._is_failing:
            log.error("drafts cannot be written: %s", error)
            self._is_failing = True
        self._post(self._listener.drafts_failed, error)
