"""One call of the past with all that a desk would have kept of it: legs, who was shown, contact, notes, promises."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from db.demo.book import Book
from db.demo.words import CALLED_ABOUT, HANDED_OVER, OPERATORS, PROMISED
from db.kinds import Channel, Direction, EndCause, FollowUpKind, NoteKind, Outcome, Reason, Withheld
from db.models import call, call_candidate, call_leg, follow_up, interaction, note, note_revision
from db.wrap_up import kind_of

_SHARES = (34, 27, 22, 17)  # of the calls, by operator
_PATIENCE_S, _TALK_S, _AFTER_S = 150, 170, 45
_SOURCE = "demo phone"


@dataclass(frozen=True, slots=True)
class Rung:
    """Who rings when, and where; `pace`: seconds until somebody takes it, on average; nobody does out of hours."""

    at: datetime
    number: str
    e164: int | None
    owners: tuple[int, ...]
    line: tuple[str, str]
    pace: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class Course:
    """What became of it; `who` is the operator who finished it."""

    key: UUID
    rung: Rung
    outcome: Outcome
    ended: datetime
    answered: datetime | None = None
    direction: Direction = Direction.IN
    who: int | None = None
    customer_id: int | None = None


@dataclass(slots=True)
class Shift:
    """Until when each operator is busy."""

    until: dict[int, datetime] = field(default_factory=dict)

    def next_free(self, book: Book, at: datetime) -> tuple[int, datetime]:
        """Of those who are free one by chance, else who will be first."""
        free = [who for who in range(1, len(OPERATORS) + 1) if self.until.get(who, at) <= at]
        if free:
            return book.chance.choices(free, [_SHARES[who - 1] for who in free])[0], at
        who = min(self.until, key=self.until.__getitem__)
        return who, self.until[who]


def take_down(book: Book, rung: Rung, shift: Shift) -> None:
    """Answered, or missed and most often called back."""
    chance = book.chance
    who, free_at = shift.next_free(book, rung.at)
    answered = free_at + timedelta(seconds=2 + chance.expovariate(1 / rung.pace))
    gives_up = rung.at + timedelta(seconds=1 + chance.expovariate(1 / _PATIENCE_S))
    if rung.is_open and answered < gives_up:
        ended = answered + timedelta(seconds=20 + chance.lognormvariate(0, 0.7) * _TALK_S)
        shift.until[who] = ended + timedelta(seconds=_AFTER_S)
        _answered(book, Course(book.made(rung.at), rung, Outcome.ANSWERED, min(ended, book.now), answered, who=who))
        return
    _ring(book, Course(book.made(rung.at), rung, Outcome.MISSED, gives_up))
    back = gives_up + timedelta(minutes=chance.uniform(4, 90))
    if rung.number and rung.is_open and back < book.now - timedelta(minutes=30) and chance.random() < 0.86:
        _call_back(book, replace(rung, at=back), who)


def _answered(book: Book, course: Course) -> None:
    if book.chance.random() < 0.05:  # somebody took it whose desk has no Omote
        _ring(book, replace(course, outcome=Outcome.ELSEWHERE, who=None))
        return
    course = replace(course, customer_id=_meant(book, course.rung))
    _ring(book, course)
    for rank, who in enumerate(course.rung.owners, 1):
        row = {"call_id": course.key, "rank": rank, "customer_id": who, "reason": Reason.EXACT}
        book.add(call_candidate, row | {"is_chosen": who == course.customer_id})
    code, subject, text, _weight = book.chance.choices(CALLED_ABOUT, [weight for *_about, weight in CALLED_ABOUT])[0]
    _wrap_up(book, course, code, (subject, text))


def _call_back(book: Book, rung: Rung, who: int) -> None:
    answered, ended = rung.at + timedelta(seconds=8), rung.at + timedelta(seconds=book.chance.randint(40, 240))
    course = Course(book.made(rung.at), rung, Outcome.ANSWERED, ended, answered, Direction.OUT, who, _meant(book, rung))
    _add_call(book, course)
    _wrap_up(book, course, "callback.done", ("折り返し", "折り返しのお電話で用件を承った。"))


def _meant(book: Book, rung: Rung) -> int | None:
    """Mostly the first of those who have the number; now and then it was somebody whom no card had shown."""
    if not rung.owners:
        return None
    if book.chance.random() < 0.015:
        return max(rung.owners) - 1
    return rung.owners[1] if len(rung.owners) > 1 and book.chance.random() < 0.4 else rung.owners[0]


def _ring(book: Book, course: Course) -> None:
    """At two telephones, of which one may have taken it."""
    _add_call(book, course)
    first = course.who or 1 + book.chance.randrange(len(OPERATORS))
    for place in (first, 1 + first % len(OPERATORS)):
        took = course.answered if place == course.who else None
        row = {
            "id": book.made(course.rung.at), "call_id": course.key, "who": OPERATORS[place - 1][2],
            "offered_at": course.rung.at, "answered_at": took,
            "ended_at": course.ended if took else course.answered or course.ended,
            "outcome": Outcome.ANSWERED if took else Outcome.MISSED,
        }  # fmt: skip
        book.add(call_leg, row)


def _add_call(book: Book, course: Course) -> None:
    rung, chance = course.rung, book.chance
    lasts = course.ended - course.answered if course.answered else timedelta(0)
    row = {
        "id": course.key, "source": _SOURCE, "source_id": f"{course.key.hex[:12]}@demo", "direction": course.direction,
        "number": rung.number, "e164": rung.e164, "withheld": None if rung.number else Withheld.ANONYMOUS,
        "dialled": rung.line[0], "line": rung.line[1], "offered_at": rung.at, "answered_at": course.answered,
        "ended_at": course.ended, "end_cause": EndCause.HUNG_UP if course.answered else EndCause.CANCELLED,
        "outcome": course.outcome, "operator_id": course.who, "customer_id": course.customer_id,
        "hold_ms": chance.randrange(8_000, 60_000) if lasts > timedelta(seconds=90) and chance.random() < 0.2 else None,
    }  # fmt: skip
    book.add(call, row)


def _wrap_up(book: Book, course: Course, code: str, said: tuple[str, str]) -> None:
    """Not everybody writes down everything."""
    chance, (subject, text) = book.chance, said
    if chance.random() < 0.05:
        return
    row = {
        "id": book.made(course.rung.at), "customer_id": course.customer_id, "call_id": course.key,
        "channel": Channel.PHONE, "direction": course.direction, "kind": kind_of(code), "subject": subject,
        "excerpt": text, "handler_id": course.who, "started_at": course.rung.at,
        "disposition_id": book.outcomes.get(code) if chance.random() < 0.93 else None,
        "after_call_ms": round((6 + chance.expovariate(1 / _AFTER_S)) * 1000),
    }  # fmt: skip
    book.add(interaction, row)
    if chance.random() < 0.7:
        _note(book, course, NoteKind.BODY, text)
        if chance.random() < 0.15:
            _note(book, course, NoteKind.HANDOVER, chance.choice(HANDED_OVER))
    if course.customer_id is not None and chance.random() < 0.12:
        _promise(book, course)


def _note(book: Book, course: Course, kind: NoteKind, text: str) -> None:
    key, at = book.made(course.ended), course.ended
    row = {"id": key, "call_id": course.key, "customer_id": course.customer_id, "kind": kind, "created_at": at}
    book.add(note, row | {"operator_id": course.who})
    first = {"id": book.made(at), "note_id": key, "number": 1, "text": text, "operator_id": course.who, "at": at}
    book.add(note_revision, first)


def _promise(book: Book, course: Course) -> None:
    """Kept in time, if that has come: what waits in the demo is the crowd's."""
    chance = book.chance
    due = course.ended.replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=chance.randint(1, 3))
    done = max(course.ended, due - timedelta(hours=chance.uniform(0, 20)))
    is_done = done < book.now
    row = {
        "id": book.made(course.ended), "customer_id": course.customer_id, "call_id": course.key,
        "kind": chance.choice(list(FollowUpKind)), "due_at": due, "assignee_id": course.who,
        "text": chance.choice(PROMISED), "created_at": course.ended, "done_at": done if is_done else None,
        "done_by_id": course.who if is_done else None,
    }  # fmt: skip
    book.add(follow_up, row)
