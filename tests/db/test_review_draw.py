"""Calls are drawn fairly and the same again; what speaks for a call by risk is counted as it is said."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, insert, select

from db.engine import reading, writing
from db.kinds import FollowUpKind, Outcome, Reason, ReviewWay
from db.models import call_candidate, call_leg, complaint, follow_up, logged_call
from db.reviews.draw import Draw, Drawn, Lot, draw
from db.reviews.risk import WEIGHTS, Because, Risk, Span
from db.reviews.samples import calls_in, drop, keep_sample, newest_sample, to_do, waiting, way_of
from db.reviews.write import Marked, mark_call
from tests.db.conftest import ONLY_SQLITE
from tests.db.rung_for_review import NOW, PEOPLE, people, rang, usual_days

WEEK = Span(NOW - timedelta(days=7), NOW, NOW)
BY_LOT = Draw(ReviewWay.RANDOM, WEEK, 12, 4711, "suzuki")
BY_RISK = replace(BY_LOT, way=ReviewWay.RISK)


@pytest.fixture
def rung(engine: Engine) -> Engine:
    with writing(engine) as connection:
        people(connection)
        usual_days(connection)
    return engine


def drawn(engine: Engine, asked: Draw) -> Lot:
    with reading(engine) as connection:
        return draw(connection, asked)


def whose(engine: Engine, lot: Lot) -> Counter[str]:
    """How many of each operator's calls."""
    names = {key: login for login, key in PEOPLE.items()}
    with reading(engine) as connection:
        found: dict[UUID, int] = dict(
            connection.execute(select(logged_call.c.call_id, logged_call.c.operator_id)).all()
        )
    return Counter(names[found[one.call_id]] for one in lot.calls)


def why(engine: Engine, call_id: UUID) -> Sequence[Because]:
    lot = drawn(engine, replace(BY_RISK, wanted=300))
    return next((one.because for one in lot.calls if one.call_id == call_id), ())


def test_everybody_has_as_many_and_nobody_his_own(rung: Engine) -> None:
    lot = drawn(rung, BY_LOT)
    assert whose(rung, lot) == {"sato": 6, "tanaka": 6}
    assert lot.eligible == 60
    assert len({one.call_id for one in lot.calls}) == 12


def test_whoever_has_few_calls_leaves_his_share_to_the_others(engine: Engine) -> None:
    with writing(engine) as connection:
        people(connection)
        usual_days(connection, each=2)
        for key in range(20):
            rang(connection, key + 50, "tanaka", 3)
    assert whose(engine, drawn(engine, BY_LOT)) == {"sato": 2, "tanaka": 10}


def test_one_operator_alone_can_be_asked_for(rung: Engine) -> None:
    assert whose(rung, drawn(rung, replace(BY_LOT, whose="tanaka"))) == {"tanaka": 12}
    assert drawn(rung, replace(BY_LOT, whose="suzuki")).calls == ()


@pytest.mark.parametrize("asked", [BY_LOT, replace(BY_RISK, wanted=5)])
def test_the_same_seed_draws_the_same_calls_and_another_one_others(rung: Engine, asked: Draw) -> None:
    with writing(rung) as connection:
        for key in range(20):
            rang(connection, key + 50, "tanaka", 3, noted=False)
    assert drawn(rung, asked) == drawn(rung, asked)
    assert drawn(rung, asked).calls != drawn(rung, replace(asked, seed=4712)).calls


def test_by_lot_every_call_has_the_same_chance(rung: Engine) -> None:
    """300 draws of 12 out of 60: each call 60 times on average, with a standard deviation of 6.9."""
    times: Counter[UUID] = Counter()
    with reading(rung) as connection:
        for seed in range(300):
            times.update(one.call_id for one in draw(connection, replace(BY_LOT, seed=seed)).calls)
    assert len(times) == 60
    assert all(60 - 5 * 6.9 < n < 60 + 5 * 6.9 for n in times.values())


