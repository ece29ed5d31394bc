"""What is due is told once, at start if it is overdue, never while a call rings, and again after "later"."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from app.desk_memory import DeskMemory
from app.follow_ups import FollowUpKind, FollowUpWish, OpenFollowUp
from app.reminders import LOOK_MS
from db.engine import writing
from db.follow_ups import Promise, promise
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered


@pytest.fixture
def told(desk: DeskAtWork) -> list[list[str]]:
    """The texts of what is due, as often as that changes; the demo's own left out."""
    heard: list[list[str]] = []

    def hear(due: Sequence[OpenFollowUp]) -> None:
        mine = [one.text for one in due if one.text.startswith("t:")]
        if mine or heard:
            heard.append(mine)

    desk.desk.reminders.begin(hear)
    desk.settle()
    return heard


def promised(engine: Engine, desk: DeskAtWork, text: str, minutes: float, assignee: str = "sato") -> Promise:
    due = NOW + timedelta(minutes=minutes)
    made = Promise(desk.time.clock.new_id(), None, 1, FollowUpKind.CALLBACK, due, assignee, f"t:{text}", NOW)
    with writing(engine) as connection:
        promise(connection, made)
    return made


def pass_minutes(desk: DeskAtWork, minutes: float) -> None:
    """The clock goes on, and the desk looks as often as it does in the program."""
    desk.time.now += timedelta(minutes=minutes)
    for _look in range(7):
        desk.timers.pass_time(LOOK_MS)
        desk.settle()


def test_what_was_overdue_at_start_is_told_at_once(desk: DeskAtWork, engine: Engine) -> None:
    promised(engine, desk, "late", -30)
    promised(engine, desk, "not yet", 30)
    promised(engine, desk, "another's", -30, "suzuki")
    promised(engine, desk, "the team's", -10, "")
    heard: list[list[str]] = []
    desk.desk.reminders.begin(lambda due: heard.append([one.text for one in due if one.text.startswith("t:")]))
    desk.settle()
    assert heard == [["t:late", "t:the team's"]]


def test_it_is_told_when_its_time_comes_and_only_once(desk: DeskAtWork, engine: Engine, told: list[list[str]]) -> None:
    promised(engine, desk, "soon", 10)
    pass_minutes(desk, 1)
    assert told == []
    pass_minutes(desk, 9)
    pass_minutes(desk, 5)
    assert told == [["t:soon"]]


def test_a_call_that_rings_is_not_disturbed(desk: DeskAtWork, engine: Engine, told: list[list[str]]) -> None:
    promised(engine, desk, "soon", 10)
    pass_minutes(desk, 2)
    desk.hear(offered())
    pass_minutes(desk, 10)
    assert told == []
    desk.hear(answered())
    pass_minutes(desk, 0)
    assert told == [["t:soon"]], "while one talks it may be told: it takes nothing"


def test_later_is_a_quarter_of_an_hour_and_what_was_promised_stays(
    desk: DeskAtWork, engine: Engine, told: list[list[str]]
) -> None:
    made = promised(engine, desk, "soon", 1)
    pass_minutes(desk, 2)
    desk.desk.reminders.later(made.follow_up_id)
    pass_minutes(desk, 14)
    assert told == [["t:soon"], []]
    pass_minutes(desk, 1)
    assert told == [["t:soon"], [], ["t:soon"]]
    due = "SELECT count(*) FROM follow_up WHERE text = 't:soon' AND done_at IS NULL AND version_id = 1"
    assert desk.rows(due) == [(1,)]


def test_later_is_later_also_after_a_restart_and_for_no_other_operator(
    desks: Callable[..., DeskAtWork], engine: Engine
) -> None:
    memory, heard = DeskMemory(), list[list[str]]()
    desk = desks(memory=memory)
    desk.desk.reminders.later(promised(engine, desk, "the team's", -1, "").follow_up_id)
    desk.leave()
    for operator in ("sato", "suzuki"):
        desk = desks(memory=memory, operator=operator)
        desk.desk.reminders.begin(lambda due: heard.append([one.text for one in due if one.text.startswith("t:")]))
        desk.settle()
        desk.leave()
    assert [texts for texts in heard if texts] == [["t:the team's"]]


def test_what_is_done_is_told_no_more(desk: DeskAtWork, engine: Engine, told: list[list[str]]) -> None:
    made = promised(engine, desk, "soon", 1)
    pass_minutes(desk, 2)
    desk.desk.obligations.done(made.follow_up_id)
    desk.desk.reminders.gone(made.follow_up_id)
    assert told == [["t:soon"], []]
    pass_minutes(desk, 1)
    assert told == [["t:soon"], []]


def test_what_a_colleague_has_done_goes_within_a_minute(
    desk: DeskAtWork, engine: Engine, told: list[list[str]]
) -> None:
    promised(engine, desk, "the team's", 1, "")
    pass_minutes(desk, 2)
    with writing(engine) as connection:
        connection.exec_driver_sql(
            f"UPDATE follow_up SET done_at = '{NOW.isoformat(' ')}' WHERE text = 't:the team''s'"
        )
    pass_minutes(desk, 1)
    assert told == [["t:the team's"], []]


def test_what_is_promised_here_is_known_at_once(desk: DeskAtWork, told: list[list[str]]) -> None:
    desk.hear(offered(), answered(), ended())
    wish = FollowUpWish(FollowUpKind.SEND, NOW + timedelta(minutes=1), "sato", "t:here")
    desk.desk.obligations.promise(desk.call().id, wish)
    desk.settle()
    desk.settle()
    desk.time.now += timedelta(minutes=2)
    desk.desk.reminders.look()
    assert told == [["t:here"]]
