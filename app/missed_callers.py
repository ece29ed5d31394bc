"""Who rang and is still to be called back: one entry per number, settled for the whole team by whoever speaks to them.

Pure: facts in, callers out. No database, no clock.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.call_rows import CallSnapshot, ContactSnapshot
from app.outbox import Part
from app.parts import MarkSnapshot
from db.calls import CallRow
from db.kinds import Channel, Direction, Outcome, Withheld
from db.missed import Answer, MarkFact, MissedCall, MissedFacts


class SettledHow(StrEnum):
    """Why nobody need call back any more."""

    CALLED_BACK = "called_back"
    ANSWERED = "answered"  # they rang again and somebody answered
    DONE = "done"  # an operator says so, and may take it back


@dataclass(frozen=True, slots=True)
class Settled:
    """What cleared it, when and by whom ("" if nobody knows); `mark_on` is the call whose mark can be taken back."""

    how: SettledHow
    at: datetime
    by: str
    mark_on: UUID | None = None


@dataclass(frozen=True, slots=True)
class MissedCaller:
    """All missed calls of one number that stand alike; what is unknown is "". `call_id` is the newest of them."""

    call_id: UUID
    number: str
    e164: int | None
    withheld: Withheld | None
    name: str
    line: str
    customer_id: int | None
    customer_no: str
    customer: str
    count: int
    first: datetime
    last: datetime
    settled: Settled | None = None

    @property
    def key(self) -> str:
        """The same for this number however often it rings; another one once it is settled."""
        number = f"+{self.e164}" if self.e164 is not None else self.number or str(self.call_id)
        return f"{number} {self.settled.at.isoformat()}" if self.settled else number


@dataclass(frozen=True, slots=True)
class MissedList:
    """Newest first. Who withheld the number can't be called back and stands apart."""

    to_call: tuple[MissedCaller, ...] = ()
    withheld: tuple[MissedCaller, ...] = ()
    settled: tuple[MissedCaller, ...] = ()


def with_waiting(facts: MissedFacts, waiting: Iterable[Part], login: str) -> MissedFacts:
    """The facts of the records with what was written here and is not there yet."""
    calls = {one.call_id: one for one in facts.calls}
    answers = {one.call_id: one for one in facts.answers}
    marks = list(facts.marks)
    for part in waiting:
        if isinstance(part, CallSnapshot):
            _add_call(calls, answers, part.row)
        elif isinstance(part, ContactSnapshot) and part.done.channel is Channel.PHONE:
            told = part.done
            answers[told.contact_id] = Answer(
                told.contact_id, told.at, "", None, told.direction, told.operator, told.customer_id
            )
        elif isinstance(part, MarkSnapshot):
            made = part.made
            marks.append(MarkFact(made.mark_id, made.call_id, made.at, login, made.is_done))
    return MissedFacts(tuple(calls.values()), tuple(answers.values()), tuple(marks))


def fold(facts: MissedFacts) -> MissedList:
    """One entry per number and per way in which it was settled."""
    settlers = _settlers(facts)
    groups: dict[tuple[str, Settled | None], list[MissedCall]] = defaultdict(list)
    for one in facts.calls:
        key = _key(one)
        groups[key, _settled_by(one, [*settlers.get(key, ()), *settlers.get(one.customer_id, ())])].append(one)
    made = [_caller(calls, settled) for (_number, settled), calls in groups.items()]
    made.sort(key=lambda one: one.last, reverse=True)
    still = [one for one in made if one.settled is None]
    return MissedList(
        tuple(one for one in still if one.number),
        tuple(one for one in still if not one.number),
        tuple(sorted((one for one in made if one.settled), key=_settled_at, reverse=True)),
    )


def _add_call(calls: dict[UUID, MissedCall], answers: dict[UUID, Answer], row: CallRow) -> None:
    """A call as this desk saw it last: answered after all, perhaps."""
    calls.pop(row.id, None)
    if row.direction is Direction.IN and row.outcome is Outcome.MISSED:
        calls[row.id] = MissedCall(
            row.id, row.offered_at, row.number, row.e164, row.withheld, row.name, row.line, row.dialled,
            row.customer_id, "", "", rang_here=True,
        )  # fmt: skip
    elif row.outcome in (Outcome.ANSWERED, Outcome.ELSEWHERE) and row.direction is not Direction.INTERNAL:
        by = row.operator or row.answered_by
        whose = row.customer_id if row.direction is Direction.OUT else None
        answers[row.id] = Answer(row.id, row.offered_at, row.number, row.e164, row.direction, by, whose)


def _key(one: MissedCall | Answer) -> str:
    """Who withholds the number is nobody's double: each such call is one of its own."""
    if one.e164 is not None:
        return f"+{one.e164}"
    return one.number or str(one.call_id)


def _settlers(facts: MissedFacts) -> Mapping[str | int | None, Sequence[tuple[datetime, Settled]]]:
    """Per number, and per customer: up to which instant the missed calls are settled, and by what."""
    found: dict[str | int | None, list[tuple[datetime, Settled]]] = defaultdict(list)
    for answer in facts.answers:
        how = SettledHow.CALLED_BACK if answer.direction is Direction.OUT else SettledHow.ANSWERED
        settled = answer.at, Settled(how, answer.at, answer.by)
        found[_key(answer)].append(settled)
        if answer.customer_id is not None:
            found[answer.customer_id].append(settled)
    marked = _newest_marks(facts.marks)
    for one in facts.calls:
        made = marked.get(one.call_id)
        if made is not None and made.is_done:
            found[_key(one)].append((one.at, Settled(SettledHow.DONE, made.at, made.by, one.call_id)))
    return found


def _newest_marks(marks: Iterable[MarkFact]) -> dict[UUID, MarkFact]:
    """The newest decides; of several that say the same the first did it."""
    newest: dict[UUID, MarkFact] = {}
    for one in sorted(marks, key=lambda one: (one.at, one.mark_id)):
        before = newest.get(one.call_id)
        if before is None or before.is_done is not one.is_done:
            newest[one.call_id] = one
    return newest


def _settled_by(one: MissedCall, settlers: Iterable[tuple[datetime, Settled]]) -> Settled | None:
    """The first that came after it."""
    after = [settled for until, settled in settlers if until >= one.at]
    return min(after, key=lambda settled: (settled.at, settled.how), default=None)


def _caller(calls: Sequence[MissedCall], settled: Settled | None) -> MissedCaller:
    """The newest call's words; the customer and the name that any of them knew."""
    by_time = sorted(calls, key=lambda one: (one.at, one.call_id), reverse=True)
    newest = by_time[0]
    known = next((one for one in by_time if one.customer), newest)
    name = next((one.name for one in by_time if one.name), "")
    return MissedCaller(
        newest.call_id, newest.number, newest.e164, newest.withheld, name, newest.line, known.customer_id,
        known.customer_no, known.customer, len(calls), by_time[-1].at, newest.at, settled,
    )  # fmt: skip


def _settled_at(one: MissedCaller) -> datetime:
    return one.settled.at if one.settled else one.last
