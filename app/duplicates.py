"""Customers who may be recorded twice: found, compared, made one, and two again. Nothing here waits.

A scan of a million customers runs in a process of its own: it must hold up neither the screen nor whoever compares two.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, TypeVar

from app.audit.signature import AuditAction, AuditEntry, Signature
from app.clock import Clock
from app.db_worker import Post, Worker
from app.duplicate_scan import scan
from app.duplicate_words import why_refused
from app.errors import UserError
from app.importing.job import RecordsAddress
from app.own_process import Hearing, Killed, OwnProcess
from app.seat import Seat
from app.words import _
from db.audit.chain import append
from db.duplicates.find import Progress, Suspect
from db.duplicates.score import SURE, Sign
from db.engine import reading, writing
from db.kinds import PairDecision
from db.merging.comparison import Comparison, FieldPair, PastMerge, Side, compare, past_merges
from db.merging.fields import Choice, Field
from db.merging.merge import MergeOrder, merge_customers
from db.merging.pairs import Said, ask_again, decide
from db.merging.refused import MergeRefused
from db.merging.undo import Undone, undo_merge

__all__ = [
    "SURE",
    "Choice",
    "Comparison",
    "Duplicates",
    "DuplicatesPlace",
    "Field",
    "FieldPair",
    "PastMerge",
    "Progress",
    "Side",
    "Sign",
    "Suspect",
    "Undone",
]

Failed = Callable[[Exception], object]
Result = TypeVar("Result")
_MOST_PAST = 200


@dataclass(frozen=True, slots=True)
class DuplicatesPlace:
    """Who works here, and where the records are (asked on a thread that may wait)."""

    seat: Seat
    records: Callable[[], RecordsAddress]


class Duplicates:
    """Works through an engine that may take its time. Failures are UserError or DatabaseUnavailable.

    `place` says who works here, and where a scan finds the records when it begins.
    """

    def __init__(self, engine: Any, place: DuplicatesPlace, post: Post, clock: Clock | None = None) -> None:
        self._engine, self._seat, self._post = engine, place.seat, post
        self._records = place.records
        self._clock = clock or Clock()
        self._scan: OwnProcess[Progress, tuple[Suspect, ...]] | None = None
        self._is_ending = False
        self._scanning = Worker("duplicates", post)
        self._merging = Worker("merging", post)
        self._given_up = Event()

    def look(
        self, then: Callable[[Sequence[Suspect]], object], failed: Failed, heard: Callable[[Progress], object]
    ) -> None:
        """All pairs worth a look, the likeliest first; `heard` is told how far the scan is."""
        self._given_up.clear()
        self._scanning.ask(lambda: self._scanned(heard), then, failed)

    def give_up(self) -> None:
        """End the scan: what it has found so far comes at once."""
        self._given_up.set()
        if (running := self._scan) is not None:
            running.enough()

    def compare(self, left: int, right: int, then: Callable[[Comparison | None], object], failed: Failed) -> None:
        """Two customers side by side; None if one of them is none any more. Who has seen them is written down first."""
        by = Signature.of(self._seat, self._clock)
        seen = [by.entry(AuditAction.CARD_OPENED, "customer", one, how="compared") for one in (left, right)]

        def compared() -> Comparison | None:
            self._write(lambda on: _append(on, seen))
            return self._read(lambda on: compare(on, left, right))

        self._merging.ask(compared, then, failed)

    def merge(
        self, seen: Comparison, choices: Mapping[Field, Choice], then: Callable[[int], object], failed: Failed
    ) -> None:
        """Keep the left one, with the chosen values; gives the merge's number. Refused if anybody was faster."""
        left, right = seen.left, seen.right
        order = MergeOrder(
            left.customer_id, right.customer_id, left.version_id, right.version_id, self._seat.login, self._clock.now(),
            dict(choices),
        )  # fmt: skip
        by = Signature.of(self._seat, self._clock)
        entries = _about_both(by, AuditAction.MERGED, left.customer_id, right.customer_id)

        def merged(on: Any) -> int:
            merge_id = merge_customers(on, order)
            _append(on, entries)
            return merge_id

        self._merging.ask(lambda: self._write(merged), then, failed)

    def undo(self, merge_id: int, then: Callable[[Undone], object], failed: Failed) -> None:
        """Make two of one again; tells which fields stay as they were changed since."""
        by, at = Signature.of(self._seat, self._clock), self._clock.now()

        def undone(on: Any) -> Undone:
            done = undo_merge(on, merge_id, by.operator, at)
            _append(on, _about_both(by, AuditAction.MERGE_UNDONE, done.kept_id, done.merged_id))
            return done

        self._merging.ask(lambda: self._write(undone), then, failed)

    def not_the_same(self, one: int, other: int, then: Callable[[None], object], failed: Failed) -> None:
        """Never offer these two again."""
        said = Said(self._seat.login, self._clock.now())
        self._merging.ask(
            lambda: self._write(lambda on: decide(on, (one, other), PairDecision.NOT_SAME, said)), then, failed
        )

    def ask_again(self, one: int, other: int, then: Callable[[None], object], failed: Failed) -> None:
        """It was said too soon that these two are not the same."""
        self._merging.ask(lambda: self._write(lambda on: ask_again(on, (one, other))), then, failed)

    def past_merges(self, then: Callable[[Sequence[PastMerge]], object], failed: Failed) -> None:
        """The newest merges, undone ones too."""
        self._merging.ask(lambda: self._read(lambda on: past_merges(on, _MOST_PAST)), then, failed)

    def stop(self) -> None:
        """End the scan, and both threads."""
        self._is_ending = True
        if (running := self._scan) is not None:
            running.kill()
        self._scanning.stop()
        self._merging.stop()

    def _scanned(self, heard: Callable[[Progress], object]) -> tuple[Suspect, ...]:
        """Waits for a process of its own."""
        ends: list[tuple[Suspect, ...] | UserError | Killed] = []
        hearing: Hearing[Progress, tuple[Suspect, ...]] = Hearing(self._post, heard, ends.append)
        self._scan = OwnProcess("duplicates", scan, self._records(), hearing)
        if self._is_ending:
            self._scan.kill()
        elif self._given_up.is_set():  # before there was anything to give up
            self._scan.enough()
        self._scan.wait()
        self._scan = None
        (end,) = ends
        if isinstance(end, Killed):
            raise UserError(_("The search for duplicates ended before its time."), _("Try again."))
        if isinstance(end, UserError):
            raise end
        return end

    def _read(self, job: Callable[[Any], Result]) -> Result:
        with reading(self._engine) as connection:
            return job(connection)

    def _write(self, job: Callable[[Any], Result]) -> Result:
        try:
            with writing(self._engine) as connection:
                return job(connection)
        except MergeRefused as refused:
            raise why_refused(refused) from refused


def _about_both(by: Signature, action: AuditAction, kept: int, gone: int) -> list[AuditEntry]:
    """One entry for each, so that whoever asks about either finds it."""
    return [by.entry(action, "customer", kept, gone=gone), by.entry(action, "customer", gone, kept=kept)]


def _append(connection: Any, entries: Sequence[AuditEntry]) -> None:
    """The last thing of a transaction."""
    for entry in entries:
        append(connection, entry)