def test_what_was_reviewed_or_waits_is_left_out_and_a_draw_can_be_repeated_all_the_same(rung: Engine) -> None:
    first = drawn(rung, BY_LOT)
    later = replace(BY_LOT, span=replace(WEEK, at=NOW + timedelta(hours=1)))
    with writing(rung) as connection:
        keep_sample(connection, UUID(int=1), BY_LOT, first)
        mark_call(connection, Marked(UUID(int=2), first.calls[0].call_id, "suzuki", NOW + timedelta(minutes=1), 4, ""))
        again = draw(connection, later)
        assert draw(connection, BY_LOT) == first
    assert not {one.call_id for one in again.calls} & {one.call_id for one in first.calls}
    assert again.eligible == 48


def test_a_sample_is_told_and_worked_off(rung: Engine) -> None:
    lot = drawn(rung, BY_LOT)
    with writing(rung) as connection:
        kept = keep_sample(connection, UUID(int=1), BY_LOT, lot)
        assert newest_sample(connection, "suzuki") == kept
        assert newest_sample(connection, "tanaka") is None
        assert calls_in(connection, UUID(int=1)) == tuple(one.call_id for one in lot.calls)
        pieces, last = [], None
        while page := to_do(connection, "suzuki", last, most=5):
            pieces += page
            last = page[-1]
        assert [one.call_id for one in pieces] == [one.call_id for one in lot.calls]
        mark_call(connection, Marked(UUID(int=2), lot.calls[0].call_id, "suzuki", NOW, 4, ""))
        drop(connection, UUID(int=1), 1, NOW)
        assert waiting(connection, "suzuki") == 10
        assert lot.calls[0].call_id not in [one.call_id for one in to_do(connection, "suzuki", None)]
        assert way_of(connection, lot.calls[2].call_id) is ReviewWay.RANDOM
        assert way_of(connection, lot.calls[1].call_id) is ReviewWay.CHOSEN


def test_an_ordinary_call_is_no_risk(rung: Engine) -> None:
    assert drawn(rung, BY_RISK) == Lot((), 60)


def test_the_highest_sum_of_each_operator_comes_first(rung: Engine) -> None:
    with writing(rung) as connection:
        worst = rang(connection, 1, "tanaka", 3, 700, noted=False, hold_ms=130_000)
        less = rang(connection, 2, "tanaka", 3, noted=False)
        his = rang(connection, 3, "sato", 3, noted=False)
    lot = drawn(rung, replace(BY_RISK, wanted=3))
    assert {one.call_id for one in lot.calls[:2]} == {worst, his}
    assert lot.calls[2] == Drawn(less, 1, (Because(Risk.NO_NOTE),))
    assert next(one.risk for one in lot.calls if one.call_id == worst) == sum(
        WEIGHTS[one] for one in (Risk.LONG, Risk.NO_NOTE, Risk.HELD)
    )


def test_a_call_after_which_the_customer_complained(rung: Engine) -> None:
    with writing(rung) as connection:
        before, long_before, other = (
            rang(connection, key, "tanaka", days, customer_id=who)
            for key, days, who in ((1, 3, 1), (2, 6.9, 1), (3, 3, 2))
        )  # fmt: skip
        row = {"complaint_no": "1", "customer_id": 1, "category": "c", "severity": 3, "state": "received"}
        connection.execute(insert(complaint).values(**row, received_at=NOW + timedelta(days=1)))
    after = replace(BY_RISK, span=replace(WEEK, at=NOW + timedelta(days=2)), wanted=300)
    found = {one.call_id: one.because for one in drawn(rung, after).calls}
    assert found == {before: (Because(Risk.COMPLAINED, 4),)}
    assert not {long_before, other} & set(found)


