"""The records as the desk sees them: nothing here waits. Answers come back in the desk's thread.

Three threads read: one only for the look-up of a ring, so that a slow report never delays a pop, and one for who else
may be meant by a number that nobody has, so that a stranger never delays a customer. What is written goes through the
outbox, which has its own.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar
from uuid import UUID

from app import call_rows
from app.call import Call, Ring
from app.call_rows import CustomerSnapshot, NumberSnapshot
from app.clock import Clock
from app.database_way import DatabaseWay
from app.db_worker import Post, Worker
from app.guesses import Guess, Guesses
from app.local_copy import LocalCopy, with_waiting
from app.look_up import asks_more, look_up, warm_up, warm_up_guesses, with_guesses
from app.outbox import Outbox, OutboxListener, Part
from app.pop import Candidate, Copied, CustomerFacts, Found, Pop, PopState, Trouble
from app.searching import found_by
from app.unsent import entered_in, owners_in, unsent_card, with_owners
from db.calls import CallListRow, calls_between, close_left_open
from db.customers import customers_among
from db.dispositions import DispositionFact, dispositions
from db.errors import DatabaseUnavailable
from db.living import living_id
from db.local_cards import LocalCards
from db.note_versions import NoteVersion, note_versions
from db.outbox import OutboxFile
from db.past_call import past_call
from db.pop import customer_facts

Failed = Callable[[Exception], object]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Beside:
    """What a desk has beside its database: what it writes first, what it has seen lately, an engine for rings alone."""

    outbox: OutboxFile | None = None
    cards: LocalCards | None = None
    rings: Any = None


class RecordsListener(OutboxListener, Protocol):
    """Hears, in the desk's thread, whether the database can be reached: why not, and since when."""

    def way_changed(self, trouble: Trouble | None, since: datetime | None) -> None: ...


