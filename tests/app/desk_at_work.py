"""A desk at work in one thread: real records and drafts, a recording screen, and time in the test's hand."""

import itertools
import json
import queue
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from app.call import Call, Note
from app.clock import Clock
from app.desk import Desk
from app.desk_memory import DeskMemory
from app.journal import Journal
from app.lines import Lines
from app.place import Place
from app.records import Beside, Records
from app.seat import Seat
from app.settings import LineSettings, SiteSettings
from app.trace import Trace, appending_to
from app.trace_forgetting import forgetting_in
from cti.events import (
    CallAnswered,
    CallEnded,
    Caller,
    CallerChanged,
    CallEvent,
    CallOffered,
    Direction,
    EndCause,
    IdentityFrom,
    Verstat,
    Withheld,
)
from db.dispositions import DispositionNode
from db.drafts import Draft, DraftFile
from db.engine import FILE_NAME
from db.local_cards import LocalCards
from db.outbox import OutboxFile
from tests.app.recording_screen import RecordingScreen

NOW = datetime(2026, 11, 21, 14, 12, tzinfo=timezone(timedelta(hours=9)))
MAIN_LINE = "0312345678"
SAVE_MS = 100  # longer than the desk waits with a row


class Posted:
    """Stands for Qt's queue: what other threads post runs when, and only when, the test lets it."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[tuple[Callable[..., object], tuple[Any, ...]]] = queue.SimpleQueue()

    def post(self, fn: Callable[..., object], *args: Any) -> None:
        self._jobs.put((fn, args))

    def run_until(self, is_done: Callable[[], object]) -> None:
        while not is_done():
            fn, args = self._jobs.get(timeout=20)
            fn(*args)


class Timers:
    """Keeps what shall run later; only the test lets time pass."""

    def __init__(self) -> None:
        self._now_ms = 0
        self._due: list[tuple[int, Callable[[], object]]] = []

    def later(self, milliseconds: int, fn: Callable[[], object]) -> None:
        self._due.append((self._now_ms + milliseconds, fn))

    @property
    def waiting(self) -> int:
        """How many jobs wait for their time."""
        return len(self._due)

    def pass_time(self, milliseconds: int) -> None:
        self._now_ms += milliseconds
        due = [one for one in self._due if one[0] <= self._now_ms]
        self._due = [one for one in self._due if one[0] > self._now_ms]
        for _, fn in sorted(due, key=lambda one: one[0]):
            fn()


class HandClock:
    """`now` moves when the test moves it; each reading of the steady clock is a microsecond after the last."""

    def __init__(self) -> None:
        self.now = NOW
        self.ticks = itertools.count(1_000_000, 1_000)
        self.clock = Clock(lambda: self.now, lambda: next(self.ticks))


class DeskAtWork:
    """One operator at a desk. `settle` waits for everything asked so far; without it the records stay silent."""

    def __init__(
        self,
        engine: Engine,
        folder: Path,
        *,
        operator: str = "sato",
        lines: Iterable[LineSettings] = (),
        why_never: str | None = None,
        mask_numbers: bool = False,
        own_phones: Mapping[str, str] | None = None,
        site: SiteSettings | None = None,
        cards: LocalCards | None = None,
        rings: Engine | None = None,
        dispositions: tuple[DispositionNode, ...] = (),
        disposition_required: bool = False,
        memory: DeskMemory | None = None,
        asks_operator: bool = False,
        announcers: tuple[str, ...] = (),
        own_numbers: tuple[str, ...] = (),
        talked_in: tuple[str, ...] = (),
    ) -> None:
        self.folder = folder
        self.posted, self.timers, self.time, self.screen = Posted(), Timers(), HandClock(), RecordingScreen()
        self.traced: list[dict[str, Any]] = []
        self.outbox_file = OutboxFile.open(folder / "drafts", self.time.now)
        self.records = Records(engine, self.posted.post, self.time.clock, Beside(self.outbox_file, cards, rings))
        self.trace_file = folder / "traces" / "calls.jsonl"
        write, forget = appending_to(self.trace_file), forgetting_in(self.trace_file)

        def trace_line(line: str) -> None:
            self.traced.append(json.loads(line))
            write(line)

        trace = Trace(trace_line, mask_numbers=mask_numbers, forget_caller=forget)
        here = Lines(lines, why_never=why_never, site=site, talked_in=talked_in)
        place = Place(
            Seat(operator), here, trace, self.timers.later, self.time.clock, own_phones or {}, dispositions,
            disposition_required, memory or DeskMemory(), operator, asks_operator, announcers, own_numbers,
        )  # fmt: skip
        self.place = place
        self.desk = Desk(self.records, self.screen, place)
        self.screen.report_shown = self.desk.shown
        self.journal = Journal(self.open_drafts(), self.desk.drafts, self.posted.post)
        self.desk.drafts.keep_in(self.journal)
        self._has_left = False

    def open_drafts(self) -> DraftFile:
        return DraftFile.open(self.folder / "drafts", self.time.now)

    def refuse_outbox(self) -> None:
        """From now on SQLite itself refuses every write of what waits to be sent."""
        self.outbox_file._connection.execute("PRAGMA query_only = ON")

    def leave(self) -> None:
        """End the desk's threads as the program does at its end."""
        if not self._has_left:
            self._has_left = True
            self.journal.close()
            self.records.stop()

    def settle(self) -> None:
        """Let every answer of the records come in, and what follows from it be written."""
        answers: list[object] = []
        self.records.open_customer(0, answers.append, answers.append)
        self.posted.run_until(lambda: answers and not self.records._guesses._is_asking)
        self.records.dispositions(answers.append, answers.append)
        self.posted.run_until(lambda: len(answers) == 2)
        self.records.when_sent(answers.append)
        self.posted.run_until(lambda: len(answers) == 3)

    def hear(self, *events: CallEvent) -> None:
        """Report facts, and let the records answer after each of them."""
        for event in events:
            self.desk.hear(event)
            self.settle()

    def wait(self, milliseconds: int) -> None:
        """Let time pass, and what was due in it be answered."""
        self.timers.pass_time(milliseconds)
        self.settle()

    def call(self, source_id: str = "a") -> Call:
        found = [call for call in self.desk.calls if call.ring.source_id == source_id]
        assert found, f"no call {source_id} on the desk"
        return found[-1]

    def has(self, source_id: str) -> bool:
        return any(call.ring.source_id == source_id for call in self.desk.calls)

    def type(self, body: str, source_id: str = "a", handover: str = "", disposition: str = "") -> None:
        """Type a note, key by key."""
        for length in range(1, len(body) + 1):
            self.desk.write(self.call(source_id).id, Note(body[:length]))
        self.desk.write(self.call(source_id).id, Note(body, handover, disposition))

    def wait_until_kept(self, source_id: str = "a") -> None:
        """Until the drafts file has the last key."""
        self.posted.run_until(lambda: (source_id, self.call(source_id).note.body) in self.screen.saved)

    def kept_drafts(self, operator: str = "sato") -> tuple[Draft, ...]:
        """What a start after a crash would find now."""
        file = self.open_drafts()
        try:
            return file.all(operator)
        finally:
            file.close()

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What stands in the database file, read by SQLite itself."""
        connection = sqlite3.connect(self.folder / FILE_NAME)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def empty_log(self) -> None:
        """Take the demo's own calls away, so that a test can count."""
        connection = sqlite3.connect(self.folder / FILE_NAME)
        with connection:
            connection.execute("UPDATE interaction SET call_id = NULL")
            for table in ("call_leg", "call_candidate", "note_revision", "note", "call"):
                connection.execute(f"DELETE FROM {table}")
        connection.close()

    def trace(self, kind: str) -> list[dict[str, Any]]:
        return [line for line in self.traced if line["type"] == kind]


