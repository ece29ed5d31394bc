"""What a desk writes: quickly safe, in order, sent once, and never held up by what can't be written."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.pop import Trouble
from db.demo import UNKNOWN_NUMBER
from db.engine import FILE_NAME
from db.outbox import OutboxFile
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered

NOTES = "SELECT r.text FROM note_revision r JOIN note n ON n.id = r.note_id WHERE n.call_id = ? ORDER BY r.number"
REFUSED = "the records do not take what is written here"


def finished(desk: DeskAtWork, source_id: str, body: str) -> str:
    """Take a call, write, finish; the call's key in the records."""
    desk.hear(offered(source_id=source_id), answered(source_id))
    desk.type(body, source_id)
    call_id = desk.call(source_id).id
    desk.desk.finish(call_id)
    desk.settle()
    return call_id.hex


def test_a_note_is_safe_at_once_while_an_import_holds_the_records(desk: DeskAtWork) -> None:
    """The merge of an import holds SQLite's one write lock for as long as it takes."""
    desk.hear(offered(), answered())
    desk.type("取り込み中のメモ")
    call_id = desk.call().id
    with closing(sqlite3.connect(desk.folder / FILE_NAME, isolation_level=None)) as importer:
        importer.execute("BEGIN IMMEDIATE")
        desk.desk.finish(call_id)
        desk.posted.run_until(lambda: not desk.has("a"))
        assert importer.in_transaction
        assert desk.rows(NOTES, call_id.hex) == []
        importer.execute("ROLLBACK")
    desk.settle()
    assert desk.rows(NOTES, call_id.hex) == [("取り込み中のメモ",)]


@pytest.mark.expected_log(REFUSED)
def test_what_waits_is_sent_in_order_and_once_when_the_records_are_back(desk: DeskAtWork, cut: dict[str, bool]) -> None:
    desk.empty_log()
    cut["on"] = True
    keys = [finished(desk, f"call {number}", f"メモ {number}") for number in range(5)]
    assert desk.screen.statuses[-1].waiting == 5
    assert desk.rows("SELECT count(*) FROM call") == [(0,)]
    cut["on"] = False
    desk.settle()
    assert [desk.rows(NOTES, key) for key in keys] == [[(f"メモ {number}",)] for number in range(5)]
    assert desk.rows("SELECT count(*), count(DISTINCT outcome), min(outcome) FROM call") == [(5, 1, "answered")]
    assert (desk.screen.statuses[-1].waiting, desk.screen.statuses[-1].database) == (0, None)


@pytest.mark.expected_log(REFUSED)
def test_a_program_started_again_sends_what_the_one_before_could_not(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork], cut: dict[str, bool]
) -> None:
    cut["on"] = True
    key = finished(desk, "a", "昨日の最後")
    desk.leave()
    cut["on"] = False
    again = desks()
    again.settle()
    assert again.rows(NOTES, key) == [("昨日の最後",)]


def test_jobs_that_were_sent_and_not_removed_add_nothing_when_they_are_sent_again(desk: DeskAtWork) -> None:
    """A kill between the two."""
    put, bodies = desk.outbox_file.put, []

    def listen(about: UUID, body: str, notes: int, now: datetime) -> None:
        bodies.append((about, body))
        put(about, body, notes, now)

    desk.outbox_file.put = listen  # type: ignore[method-assign]
    finished(desk, "a", "一度だけ")
    tables = ("call", "call_leg", "call_candidate", "note", "note_revision", "interaction", "customer_handler")
    before = [desk.rows(f"SELECT * FROM {table}") for table in tables]
    assert len(bodies) >= 2
    for about, body in bodies:
        put(about, body, 0, NOW)
    desk.hear(offered(UNKNOWN_NUMBER, "b"))
    assert desk.outbox_file.waiting().jobs == 0
    assert [desk.rows(f"SELECT * FROM {table}") for table in tables] == before


@pytest.mark.expected_log("cannot be written, and is set aside")
def test_a_job_that_can_never_be_written_is_set_aside_and_told_and_the_others_pass(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    desk.outbox_file.put(desk.time.clock.new_id(), '{"version": 99, "parts": []}', 1, NOW)
    key = finished(desk, "a", "通る")
    assert desk.rows(NOTES, key) == [("通る",)]
    status = desk.screen.statuses[-1]
    assert (status.set_aside, status.waiting, status.database) == (1, 0, None)
    desk.leave()
    desks().settle()
    with closing(sqlite3.connect(desk.folder / "drafts" / "outbox.db")) as outbox:
        assert outbox.execute("SELECT count(*) FROM job").fetchone() == (1,), "it is kept"


@pytest.mark.expected_log(REFUSED)
def test_a_call_taken_up_again_shows_the_note_that_still_waits(desk: DeskAtWork, cut: dict[str, bool]) -> None:
    cut["on"] = True
    desk.hear(offered(), answered())
    desk.type("まだ送られていない", handover="急ぎ")
    call_id = desk.call().id
    desk.desk.finish(call_id)
    desk.settle()
    taken_up: list[Any] = []
    desk.records.past_call(call_id, taken_up.append, taken_up.append)
    desk.settle()
    assert (taken_up[0].note.body, taken_up[0].note.handover) == ("まだ送られていない", "急ぎ")
    assert taken_up[0].opened_id == 1


def test_the_records_are_told_changed_only_when_they_are(desk: DeskAtWork) -> None:
    desk.hear(offered())
    before = desk.screen.records_changes
    desk.hear(ended())
    assert desk.screen.records_changes > before


def test_a_program_that_ends_sends_what_is_queued(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    desk.type("終了直前")
    call_id = desk.call().id
    desk.desk.finish(call_id)
    desk.leave()
    assert desk.rows(NOTES, call_id.hex) == [("終了直前",)]


@pytest.mark.expected_log(REFUSED)
def test_a_program_that_ends_without_its_database_keeps_what_waits(
    desk: DeskAtWork, cut: dict[str, bool], tmp_path: Path
) -> None:
    cut["on"] = True
    finished(desk, "a", "あとで")
    desk.leave()
    left = OutboxFile.open(tmp_path / "drafts", NOW)
    assert left.waiting().notes == 1
    left.close()


@pytest.mark.expected_log(REFUSED)
def test_nobody_waits_for_the_next_try_once_the_records_answer_somebody(desk: DeskAtWork, cut: dict[str, bool]) -> None:
    cut["on"] = True
    key = finished(desk, "a", "すぐに")
    assert desk.screen.statuses[-1].database is Trouble.READ_ONLY
    cut["on"] = False
    answers: list[Any] = []
    desk.records.dispositions(answers.append, answers.append)
    desk.posted.run_until(lambda: desk.screen.statuses[-1].waiting == 0)
    assert desk.rows(NOTES, key) == [("すぐに",)]
