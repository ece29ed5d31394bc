"""The note of a call: kept at every key, finished into the records, and never lost when they fail."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.call import Note
from app.pop import Trouble
from cti.events import EndCause, Withheld
from db.demo import ENGLISH_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER
from tests.app.desk_at_work import DeskAtWork, answered, ended, offered

REVISIONS = """SELECT n.kind, r.number, r.text FROM note_revision r JOIN note n ON n.id = r.note_id
    WHERE n.call_id = ? ORDER BY n.kind, r.number"""


@pytest.fixture
def only_reading(engine: Engine) -> Iterator[dict[str, bool]]:
    """While its "on" is set, SQLite itself refuses every write of the records."""
    switch = {"on": False}

    def look(driver: Any, _record: object, _proxy: object) -> None:
        driver.execute(f"PRAGMA query_only = {'ON' if switch['on'] else 'OFF'}")

    event.listen(engine, "checkout", look)
    yield switch
    event.remove(engine, "checkout", look)


def talk(desk: DeskAtWork, number: str = "0335814111") -> None:
    desk.hear(offered(number), answered())


def finish(desk: DeskAtWork, source_id: str = "a") -> str:
    """Finish the call; its key in the records."""
    call_id = desk.call(source_id).id
    desk.desk.finish(call_id)
    desk.settle()
    return call_id.hex


# --- finishing


def test_finishing_writes_note_contact_and_handler_and_then_forgets_the_draft(desk: DeskAtWork) -> None:
    talk(desk)
    handlers = """SELECT h.count, h.last_subject FROM customer_handler h JOIN operator o ON o.id = h.operator_id
        WHERE o.login = 'sato' AND h.customer_id = 1"""
    before = desk.rows(handlers)
    desk.type("再配達を手配した。\n18時以降", handover="不在なら宅配ボックスへ", disposition="inquiry.delivery")
    desk.wait_until_kept()
    assert [draft.body for draft in desk.kept_drafts()] == ["再配達を手配した。\n18時以降"]
    key = finish(desk)
    assert desk.rows(REVISIONS, key) == [
        ("body", 1, "再配達を手配した。\n18時以降"),
        ("handover", 1, "不在なら宅配ボックスへ"),
    ]
    assert desk.rows(
        """SELECT i.kind, i.subject, d.code, o.login, i.customer_id FROM interaction i
        JOIN operator o ON o.id = i.handler_id JOIN disposition d ON d.id = i.disposition_id WHERE i.call_id = ?""",
        key,
    ) == [("inquiry", "再配達を手配した。", "inquiry.delivery", "sato", 1)]
    assert desk.rows(handlers) == [(before[0][0] + 1 if before else 1, "再配達を手配した。")]
    desk.leave()
    assert desk.kept_drafts() == ()
    assert (desk.screen.card, len(desk.desk.calls)) == (None, 0)


def test_the_finished_call_says_when_it_ended_if_no_source_did(desk: DeskAtWork) -> None:
    talk(desk)
    desk.time.now += timedelta(minutes=3)
    key = finish(desk)
    assert desk.rows("SELECT ended_at, end_cause FROM call WHERE id = ?", key) == [
        ("2026-11-21 05:15:00.000000+00:00", None)
    ]


def test_the_end_that_the_source_told_stands(desk: DeskAtWork) -> None:
    talk(desk)
    desk.hear(ended(why=EndCause.HUNG_UP))
    desk.time.now += timedelta(minutes=9)
    key = finish(desk)
    assert desk.rows("SELECT ended_at, end_cause FROM call WHERE id = ?", key) == [
        ("2026-11-21 05:13:30.000000+00:00", "hung_up")
    ]


def test_a_missed_call_put_away_leaves_no_contact_in_anybodys_history(desk: DeskAtWork) -> None:
    desk.hear(offered(), ended())
    key = finish(desk)
    assert desk.rows("SELECT outcome FROM call WHERE id = ?", key) == [("missed",)]
    assert desk.rows("SELECT * FROM interaction WHERE call_id = ?", key) == []


def test_finishing_twice_writes_once(desk: DeskAtWork) -> None:
    talk(desk)
    desk.type("一度だけ")
    call_id = desk.call().id
    desk.desk.finish(call_id)
    desk.desk.finish(call_id)
    desk.settle()
    desk.desk.finish(call_id)
    assert desk.rows(REVISIONS, call_id.hex) == [("body", 1, "一度だけ")]


def test_a_note_that_the_records_take_at_once_is_never_said_to_wait(desk: DeskAtWork) -> None:
    talk(desk)
    desk.desk.finish(desk.call().id)
    desk.settle()
    assert all(status.waiting == 0 for status in desk.screen.statuses)


def test_the_note_of_a_withheld_caller_is_kept_on_the_call(desk: DeskAtWork) -> None:
    desk.hear(offered("", withheld=Withheld.ANONYMOUS), answered())
    desk.type("名乗られず")
    key = finish(desk)
    assert desk.rows(REVISIONS, key) == [("body", 1, "名乗られず")]
    assert desk.rows("SELECT number, withheld, customer_id FROM call WHERE id = ?", key) == [(None, "anonymous", None)]


def test_a_past_call_taken_up_again_gets_a_second_version_of_its_note(desk: DeskAtWork) -> None:
    talk(desk)
    desk.type("最初")
    key, call_id = desk.call().id.hex, desk.call().id
    finish(desk)
    taken_up: list[Any] = []
    desk.records.past_call(call_id, taken_up.append, taken_up.append)
    desk.settle()
    desk.desk.reopen(taken_up[0])
    desk.settle()
    assert desk.screen.card is not None
    assert (desk.screen.card.body, desk.screen.card.customer, desk.screen.card.state) == (
        "最初", "C-000001", "after_call",
    )  # fmt: skip
    assert len(desk.trace("offered")) == 1, "it does not ring again"
    desk.type("最初と、追記")
    finish(desk)
    assert desk.rows(REVISIONS, key) == [("body", 1, "最初"), ("body", 2, "最初と、追記")]
    assert desk.rows("SELECT outcome FROM call WHERE id = ?", key) == [("answered",)]


# --- records that fail while finishing


@pytest.mark.expected_log("the records do not take what is written here")
def test_a_note_that_the_records_refuse_waits_on_this_pc_and_is_sent_once(
    desk: DeskAtWork, only_reading: dict[str, bool]
) -> None:
    talk(desk)
    desk.type("消えてはならない", disposition="callback.promised")
    desk.wait_until_kept()
    only_reading["on"] = True
    key = finish(desk)
    assert (desk.screen.card, len(desk.desk.calls)) == (None, 0), "the operator goes on"
    status = desk.screen.statuses[-1]
    assert (status.database, status.waiting, status.waiting_since) == (Trouble.READ_ONLY, 1, desk.time.now)
    assert desk.rows(REVISIONS, key) == []
    only_reading["on"] = False
    desk.settle()
    assert desk.rows(REVISIONS, key) == [("body", 1, "消えてはならない")]
    status = desk.screen.statuses[-1]
    assert (status.database, status.waiting, status.waiting_since) == (None, 0, None)
    desk.leave()
    assert desk.kept_drafts() == ()


@pytest.mark.expected_log("the outbox cannot be written")
def test_a_note_that_neither_disk_nor_records_take_stays_on_the_card_and_in_its_draft(
    desk: DeskAtWork, only_reading: dict[str, bool]
) -> None:
    talk(desk)
    desk.type("消えてはならない", disposition="callback.promised")
    desk.wait_until_kept()
    only_reading["on"] = True
    desk.refuse_outbox()
    key = finish(desk)
    assert desk.screen.card is not None
    assert (desk.screen.card.state, desk.screen.card.body) == ("talking", "消えてはならない")
    assert desk.screen.statuses[-1].database is Trouble.READ_ONLY
    assert [(draft.body, draft.disposition) for draft in desk.kept_drafts()] == [
        ("消えてはならない", "callback.promised")
    ]
    only_reading["on"] = False
    assert finish(desk) == key
    assert desk.rows(REVISIONS, key) == [("body", 1, "消えてはならない")], "the records take what the disk does not"
    desk.leave()
    assert desk.kept_drafts() == ()


@pytest.mark.expected_log("the records do not take what is written here")
def test_a_call_is_whole_in_the_records_or_not_at_all(desk: DeskAtWork, engine: Engine) -> None:
    talk(desk)
    before = desk.rows("SELECT outcome, ended_at FROM call WHERE source_id = 'a'")

    def fill_the_disk(driver: Any, _record: object, _proxy: object) -> None:
        driver.execute("PRAGMA max_page_count = 1")  # SQLite takes what is in use as the least

    event.listen(engine, "checkout", fill_the_disk)
    desk.type("長い記録" * 4)
    desk.desk.write(desk.call().id, Note("大" * 200_000))
    key = finish(desk)
    assert desk.screen.statuses[-1].database is Trouble.DISK_FULL
    assert desk.screen.statuses[-1].waiting == 1
    assert (desk.rows(REVISIONS, key), desk.rows("SELECT * FROM note WHERE call_id = ?", key)) == ([], [])
    assert desk.rows("SELECT outcome, ended_at FROM call WHERE source_id = 'a'") == before


def test_what_is_typed_while_the_records_are_still_writing_is_not_thrown_away(desk: DeskAtWork) -> None:
    talk(desk)
    desk.type("電話番号が")
    call_id = desk.call().id
    desk.desk.finish(call_id)
    desk.type("電話番号が変わった")
    desk.settle()
    assert desk.screen.card is not None
    assert (desk.screen.card.state, desk.screen.card.body) == ("talking", "電話番号が変わった")
    key = finish(desk)
    assert desk.rows(REVISIONS, key) == [("body", 1, "電話番号が"), ("body", 2, "電話番号が変わった")]
    desk.leave()
    assert (desk.kept_drafts(), desk.screen.card) == ((), None)


def test_an_answer_that_comes_after_the_card_has_gone_leaves_no_draft_behind(desk: DeskAtWork) -> None:
    talk(desk)
    desk.type("完了")
    call = desk.call()
    finish(desk)
    desk.desk.opened_another(call)
    desk.leave()
    assert desk.kept_drafts() == ()


# --- later


def test_a_call_put_aside_leaves_the_card_to_the_next_and_comes_back_when_taken_up(desk: DeskAtWork) -> None:
    talk(desk)
    desk.type("続きは後で")
    desk.hear(offered(ENGLISH_NUMBER, "b"))
    desk.desk.put_aside(desk.call("a").id)
    assert desk.screen.card is not None
    assert (desk.screen.card.source_id, desk.screen.strip) == ("b", ("a", "b"))
    desk.desk.select(desk.call("a").id)
    assert (desk.screen.card.source_id, desk.screen.card.state, desk.screen.card.body) == (
        "a", "after_call", "続きは後で",
    )  # fmt: skip


def test_a_call_put_aside_with_nothing_else_to_do_gives_the_card_to_the_next_call(desk: DeskAtWork) -> None:
    talk(desk)
    desk.desk.put_aside(desk.call("a").id)
    desk.hear(offered(ENGLISH_NUMBER, "b"))
    assert desk.screen.card is not None
    assert desk.screen.card.source_id == "b"


def test_a_ringing_call_cannot_be_put_aside(desk: DeskAtWork) -> None:
    desk.hear(offered())
    desk.desk.put_aside(desk.call().id)
    assert desk.call().state == "ringing"


# --- after a crash


def start_again(desks: Callable[..., DeskAtWork], crashed: DeskAtWork, operator: str = "sato") -> DeskAtWork:
    desk = desks(operator=operator)
    desk.desk.restore(crashed.kept_drafts(operator))
    desk.settle()
    return desk


def test_a_draft_found_at_start_comes_back_to_the_strip_with_its_customer(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    talk(desk)
    desk.type("途中まで", handover="急ぎ", disposition="order.new")
    desk.wait_until_kept()
    again = start_again(desks, desk)
    assert (again.call().state, again.call().note) == ("later", Note("途中まで", "急ぎ", "order.new"))
    assert again.screen.card is not None
    assert (again.screen.strip, again.screen.card.customer) == (("a",), "C-000001")
    assert (again.screen.rung, again.traced) == ([], []), "it does not ring again"
    key = finish(again)
    assert desk.rows(REVISIONS, key) == [("body", 1, "途中まで"), ("handover", 1, "急ぎ")]


def test_a_crash_forgets_neither_who_answered_nor_when(desk: DeskAtWork, desks: Callable[..., DeskAtWork]) -> None:
    desk.hear(offered())
    desk.type("呼び出し中に書いた")
    desk.hear(answered(), ended(why=EndCause.HUNG_UP))
    facts = "SELECT outcome, answered_at, ended_at, end_cause, operator_id, customer_id FROM call WHERE id = ?"
    key = desk.call().id.hex
    before = desk.rows(facts, key)
    assert before[0][0] == "answered"
    desk.leave()
    again = start_again(desks, desk)
    assert again.rows(facts, key) == before
    finish(again)
    assert again.rows(facts, key) == before


def test_a_customer_chosen_after_the_last_key_is_still_chosen_after_a_crash(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    talk(desk, HOUSEHOLD_NUMBER)
    desk.type("由美子様より")
    chosen = desk.call().pop.candidates[1]
    desk.desk.choose(desk.call().id, chosen.customer_id)
    desk.settle()
    desk.leave()
    again = start_again(desks, desk)
    assert again.call().pop.opened_no == chosen.customer_no
    key = again.call().id.hex
    assert again.rows("SELECT customer_id FROM call WHERE id = ?", key) == [(chosen.customer_id,)]


def test_a_newcomer_takes_the_card_of_a_draft_that_nobody_has_touched_yet(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    talk(desk)
    desk.type("前回の")
    desk.wait_until_kept()
    again = start_again(desks, desk)
    again.hear(offered(ENGLISH_NUMBER, "b"))
    assert again.screen.card is not None
    assert (again.screen.card.source_id, again.screen.strip) == ("b", ("a", "b"))


def test_drafts_come_back_only_to_the_operator_who_wrote_them(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    talk(desk)
    desk.type("佐藤のメモ")
    desk.wait_until_kept()
    assert len(start_again(desks, desk, operator="suzuki").desk.calls) == 0


def test_the_draft_of_an_unknown_caller_comes_back_with_the_number(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    talk(desk, UNKNOWN_NUMBER)
    desk.type("新規")
    desk.wait_until_kept()
    again = start_again(desks, desk)
    assert again.screen.card is not None
    assert (again.screen.card.pop, again.screen.card.number) == ("nobody", "090-9876-1234")
    assert again.traced == [], "it rang before the crash, and was traced then"