class Records:
    """Reads and writes through `engine`; `post` brings results to the desk's thread."""

    def __init__(self, engine: Any, post: Post, clock: Clock | None = None, beside: Beside | None = None) -> None:
        clock, beside = clock or Clock(), beside or Beside()
        self._clock = clock
        self._post = post
        self._way = DatabaseWay(engine, beside.rings or engine, clock)
        self._pop_thread = Worker("pop", post)
        self._db_thread = Worker("db", post)
        self._guess_thread = Worker("guess", post)
        self._guesses = Guesses(self._guessed, self._guess_thread, clock)
        self._outbox = Outbox(beside.outbox, self._way, post, clock) if beside.outbox else None
        self._copy = LocalCopy(beside.cards) if beside.cards else None
        self._copy_thread = Worker("copy", post)

    def begin(self, listener: RecordsListener) -> None:
        """Send what an earlier run has left; who listens hears what becomes of what is written."""
        if self._outbox is not None:
            self._way.changed = lambda: self._way_changed(listener)
            self._outbox.begin(listener)

    @property
    def is_doubtful(self) -> bool:
        """Whether the answer to an earlier ring is overdue."""
        return self._way.is_doubtful

    def find_pop(self, ring: Ring, then: Callable[[Found], object], failed: Failed) -> None:
        """Whose number rings? From the copy where the database is known to be away.

        Where nobody has it the answer `asks_more`: of `guess`.
        """
        if self._way.is_closed and self._copy is not None:
            self._copy_thread.ask(lambda: self._copied(ring), then, failed)
        else:
            self._pop_thread.ask(lambda: self._pop(ring), then, failed)

    def guess(self, guess: Guess) -> None:
        """Who else may be meant? The answer comes after others', if there are."""
        self._guesses.ask(guess)

    def give_up(self, guess: Guess) -> None:
        """Nobody waits any longer."""
        self._guesses.give_up(guess)

    def owned_among(self, numbers: Iterable[int]) -> set[int]:
        """Those of the numbers that are somebody's. Waits for the records: for the flood's own thread."""
        return self._read(lambda connection: customers_among(connection, numbers))

    @property
    def is_shared(self) -> bool:
        """Whether a team's server has them."""
        return self._way.is_server

    def doubt(self) -> None:
        """An answer is overdue: until one comes nobody waits for the next as long."""
        self._way.is_doubtful = self._way.is_server

    @property
    def has_copy(self) -> bool:
        """Whether this desk keeps what it has seen."""
        return self._copy is not None

    def find_copy(self, ring: Ring, then: Callable[[Found], object], failed: Failed) -> None:
        """What this desk has seen itself."""
        self._copy_thread.ask(lambda: self._copied(ring), then, failed)

    def open_customer(self, customer_id: int, then: Callable[[Pop], object], failed: Failed) -> None:
        """The card of a customer that the operator chose."""
        thread = self._copy_thread if self._way.is_closed else self._pop_thread
        thread.ask(lambda: self._card(customer_id), then, failed)

    def search(self, text: str, then: Callable[[Sequence[Candidate]], object], failed: Failed) -> None:
        """Customers by name, reading, part of a number, customer or order number, or a note; the first fifty."""
        self._db_thread.ask(lambda: self._search(text), then, failed)

    def ask(
        self, job: Callable[[Any, Sequence[Part]], Result], then: Callable[[Result], object], failed: Failed
    ) -> None:
        """What `job` makes of a reading connection and of what was written here and has not been sent yet."""
        outbox = self._outbox

        def with_what_waits() -> Result:
            waiting = outbox.all_parts() if outbox else []
            return self._read(lambda connection: job(connection, waiting))

        self._db_thread.ask(with_what_waits, then, failed)

    def unsent(self, then: Callable[[Sequence[Part]], object], failed: Failed) -> None:
        """What was written here and has not been sent yet, oldest first: all that is known while nobody answers."""
        self._db_thread.ask(lambda: self._outbox.all_parts() if self._outbox else [], then, failed)

    def put(self, about: UUID, parts: Sequence[Part], then: Callable[[object], object], failed: Failed) -> None:
        """Write these about one call or record, in one transaction; `then` once they are safe on this PC's disk."""
        assert self._outbox is not None  # who only reads has none
        self._outbox.put(about, parts, then, failed)

    def save_call(self, call: Call, operator: str, then: Callable[[object], object], failed: Failed) -> None:
        """The call as it stands now; written again it adds nothing twice. `then`: it is safe on this PC's disk."""
        self.put(call.id, [call_rows.of(call, operator)], then, failed)
        if self._copy is not None and call.pop.copied is None:
            copy, ring, pop, now = self._copy, call.ring, call.pop, self._clock.now()
            self._copy_thread.ask(lambda: copy.keep(ring, pop, now), lambda _none: None, failed)

    def enter(
        self,
        call: Call,
        entered: CustomerSnapshot | NumberSnapshot,
        then: Callable[[object], object],
        failed: Failed,
    ) -> None:
        """A new customer, or a number of one; past calls of the number follow. `then`: it is safe on this PC's disk."""
        self.put(call.id, [entered], then, failed)

    def close_left_open(self, before: datetime, failed: Failed) -> None:
        """Calls that a killed program left ringing in the log are missed calls."""
        self._db_thread.ask(lambda: self._close_left_open(before), lambda _none: None, failed)

    def calls_of(
        self,
        start: datetime,
        end: datetime,
        then: Callable[[Sequence[CallListRow]], object],
        failed: Failed,
        whose: str = "",
    ) -> None:
        """The log between two times, newest first; `whose`: an operator's own alone, by login."""
        ask = partial(calls_between, start=start, end=end, whose=whose)
        self._db_thread.ask(lambda: self._read(ask), then, failed)

    def past_call(self, call_id: UUID, then: Callable[[Call | None], object], failed: Failed) -> None:
        """A call of the log, ready to be taken up again; None if there is no such one."""
        self._db_thread.ask(lambda: self._past_call(call_id), then, failed)

    def note_versions(self, call_id: UUID, then: Callable[[Sequence[NoteVersion]], object], failed: Failed) -> None:
        """Every version of the call's notes in the records, newest first."""
        self._db_thread.ask(lambda: self._read(lambda on: note_versions(on, call_id)), then, failed)

    def dispositions(self, then: Callable[[Sequence[DispositionFact]], object], failed: Failed) -> None:
        """The outcome codes that can be chosen, in their order."""
        self._db_thread.ask(self._dispositions, then, failed)

    def warm_up(self, then: Callable[[Pop], object]) -> None:
        """Pay for the first statements before the first ring does; `then` gets some customer's card, or none.

        It does not wait for what strangers are asked, which may be slow.
        """

        def ask_for_somebody() -> Pop:
            self._ask_for_nobody()
            return self._card(1)

        nobody = Pop(PopState.NOBODY)
        self._warm_up_guesses()
        self._pop_thread.ask(ask_for_somebody, then, lambda _error: then(nobody))

    def when_sent(self, then: Callable[[Trouble | None], object]) -> None:
        """`then` once everything written so far is in the records, or was refused; it gets why."""
        if self._outbox is not None:
            self._outbox.when_tried(then)

    def stop(self) -> None:
        """Finish what is queued, end the threads and close their connections."""
        for thread in (self._pop_thread, self._guess_thread, self._db_thread, self._copy_thread):
            thread.stop()
        if self._outbox is not None:
            self._outbox.stop()
        if self._copy is not None:
            self._copy.close()
        self._way.close()

    def _pop(self, ring: Ring) -> Found:
        pop = self._for_ring(lambda connection: look_up(connection, ring))
        parts = self._outbox.waiting_parts() if self._outbox else []
        pop = with_owners(pop, ring, [self._known_card(one, parts) for one in owners_in(parts, ring)])
        return Found(with_waiting(pop, parts), self._clock.monotonic_ns(), asks_more(ring, pop))

    def _guessed(self, one: Guess) -> Pop:
        """Only a write shows whether a server that says nothing has gone, or just this question is too much."""
        try:
            return self._way.read_for_guess(lambda connection: with_guesses(connection, one.ring, one.known))
        except DatabaseUnavailable as error:
            if error.reason is Trouble.UNREACHABLE and self._outbox is not None:
                self._outbox.look()
            raise

    def _copied(self, ring: Ring) -> Found:
        trouble, parts = self._way.trouble or Trouble.LOCKED, self._outbox.all_parts() if self._outbox else []
        owners = [pop for one in owners_in(parts, ring) if (pop := self._card_here(one, trouble, parts))]
        pop = self._copy.find(ring, trouble, self._way.since) if self._copy else None
        if pop is None and not owners:
            raise DatabaseUnavailable(trouble, "this desk has no copy either")
        pop = with_owners(pop or Pop(PopState.NOBODY, trouble=trouble), ring, owners)
        return Found(with_waiting(pop, parts), self._clock.monotonic_ns())

    def _ask_for_nobody(self) -> None:
        self._for_ring(warm_up)

    def _warm_up_guesses(self) -> None:
        ask = self._way.read_for_guess
        self._guess_thread.ask(lambda: ask(warm_up_guesses), lambda _none: None, lambda _error: None)

    def _card(self, customer_id: int) -> Pop:
        """What waits is read first: what has gone from there by the time the records are asked is in them."""
        parts = self._waiting_about(customer_id)
        return with_waiting(self._known_card(customer_id, parts), parts)

    def _known_card(self, customer_id: int, parts: Sequence[Part]) -> Pop:
        try:
            facts = self._for_ring(lambda connection: _facts(connection, customer_id))
        except DatabaseUnavailable as error:
            kept = self._card_here(customer_id, error.reason, parts)
            if kept is None:
                raise
            return kept
        entered = None if facts else entered_in(parts, customer_id)
        if entered is not None:
            return unsent_card(entered)
        return Pop(PopState.OPENED if facts else PopState.NOBODY, facts=facts)

    def _waiting_about(self, customer_id: int) -> list[Part]:
        """All that waits for a customer whom the records may not have yet, what they do not take for any other."""
        if self._outbox is None:
            return []
        return self._outbox.all_parts() if customer_id < 0 else self._outbox.waiting_parts()

    def _card_here(self, customer_id: int, trouble: Trouble, parts: Sequence[Part]) -> Pop | None:
        """Without the records: as it was entered here, or was seen here last."""
        entered = entered_in(parts, customer_id)
        if entered is not None:
            return replace(unsent_card(entered), trouble=trouble, copied=Copied(entered.at, self._way.since))
        return self._copy.card(customer_id, trouble, self._way.since) if self._copy else None

    def _search(self, text: str) -> Sequence[Candidate]:
        return self._read(lambda connection: found_by(connection, text))

    def _past_call(self, call_id: UUID) -> Call | None:
        """What still waits to be sent is newer than the records."""
        waiting = self._outbox.of(call_id) if self._outbox else []
        try:
            found = self._read(lambda connection: past_call(connection, call_id))
        except DatabaseUnavailable:
            if not waiting:
                raise
            found = None
        newest = call_rows.past_call_with(found, waiting)
        return call_rows.call_from(newest) if newest else None

    def _dispositions(self) -> Sequence[DispositionFact]:
        return self._read(dispositions)

    def _read(self, job: Callable[[Any], Result]) -> Result:
        return self._answered(lambda: self._way.read(job))

    def _for_ring(self, job: Callable[[Any], Result]) -> Result:
        return self._answered(lambda: self._way.read_for_ring(job))

    def _answered(self, ask: Callable[[], Result]) -> Result:
        """Whoever gets an answer, or none, lets what waits to be sent try too."""
        try:
            return ask()
        finally:
            if self._outbox is not None:
                self._outbox.try_now()

    def _way_changed(self, listener: RecordsListener) -> None:
        """Rings come soon after: pay for a new connection now."""
        self._post(listener.way_changed, self._way.trouble, self._way.since)
        if self._way.trouble is None:
            self._pop_thread.ask(self._ask_for_nobody, lambda _none: None, lambda _error: None)
            self._warm_up_guesses()

    def _close_left_open(self, before: datetime) -> None:
        self._way.write([_LeftOpen(before)])


def _facts(connection: Any, customer_id: int) -> CustomerFacts | None:
    """The one of the card may be one with another now."""
    return customer_facts(connection, customer_id) or customer_facts(connection, living_id(connection, customer_id))


@dataclass(frozen=True, slots=True)
class _LeftOpen:
    before: datetime

    def write(self, connection: Any) -> None:
        close_left_open(connection, self.before)
