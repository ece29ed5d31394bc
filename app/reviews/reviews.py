"""What this desk's operator says of others' calls, and answers about his own: written as notes are, nothing waits."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.audit.signature import AuditAction, Signature
from app.card_numbers import masked
from app.keeping import DraftKeeper
from app.parts import AuditSnapshot, HeardSnapshot, ReviewSnapshot
from app.place import Place
from app.pop import Trouble
from app.records import Failed, Records
from app.reviews.drafts import ReviewDrafts, Unsaid
from app.reviews.standing import PERIOD_DAYS, Standing, standing_of
from db.kinds import ReviewFact, ReviewWay
from db.reviews.listing import PAGE, FactTold, Reviewed, ReviewTold, Whose, facts_of, marks, reviews_page, unseen
from db.reviews.write import HIGHEST, LOWEST, Heard, Marked, review_id_of, seen_key
from db.uuid7 import uuid7_within

__all__ = ["HIGHEST", "LOWEST", "PAGE", "FactTold", "ReviewFact", "ReviewTold", "ReviewWay", "Reviewed", "Reviews"]

Sent = Callable[[Trouble | None], object]
"""Hears once it is in the records, or why it waits on this PC."""


class Reviews:
    """`changed` are told, in the desk's thread, when something was said or seen here and the records have it."""

    def __init__(self, records: Records, drafts: DraftKeeper, place: Place) -> None:
        self._records, self._place = records, place
        self.drafts = ReviewDrafts(drafts, place.seat, place.clock)
        self.changed: list[Callable[[], object]] = []

    @property
    def me(self) -> str:
        """The login of who sits here."""
        return self._place.operator

    def mark_key(self, call_id: UUID) -> UUID:
        """Under what this one's words about the call are kept: the key of his review."""
        return review_id_of(call_id, self.me)

    def answer_key(self, review_id: UUID) -> UUID:
        """Under what an answer is kept that is being written."""
        return uuid7_within(review_id, "answer")

    def mark(self, call_id: UUID, said: Unsaid, way: ReviewWay, then: Sent, failed: Failed) -> None:
        """Say it, or say it anew: what was said before stays beside it."""
        clock = self._place.clock
        made = Marked(clock.new_id(), call_id, self.me, clock.now(), said.mark, masked(said.words.strip()), way)
        entry = self._signature().entry(AuditAction.REVIEWED, "call", call_id, mark=said.mark)
        parts = [ReviewSnapshot(made), AuditSnapshot(entry)]
        self._put(made.key, parts, self.mark_key(call_id), then, failed)

    def answer(self, one: ReviewTold, words: str, then: Sent, failed: Failed) -> None:
        """As often as there is something to say."""
        told = self._heard(one, ReviewFact.ANSWERED, masked(words.strip()))
        entry = self._signature().entry(AuditAction.REVIEW_ANSWERED, "call", one.call_id)
        self._put(told.key, [HeardSnapshot(told), AuditSnapshot(entry)], self.answer_key(one.review_id), then, failed)

    def saw(self, one: ReviewTold, failed: Failed) -> None:
        """The operator looks at it: once for each version."""
        if one.seen_at is None and one.operator_login == self.me:
            told = Heard(
                seen_key(one.review_id, one.versions), one.review_id, ReviewFact.SEEN, self.me, self._place.clock.now()
            )
            self._put(told.key, [HeardSnapshot(told)], None, lambda _trouble: None, failed)

    def read_answers(self, one: ReviewTold, then: Sent, failed: Failed) -> None:
        """The reviewer has read what was answered, and leaves it so."""
        self._put(one.review_id, [HeardSnapshot(self._heard(one, ReviewFact.READ))], None, then, failed)

    def own(self, last: ReviewTold | None, then: Callable[[Sequence[Reviewed]], object], failed: Failed) -> None:
        """Reviews of this operator's calls, the newest first; those behind `last`."""
        whose = Whose(operator=self.me)
        self._records.ask(lambda connection, _waiting: reviews_page(connection, whose, last), then, failed)

    def facts(self, review_id: UUID, then: Callable[[Sequence[FactTold]], object], failed: Failed) -> None:
        """All that happened to a review, in its order."""
        self._records.ask(lambda connection, _waiting: facts_of(connection, review_id), then, failed)

    def count(self, then: Callable[[tuple[bool, int]], object], failed: Failed) -> None:
        """Whether this operator's calls were ever reviewed, and how many reviews he has not seen as they are now."""
        me = self.me
        self._records.ask(lambda connection, _waiting: unseen(connection, me), then, failed)

    def standing(self, then: Callable[[Standing], object], failed: Failed) -> None:
        """What the marks of his own calls come to."""
        me, since = self.me, self._place.clock.now() - timedelta(days=PERIOD_DAYS)
        self._records.ask(lambda connection, _waiting: standing_of(marks(connection, me, since)), then, failed)

    def _heard(self, one: ReviewTold, kind: ReviewFact, words: str = "") -> Heard:
        clock = self._place.clock
        return Heard(clock.new_id(), one.review_id, kind, self.me, clock.now(), words)

    def _put(self, about: UUID, parts: Sequence[Any], draft: UUID | None, then: Sent, failed: Failed) -> None:
        """The draft goes when it is safe on this PC's disk."""

        def sent(trouble: Trouble | None) -> None:
            then(trouble)
            for tell in self.changed:
                tell()

        def safe(_safe: object) -> None:
            if draft is not None:
                self.drafts.forget(draft)
            self._records.when_sent(sent)

        self._records.put(about, parts, safe, failed)

    def _signature(self) -> Signature:
        return Signature.of(self._place.seat, self._place.clock)
