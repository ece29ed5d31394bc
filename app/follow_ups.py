"""The follow-ups of one operator and of the team: listed, promised from a call, done. Nothing here waits."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from app import call_rows
from app.call import Call
from app.clock import Clock
from app.outbox import Part
from app.parts import KeptSnapshot, PromiseSnapshot, PutOffSnapshot, ReassignSnapshot, ReopenSnapshot, TriedSnapshot
from app.records import Failed, Records
from app.seat import Seat
from db.follow_ups import (
    MOST_LISTED,
    FollowUpCount,
    Kept,
    OpenFollowUp,
    Promise,
    PutOff,
    Reassigned,
    Tried,
    all_open_follow_ups,
    as_listed,
    count_by_operator,
    follow_ups_again,
    follow_ups_of,
    open_follow_ups,
)
from db.kinds import FollowUpKind
from db.uuid7 import uuid7_within

__all__ = ["MOST_LISTED", "FollowUpCount", "FollowUpKind", "FollowUpWish", "FollowUps", "OpenFollowUp"]

Then = Callable[[Sequence[OpenFollowUp]], object]
Done = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class FollowUpWish:
    """What an operator promises in a call; `assignee` is a login, "" stands for the team."""

    kind: FollowUpKind
    due_at: datetime
    assignee: str
    text: str = ""


class FollowUps:
    """`changed` are told, in the desk's thread, when one was promised or done here."""

    def __init__(self, records: Records, seat: Seat, clock: Clock) -> None:
        self._records = records
        self._seat = seat
        self._clock = clock
        self.changed: list[Callable[[], object]] = []

    def list_open(self, then: Then, failed: Failed) -> None:
        """What is still to be done by this operator and by the team, the most pressing first."""
        login = self._seat.login

        def job(connection: Any, waiting: Sequence[Part]) -> Sequence[OpenFollowUp]:
            promised = [as_listed(connection, one) for one in _promised(waiting) if one.assignee in ("", login)]
            rows = (*open_follow_ups(connection, login), *_again(connection, waiting))
            return _still_open(rows, promised, waiting, {login, ""})

        self._records.ask(job, then, failed)

    def list_known(self, known: Sequence[OpenFollowUp], then: Then, failed: Failed) -> None:
        """What was known of them, with what was written here since: for as long as nobody answers."""
        login = self._seat.login

        def told(waiting: Sequence[Part]) -> None:
            promised = [_as_row(one) for one in _promised(waiting) if one.assignee in ("", login)]
            then(_still_open(known, promised, waiting, {login, ""}))

        self._records.unsent(told, failed)

    def list_of(self, whose: str | None, last: OpenFollowUp | None, then: Then, failed: Failed) -> None:
        """Those of an operator ("": of the team, None: everybody's) behind `last`; a page that is not full ends them.

        What was promised here and is not sent yet follows when it is: in a moment, or when the records are back.
        """

        def job(connection: Any, waiting: Sequence[Part]) -> Sequence[OpenFollowUp]:
            rows = all_open_follow_ups(connection, whose, last)
            return _still_open(rows, (), waiting, None if whose is None else {whose})

        self._records.ask(job, then, failed)

    def count(self, then: Callable[[Sequence[FollowUpCount]], object], failed: Failed) -> None:
        """Who has how many to do, whoever is latest first."""
        now = self._clock.now()
        midnight = datetime.combine(now.astimezone().date() + timedelta(days=1), time()).astimezone()
        self._records.ask(lambda connection, _waiting: count_by_operator(connection, now, midnight), then, failed)

    def list_of_call(self, call_id: UUID, then: Then, failed: Failed) -> None:
        """What was promised in this call and is still to be done."""

        def job(connection: Any, waiting: Sequence[Part]) -> Sequence[OpenFollowUp]:
            promised = [as_listed(connection, one) for one in _promised(waiting) if one.call_id == call_id]
            again = [one for one in _again(connection, waiting) if one.call_id == call_id]
            return _still_open((*follow_ups_of(connection, call_id), *again), promised, waiting)

        self._records.ask(job, then, failed)

    def promise(self, call: Call, wish: FollowUpWish, then: Done, failed: Failed) -> Promise:
        """Write it down with its call; the same wish twice is one."""
        key = uuid7_within(call.id, f"follow-up {wish.kind} {wish.due_at.isoformat()} {wish.assignee} {wish.text}")
        now = self._clock.now()
        on_call = call.id if call.by_hand is None else None
        made = Promise(key, on_call, call.opened_id, wish.kind, wish.due_at, wish.assignee, wish.text, now)
        parts: list[Part] = [*call_rows.rows_of(call, self._seat.login), PromiseSnapshot(made)]
        self._records.put(call.id, parts, lambda done: self._told(then, done), failed)
        return made

    def done(self, follow_up_id: UUID, then: Done, failed: Failed) -> None:
        """This operator has done it; `then` once that is safe on this PC's disk."""
        kept = Kept(follow_up_id, self._seat.login, self._clock.now())
        self._records.put(follow_up_id, [KeptSnapshot(kept)], lambda done: self._told(then, done), failed)

    def reopen(self, follow_up_id: UUID, then: Done, failed: Failed) -> None:
        """It is not done after all."""
        self._records.put(follow_up_id, [ReopenSnapshot(follow_up_id)], lambda done: self._told(then, done), failed)

    def put_off(self, follow_up_id: UUID, due_at: datetime, then: Done, failed: Failed) -> None:
        """It is due later; `then` once that is safe on this PC's disk."""
        later = PutOff(follow_up_id, due_at)
        self._records.put(follow_up_id, [PutOffSnapshot(later)], lambda done: self._told(then, done), failed)

    def tried(self, follow_up_id: UUID, attempts: int, due_at: datetime, then: Done, failed: Failed) -> None:
        """Nobody was reached, for the `attempts`th time; it is due again then."""
        made = TriedSnapshot(Tried(follow_up_id, attempts, due_at))
        self._records.put(follow_up_id, [made], lambda done: self._told(then, done), failed)

    def reassign(self, follow_up_id: UUID, assignee: str, then: Done, failed: Failed) -> None:
        """It is another's: a login, "" for the team; `then` once that is safe on this PC's disk."""
        made = ReassignSnapshot(Reassigned(follow_up_id, assignee))
        self._records.put(follow_up_id, [made], lambda done: self._told(then, done), failed)

    def _told(self, then: Done, done: object) -> None:
        then(done)
        for tell in self.changed:
            tell()


