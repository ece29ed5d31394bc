"""Reviews as a desk writes them: kept like notes, audited, answered by whose call it was; drafts outlive a crash."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from app.clock import Clock
from app.outbox import body_of, parts_from
from app.parts import HeardSnapshot, ReviewSnapshot
from app.paths import profile_at
from app.person.here import clean_here
from app.reviews.drafts import Unsaid
from app.reviews.reviewing import Counts, DrawWish, Reviewing
from app.reviews.reviews import ReviewFact, ReviewTold, ReviewWay
from app.reviews.standing import Standing, standing_of, standing_words
from app.seat import Seat
from db.audit.verify import verify
from db.engine import reading, writing
from db.models import audit_log, review_event
from db.person.gone import Gone
from db.reviews.listing import Marks, facts_of, reviews_of
from db.reviews.write import Heard, Marked, mark_call
from tests.app.desk_at_work import NOW, DeskAtWork
from tests.db.rung_for_review import rang, usual_days

CALL = UUID(int=5)
Desks = Callable[[str], DeskAtWork]


@pytest.fixture
def rung(engine: Engine) -> Engine:
    """One call of Sato's."""
    with writing(engine) as connection:
        rang(connection, 5, "sato", 1, customer_id=1)
    return engine


@pytest.fixture
def desk_of(rung: Engine, tmp_path: Path) -> Iterator[Desks]:
    """A desk of this operator's own; the same again after a crash."""
    running: list[DeskAtWork] = []

    def sit_down(login: str) -> DeskAtWork:
        (tmp_path / login).mkdir(exist_ok=True)
        running.append(DeskAtWork(rung, tmp_path / login, operator=login))
        return running[-1]

    yield sit_down
    for one in running:
        one.leave()


def entries(engine: Engine) -> list[tuple[str, str, str]]:
    columns = audit_log.c
    with reading(engine) as connection:
        asked = select(columns.operator, columns.action, columns.record).order_by(columns.number)
        return [tuple(row) for row in connection.execute(asked)]


def told(engine: Engine) -> list[tuple[str, int | None, str]]:
    with reading(engine) as connection:
        return [
            (fact.kind.value, fact.mark, fact.words)
            for one in reviews_of(connection, CALL)
            for fact in facts_of(connection, one.review_id)
        ]


def surface(error: Exception) -> None:
    raise error


def review(desk: DeskAtWork, words: str, mark: int = 2) -> list[object]:
    ends: list[object] = []
    desk.desk.reviews.mark(CALL, Unsaid(words, mark), ReviewWay.CHOSEN, ends.append, surface)
    desk.posted.run_until(lambda: ends)
    return ends


def own(desk: DeskAtWork) -> list[ReviewTold]:
    found: list[Any] = []
    desk.desk.reviews.own(None, found.append, surface)
    desk.posted.run_until(lambda: found)
    return [one.review for one in found[0]]


def test_what_is_said_and_answered_stands_in_the_records_and_in_the_log(rung: Engine, desk_of: Desks) -> None:
    supervisor, operator = desk_of("suzuki"), desk_of("sato")
    heard: list[str] = []
    operator.desk.reviews.changed.append(lambda: heard.append("changed"))
    assert review(supervisor, "Too quick. 4111 1111 1111 1111") == [None]
    (one,) = own(operator)
    operator.time.now += timedelta(minutes=1)
    operator.desk.reviews.saw(one, surface)
    operator.posted.run_until(lambda: heard)
    operator.time.now += timedelta(minutes=1)
    ends: list[object] = []
    operator.desk.reviews.answer(one, " They were in a hurry. ", ends.append, surface)
    operator.posted.run_until(lambda: ends)
    kinds = [(kind, mark) for kind, mark, _words in told(rung)]
    assert kinds == [("marked", 2), ("seen", None), ("answered", None)]
    assert [words for _kind, _mark, words in told(rung)][2] == "They were in a hurry."
    assert "4111" not in told(rung)[0][2]
    assert entries(rung) == [("suzuki", "reviewed", str(CALL)), ("sato", "review_answered", str(CALL))]
    with reading(rung) as connection:
        assert verify(connection).fault is None
        assert "hurry" not in " ".join(connection.execute(select(audit_log.c.details)).scalars())


def test_who_sits_there_sees_his_own_alone(rung: Engine, desk_of: Desks) -> None:
    review(desk_of("suzuki"), "Too quick.")
    assert len(own(desk_of("sato"))) == 1
    assert own(desk_of("tanaka")) == []


def test_the_parts_are_the_same_after_the_outbox() -> None:
    parts = [
        ReviewSnapshot(Marked(UUID(int=1), CALL, "suzuki", NOW, 3, "言葉", ReviewWay.RISK)),
        HeardSnapshot(Heard(UUID(int=2), UUID(int=3), ReviewFact.ANSWERED, "sato", NOW, "はい")),
    ]
    assert parts_from(body_of(parts)) == parts


