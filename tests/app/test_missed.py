"""Missed callers at desks: cleared for the whole team, listed also while the database is away."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.by_hand import ByHand, Channel
from app.call import Note
from app.missed import MissedNow, SettledHow
from app.pop import DatabaseUnavailable, Trouble
from app.settings import LineSettings
from cti.events import Direction, Withheld
from tests.app.desk_at_work import MAIN_LINE, NOW, DeskAtWork, answered, ended, offered

STRANGER, CUSTOMER = "0399990000", "0335814111"
REFUSED = "the records do not take what is written here"


@pytest.fixture
def desk(desk: DeskAtWork) -> DeskAtWork:
    desk.empty_log()
    return desk


@pytest.fixture
def gone(engine: Engine) -> Iterator[dict[str, bool]]:
    """While its "on" is set, nobody can ask the database anything."""
    switch = {"on": False}

    def look(_driver: Any, _record: object, _proxy: object) -> None:
        if switch["on"]:
            raise DatabaseUnavailable(Trouble.UNREACHABLE)

    event.listen(engine, "checkout", look)
    yield switch
    event.remove(engine, "checkout", look)


def asked(desk: DeskAtWork) -> MissedNow:
    told: list[Any] = []
    desk.desk.missed.ask(told.append, told.append)
    desk.posted.run_until(lambda: told)
    now: MissedNow = told[0]
    return now


def numbers(desk: DeskAtWork) -> list[tuple[str, int]]:
    return [(one.number, one.count) for one in asked(desk).listed.to_call]


def marked(desk: DeskAtWork, *, is_done: bool = True) -> None:
    listed, safe = asked(desk).listed, list[object]()
    if is_done:
        desk.desk.missed.done(listed.to_call[0], safe.append, safe.append)
    else:
        desk.desk.missed.take_back(listed.settled[0], safe.append, safe.append)
    desk.posted.run_until(lambda: safe)


def miss(desk: DeskAtWork, number: str = STRANGER, source_id: str = "a", **more: Any) -> None:
    desk.hear(offered(number, source_id, **more), ended(source_id))
    desk.settle()


def test_a_caller_who_rang_three_times_is_one_entry_until_somebody_answers(desk: DeskAtWork) -> None:
    for number, source_id in enumerate("abc"):
        miss(desk, source_id=source_id, after=60 * number)
    assert numbers(desk) == [(STRANGER, 3)]
    desk.hear(offered(STRANGER, "d", after=300), answered("d"))
    desk.settle()
    assert numbers(desk) == []


def test_a_call_back_settles_it(desk: DeskAtWork) -> None:
    miss(desk)
    desk.hear(offered(STRANGER, "b", direction=Direction.OUT, after=300), answered("b"))
    desk.settle()
    assert numbers(desk) == []


def test_what_one_desk_marks_is_gone_from_the_others_list_and_comes_back(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    miss(desk)
    marked(desk)
    desk.settle()
    desk.leave()
    other = desks(operator="suzuki")
    assert numbers(other) == []
    (entry,) = asked(other).listed.settled
    assert entry.settled is not None
    assert entry.settled.by == "佐藤 美咲"
    marked(other, is_done=False)
    assert numbers(other) == [(STRANGER, 1)]
    other.settle()
    assert sorted(other.rows("SELECT is_done FROM callback_mark")) == [(0,), (1,)]


def finish(desk: DeskAtWork, body: str, source_id: str = "a") -> None:
    if body:
        desk.type(body, source_id)
    assert desk.desk.finish(desk.call(source_id).id) is None
    desk.posted.run_until(lambda: not desk.has(source_id))


def test_finishing_a_missed_calls_card_with_a_note_settles_it_for_the_team_until_taken_back(desk: DeskAtWork) -> None:
    miss(desk)
    miss(desk, source_id="b", after=60)
    finish(desk, "折り返し済み。納期の件")
    for _asked in ("before it is in the records", "after"):
        listed = asked(desk).listed
        assert listed.to_call == ()
        assert [(one.number, one.count) for one in listed.settled] == [(STRANGER, 2)]
        desk.settle()
    (entry,) = asked(desk).listed.settled
    assert entry.settled is not None
    assert (entry.settled.how, entry.settled.by) == (SettledHow.DONE, "佐藤 美咲")
    marked(desk, is_done=False)
    assert numbers(desk) == [(STRANGER, 2)]


def test_clearing_a_missed_card_on_which_nothing_was_written_leaves_the_caller_to_be_called(desk: DeskAtWork) -> None:
    miss(desk)
    finish(desk, "")
    assert numbers(desk) == [(STRANGER, 1)]


def test_whoever_rings_again_after_the_card_was_finished_is_to_be_called_again(desk: DeskAtWork) -> None:
    miss(desk)
    finish(desk, "留守電に伝言")
    miss(desk, source_id="b", after=600)
    assert numbers(desk) == [(STRANGER, 1)]


def test_a_finished_call_that_was_answered_marks_nothing(desk: DeskAtWork) -> None:
    desk.hear(offered(STRANGER, "a"), answered("a"), ended("a"))
    finish(desk, "話した")
    desk.settle()
    assert desk.rows("SELECT is_done FROM callback_mark") == []


def test_a_contact_by_telephone_that_is_written_down_by_hand_settles_the_customers_missed_call(
    desk: DeskAtWork,
) -> None:
    miss(desk, CUSTOMER)
    assert numbers(desk) == [(CUSTOMER, 1)]
    desk.time.now += timedelta(minutes=5)
    call = desk.desk.by_hand.open(1, ByHand(Channel.PHONE, Direction.OUT))
    desk.settle()
    desk.desk.write(call.id, Note("携帯に折り返した"))
    desk.desk.finish(call.id)
    desk.posted.run_until(lambda: desk.desk.calls.get(call.id) is None)
    for _asked in ("before it is in the records", "after"):
        assert numbers(desk) == []
        desk.settle()
    (entry,) = asked(desk).listed.settled
    assert entry.settled is not None
    assert entry.settled.how is SettledHow.CALLED_BACK


def test_whoever_withheld_the_number_stands_apart(desk: DeskAtWork) -> None:
    miss(desk, "", withheld=Withheld.ANONYMOUS)
    assert numbers(desk) == []
    assert len(asked(desk).listed.withheld) == 1


def test_other_desks_lines_are_theirs(desk: DeskAtWork, desks: Callable[..., DeskAtWork], tmp_path: Path) -> None:
    miss(desk)
    miss(desk, "0388880000", "b", dialled="0377770000")
    desk.leave()
    line = LineSettings(MAIN_LINE, "Main shop")
    other = desks(operator="suzuki", lines=(line,))
    assert numbers(other) == [(STRANGER, 1)]
    assert other.desk.missed.has_lines_of_its_own
    other.desk.missed.of_lines(every=True)
    assert {number for number, _count in numbers(other)} == {STRANGER, "0388880000"}
    other.desk.missed.of_lines(every=False)
    assert numbers(other) == [(STRANGER, 1)]


@pytest.mark.expected_log(REFUSED)
def test_while_the_database_takes_nothing_the_list_has_what_was_seen_and_done_here(
    desk: DeskAtWork, cut: dict[str, bool]
) -> None:
    miss(desk)
    cut["on"] = True
    miss(desk, "0388880000", "b")
    assert sorted(numbers(desk)) == [("0388880000", 1), (STRANGER, 1)]
    marked(desk)
    assert len(numbers(desk)) == 1
    cut["on"] = False
    desk.settle()
    assert len(numbers(desk)) == 1


@pytest.mark.expected_log(REFUSED)
def test_while_the_database_is_away_the_list_says_so_and_goes_on(desk: DeskAtWork, gone: dict[str, bool]) -> None:
    miss(desk)
    assert asked(desk).is_away is False
    gone["on"] = True
    desk.desk.hear(offered("0388880000", "b"))
    desk.desk.hear(ended("b"))
    desk.timers.pass_time(100)
    now = asked(desk)
    assert (now.is_away, now.as_of) == (True, NOW)
    assert sorted(one.number for one in now.listed.to_call) == ["0388880000", STRANGER]
    marked(desk)
    assert len(asked(desk).listed.to_call) == 1
    gone["on"] = False
    desk.settle()
