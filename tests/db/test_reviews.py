"""What is said of a call is kept in versions, answered by whose call it was alone, and goes with the person."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DBAPIError

from db.engine import reading, writing
from db.kinds import ReviewFact, ReviewWay
from db.models import call, legal_hold, review, review_event
from db.person.erase import Asked, erase
from db.person.retention import Rule, Subject, clear_reviews, due
from db.person.whole import person_of, told_of
from db.reviews.listing import Whose, facts_of, marks, reviewed_people, reviews_of, reviews_page, unread, unseen
from db.reviews.write import Heard, Marked, NotTheirs, hear, mark_call, review_id_of, seen_key
from db.same_call import lead_to
from tests.db.rung_for_review import NOW, people, rang

CALL, MINUTE = UUID(int=5), timedelta(minutes=1)
REVIEW = review_id_of(CALL, "suzuki")


def said(mark: int, words: str, minutes: float, **more: Any) -> Marked:
    made = {
        "key": UUID(int=int(1000 * minutes) + 7),
        "call_id": CALL,
        "reviewer": "suzuki",
        "at": NOW + minutes * MINUTE,
    }
    return Marked(**({**made, "mark": mark, "comment": words} | more))


def told(kind: ReviewFact, who: str, minutes: float, words: str = "") -> Heard:
    return Heard(UUID(int=int(1000 * minutes) + 8), REVIEW, kind, who, NOW + minutes * MINUTE, words)


@pytest.fixture
def reviewed(engine: Engine) -> Engine:
    """One call of Sato's, reviewed by Suzuki."""
    with writing(engine) as connection:
        people(connection)
        rang(connection, 5, "sato", 1, customer_id=1)
        mark_call(connection, said(2, "Too quick.", 0))
    return engine


def test_a_new_version_stands_beside_the_old_one(reviewed: Engine) -> None:
    with writing(reviewed) as connection:
        mark_call(connection, said(4, "Heard again: it was good.", 3))
        (one,) = reviews_of(connection, CALL)
        facts = facts_of(connection, REVIEW)
    assert (one.mark, one.versions, one.marked_at) == (4, 2, NOW + 3 * MINUTE)
    assert [(fact.kind, fact.mark, fact.words, fact.who) for fact in facts] == [
        (ReviewFact.MARKED, 2, "Too quick.", "Suzuki"),
        (ReviewFact.MARKED, 4, "Heard again: it was good.", "Suzuki"),
    ]


def test_written_again_and_in_another_order_it_is_the_same(reviewed: Engine) -> None:
    parts = (
        said(2, "Too quick.", 0), said(3, "So so.", 2), told(ReviewFact.ANSWERED, "sato", 4, "They were in a hurry."),
        told(ReviewFact.SEEN, "sato", 3),
    )  # fmt: skip
    with writing(reviewed) as connection:
        for one in (*reversed(parts), *parts):
            mark_call(connection, one) if isinstance(one, Marked) else hear(connection, one)
        (one,) = reviews_of(connection, CALL)
        assert len(facts_of(connection, REVIEW)) == 4
    assert (one.mark, one.versions, one.seen_at) == (3, 2, NOW + 3 * MINUTE)
    assert (one.answered_at, one.unread_since) == (NOW + 4 * MINUTE, NOW + 4 * MINUTE)


def test_an_answer_waits_until_it_is_read_or_the_review_is_changed(reviewed: Engine) -> None:
    def waits() -> int:
        with reading(reviewed) as connection:
            return unread(connection, "suzuki")

    def write(*parts: Heard | Marked) -> None:
        with writing(reviewed) as connection:
            for one in parts:
                mark_call(connection, one) if isinstance(one, Marked) else hear(connection, one)

    write(told(ReviewFact.ANSWERED, "sato", 1, "No."), told(ReviewFact.ANSWERED, "sato", 2, "Really not."))
    assert waits() == 1
    write(told(ReviewFact.READ, "suzuki", 3))
    assert waits() == 0
    write(told(ReviewFact.ANSWERED, "sato", 4, "And besides."))
    assert waits() == 1
    write(said(3, "I see.", 5))
    assert waits() == 0


def test_a_changed_review_has_to_be_seen_anew(reviewed: Engine) -> None:
    with writing(reviewed) as connection:
        assert unseen(connection, "sato") == (True, 1)
        hear(connection, Heard(seen_key(REVIEW, 1), REVIEW, ReviewFact.SEEN, "sato", NOW + MINUTE))
        assert unseen(connection, "sato") == (True, 0)
        mark_call(connection, said(4, "Better.", 2))
        assert unseen(connection, "sato") == (True, 1)
        assert unseen(connection, "tanaka") == (False, 0)


