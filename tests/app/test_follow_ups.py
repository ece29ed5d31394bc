"""Follow-ups at a desk: promised from a call, listed at once, done once, also while the database is cut."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.follow_ups import FollowUpKind, FollowUpWish, OpenFollowUp
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered

REFUSED = "the records do not take what is written here"


@pytest.fixture
def cut(engine: Engine) -> Iterator[dict[str, bool]]:
    """While its "on" is set, every transaction that writes fails as a locked database does."""
    switch = {"on": False}

    def look(driver: Any, _record: object, _proxy: object) -> None:
        driver.execute(f"PRAGMA query_only = {'ON' if switch['on'] else 'OFF'}")

    event.listen(engine, "checkout", look)
    yield switch
    event.remove(engine, "checkout", look)


def wish(hours: float = 1, assignee: str = "sato", text: str = "配送日の確認") -> FollowUpWish:
    return FollowUpWish(FollowUpKind.CALLBACK, NOW + timedelta(hours=hours), assignee, text)


def promised(desk: DeskAtWork, *wishes: FollowUpWish) -> None:
    """Write these down from the call that is on the desk."""
    safe: list[object] = []
    for one in wishes:
        desk.desk.follow_ups.promise(desk.call(), one, safe.append, safe.append)
    desk.posted.run_until(lambda: safe == [None] * len(wishes))


def listed(desk: DeskAtWork) -> Sequence[OpenFollowUp]:
    """The operator's list, without what the demo's records had in it."""
    told: list[Sequence[OpenFollowUp]] = []
    desk.desk.follow_ups.list_open(told.append, told.append)
    desk.posted.run_until(lambda: told)
    return [one for one in told[0] if one.created_at == NOW]


def test_what_is_promised_in_a_call_stands_in_the_list_and_in_the_records(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    promised(desk, wish())
    desk.settle()
    (row,) = listed(desk)
    assert (row.login, row.text, row.customer, row.call_id) == ("sato", "配送日の確認", "髙橋 一郎", desk.call().id)
    assert (row.number, row.due_at) == ("0335814111", NOW + timedelta(hours=1))


def test_the_same_promise_twice_is_one_and_another_one_is_another(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    promised(desk, wish(), wish(), wish(text="見本を送る"))
    desk.settle()
    assert sorted(one.text for one in listed(desk)) == ["見本を送る", "配送日の確認"]


@pytest.mark.expected_log(REFUSED)
def test_what_is_promised_and_done_while_the_database_is_cut_is_listed_and_written_later(
    desk: DeskAtWork, cut: dict[str, bool]
) -> None:
    desk.hear(offered(), answered())
    cut["on"] = True
    promised(desk, wish(1), wish(2, text="済ませる"))
    desk.settle()
    done: list[object] = []
    (second,) = [one for one in listed(desk) if one.text == "済ませる"]
    desk.desk.follow_ups.done(second.follow_up_id, done.append, done.append)
    desk.posted.run_until(lambda: done)
    desk.settle()
    assert [one.text for one in listed(desk)] == ["配送日の確認"]
    rows = "SELECT text, done_at IS NOT NULL, version_id FROM follow_up WHERE call_id = ? ORDER BY due_at"
    assert desk.rows(rows, desk.call().id.hex) == []
    cut["on"] = False
    desk.settle()
    assert desk.rows(rows, desk.call().id.hex) == [("配送日の確認", 0, 1), ("済ませる", 1, 2)]
    assert [one.text for one in listed(desk)] == ["配送日の確認"]


@pytest.mark.expected_log(REFUSED)
def test_what_was_done_and_taken_back_is_listed_before_the_records_know_of_it(
    desk: DeskAtWork, cut: dict[str, bool]
) -> None:
    desk.hear(offered(), answered())
    promised(desk, wish())
    (row,) = listed(desk)
    safe: list[object] = []
    desk.desk.follow_ups.done(row.follow_up_id, safe.append, safe.append)
    desk.settle()
    assert not listed(desk)
    cut["on"] = True
    desk.desk.follow_ups.reopen(row.follow_up_id, safe.append, safe.append)
    desk.posted.run_until(lambda: safe == [None, None])
    assert [one.text for one in listed(desk)] == ["配送日の確認"]
    cut["on"] = False
    desk.settle()
    assert [one.text for one in listed(desk)] == ["配送日の確認"]


def test_a_follow_up_of_an_unknown_caller_follows_to_the_customer_who_is_chosen(desk: DeskAtWork) -> None:
    desk.hear(offered("0999999999"), answered())
    promised(desk, wish())
    desk.desk.choose(desk.call().id, 1)
    desk.settle()
    desk.desk.finish(desk.call().id)
    desk.settle()
    (row,) = listed(desk)
    assert row.customer == "髙橋 一郎"


def test_a_colleague_sees_the_teams_and_not_mine(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork], tmp_path: Path
) -> None:
    desk.hear(offered(), answered())
    promised(desk, wish(1, "sato", "私の"), wish(2, "", "チームの"), wish(3, "suzuki", "鈴木の"))
    desk.settle()
    desk.leave()
    assert [one.text for one in listed(desks(operator="suzuki"))] == ["チームの", "鈴木の"]


def test_the_follow_ups_of_a_finished_call_are_found_again(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(), ended())
    promised(desk, wish())
    call_id = desk.call().id
    desk.desk.finish(call_id)
    desk.settle()
    told: list[Sequence[OpenFollowUp]] = []
    desk.desk.follow_ups.list_of_call(call_id, told.append, told.append)
    desk.posted.run_until(lambda: told)
    assert [one.text for one in told[0]] == ["配送日の確認"]
