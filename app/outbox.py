"""Everything that a desk writes goes through its outbox, so that the desk goes on without its database.

A job is acknowledged when it is on this PC's disk, written to the database in order by a thread of its own, and removed
when it is there. Written twice, after a kill in between, it adds nothing: its rows have keys of the desk's own making.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from random import SystemRandom
from typing import Protocol
from uuid import UUID

from app.call_rows import (
    CallSnapshot,
    ChoiceSnapshot,
    ContactSnapshot,
    CustomerSnapshot,
    NumberSnapshot,
    WrapUpSnapshot,
)
from app.clock import Clock
from app.database_way import DatabaseWay, Writable
from app.db_worker import Post, Worker
from app.parts import (
    AuditSnapshot,
    ComplaintSnapshot,
    HandoverSnapshot,
    HeardSnapshot,
    KeptSnapshot,
    MarkSnapshot,
    PromiseSnapshot,
    PutOffSnapshot,
    ReassignSnapshot,
    ReopenSnapshot,
    ReviewSnapshot,
    RewriteSnapshot,
    StepSnapshot,
    TreeSnapshot,
    TriedSnapshot,
)
from app.person.late import Late
from app.stored_values import as_json, from_json
from db.errors import DatabaseUnavailable, Trouble
from db.outbox import Job, OutboxFile, Waiting

log = logging.getLogger(__name__)

Part = (
    CallSnapshot
    | WrapUpSnapshot
    | ContactSnapshot
    | ChoiceSnapshot
    | CustomerSnapshot
    | NumberSnapshot
    | PromiseSnapshot
    | KeptSnapshot
    | PutOffSnapshot
    | TriedSnapshot
    | ReassignSnapshot
    | ReopenSnapshot
    | MarkSnapshot
    | TreeSnapshot
    | ComplaintSnapshot
    | RewriteSnapshot
    | StepSnapshot
    | HandoverSnapshot
    | ReviewSnapshot
    | HeardSnapshot
    | AuditSnapshot
)
KINDS: dict[str, type[Part]] = {
    "call": CallSnapshot,
    "wrap_up": WrapUpSnapshot,
    "contact": ContactSnapshot,
    "choice": ChoiceSnapshot,
    "customer": CustomerSnapshot,
    "number": NumberSnapshot,
    "follow_up": PromiseSnapshot,
    "follow_up_done": KeptSnapshot,
    "follow_up_later": PutOffSnapshot,
    "follow_up_tried": TriedSnapshot,
    "follow_up_given": ReassignSnapshot,
    "follow_up_open": ReopenSnapshot,
    "callback_mark": MarkSnapshot,
    "dispositions": TreeSnapshot,
    "complaint": ComplaintSnapshot,
    "complaint_text": RewriteSnapshot,
    "complaint_step": StepSnapshot,
    "complaint_handler": HandoverSnapshot,
    "review": ReviewSnapshot,
    "review_heard": HeardSnapshot,
    "audit": AuditSnapshot,
}
VERSION = 1
_BY_HAND = (
    WrapUpSnapshot,
    ContactSnapshot,
    CustomerSnapshot,
    NumberSnapshot,
    PromiseSnapshot,
    KeptSnapshot,
    PutOffSnapshot,
    TriedSnapshot,
    ReassignSnapshot,
    ReopenSnapshot,
    MarkSnapshot,
    ComplaintSnapshot,
    StepSnapshot,
    HandoverSnapshot,
    ReviewSnapshot,
)  # what an operator has entered, and is told of
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 8.0
_LONGEST_PAUSE_AWAY_S = 2.0  # a server that is away has no load from being asked
_AT_ONCE = 16
_STUCK_S = 1.0
_BEAT_S = 10.0  # a server that has gone is noticed before the next ring


@dataclass(frozen=True, slots=True)
class OutboxState:
    """What waits, and why the database does not take it; None: it takes all."""

    waiting: Waiting
    trouble: Trouble | None


class OutboxListener(Protocol):
    """Hears, in the desk's thread, how the outbox fares."""

    def outbox_sent(self) -> None: ...
    def outbox_changed(self, state: OutboxState) -> None: ...


