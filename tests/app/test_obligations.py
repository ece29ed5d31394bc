"""What a call leaves to be done: on the card at once, in the records once, there when the call is opened again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.call import Note
from app.complaints import ComplaintWish, HandoverWish, StepEnd, StepTold, StepWish, complaint_key, steps_from
from app.follow_ups import FollowUpKind, FollowUpWish, OpenFollowUp
from app.obligations import Refusal
from app.pop import ComplaintFact
from db.engine import writing
from db.kinds import ComplaintState
from db.models import complaint
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered
from tests.complaint_state import put_in_state

S = ComplaintState
REFUSED = "the records do not take what is written here"
WISH = ComplaintWish("配送遅延", 4, "羽毛布団 ダブル", "suzuki", NOW + timedelta(days=2))
COMPLAINTS = "SELECT category, severity, state, text, version_id FROM complaint WHERE complaint_no LIKE 'K-%'"
EVENTS = """SELECT e.from_state, e.to_state, o.login, e.text FROM complaint_event e
    JOIN complaint c ON c.id = e.complaint_id JOIN operator o ON o.id = e.operator_id
    WHERE c.complaint_no LIKE 'K-%' ORDER BY e.at, e.id"""

NAMED = """SELECT p.name, o.login FROM complaint c JOIN product p ON p.id = c.product_id
    JOIN operator o ON o.id = c.handler_id WHERE complaint_no = ?"""


@pytest.fixture
def cut(engine: Engine) -> Iterator[dict[str, bool]]:
    """While its "on" is set, every transaction that writes fails as a locked database does."""
    switch = {"on": False}

    def look(driver: Any, _record: object, _proxy: object) -> None:
        driver.execute(f"PRAGMA query_only = {'ON' if switch['on'] else 'OFF'}")

    event.listen(engine, "checkout", look)
    yield switch
    event.remove(engine, "checkout", look)


def talking(desk: DeskAtWork, body: str = "布団が届かないとのこと") -> None:
    desk.desk.complaints.learn(print)
    desk.hear(offered(), answered())
    desk.type(body)


def on_card(desk: DeskAtWork) -> ComplaintFact:
    """The newest open complaint of the card."""
    facts = desk.call().pop.facts
    assert facts is not None
    return facts.complaints[0]


class Told:
    """What became of steps."""

    def __init__(self) -> None:
        self.ends: list[StepEnd] = []
        self.words: list[StepTold | None] = []

    def __call__(self, end: StepEnd, told: StepTold | None) -> None:
        self.ends.append(end)
        self.words.append(told)


def stepped(desk: DeskAtWork, to: ComplaintState, words: str = "") -> Told:
    told = Told()
    desk.desk.obligations.step(StepWish(on_card(desk), to, words), told)
    desk.posted.run_until(lambda: told.ends)
    return told


def test_a_complaint_stands_on_the_card_at_once_and_in_the_records_a_moment_later(desk: DeskAtWork) -> None:
    talking(desk)
    facts = desk.call().pop.facts
    assert facts is not None
    assert desk.desk.obligations.complain(desk.call().id, WISH) is None
    shown = on_card(desk)
    assert (shown.category, shown.severity, shown.state, shown.is_open) == ("配送遅延", 4, S.RECEIVED, True)
    assert (shown.handler, shown.text, shown.due_at) == ("鈴木 健", "布団が届かないとのこと", WISH.due_at)
    after = desk.call().pop.facts
    assert after is not None
    assert after.open_complaint_count == facts.open_complaint_count + 1
    assert after.complaint_count == facts.complaint_count + 1
    desk.settle()
    assert desk.rows(COMPLAINTS) == [("配送遅延", 4, "received", "布団が届かないとのこと", 1)]
    assert desk.rows(EVENTS) == [(None, "received", "sato", None)]
    assert desk.rows(NAMED, shown.complaint_no) == [("羽毛布団 ダブル", "suzuki")]


def test_what_the_records_say_afterwards_is_what_the_card_said_at_once(desk: DeskAtWork) -> None:
    talking(desk)
    desk.desk.obligations.complain(desk.call().id, WISH)
    stepped(desk, S.ACKNOWLEDGED)
    at_once = on_card(desk)
    desk.settle()
    desk.desk.choose(desk.call().id, 1)
    desk.settle()
    assert replace_id(on_card(desk)) == replace_id(at_once)


def replace_id(fact: ComplaintFact) -> ComplaintFact:
    return fact._replace(complaint_id=0)


def test_a_call_has_one_complaint_and_none_without_a_customer(desk: DeskAtWork) -> None:
    talking(desk)
    call_id = desk.call().id
    desk.desk.obligations.complain(call_id, WISH)
    assert desk.desk.obligations.complain(call_id, replace(WISH, category="別")) is Refusal.MADE
    desk.hear(offered("0999999999", "b"), answered("b"))
    assert desk.desk.obligations.complain(desk.call("b").id, WISH) is Refusal.NO_CUSTOMER
    desk.hear(offered("0335814111", "t", is_test=True))
    assert desk.desk.obligations.complain(desk.call("t").id, WISH) is Refusal.NO_CALL
    desk.settle()
    assert len(desk.rows(COMPLAINTS)) == 1


def test_the_note_stays_the_complaints_text_until_the_call_is_finished(desk: DeskAtWork) -> None:
    talking(desk)
    desk.desk.obligations.complain(desk.call().id, WISH)
    desk.desk.write(desk.call().id, Note("布団が届かないとのこと。明日の午前に再配達"))
    desk.desk.finish(desk.call().id)
    desk.settle()
    assert desk.rows(COMPLAINTS)[0][3] == "布団が届かないとのこと。明日の午前に再配達"


def test_a_complaint_goes_with_the_call_to_the_customer_who_is_chosen_afterwards(desk: DeskAtWork) -> None:
    talking(desk)
    desk.desk.obligations.complain(desk.call().id, WISH)
    desk.desk.choose(desk.call().id, 2)
    desk.settle()
    desk.desk.finish(desk.call().id)
    desk.settle()
    assert desk.rows("SELECT customer_id FROM complaint WHERE complaint_no LIKE 'K-%'") == [(2,)]


def test_a_complaint_is_moved_on_step_by_step_with_who_and_why(desk: DeskAtWork) -> None:
    talking(desk)
    desk.desk.obligations.complain(desk.call().id, WISH)
    for number, to in enumerate((S.ACKNOWLEDGED, S.INVESTIGATING, S.RESPONDING, S.RESOLVED, S.VERIFIED, S.CLOSED)):
        assert to in steps_from(on_card_of(desk).state)
        desk.time.now = NOW + timedelta(minutes=number + 1)
        desk.place.seat.login = "suzuki" if to is S.VERIFIED else "sato"  # not who resolved it
        told = Told()
        desk.desk.obligations.step(StepWish(on_card_of(desk), to, f"{number}"), told)
        desk.posted.run_until(lambda told=told: told.ends)  # type: ignore[misc]
        assert told.ends == [StepEnd.MOVED]
    assert [row[1] for row in desk.rows(EVENTS)] == [
        "received", "acknowledged", "investigating", "responding", "resolved", "verified", "closed",
    ]  # fmt: skip
    assert (on_card_of(desk).state, on_card_of(desk).is_open, on_card_of(desk).version_id) == (S.CLOSED, False, 7)


def on_card_of(desk: DeskAtWork) -> ComplaintFact:
    facts = desk.call().pop.facts
    assert facts is not None
    return next(one for one in facts.complaints if one.complaint_no.startswith("K-"))


def test_who_is_too_late_is_told_and_sees_what_the_other_did(desk: DeskAtWork, engine: Engine) -> None:
    talking(desk)
    desk.desk.obligations.complain(desk.call().id, WISH)
    desk.settle()
    with writing(engine) as connection:
        theirs = complaint.c.complaint_no == on_card(desk).complaint_no
        put_in_state(connection, theirs, S.INVESTIGATING, NOW)
    told = stepped(desk, S.ACKNOWLEDGED, "電話で伝えた")
    assert told.ends == [StepEnd.LATE]
    assert told.words[0] is not None
    assert (told.words[0].to_state, told.words[0].words) == (S.INVESTIGATING, "電話で伝えた")
    desk.settle()
    assert (on_card(desk).state, on_card(desk).version_id) == (S.INVESTIGATING, 2)
    assert desk.rows(EVENTS)[-1] == ("investigating", "investigating", "sato", "電話で伝えた")


def test_a_verification_is_on_the_card_once_the_records_have_taken_it_and_never_if_they_refuse(
    desk: DeskAtWork,
) -> None:
    talking(desk)
    desk.desk.obligations.complain(desk.call().id, WISH)
    desk.settle()
    assert stepped(desk, S.RESOLVED).ends == [StepEnd.MOVED]
    told = Told()
    desk.desk.obligations.step(StepWish(on_card_of(desk), S.VERIFIED, "all is well"), told)
    assert on_card_of(desk).state is S.RESOLVED, "not for a moment"
    desk.posted.run_until(lambda: told.ends)
    assert (told.ends, on_card_of(desk).state) == ([StepEnd.OWN], S.RESOLVED)
    desk.settle()
    desk.place.seat.login = "suzuki"
    desk.desk.obligations.step(StepWish(on_card_of(desk), S.VERIFIED, "asked her"), told)
    desk.posted.run_until(lambda: len(told.ends) == 2)
    assert (told.ends[1], on_card_of(desk).state) == (StepEnd.MOVED, S.VERIFIED)


def handed(desk: DeskAtWork, seen: str, to: str, reason: str) -> Told:
    told = Told()
    desk.desk.obligations.hand_over(HandoverWish(on_card(desk).complaint_no, seen, to, reason), told)
    desk.posted.run_until(lambda: told.ends)
    return told


def test_a_complaint_given_to_another_is_his_on_the_card_at_once_and_in_the_history(desk: DeskAtWork) -> None:
    talking(desk)
    desk.desk.obligations.complain(desk.call().id, WISH)
    desk.settle()
    assert handed(desk, "suzuki", "sato", "鈴木は休み").ends == [StepEnd.MOVED]
    assert on_card(desk).handler == "佐藤 美咲"
    assert desk.rows(EVENTS)[-1] == ("received", "received", "sato", "Handler: 鈴木 健 → 佐藤 美咲 · 鈴木は休み")
    assert desk.rows(NAMED, on_card(desk).complaint_no) == [("羽毛布団 ダブル", "sato")]


def test_who_gives_away_what_another_has_by_now_is_told_and_the_card_shows_whose_it_is(desk: DeskAtWork) -> None:
    talking(desk)
    desk.desk.obligations.complain(desk.call().id, WISH)
    desk.settle()
    assert handed(desk, "tanaka", "sato", "").ends == [StepEnd.LATE]
    desk.settle()
    assert on_card(desk).handler == "鈴木 健"
    assert len(desk.rows(EVENTS)) == 1


@pytest.mark.expected_log(REFUSED)
def test_everything_is_made_while_the_database_is_cut_and_is_there_once_afterwards(
    desk: DeskAtWork, cut: dict[str, bool]
) -> None:
    talking(desk)
    cut["on"] = True
    call_id = desk.call().id
    assert desk.desk.obligations.complain(call_id, WISH) is None
    told = stepped(desk, S.ACKNOWLEDGED, "受け付けたと伝えた")
    wish = FollowUpWish(FollowUpKind.CALLBACK, NOW + timedelta(hours=1), "sato", "結果を伝える")
    assert desk.desk.obligations.promise(call_id, wish) is None
    assert told.ends == [StepEnd.WAITS]
    assert (on_card(desk).state, on_card(desk).version_id) == (S.ACKNOWLEDGED, 2)
    desk.settle()
    desk.desk.choose(call_id, 1)
    desk.settle()
    assert on_card(desk).state is S.ACKNOWLEDGED, "the card is asked for anew, and what waits stands on it"
    facts = desk.call().pop.facts
    assert facts is not None
    assert "結果を伝える" in [one.text for one in facts.follow_ups]
    assert desk.rows(COMPLAINTS) == []
    cut["on"] = False
    desk.settle()
    desk.timers.pass_time(5_000)
    desk.posted.run_until(lambda: told.ends[-1] is StepEnd.MOVED)
    assert desk.rows(COMPLAINTS) == [("配送遅延", 4, "acknowledged", "布団が届かないとのこと", 2)]
    assert desk.rows("SELECT text FROM follow_up WHERE call_id = ?", call_id.hex) == [("結果を伝える",)]


@pytest.mark.expected_log(REFUSED)
def test_a_complaint_that_is_given_away_while_the_database_is_cut_is_his_once_it_is_back(
    desk: DeskAtWork, cut: dict[str, bool]
) -> None:
    talking(desk)
    desk.desk.obligations.complain(desk.call().id, WISH)
    desk.settle()
    cut["on"] = True
    told = handed(desk, "suzuki", "sato", "鈴木は休み")
    assert told.ends == [StepEnd.WAITS]
    desk.desk.choose(desk.call().id, 1)
    desk.settle()
    assert on_card(desk).handler == "sato", "by login, as long as the records can't be asked"
    cut["on"] = False
    desk.settle()
    desk.timers.pass_time(5_000)
    desk.posted.run_until(lambda: told.ends[-1] is StepEnd.MOVED)
    assert desk.rows(NAMED, on_card(desk).complaint_no) == [("羽毛布団 ダブル", "sato")]


def test_what_was_made_is_shown_again_after_a_crash_and_not_made_twice(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    talking(desk)
    call_id = desk.call().id
    desk.desk.obligations.complain(call_id, WISH)
    desk.desk.obligations.promise(call_id, FollowUpWish(FollowUpKind.SEND, NOW + timedelta(hours=1), "", "見本"))
    number = desk.call().made.complaint
    desk.wait_until_kept()
    desk.settle()
    desk.leave()
    again = desks()
    again.desk.restore(again.kept_drafts())
    again.settle()
    made = again.call().made
    assert made.complaint == number
    assert [one.text for one in made.follow_ups] == ["見本"]
    assert again.desk.obligations.complain(call_id, WISH) is Refusal.MADE


def test_a_finished_call_of_today_shows_what_was_made_of_it_and_its_text_follows_the_note(desk: DeskAtWork) -> None:
    talking(desk)
    call_id = desk.call().id
    desk.hear(ended())
    desk.desk.obligations.complain(call_id, WISH)
    desk.desk.obligations.promise(call_id, FollowUpWish(FollowUpKind.CHECK, NOW + timedelta(days=1), "suzuki"))
    desk.desk.write(call_id, Note("布団が届かないとのこと", "", "complaint.delivery"))
    desk.desk.finish(call_id)
    desk.settle()
    desk.records.past_call(call_id, lambda call: desk.desk.reopen(call) if call else None, print)
    desk.settle()
    call = desk.call()
    assert call.note.disposition == "complaint.delivery"
    assert call.made.complaint is not None
    assert call.made.complaint.key == complaint_key(call_id)
    assert [one.kind for one in call.made.follow_ups] == [FollowUpKind.CHECK]
    desk.desk.write(call_id, Note("布団が届かないとのこと\n追記: 再配達済み", "", call.note.disposition))
    desk.desk.finish(call_id)
    desk.settle()
    assert desk.rows(COMPLAINTS)[0][3] == "布団が届かないとのこと\n追記: 再配達済み"
    assert len(desk.rows(COMPLAINTS)) == 1
    assert desk.rows("SELECT count(*) FROM follow_up WHERE call_id = ?", call_id.hex) == [(1,)]


def test_a_follow_up_that_is_done_leaves_the_card_and_the_call(desk: DeskAtWork) -> None:
    talking(desk)
    call_id = desk.call().id
    desk.desk.obligations.promise(call_id, FollowUpWish(FollowUpKind.CALLBACK, NOW, "sato", "今すぐ"))
    (made,) = desk.call().made.follow_ups
    desk.desk.obligations.done(made.follow_up_id)
    facts = desk.call().pop.facts
    assert facts is not None
    assert made.follow_up_id not in [one.follow_up_id for one in facts.follow_ups]
    assert desk.call().made.follow_ups == ()
    desk.settle()
    assert desk.rows("SELECT done_at IS NOT NULL FROM follow_up WHERE call_id = ?", call_id.hex) == [(1,)]


def test_no_card_number_goes_into_a_complaint(desk: DeskAtWork) -> None:
    talking(desk)
    desk.call().note = Note("カード 4111111111111111 で払った")
    desk.desk.obligations.complain(desk.call().id, WISH)
    stepped(desk, S.ACKNOWLEDGED, "番号は 4111 1111 1111 1111")
    desk.settle()
    assert "4111111111111111" not in desk.rows(COMPLAINTS)[0][3]
    assert "4111 1111 1111 1111" not in desk.rows(EVENTS)[-1][3]


def on_cards(desk: DeskAtWork, text: str = "結果を伝える") -> tuple[list[object], list[object]]:
    """When it is due, as the card and what was made of the call have it."""
    facts = desk.call().pop.facts
    assert facts is not None
    return (
        [one.due_at for one in facts.follow_ups if one.text == text],
        [one.text for one in desk.call().made.follow_ups if one.text == text],
    )


def listed(desk: DeskAtWork, text: str = "結果を伝える") -> OpenFollowUp:
    told: list[Any] = []
    desk.desk.follow_ups.list_open(told.append, told.append)
    desk.posted.run_until(lambda: told)
    return next(one for one in told[0] if one.text == text)


@pytest.mark.parametrize("is_cut", [False, pytest.param(True, marks=pytest.mark.expected_log(REFUSED))])
def test_a_follow_up_that_was_done_put_off_or_tried_stands_on_the_open_card_as_it_is_now(
    desk: DeskAtWork, cut: dict[str, bool], is_cut: bool
) -> None:
    talking(desk)
    due, later = NOW + timedelta(hours=1), NOW + timedelta(hours=3)
    made, safe = desk.desk.obligations, list[object]()
    made.promise(desk.call().id, FollowUpWish(FollowUpKind.CALLBACK, due, "sato", "結果を伝える"))
    desk.settle()
    one = listed(desk)
    cut["on"] = is_cut
    made.done(one.follow_up_id)
    assert on_cards(desk) == ([], [])
    made.reopen(one, safe.append)
    assert on_cards(desk) == ([due], ["結果を伝える"])
    made.put_off(one, later, safe.append)
    assert on_cards(desk)[0] == [later]
    made.tried(one, 1, due, safe.append)
    assert on_cards(desk)[0] == [due]
    desk.posted.run_until(lambda: len(safe) == 3)
    assert (listed(desk).attempts, listed(desk).due_at) == (1, due)
    desk.desk.look_again(desk.call().id)
    desk.settle()
    assert on_cards(desk) == ([due], ["結果を伝える"]), "as the records and what waits tell it"