def _promised(waiting: Iterable[Part]) -> list[Promise]:
    return [part.made for part in waiting if isinstance(part, PromiseSnapshot)]


def _still_open(
    rows: Sequence[OpenFollowUp],
    promised: Iterable[OpenFollowUp],
    waiting: Sequence[Part],
    logins: Container[str] | None = None,
) -> Sequence[OpenFollowUp]:
    """The records' rows with what was written here and is not there yet; of these `logins` where they are named."""
    there = {one.follow_up_id for one in rows}
    done = _done(waiting)
    new = [one for one in promised if one.follow_up_id not in there]
    left = {one.follow_up_id: one for one in [*rows, *new] if one.follow_up_id not in done}
    for part in waiting:
        if isinstance(part, PutOffSnapshot) and (one := left.get(part.later.follow_up_id)):
            left[one.follow_up_id] = one._replace(due_at=part.later.due_at)
        elif isinstance(part, TriedSnapshot) and (one := left.get(part.made.follow_up_id)):
            left[one.follow_up_id] = one._replace(due_at=part.made.due_at, attempts=part.made.attempts)
        elif isinstance(part, ReassignSnapshot) and (one := left.get(part.made.follow_up_id)):
            left[one.follow_up_id] = one._replace(login=part.made.assignee, assignee=part.made.assignee)
    mine = [one for one in left.values() if logins is None or one.login in logins]
    return sorted(mine, key=lambda one: (one.due_at, one.follow_up_id))


def _again(connection: Any, waiting: Sequence[Part]) -> Sequence[OpenFollowUp]:
    """What was done, is in the records as done, and was taken back here a moment ago."""
    return follow_ups_again(connection, {part.follow_up_id for part in waiting if isinstance(part, ReopenSnapshot)})


def _done(waiting: Iterable[Part]) -> set[UUID]:
    done: set[UUID] = set()
    for part in waiting:
        if isinstance(part, KeptSnapshot):
            done.add(part.kept.follow_up_id)
        elif isinstance(part, ReopenSnapshot):
            done.discard(part.follow_up_id)
    return done


def _as_row(made: Promise) -> OpenFollowUp:
    """Whose it is the records will say."""
    return OpenFollowUp(
        made.follow_up_id, made.kind, made.due_at, made.assignee, made.assignee, made.text, made.created_at,
        made.call_id, made.customer_id, "", "", "",
    )  # fmt: skip