class Outbox:
    """`put` returns at once. Its sender is also the one who looks whether a server's database is there."""

    def __init__(self, file: OutboxFile, way: DatabaseWay, post: Post, clock: Clock) -> None:
        self._file = file
        self._way = way
        self._post = post
        self._clock = clock
        self._chance = SystemRandom()
        self._listener: OutboxListener | None = None
        self._told = OutboxState(Waiting(), None)
        self._trouble: Trouble | None = None
        self._failures = 0
        self._sending_since: float | None = None
        self._wake = threading.Event()
        self._is_ending = False
        self._curious: SimpleQueue[Callable[[Trouble | None], object]] = SimpleQueue()
        self._putter = Worker("outbox", post)
        self._sender = threading.Thread(target=self._run, name="sender", daemon=True)

    def begin(self, listener: OutboxListener) -> None:
        """Send what an earlier run has left, and from now on what is put."""
        self._listener = listener
        self._way.is_watched = True
        self._sender.start()
        self._wake.set()

    def put(
        self,
        about: UUID,
        parts: Sequence[Part],
        then: Callable[[object], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """`then` once it is on the disk; `failed` if neither the disk nor the database takes it."""
        self._putter.ask(lambda: self._put(about, parts), then, failed)

    def of(self, about: UUID) -> list[Part]:
        """What waits about one call, oldest first. Any thread."""
        return [part for job in self._file.of(about) for part in _readable(job)]

    def try_now(self) -> None:
        """The database has just answered somebody, or has failed: do not wait for the next try. Any thread."""
        if self._failures or self._way.is_closed:
            self._wake.set()

    def look(self) -> None:
        """Somebody got no answer: see by writing whether the database is there. Any thread."""
        self._wake.set()

    def all_parts(self) -> list[Part]:
        """Everything that is not in the database yet, oldest first. Any thread."""
        return [part for job in self._file.all() for part in _readable(job)]

    def waiting_parts(self) -> list[Part]:
        """What the database does not take at the moment, oldest first; nothing while it does. Any thread."""
        return [] if self._trouble is None else self.all_parts()

    def when_tried(self, then: Callable[[Trouble | None], object]) -> None:
        """`then` once everything that was put so far is in the database or was refused; it gets why."""

        def ask_sender() -> None:
            self._curious.put(then)
            self._wake.set()

        self._putter.ask(ask_sender, lambda _none: None, _surface)

    def stop(self) -> None:
        """Put what is queued, try to send it once more; what is left waits for the next start."""
        self._putter.stop()
        self._is_ending = True
        self._wake.set()
        if self._sender.is_alive():
            self._sender.join(timeout=10)
        self._file.close()

    def _put(self, about: UUID, parts: Sequence[Part]) -> None:
        """A disk that takes nothing more must not keep a note from a database that does."""
        notes = sum(isinstance(part, _BY_HAND) for part in parts)
        try:
            self._file.put(about, body_of(parts), notes, self._clock.now())
        except DatabaseUnavailable as error:
            log.error("the outbox cannot be written: %s", error)  # noqa: TRY400 -- a state, no bug
            self._way.write(in_order(parts))
            return
        self._wake.set()
        self._say_if_stuck()
        if self._trouble is not None:
            self._tell()

    def _say_if_stuck(self) -> None:
        """A server that hangs, or an import that merges, holds the sender: what is put meanwhile waits visibly."""
        since = self._sending_since
        if since is not None and time.monotonic() - since > _STUCK_S:
            self._trouble = self._trouble or self._way.trouble or Trouble.LOCKED

    def _run(self) -> None:
        pause: float | None = None
        while not self._is_ending:
            self._wake.wait(pause)
            self._wake.clear()
            curious = [self._curious.get() for _ in range(self._curious.qsize())]
            pause = self._send_all()
            for then in curious:
                self._post(then, self._trouble)

    def _send_all(self) -> float | None:
        """In order, until nothing waits or the database refuses: seconds until the next try, None if none is needed."""
        beat = _BEAT_S if self._way.is_server else None
        try:
            if not (jobs := self._file.oldest(_AT_ONCE)) and beat is not None:
                self._way.write(())
            was_sent = bool(jobs)
            while jobs:
                self._send(jobs)
                jobs = self._file.oldest(_AT_ONCE)
            if was_sent:  # people's words do not lie about here longer than they must
                self._file.scrub()
        except DatabaseUnavailable as error:
            return self._refused(error)
        self._failures, self._trouble = 0, None
        self._tell()
        return beat

    def _send(self, jobs: Sequence[Job]) -> None:
        """Remove them once they are in the database; a single one that can't be written is set aside.

        Several are one transaction: after a cut of ten minutes some hundred wait.
        """
        self._sending_since = time.monotonic()
        try:
            parts = [part for job in jobs for part in parts_from(job.body)]
            self._way.write(in_order(parts))
        except DatabaseUnavailable:
            raise
        except Exception as bug:  # noqa: BLE001 -- the root of this thread: other notes must go on being sent
            self._send_singly(jobs, bug)
            return
        finally:
            self._sending_since = None
        self._file.remove([job.number for job in jobs])
        if self._listener is not None:
            self._post(self._listener.outbox_sent)

    def _send_singly(self, jobs: Sequence[Job], bug: Exception) -> None:
        """One of them is to blame: it must not hold up the rest."""
        if len(jobs) > 1:
            for job in jobs:
                self._send([job])
            return
        (job,) = jobs
        log.error("job %d of the outbox cannot be written, and is set aside", job.number, exc_info=bug)
        self._file.set_aside(job.number, type(bug).__name__)

    def _refused(self, error: DatabaseUnavailable) -> float:
        if not self._failures:
            log.warning("the records do not take what is written here: %s", error)
        self._failures, self._trouble = self._failures + 1, error.reason
        self._tell()
        most = _LONGEST_PAUSE_AWAY_S if error.reason is Trouble.UNREACHABLE else _LONGEST_PAUSE_S
        longest = min(most, _FIRST_PAUSE_S * float(2 ** min(self._failures - 1, 8)))
        return longest * self._chance.uniform(0.5, 1)  # a server that comes back must not meet all desks at once

    def _tell(self) -> None:
        with suppress(DatabaseUnavailable):  # the file's own trouble has been logged where it was noticed
            state = OutboxState(self._file.waiting(), self._trouble)
            if state != self._told and self._listener is not None:
                self._told = state
                self._post(self._listener.outbox_changed, state)


def in_order(parts: Sequence[Part]) -> Sequence[Writable]:
    """What is entered in the audit log comes last: desks wait for each other there."""
    seen = [part for part in parts if isinstance(part, AuditSnapshot)]
    others = [part for part in parts if not isinstance(part, AuditSnapshot)]
    return [*others, *([Late.of(others)] if others else []), *seen]


def body_of(parts: Sequence[Part]) -> str:
    """Parts as a job keeps them."""
    names = {kind: name for name, kind in KINDS.items()}
    told = [{"kind": names[type(part)], "value": as_json(part)} for part in parts]
    return json.dumps({"version": VERSION, "parts": told}, ensure_ascii=False)


def parts_from(body: str) -> list[Part]:
    """The parts of a job. Raises ValueError for one that a later program has put."""
    stored = json.loads(body)
    if stored["version"] > VERSION:
        raise ValueError(f"a later program's job: version {stored['version']}")
    return [from_json(KINDS[one["kind"]], one["value"]) for one in stored["parts"]]


def _readable(job: Job) -> list[Part]:
    """None of a job that only another version of the program can read: it is set aside, and told where it is sent."""
    try:
        return parts_from(job.body)
    except (ValueError, KeyError, TypeError):
        return []


def _surface(error: Exception) -> None:
    raise error