@pytest.mark.parametrize(
    ("kind", "who"), [(ReviewFact.ANSWERED, "tanaka"), (ReviewFact.SEEN, "suzuki"), (ReviewFact.READ, "sato")]
)
def test_nobody_else_has_a_say(reviewed: Engine, kind: ReviewFact, who: str) -> None:
    with pytest.raises(NotTheirs), writing(reviewed) as connection:
        hear(connection, told(kind, who, 1, "words"))
    with reading(reviewed) as connection:
        assert len(facts_of(connection, REVIEW)) == 1


def test_nobody_reviews_his_own_call_nor_one_that_nobody_took(reviewed: Engine) -> None:
    with writing(reviewed) as connection:
        missed = rang(connection, 6, None, 1)
    for one in (
        said(5, "Perfect.", 1, reviewer="sato"),
        said(5, "?", 1, call_id=missed),
        said(5, "?", 1, call_id=UUID(int=99)),
    ):
        with pytest.raises(NotTheirs), writing(reviewed) as connection:
            mark_call(connection, one)


def test_what_was_said_can_neither_be_changed_nor_removed(reviewed: Engine) -> None:
    for statement in (
        update(review_event).values(text="Wonderful."), update(review_event).values(mark=5), delete(review_event),
    ):  # fmt: skip
        with pytest.raises(DBAPIError, match="only grows"), writing(reviewed) as connection:
            connection.execute(statement)


def test_pages_follow_each_other_and_each_sees_his_own(reviewed: Engine) -> None:
    with writing(reviewed) as connection:
        for key in range(10, 17):
            rang(connection, key, "tanaka" if key % 2 else "sato", 2)
            mark_call(
                connection, said(3, "", key, key=UUID(int=key + 500), call_id=UUID(int=key), way=ReviewWay.RANDOM)
            )
        whole = reviews_page(connection, Whose(), None)
        pieces, last = [], None
        while page := reviews_page(connection, Whose(), last, most=3):
            pieces += page
            last = page[-1].review
        mine = reviews_page(connection, Whose("tanaka"), None)
        assert reviewed_people(connection) == (("sato", "Sato"), ("tanaka", "Tanaka"))
        assert [(one.way, one.n, one.total) for one in marks(connection, "tanaka", NOW)] == [(ReviewWay.RANDOM, 3, 9)]
    assert [one.review.review_id for one in pieces] == [one.review.review_id for one in whole]
    assert [one.line.call_id for one in whole] == [one.review.call_id for one in whole]
    assert len(whole) == 8
    assert {one.review.operator_login for one in mine} == {"tanaka"}


def test_an_erased_person_leaves_the_mark_and_no_words(reviewed: Engine) -> None:
    with writing(reviewed) as connection:
        hear(connection, told(ReviewFact.ANSWERED, "sato", 1, "N1 was in a hurry."))
        person = person_of(connection, "C-1")
        assert person is not None
        handed = dict(told_of(connection, person))["review_event"]
        assert [row["text"] for row in handed] == ["Too quick.", "N1 was in a hurry."]
        assert all("mark" not in row and "operator_id" not in row for row in handed)
        erase(connection, person, Asked(UUID(int=77), "it", NOW, "request"))
        assert set(connection.execute(select(review_event.c.text)).scalars()) == {None}
        assert connection.execute(select(review.c.mark)).scalars().all() == [2]


def test_old_words_go_by_their_rule_unless_the_customer_is_held(reviewed: Engine) -> None:
    old, young = datetime(2025, 1, 5, tzinfo=UTC), NOW - timedelta(days=10)
    with writing(reviewed) as connection:
        rang(connection, 8, "sato", 2, customer_id=2)
        connection.execute(legal_hold.insert().values(customer_id=2, reason="case", operator="it", at=NOW))
        for key, at, call_id in ((1, old, CALL), (2, young, CALL), (3, old, UUID(int=8))):
            mark_call(connection, Marked(UUID(int=key), call_id, "tanaka", at, 3, f"words {key}"))
        rule = Rule(Subject.REVIEWS, 365)
        assert due(connection, rule, NOW) == 1
        assert clear_reviews(connection, rule.before(NOW))[0] == 1
        assert clear_reviews(connection, rule.before(NOW))[0] == 0
        left = set(connection.execute(select(review_event.c.text)).scalars())
    assert left == {"Too quick.", "words 2", "words 3", None}


def test_two_rows_of_one_call_take_their_reviews_along(reviewed: Engine) -> None:
    with writing(reviewed) as connection:
        kept = rang(connection, 9, "sato", 1, noted=False)
        lead_to(connection, CALL, kept)
        assert [one.call_id for one in reviews_of(connection, kept)] == [kept]
        assert connection.execute(select(call.c.id).where(call.c.id == CALL)).first() is None
