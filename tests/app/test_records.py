"""The records as the desk asks them: real SQLite, real threads, answers only through `post`."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.call import rehearsal
from app.phone_number import parse_number
from app.pop import Pop, PopState
from db.engine import FILE_NAME
from tests.app.desk_at_work import NOW, DeskAtWork, answered, offered

Ask = Callable[[Callable[..., object], Callable[[Exception], object]], None]


def answer(desk: DeskAtWork, ask: Ask) -> Any:
    """What the records say, the error included."""
    came: list[Any] = []
    ask(came.append, came.append)
    assert came == [], "nothing is answered before the desk's thread has time"
    desk.posted.run_until(lambda: came)
    return came[0]


@pytest.mark.parametrize(
    ("text", "first"),
    [("髙橋 一郎", "C-000001"), ("タカハシ イチロウ", "C-000001"), ("3581-4111", "C-000001"), ("C-000010", "C-000010")],
)
def test_a_customer_is_found_by_name_reading_part_of_a_number_or_customer_number(
    desk: DeskAtWork, text: str, first: str
) -> None:
    found = answer(desk, lambda then, failed: desk.records.search(text, then, failed))
    assert found[0].customer_no == first
    assert found[0].reason is None
    assert len(found) <= 20


def test_the_log_lists_the_calls_of_a_day_newest_first_with_their_customer(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    desk.type("一行目\n二行目")
    desk.desk.finish(desk.call().id)
    desk.hear(offered("", "b"))
    desk.wait(100)
    day = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    listed = answer(desk, lambda then, failed: desk.records.calls_of(*day, then, failed))
    assert [(row.customer_name, row.outcome, row.note_excerpt) for row in listed] == [
        ("", "offered", ""),
        ("髙橋 一郎", "answered", "一行目 二行目"),
    ]
    before = NOW - timedelta(days=9), NOW - timedelta(days=8)
    assert answer(desk, lambda then, failed: desk.records.calls_of(*before, then, failed)) == ()


def test_a_call_that_is_not_in_the_log_is_nobody(desk: DeskAtWork) -> None:
    nowhere = desk.time.clock.new_id()
    assert answer(desk, lambda then, failed: desk.records.past_call(nowhere, then, failed)) is None


def test_a_number_that_is_no_key_is_never_looked_up(desk: DeskAtWork) -> None:
    ring = rehearsal(Pop(PopState.NO_NUMBER), desk.time.clock).ring
    ring = replace(ring, number=parse_number("201"))
    found = answer(desk, lambda then, failed: desk.records.find_pop(ring, then, failed))
    assert found.pop.state == "no_number"


def test_a_writer_that_holds_the_records_does_not_delay_a_pop(desk: DeskAtWork) -> None:
    with closing(sqlite3.connect(desk.folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        desk.desk.hear(offered())
        desk.posted.run_until(lambda: desk.screen.card)
        assert desk.call().pop.opened_no == "C-000001"
        assert other.in_transaction
        desk.timers.pass_time(100)
        other.execute("ROLLBACK")
    desk.settle()
    assert desk.rows("SELECT count(*) FROM call WHERE source_id = 'a'") == [(1,)]


def test_a_job_that_hangs_in_one_thread_leaves_the_look_up_of_a_ring_alone(desk: DeskAtWork) -> None:
    goes_on = threading.Event()
    desk.records._db_thread.ask(lambda: goes_on.wait(20), lambda _done: None, lambda _error: None)
    desk.desk.hear(offered())
    desk.posted.run_until(lambda: desk.screen.card)
    assert desk.call().pop.opened_no == "C-000001"
    assert not goes_on.is_set()
    goes_on.set()


def test_a_bug_in_a_statement_surfaces_instead_of_being_called_trouble(desk: DeskAtWork) -> None:
    with closing(sqlite3.connect(desk.folder / FILE_NAME)) as other:
        other.execute("ALTER TABLE phone_number RENAME TO gone")
    desk.desk.hear(offered())
    with pytest.raises(Exception, match="no such table"):
        desk.settle()
    desk.timers.pass_time(300)
    assert desk.call().pop.state == "failed", "the number is shown all the same"


def test_a_card_asked_for_by_a_customer_who_was_merged_is_that_of_the_kept_one(desk: DeskAtWork) -> None:
    with closing(sqlite3.connect(desk.folder / FILE_NAME)) as other:
        other.execute("UPDATE customer SET merged_into_id = 1 WHERE id = 2")
        other.commit()
    pop = answer(desk, lambda then, failed: desk.records.open_customer(2, then, failed))
    assert (pop.state, pop.opened_no) == ("opened", "C-000001")
