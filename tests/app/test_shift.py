"""Shared PCs: another operator sits down, each has his own drafts, and what was taken stays with who took it."""

from collections.abc import Callable

import pytest

from app.call import ByHand, CallState, Note
from tests.app.desk_at_work import DeskAtWork, answered, ended, offered

NOTES = (
    "SELECT r.text, o.login FROM note_revision r JOIN operator o ON o.id = r.operator_id WHERE r.text LIKE '%のメモ'"
)


def on_desk(desk: DeskAtWork) -> list[str]:
    return [call.note.body for call in desk.desk.calls]


def change(desk: DeskAtWork, login: str) -> None:
    desk.desk.shift.change(login)
    answers: list[object] = []
    desk.journal.read(login, answers.append)  # after the desk's own question
    desk.posted.run_until(lambda: answers)
    desk.settle()


def finish(desk: DeskAtWork, source_id: str) -> None:
    assert desk.desk.finish(desk.call(source_id).id) is None
    desk.settle()


def test_unfinished_work_leaves_with_its_operator_and_comes_back_with_him(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(), ended())
    desk.type("佐藤のメモ")
    change(desk, "suzuki")
    assert on_desk(desk) == []
    desk.hear(offered("0999999999", "b"), answered("b"), ended("b"))
    desk.type("鈴木のメモ", "b")
    change(desk, "sato")
    assert on_desk(desk) == ["佐藤のメモ"]
    finish(desk, "a")
    change(desk, "suzuki")
    assert on_desk(desk) == ["鈴木のメモ"]
    finish(desk, "b")
    assert sorted(desk.rows(NOTES)) == [("佐藤のメモ", "sato"), ("鈴木のメモ", "suzuki")]


def test_a_call_under_way_stays_on_the_desk_and_with_who_took_it(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    desk.type("佐藤のメモ")
    change(desk, "suzuki")
    assert desk.call().state is CallState.TALKING
    desk.type("やはり佐藤のメモ")
    desk.hear(ended())
    finish(desk, "a")
    assert desk.rows(NOTES) == [("やはり佐藤のメモ", "sato")]
    whose = "SELECT o.login FROM call c JOIN operator o ON o.id = c.operator_id WHERE c.source_id = 'a'"
    assert desk.rows(whose) == [("sato",)]


def test_a_call_that_only_rings_is_whoevers_who_takes_it(desk: DeskAtWork) -> None:
    desk.hear(offered())
    change(desk, "suzuki")
    desk.hear(answered(), ended())
    desk.type("鈴木のメモ")
    finish(desk, "a")
    assert desk.rows(NOTES) == [("鈴木のメモ", "suzuki")]


def test_drafts_of_an_earlier_run_are_there_when_their_operator_sits_down(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    desk.hear(offered(), answered(), ended())
    desk.type("佐藤のメモ")
    desk.leave()
    other = desks(operator="suzuki")
    assert on_desk(other) == []
    change(other, "sato")
    assert on_desk(other) == ["佐藤のメモ"]
    change(other, "suzuki")
    change(other, "sato")
    assert on_desk(other) == ["佐藤のメモ"], "once"


def test_a_crash_while_another_sits_here_loses_nobodys_words(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    desk.hear(offered(), answered(), ended())
    desk.type("佐藤のメモ")
    change(desk, "suzuki")
    desk.hear(offered("0999999999", "b"), answered("b"))
    desk.type("鈴木のメモ", "b")
    desk.wait_until_kept("b")
    assert [one.body for one in desk.kept_drafts("sato")] == ["佐藤のメモ"]
    assert [one.body for one in desk.kept_drafts("suzuki")] == ["鈴木のメモ"]


def test_a_draft_of_a_card_without_a_call_goes_too(desk: DeskAtWork) -> None:
    call = desk.desk.by_hand.open(1, ByHand())
    desk.settle()
    desk.desk.write(call.id, Note("佐藤のメモ"))
    change(desk, "suzuki")
    assert on_desk(desk) == []
    change(desk, "sato")
    assert on_desk(desk) == ["佐藤のメモ"]


def test_missed_calls_on_which_nothing_was_written_stay_for_everybody(desk: DeskAtWork) -> None:
    desk.hear(offered(), ended())
    change(desk, "suzuki")
    assert desk.has("a")


@pytest.mark.parametrize("login", ["", "  ", "sato"])
def test_nobody_and_the_same_one_change_nothing(desk: DeskAtWork, login: str) -> None:
    told: list[int] = []
    desk.desk.shift.changed.append(lambda: told.append(1))
    desk.hear(offered(), answered(), ended())
    desk.type("佐藤のメモ")
    desk.desk.shift.change(login)
    assert (on_desk(desk), told) == (["佐藤のメモ"], [])
