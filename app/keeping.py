"""Keeps what the desk must not lose: calls and notes in the records, keystrokes in drafts, facts in the trace.

Knows when the records or the drafts can't be reached, and says so on the screen for as long as it lasts.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app import call_rows, trace_facts
from app import source_health as health
from app.call import Call
from app.clock import Clock
from app.draft_calls import draft_of
from app.journal import Journal
from app.outbox import OutboxState, Part
from app.records import Records
from app.screen import Screen, SourceDanger, Status
from app.seat import Seat
from app.trace import Trace
from cti.events import SourceChanged, SourceHeard, SourceWarned
from db.drafts import Draft
from db.errors import DatabaseUnavailable, Trouble

log = logging.getLogger(__name__)


class StatusBoard:
    """The states that stand on the screen without asking."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.status = Status()

    def set(self, **changes: object) -> None:
        """Change fields of the status; the screen hears only of real changes."""
        changed = replace(self.status, **changes)  # type: ignore[arg-type]
        if changed != self.status:
            self.status = changed
            self._screen.show_status(changed)

    def source_changed(self, event: SourceChanged) -> None:
        """A source can hear, or can't any more."""
        others = [one for one in self.status.sources if one.name != event.source]
        before = next((one for one in self.status.sources if one.name == event.source), None)
        self.set(sources=tuple(sorted([*others, health.changed(before, event)], key=lambda one: one.name)))

    def source_heard(self, event: SourceHeard) -> None:
        """A source's heartbeat: kept, and nobody need draw anything for it, unless it comes after a silence."""
        heard = [health.heard(one, event) if one.name == event.source else one for one in self.status.sources]
        before, self.status = self.status, replace(self.status, sources=tuple(heard))
        if self.status != before:
            self._screen.show_status(self.status)

    def look_at_sources(self, now: datetime) -> None:
        """Whose sign of life is overdue by now would not see a call."""
        self.set(sources=tuple(health.looked_at(one, now) for one in self.status.sources))

    def source_warned(self, event: SourceWarned) -> None:
        """A source's dangers as they stand now."""
        log.info("%s: dangers: %s", event.source, "; ".join(map(" ".join, event.dangers)) or "none")
        others = [one for one in self.status.dangers if one.source != event.source]
        dangers = [*others, *(SourceDanger(event.source, danger, who) for danger, who in event.dangers)]
        self.set(dangers=tuple(sorted(dangers, key=lambda one: one.source)))

    def records_failed(self, error: Exception) -> None:
        """Say that the records can't be reached; anything else is a bug of ours and surfaces."""
        if not isinstance(error, DatabaseUnavailable):
            raise error
        self.set(database=error.reason)

    def outbox_changed(self, state: OutboxState) -> None:
        """What is written waits here, or no more."""
        told = state.waiting
        self.set(waiting=told.notes, waiting_since=told.since if told.notes else None, set_aside=told.set_aside)
        if state.trouble is not None:
            self.set(database=state.trouble)

    def records_work(self) -> None:
        """The records have just answered."""
        self.set(database=None, database_since=None)

    def way_changed(self, trouble: Trouble | None, since: datetime | None) -> None:
        """The database can be reached, or no more since then."""
        self.set(database=trouble, database_since=since)


class Keeping:
    """The desk's memory. Test calls (`ring-me`) are traced but not kept."""

    def __init__(self, records: Records, trace: Trace, seat: Seat, clock: Clock) -> None:
        self._records = records
        self._trace = trace
        self._seat = seat
        self._clock = clock

    def trace(self, kind: str, call: Call, **more: object) -> None:
        """One line of the trace about this call."""
        self._trace.write(kind, self._clock.now(), **trace_facts.of(call), **more)

    def forget_caller(self, call: Call) -> None:
        """What the trace has of him, who withholds the number."""
        self._trace.forget_caller(str(call.id))

    def trace_warning(self, event: SourceWarned) -> None:
        """One line of the trace about a source."""
        dangers = [{"danger": danger, "who": who} for danger, who in event.dangers]
        self._trace.write("warned", event.at, source=event.source, dangers=dangers)

    def save(self, call: Call, then: Callable[[object], object], failed: Callable[[Exception], object]) -> None:
        """The call as it stands now."""
        if not call.ring.is_test and call.by_hand is None:
            self._records.save_call(call, self._seat.login, then, failed)

    def finish(
        self,
        call: Call,
        beside: Sequence[Part],
        then: Callable[[object], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """The call with its note and disposition, and what follows from them."""
        if call.ring.is_test or (call.by_hand is not None and not call.has_contact):
            then(None)
        else:
            parts = call_rows.finished(call, self._seat.login, self._clock.now())
            self._records.put(call.id, [*parts, *beside], then, failed)


class DraftKeeper:
    """Notes being written, safe against a crash. Is the journal's listener: its methods run in the desk's thread."""

    def __init__(self, seat: Seat, clock: Clock, board: StatusBoard, saved: Callable[[UUID, int], object]) -> None:
        self._seat = seat
        self._clock = clock
        self._board = board
        self._saved = saved
        self._journal: Journal | None = None

    def keep_in(self, journal: Journal) -> None:
        """The journal needs a listener and the listener a journal: this closes the ring."""
        self._journal = journal

    def write(self, call: Call) -> None:
        """This version of the call's note: on its way to the disk before the next key."""
        call.seq += 1
        if self._journal is not None and not call.ring.is_test:
            self._journal.write_key(draft_of(call, self._seat.login, self._clock))

    def renew(self, call: Call) -> None:
        """The call itself has changed: a draft that there is already must bring back the call as it is now."""
        if call.seq and self._journal is not None and not call.ring.is_test:
            call.seq += 1
            self._journal.write(draft_of(call, self._seat.login, self._clock))

    def forget(self, call: Call) -> None:
        """Its note is in the records, or on its way there."""
        if self._journal is not None:
            self._journal.forget(call.id)

    def forget_all(self, calls: Collection[UUID]) -> None:
        """Whom they are about was erased: nothing of him may be left in the file."""
        if self._journal is not None and calls:
            for call_id in calls:
                self._journal.forget(call_id)
            self._journal.scrub()

    def write_words(self, draft: Draft) -> None:
        """Words that belong to no call of the desk: on their way to the disk before the next key too."""
        if self._journal is not None:
            self._journal.write_key(draft)

    def forget_words(self, key: UUID) -> None:
        """They were said."""
        if self._journal is not None:
            self._journal.forget(key)

    def read(self, operator: str, then: Callable[[Sequence[Draft]], object]) -> None:
        """This operator's drafts, once all that was written is in the file."""
        if self._journal is not None:
            self._journal.read(operator, then)

    def scrub(self) -> None:
        """A card number was typed: nothing of it may be left in the file."""
        if self._journal is not None:
            self._journal.scrub()

    def draft_written(self, call_id: UUID, seq: int) -> None:
        self._saved(call_id, seq)

    def drafts_failed(self, error: DatabaseUnavailable) -> None:
        self._board.set(drafts=error.reason)

    def drafts_work_again(self) -> None:
        self._board.set(drafts=None)
