"""Reviewing as its page sees it: calls drawn, what is to be done, what was said and answered. Nothing here waits.

What is said goes the desk's own way (`app.reviews.reviews`): kept here while the records are away.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from app.audit.signature import AuditAction, Signature
from app.clock import Clock
from app.db_worker import Post, Worker
from app.pop import Trouble
from app.reviews.reviews import Reviews
from app.reviews.standing import PERIOD_DAYS, Standing, standing_of
from app.seat import Seat
from db.audit.chain import append
from db.engine import reading, writing
from db.kinds import ReviewFact, ReviewWay
from db.reviews.draw import Draw, draw
from db.reviews.listing import (
    PAGE,
    FactTold,
    Reviewed,
    ReviewTold,
    Whose,
    facts_of,
    marks,
    reviewed_people,
    reviews_of,
    reviews_page,
    taken_by,
    unread,
)
from db.reviews.risk import WEIGHTS, Because, Risk, Span
from db.reviews.samples import (
    Sample,
    Todo,
    calls_in,
    drop,
    keep_sample,
    newest_sample,
    to_do,
    waiting,
    way_of,
)

__all__ = [
    "PAGE",
    "WEIGHTS",
    "Because",
    "CallReviews",
    "Counts",
    "DrawWish",
    "FactTold",
    "ReviewFact",
    "ReviewTold",
    "ReviewWay",
    "Reviewed",
    "Reviewing",
    "Risk",
    "Sample",
    "Standing",
    "Todo",
    "Trouble",
    "Whose",
]  # fmt: skip

Failed = Callable[[Exception], object]
Result = TypeVar("Result")
_SEED_BITS = 31
MOST_DRAWN = 100
MOST_DAYS = 92


@dataclass(frozen=True, slots=True)
class DrawWish:
    """So many calls of the last days; `whose` is an operator's login, "" for everybody's."""

    way: ReviewWay
    wanted: int
    days: int
    whose: str = ""


class Counts(NamedTuple):
    """What waits for who sits here: calls to be reviewed, and reviews with an answer that was not read."""

    to_do: int
    unread: int


class CallReviews(NamedTuple):
    """What was said of a call: each review with all that happened to it; how the call is come by; whose it was."""

    reviews: tuple[tuple[ReviewTold, tuple[FactTold, ...]], ...]
    way: ReviewWay
    taken_by: str


class ReviewDesk(Protocol):
    """What this needs of the desk."""

    reviews: Reviews


class Reviewing:
    """Works through an engine that may take its time; a draw from very many calls holds up nobody who reads."""

    def __init__(self, engine: Any, seat: Seat, post: Post, clock: Clock | None = None) -> None:
        self._engine, self._seat = engine, seat
        self.clock = clock or Clock()
        self._desk: ReviewDesk | None = None
        self._reading, self._drawing = Worker("reviews", post), Worker("review-draws", post)

    def said_by(self, desk: ReviewDesk) -> None:
        """Who writes what is said."""
        self._desk = desk

    @property
    def said(self) -> Reviews:
        """What is said, and answered."""
        assert self._desk is not None  # the page comes after the desk
        return self._desk.reviews

    def draw(self, wish: DrawWish, then: Callable[[Sample], object], failed: Failed) -> None:
        """Draw by a seed of its own, keep it to be told, and write down who did."""
        now, by = self.clock.now(), Signature.of(self._seat, self.clock)
        span = Span(now - timedelta(days=min(wish.days, MOST_DAYS)), now, now)
        asked = Draw(
            wish.way, span, min(wish.wanted, MOST_DRAWN), secrets.randbits(_SEED_BITS), by.operator, wish.whose
        )
        sample_id = self.clock.new_id()

        def drawn() -> Sample:
            lot = self._read(lambda on: draw(on, asked))
            told: dict[str, Any] = {"way": wish.way.value, "rows": len(lot.calls), "seed": asked.seed}
            entry = by.entry(AuditAction.REVIEWS_DRAWN, "review_sample", sample_id, **told)
            with writing(self._engine) as connection:
                kept = keep_sample(connection, sample_id, asked, lot)
                if lot.calls:
                    append(connection, entry)
            return kept

        self._drawing.ask(drawn, then, failed)

    def check(self, one: Sample, then: Callable[[bool], object], failed: Failed) -> None:
        """Whether the same seed draws the same calls again."""

        def job(on: Any) -> bool:
            return tuple(call.call_id for call in draw(on, one.asked).calls) == calls_in(on, one.sample_id)

        self._drawing.ask(lambda: self._read(job), then, failed)

    def newest(self, then: Callable[[Sample | None], object], failed: Failed) -> None:
        """The last sample that was drawn here."""
        self._ask(lambda on: newest_sample(on, self._seat.login), then, failed)

    def to_do(self, last: Todo | None, then: Callable[[Sequence[Todo]], object], failed: Failed) -> None:
        """What was drawn and nobody has reviewed; those behind `last`."""
        self._ask(lambda on: to_do(on, self._seat.login, last), then, failed)

    def drop(self, one: Todo, then: Callable[[object], object], failed: Failed) -> None:
        """This call is not to be reviewed after all."""

        def dropped() -> None:
            with writing(self._engine) as connection:
                drop(connection, one.sample_id, one.place, self.clock.now())

        self._reading.ask(dropped, then, failed)

    def done(
        self, whose: Whose, last: ReviewTold | None, then: Callable[[Sequence[Reviewed]], object], failed: Failed
    ) -> None:
        """Reviews, the newest first; those behind `last`."""
        self._ask(lambda on: reviews_page(on, whose, last), then, failed)

    def count(self, then: Callable[[Counts], object], failed: Failed) -> None:
        """What waits."""
        me = self._seat.login
        self._ask(lambda on: Counts(waiting(on, me), unread(on, me)), then, failed)

    def about(self, call_id: UUID, then: Callable[[CallReviews], object], failed: Failed) -> None:
        """What was said of a call, by whom ever."""

        def job(on: Any) -> CallReviews:
            told = [(one, facts_of(on, one.review_id)) for one in reviews_of(on, call_id)]
            return CallReviews(tuple(told), way_of(on, call_id), taken_by(on, call_id))

        self._ask(job, then, failed)

    def standing(self, whose: str, then: Callable[[Standing], object], failed: Failed) -> None:
        """What the marks of this operator's calls come to; "": of everybody's together."""
        since = self.clock.now() - timedelta(days=PERIOD_DAYS)
        self._ask(lambda on: standing_of(marks(on, whose, since)), then, failed)

    def people(self, then: Callable[[Sequence[tuple[str, str]]], object], failed: Failed) -> None:
        """Whose calls have been reviewed, as (login, name)."""
        self._ask(reviewed_people, then, failed)

    def stop(self) -> None:
        """End the threads."""
        self._reading.stop()
        self._drawing.stop()

    def _ask(self, job: Callable[[Any], Result], then: Callable[[Result], object], failed: Failed) -> None:
        self._reading.ask(lambda: self._read(job), then, failed)

    def _read(self, job: Callable[[Any], Result]) -> Result:
        with reading(self._engine) as connection:
            return job(connection)