def read_draft(desk: DeskAtWork, key: UUID) -> Unsaid | None:
    found: list[Unsaid | None] = []
    desk.desk.reviews.drafts.read(key, found.append)
    desk.posted.run_until(lambda: found)
    return found[0]


def test_words_that_were_not_sent_outlive_a_crash_and_are_no_call(rung: Engine, desk_of: Desks) -> None:
    before = desk_of("suzuki")
    key = before.desk.reviews.mark_key(CALL)
    for length in range(1, 4):
        before.desk.reviews.drafts.write(key, CALL, Unsaid("Too"[:length], 2))
    drafts = before.open_drafts()  # what a killed program has left
    before.desk.restore(drafts.all("suzuki"))
    drafts.close()
    assert len(before.desk.calls) == 0
    before.leave()
    after = desk_of("suzuki")
    assert read_draft(after, key) == Unsaid("Too", 2)
    after.desk.reviews.drafts.write(key, CALL, Unsaid("Too quick", 2))
    assert read_draft(after, key) == Unsaid("Too quick", 2)
    review(after, "Too quick")
    assert read_draft(after, key) is None
    assert told(rung) == [("marked", 2, "Too quick")]


def test_a_draft_about_an_erased_person_goes_from_this_pc(desk_of: Desks, tmp_path: Path) -> None:
    desk = desk_of("suzuki")
    key = desk.desk.reviews.mark_key(CALL)
    desk.desk.reviews.drafts.write(key, CALL, Unsaid("N1 was rude", 2))
    assert read_draft(desk, key) is not None
    desk.leave()
    profile = profile_at(tmp_path / "suzuki")
    assert profile.drafts_folder == tmp_path / "suzuki" / "drafts"
    assert clean_here(profile, Gone(frozenset({1}), frozenset({str(CALL)}))).drafts == 1


def test_an_average_is_of_calls_drawn_by_lot_and_never_of_few() -> None:
    found = [Marks(ReviewWay.RANDOM, 5, 18), Marks(ReviewWay.RISK, 7, 10), Marks(ReviewWay.CHOSEN, 1, 1)]
    assert standing_of(found) == Standing(5, 3.6, 8)
    assert standing_of([Marks(ReviewWay.RANDOM, 4, 20)]) == Standing(4, None, 0)
    assert standing_words(Standing(5, 3.6, 8)) == (
        "Last 90 days: average mark 3.6 of calls drawn at random (sum of marks ÷ reviews, n = 5);"
        " 8 reviews of other calls are not in it."
    )
    assert standing_words(Standing(4, None, 0)) == (
        "Last 90 days: 4 reviews of calls drawn at random, too few for an average (from 5 on)."
    )
    assert standing_words(Standing(0, None, 0)) == ""


def test_a_draw_is_kept_told_and_the_same_when_it_is_drawn_again(rung: Engine, desk_of: Desks) -> None:
    with writing(rung) as connection:
        usual_days(connection)
    desk, found = desk_of("suzuki"), []
    clock = Clock(now=lambda: NOW + timedelta(days=1))
    reviewing = Reviewing(rung, Seat("suzuki"), desk.posted.post, clock)
    reviewing.draw(DrawWish(ReviewWay.RANDOM, 10, 7), found.append, surface)
    desk.posted.run_until(lambda: found)
    (sample,) = found
    assert (sample.drawn, sample.asked.by) == (10, "suzuki")
    assert entries(rung) == [("suzuki", "reviews_drawn", str(sample.sample_id))]

    def checked() -> bool:
        answers: list[bool] = []
        reviewing.check(sample, answers.append, surface)
        desk.posted.run_until(lambda: answers)
        return answers[0]

    assert checked()
    with writing(rung) as connection:  # a desk that was away sends its calls of those days
        for key in range(21_000, 21_040):
            rang(connection, key, "tanaka", 2)
    assert not checked()
    counts: list[Counts] = []
    reviewing.count(counts.append, surface)
    desk.posted.run_until(lambda: counts)
    assert counts == [Counts(10, 0)]
    reviewing.stop()


def test_the_log_tells_marks_and_seeds_in_words(rung: Engine, desk_of: Desks) -> None:
    review(desk_of("suzuki"), "Too quick.")
    with reading(rung) as connection:
        (details,) = connection.execute(select(audit_log.c.details)).scalars()
        assert connection.execute(select(review_event.c.text)).scalars().all() == ["Too quick."]
    assert json.loads(details) == {"mark": 2}
    with writing(rung) as connection:  # whoever else reviews the same call says so beside it
        mark_call(connection, Marked(UUID(int=9), CALL, "tanaka", NOW, 5, "Fine."))
        assert [(one.reviewer_login, one.mark) for one in reviews_of(connection, CALL)] == [
            ("suzuki", 2),
            ("tanaka", 5),
        ]
