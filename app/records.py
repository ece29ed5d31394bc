"""The records as the desk sees them: nothing here waits. Answers come back in the desk's thread.

Two threads read: one only for the look-up of a ring, so that a slow report never delays a pop. What is written goes
through the outbox, which has its own.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app import call_rows
from app.call import Call, Ring
from app.clock import Clock
from app.db_worker import Post, Worker
from app.look_up import look_up, warm_up
from app.outbox import Outbox, OutboxListener, Part
from app.pop import Candidate, Pop, PopState
from db.belonging import NewCustomer, attach_number, create_customer
from db.calls import CallListRow, calls_between, close_left_open
from db.dispositions import DispositionFact, dispositions
from db.engine import reading, writing
from db.errors import DatabaseUnavailable
from db.living import living_id
from db.outbox import OutboxFile
from db.past_call import past_call
from db.pop import customer_facts
from db.search import search_customers

Failed = Callable[[Exception], object]


@dataclass(frozen=True, slots=True)
class Found:
    """A pop, and when the records had it (`monotonic_ns`)."""

    pop: Pop
    at_ns: int


class Records:
    """Reads and writes through `engine`; `post` brings results to the desk's thread."""

    def __init__(
        self, engine: Any, post: Post, clock: Clock | None = None, outbox_file: OutboxFile | None = None
    ) -> None:
        clock = clock or Clock()
        self._engine = engine
        self._monotonic_ns = clock.monotonic_ns
        self._pop_thread = Worker("pop", post)
        self._db_thread = Worker("db", post)
        self._outbox = Outbox(outbox_file, self._write_parts, post, clock) if outbox_file else None

    def begin(self, listener: OutboxListener) -> None:
        """Send what an earlier run has left; who listens hears what becomes of what is written."""
        if self._outbox is not None:
            self._outbox.begin(listener)

    def find_pop(self, ring: Ring, then: Callable[[Found], object], failed: Failed) -> None:
        """Whose number rings?"""
        self._pop_thread.ask(lambda: Found(self._pop(ring), self._monotonic_ns()), then, failed)

    def open_customer(self, customer_id: int, then: Callable[[Pop], object], failed: Failed) -> None:
        """The card of a customer that the operator chose."""
        self._pop_thread.ask(lambda: self._card(customer_id), then, failed)

    def search(self, text: str, then: Callable[[Sequence[Candidate]], object], failed: Failed) -> None:
        """Customers by name, reading, part of a number, customer or order number, or a note; the first fifty."""
        self._db_thread.ask(lambda: self._search(text), then, failed)

    def save_call(self, call: Call, operator: str, then: Callable[[object], object], failed: Failed) -> None:
        """The call as it stands now; written again it adds nothing twice. `then`: it is safe on this PC's disk."""
        self._put(call, [call_rows.of(call, operator)], then, failed)

    def finish(self, call: Call, operator: str, at: datetime, then: Callable[[object], object], failed: Failed) -> None:
        """The call with its note and disposition, in one transaction; a call that nobody took leaves no contact."""
        parts: list[Part] = [call_rows.of(call, operator)]
        if call.has_contact:
            parts.append(call_rows.wrap_up_of(call, operator, at))
        if (choice := call_rows.choice_of(call, operator)) is not None:
            parts.append(call_rows.ChoiceSnapshot(choice))
        self._put(call, parts, then, failed)

    def create_customer(
        self, call: Call, new: NewCustomer, operator: str, then: Callable[[int], object], failed: Failed
    ) -> None:
        """Enter a customer with the number that rang; `then` gets the key. Past calls of the number follow."""
        number, at = call_rows.number_of(call), call.ring.at
        self._db_thread.ask(
            lambda: self._write(lambda on: create_customer(on, new, number, operator, at)), then, failed
        )

    def attach_number(
        self, call: Call, customer_id: int, operator: str, then: Callable[[int], object], failed: Failed
    ) -> None:
        """Record that the customer answers at the number that rang; `then` gets how many past calls followed."""
        number, at = call_rows.number_of(call), call.ring.at
        if number is not None:
            self._db_thread.ask(
                lambda: self._write(lambda on: attach_number(on, customer_id, number, operator, at)), then, failed
            )

    def close_left_open(self, before: datetime, failed: Failed) -> None:
        """Calls that a killed program left ringing in the log are missed calls."""
        self._db_thread.ask(lambda: self._close_left_open(before), lambda _none: None, failed)

    def calls_of(
        self, start: datetime, end: datetime, then: Callable[[Sequence[CallListRow]], object], failed: Failed
    ) -> None:
        """The log between two times, newest first."""
        self._db_thread.ask(lambda: self._calls(start, end), then, failed)

    def past_call(self, call_id: UUID, then: Callable[[Call | None], object], failed: Failed) -> None:
        """A call of the log, ready to be taken up again; None if there is no such one."""
        self._db_thread.ask(lambda: self._past_call(call_id), then, failed)

    def dispositions(self, then: Callable[[Sequence[DispositionFact]], object], failed: Failed) -> None:
        """The outcome codes that can be chosen, in their order."""
        self._db_thread.ask(self._dispositions, then, failed)

    def warm_up(self, then: Callable[[Pop], object]) -> None:
        """Pay for the first statements before the first ring does; `then` gets some customer's card, or none."""

        def ask_for_somebody() -> Pop:
            self._ask_for_nobody()
            return self._card(1)

        nobody = Pop(PopState.NOBODY)
        self._pop_thread.ask(ask_for_somebody, then, lambda _error: then(nobody))

    def when_sent(self, then: Callable[[None], object]) -> None:
        """`then` once everything written so far is in the records, or was refused."""
        if self._outbox is not None:
            self._outbox.when_tried(then)

    def stop(self) -> None:
        """Finish what is queued, end both threads and close their connections."""
        self._pop_thread.stop()
        self._db_thread.stop()
        if self._outbox is not None:
            self._outbox.stop()
        self._engine.dispose()

    def _pop(self, ring: Ring) -> Pop:
        with self._reading() as connection:
            return look_up(connection, ring)

    def _ask_for_nobody(self) -> None:
        with self._reading() as connection:
            warm_up(connection)

    def _card(self, customer_id: int) -> Pop:
        with self._reading() as connection:
            facts = customer_facts(connection, customer_id)
            if facts is None:  # the one of the card may be one with another now
                facts = customer_facts(connection, living_id(connection, customer_id))
        return Pop(PopState.OPENED if facts else PopState.NOBODY, facts=facts)

    def _search(self, text: str) -> Sequence[Candidate]:
        with self._reading() as connection:
            found = search_customers(connection, text)
        return [Candidate(one.customer_id, one.customer_no, one.name, one.reading, None, one.group) for one in found]

    def _calls(self, start: datetime, end: datetime) -> Sequence[CallListRow]:
        with self._reading() as connection:
            return calls_between(connection, start, end)

    def _past_call(self, call_id: UUID) -> Call | None:
        """What still waits to be sent is newer than the records."""
        waiting = self._outbox.of(call_id) if self._outbox else []
        try:
            with self._reading() as connection:
                found = past_call(connection, call_id)
        except DatabaseUnavailable:
            if not waiting:
                raise
            found = None
        newest = call_rows.past_call_with(found, waiting)
        return call_rows.call_from(newest) if newest else None

    def _dispositions(self) -> Sequence[DispositionFact]:
        with self._reading() as connection:
            return dispositions(connection)

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        """Whoever gets an answer lets what waits to be sent try too."""
        with reading(self._engine) as connection:
            yield connection
        if self._outbox is not None:
            self._outbox.try_now()

    def _write(self, job: Callable[[Any], int]) -> int:
        with writing(self._engine) as connection:
            return job(connection)

    def _close_left_open(self, before: datetime) -> None:
        with writing(self._engine) as connection:
            close_left_open(connection, before)

    def _put(self, call: Call, parts: Sequence[Part], then: Callable[[object], object], failed: Failed) -> None:
        assert self._outbox is not None  # who only reads has none
        self._outbox.put(call.id, parts, then, failed)

    def _write_parts(self, parts: Sequence[Part]) -> None:
        with writing(self._engine) as connection:
            for part in parts:
                part.write(connection)