def test_a_number_that_calls_again_soon(rung: Engine) -> None:
    with writing(rung) as connection:
        first = rang(connection, 1, "tanaka", 5, e164=815)
        rang(connection, 2, None, 4.5, e164=815, outcome=Outcome.MISSED, answered_at=None)
        called_back = rang(connection, 3, "tanaka", 4, e164=816)
        rang(connection, 4, "tanaka", 3.9, e164=816, direction="out")
    assert why(rung, first) == (Because(Risk.AGAIN, 12),)
    assert why(rung, called_back) == ()


def test_a_call_whose_customer_was_not_shown(rung: Engine) -> None:
    with writing(rung) as connection:
        for key, shown in ((1, 2), (2, 1)):
            made = rang(connection, key, "tanaka", 3, customer_id=1)
            connection.execute(
                insert(call_candidate).values(
                    call_id=made, rank=1, customer_id=shown, reason=Reason.EXACT, is_chosen=False
                )
            )
    assert why(rung, UUID(int=1)) == (Because(Risk.OTHER_CUSTOMER),)
    assert why(rung, UUID(int=2)) == ()


def test_a_promise_that_was_not_kept_in_time(rung: Engine) -> None:
    with writing(rung) as connection:
        for key, due, done in ((1, -1, None), (2, -1, -0.5), (3, -1, -2), (4, 1, None)):
            rang(connection, key, "tanaka", 3)
            at = {"due_at": NOW + timedelta(days=due), "done_at": None if done is None else NOW + timedelta(days=done)}
            row = {"id": UUID(int=key + 99), "call_id": UUID(int=key), "kind": FollowUpKind.CALLBACK, "created_at": NOW}
            connection.execute(insert(follow_up).values(**row, **at))
    late = [key for key in range(1, 5) if why(rung, UUID(int=key)) == (Because(Risk.LATE),)]
    assert late == [1, 2]


def test_long_holds_many_hands_and_lengths_that_are_unlike_this_operators(rung: Engine) -> None:
    with writing(rung) as connection:
        held = rang(connection, 1, "tanaka", 3, hold_ms=120_000)
        rang(connection, 2, "tanaka", 3, hold_ms=119_000)
        handed, long, short = (rang(connection, key, "tanaka", 3, talk) for key, talk in ((3, 100), (4, 301), (5, 25)))
        leg: dict[str, Any] = {"call_id": handed, "offered_at": NOW, "answered_at": NOW}
        connection.execute(insert(call_leg), [leg | {"id": UUID(int=key), "who": str(key)} for key in (61, 62)])
    assert why(rung, held) == (Because(Risk.HELD, 120),)
    assert why(rung, UUID(int=2)) == ()
    assert why(rung, handed) == (Because(Risk.HANDED, 2),)
    assert why(rung, long) == (Because(Risk.LONG, 100),)
    assert why(rung, short) == (Because(Risk.SHORT, 100),)


def test_of_few_calls_there_is_no_median_to_be_unlike(engine: Engine) -> None:
    with writing(engine) as connection:
        people(connection)
        usual_days(connection, each=10)
        rang(connection, 1, "tanaka", 3, 900)
    assert drawn(engine, BY_RISK).calls == ()


@ONLY_SQLITE
def test_drawing_walks_the_log_once_and_looks_the_rest_up(rung: Engine, asked: Any) -> None:
    def job(connection: Any) -> None:
        draw(connection, BY_RISK)

    steps = [step for plan in asked(job).values() for step in plan]
    whole = [
        step
        for step in steps
        if re.match(r"SCAN (call|logged_call|note|call_leg|call_candidate|complaint|follow_up)\b", step)
    ]
    assert whole == []


@pytest.mark.parametrize("name", ["supervisors.md", "supervisors.ja.md"])
def test_the_weights_are_those_that_are_printed(name: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / name).read_text("utf-8")
    printed = re.findall(r"^\| (\d) \| .+ \|$", text, re.MULTILINE)
    assert printed == [str(one) for one in WEIGHTS.values()]