def offered(
    number: str = "0335814111",
    source_id: str = "a",
    *,
    name: str = "",
    dialled: str = MAIN_LINE,
    withheld: Withheld | None = None,
    verstat: Verstat | None = None,
    direction: Direction = Direction.IN,
    is_test: bool = False,
    source: str = "desk phone",
    linked: str = "",
    after: float = 0,
    identity: IdentityFrom | None = None,
) -> CallOffered:
    """髙橋 一郎 rings, unless the test says otherwise."""
    at, caller = NOW + timedelta(seconds=after), Caller(number, name, withheld, identity, verstat)
    return CallOffered(source, source_id, caller, dialled, "", linked, direction, at, 1_000, 2_000, is_test)


def answered(source_id: str = "a", by: str | None = None, source: str = "desk phone") -> CallAnswered:
    return CallAnswered(source, source_id, by, NOW + timedelta(seconds=4))


def ended(source_id: str = "a", why: EndCause = EndCause.CANCELLED, source: str = "desk phone") -> CallEnded:
    return CallEnded(source, source_id, why, NOW + timedelta(seconds=90))


def changed(
    number: str,
    source_id: str = "a",
    *,
    name: str = "",
    withheld: Withheld | None = None,
    verstat: Verstat | None = None,
) -> CallerChanged:
    """The call has another caller now."""
    caller = Caller(number, name, withheld, verstat=verstat)
    return CallerChanged("desk phone", source_id, caller, NOW + timedelta(seconds=30))
